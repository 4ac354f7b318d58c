# SPDX-License-Identifier: GPL-2.0-only
"""
The model of the switch (model.h), for Python: the same layout, by ctypes.
"""
import ctypes
import os
import re

HERE = os.path.dirname(os.path.realpath(__file__))

I32, U32, I64, U64 = (ctypes.c_int, ctypes.c_uint, ctypes.c_longlong,
                      ctypes.c_ulonglong)


def constants():
    """What model.h calls its numbers."""
    with open(f'{HERE}/model.h', encoding='utf-8') as file:
        return {name: int(value) for name, value in
                re.findall(r'^\t([A-Z]+) = (-?\d+),', file.read(), re.M)}


NUMBERS = constants()
PORTS, GROUPS = NUMBERS['PORTS'], NUMBERS['GROUPS']
HOST, UPLINKS, NOBODY = PORTS, NUMBERS['UPLINKS'], NUMBERS['NOBODY']
FIELDS, REASONS = 9, 23


class When(ctypes.Structure):
    _fields_ = [('start', I64), ('end', I64)]


class Vlan(ctypes.Structure):
    _fields_ = [(name, I32) for name in
                ('mode', 'vid', 'type', 'secondary', 'native', 'count')] + \
               [('ranges', I32 * 2 * NUMBERS['RANGES'])]


class Group(ctypes.Structure):
    _fields_ = [('exists', I32), ('policy', U32 * FIELDS), ('vlan', Vlan)]


class Allow(ctypes.Structure):
    _fields_ = [('mac', U64), ('bits', I32)]


class Port(ctypes.Structure):
    _fields_ = [
        ('attached', I32), ('role', I32), ('group', I32),
        ('policy', U32 * FIELDS), ('vlan', Vlan),
        ('bpdu', I32), ('blocked', I32), ('activation', I32),
        ('carrier', I32), ('mtu', I32),
        ('no_promisc', I32), ('only_wanted', I32), ('wanted_count', I32),
        ('wanted', U64 * NUMBERS['WANTED']),
        ('initial', U64), ('requested', U64), ('told', I32),
        ('allowed', I32), ('allow', Allow * NUMBERS['ALLOWED']),
        ('off', I32), ('on', I32),
        ('effective', U64), ('adopted', U64), ('state', I32), ('asked', I32)]


class Bar(ctypes.Structure):
    _fields_ = [('place', I32), ('seconds', I32), ('since', When)]


class Entry(ctypes.Structure):
    _fields_ = [('mac', U64), ('vid', I32), ('kind', I32), ('place', I32),
                ('seen', When), ('on_trial', I32), ('first', I32),
                ('claimant', I32), ('first_seen', When), ('until', When), ('barred', I32),
                ('bars', Bar * NUMBERS['BARS'])]


class Counters(ctypes.Structure):
    _fields_ = [(name, U64) for name in
                ('received', 'forwarded', 'passed', 'dropped',
                 'offered', 'transmitted', 'refused')] + \
               [('drops', U64 * REASONS), ('refusals', U64 * REASONS)]


class Model(ctypes.Structure):
    _fields_ = [
        ('policy', U32 * FIELDS), ('ageing', I64), ('move_hold', I64),
        ('table_limit', I32), ('remote_limit', I32), ('explicit_macs', I32),
        ('host_mac', U64), ('host_promisc', I32), ('host_mtu', I32),
        ('groups', Group * GROUPS), ('ports', Port * PORTS),
        ('asked', I32), ('entries', I32),
        ('table', Entry * NUMBERS['ENTRIES']),
        ('counters', Counters * (PORTS + 1)), ('now', When), ('doubt', I32)]

    def copy(self):
        return Model.from_buffer_copy(self)


class Frame(ctypes.Structure):
    _fields_ = [('dst', U64), ('src', U64), ('tags', I32), ('tpid', I32),
                ('vid', I32), ('payload', I32), ('announces', I32)]


class Copy(ctypes.Structure):
    _fields_ = [('offered', I32), ('refusal', I32), ('tag', I32)]


class Outcome(ctypes.Structure):
    _fields_ = [('reason', I32), ('copies', Copy * (PORTS + 1))]


def load(path):
    """The model's functions."""
    library = ctypes.CDLL(path)
    if library.model_size() != ctypes.sizeof(Model):
        raise SystemExit(f'{path} is not what model.py takes it for')
    library.model_set_static.argtypes = [ctypes.c_void_p, I32, U64, I32]
    return library

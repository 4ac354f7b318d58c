# SPDX-License-Identifier: GPL-2.0-only
"""
Random messages of rtnetlink about switches, ports and their MAC tables.
"""
import ctypes
import struct

from kernel_state import (IFLA_ADDRESS, IFLA_IFNAME, IFLA_LINKINFO,
                          IFLA_MASTER, IFLA_MTU, INFO_DATA, INFO_KIND,
                          INFO_SLAVE_DATA, INFO_SLAVE_KIND, RTM_GETLINK,
                          RTM_NEWLINK, attributes)
from message import Attribute

RTM_DELLINK, RTM_SETLINK = 17, 19
RTM_NEWNEIGH, RTM_DELNEIGH, RTM_GETNEIGH, RTM_GETSTATS = 28, 29, 30, 94
NLM_F_DUMP, NLM_F_BULK = 0x300, 0x200
NLM_F_REPLACE, NLM_F_EXCL, NLM_F_CREATE = 0x100, 0x200, 0x400
AF_BRIDGE = 7
NTF_SELF, NTF_MASTER = 2, 4
NDA_LLADDR, NDA_VLAN, NDA_IFINDEX = 2, 5, 8

libc = ctypes.CDLL(None, use_errno=True)


def u32(value):
    return struct.pack('I', value)


def link_head(family, index):
    return struct.pack('BxHIII', family, 0, index, 0, 0)


def info(generator, slave):
    """IFLA_LINKINFO with our attributes."""
    name = b'nvswitch_slave\0' if slave else b'nvswitch\0'
    if generator.chance(0.03):
        name = generator.rng.choice([b'nvswitch', b'bridge\0', b'', b'dummy\0'])
    kind, data = (INFO_SLAVE_KIND, INFO_SLAVE_DATA) if slave else \
        (INFO_KIND, INFO_DATA)
    inner = [Attribute(kind, name)]
    if generator.chance(0.95):
        inner.append(Attribute(data, generator.members(
            'port' if slave else 'switch'), True))
    return Attribute(IFLA_LINKINFO, inner, True)


def set_port(generator):
    return RTM_NEWLINK, 0, link_head(0, generator.index('port')), \
        [info(generator, True)], 'set port'


def set_switch(generator):
    body = [info(generator, False)]
    if generator.chance(0.1):
        body.append(Attribute(IFLA_MTU, u32(generator.rng.choice(
            [0, 67, 68, 1000, 1500, 9000, 65535, 65536, 0xffffffff]))))
    if generator.chance(0.1):
        body.append(Attribute(IFLA_ADDRESS, generator.mac(0.3)))
    kind = RTM_SETLINK if generator.chance(0.1) else RTM_NEWLINK
    return kind, 0, link_head(0, generator.index('switch')), body, 'set switch'


def create(generator):
    rng = generator.rng
    body = [info(generator, False)]
    if generator.chance(0.8):
        body.append(Attribute(IFLA_IFNAME, b'n%d\0' % rng.randint(0, 5)))
    if generator.chance(0.2):
        body.append(Attribute(IFLA_ADDRESS, generator.mac(0.3)))
    if generator.chance(0.1):
        body.append(Attribute(IFLA_MTU, u32(rng.choice([0, 68, 1500, 65535,
                                                        65536]))))
    return RTM_NEWLINK, NLM_F_CREATE | NLM_F_EXCL, \
        link_head(0, rng.choice([0, 0, 0, 102, 103, 100])), body, 'create'


def delete(generator):
    rng = generator.rng
    body = []
    index = rng.choice([102, 103, 104, 105, 106])
    if generator.chance(0.5):
        index, body = 0, [Attribute(IFLA_IFNAME, b'n%d\0' % rng.randint(0, 5))]
    elif generator.chance(0.02):
        index = generator.index('switch')
    return RTM_DELLINK, 0, link_head(0, index), body, 'delete'


def master(generator):
    """Attach or detach."""
    rng = generator.rng
    index = generator.index(rng.choice(['port', 'port', 'other', 'switch']))
    body = [Attribute(IFLA_MASTER, u32(rng.choice(
        [0, 100, 100, 101, generator.index('switch'),
         generator.index('other')])))]
    if generator.chance(0.3):
        body.append(info(generator, True))
    if generator.chance(0.1):
        body.append(Attribute(IFLA_ADDRESS, generator.mac(0.3)))
    return RTM_NEWLINK, 0, link_head(0, index), body, 'master'


def get_link(generator):
    rng = generator.rng
    family = rng.choice([0, 0, 0, AF_BRIDGE, 255])
    flags = rng.choice([0, NLM_F_DUMP])
    index = 0 if flags else generator.index('port')
    body = []
    if generator.chance(0.3):
        body.append(Attribute(IFLA_MASTER, u32(generator.index('switch'))))
    if generator.chance(0.3):
        body.append(Attribute(IFLA_LINKINFO,
                              [Attribute(INFO_KIND, b'nvswitch\0')], True))
    return RTM_GETLINK, flags, link_head(family, index), body, 'get link'


def bridge_link(generator):
    """What only a bridge understands."""
    rng = generator.rng
    inner = [Attribute(rng.randint(0, 5), rng.randbytes(rng.choice([2, 4, 8])))]
    body = [Attribute(rng.choice([12, 26]), inner, generator.chance(0.8))]
    return rng.choice([RTM_SETLINK, RTM_DELLINK, RTM_NEWLINK]), 0, \
        link_head(AF_BRIDGE, generator.index(rng.choice(['port', 'switch']))), \
        body, 'bridge link'


def get_stats(generator):
    rng = generator.rng
    mask = rng.choice([6, 2, 4, 0, 0x1f, 0xff, rng.getrandbits(32)])
    flags = rng.choice([0, NLM_F_DUMP])
    index = 0 if flags else generator.index(rng.choice(['port', 'switch']))
    return RTM_GETSTATS, flags, struct.pack('BxHII', 0, 0, index, mask), [], \
        'get stats'


def neighbour(generator):
    rng = generator.rng
    kind = rng.choice([RTM_NEWNEIGH, RTM_NEWNEIGH, RTM_NEWNEIGH, RTM_DELNEIGH,
                       RTM_GETNEIGH])
    flags = 0
    if kind == RTM_NEWNEIGH:
        flags = rng.choice([0, NLM_F_CREATE, NLM_F_CREATE | NLM_F_EXCL,
                            NLM_F_CREATE | NLM_F_REPLACE])
    elif kind == RTM_DELNEIGH and generator.chance(0.3):
        flags = NLM_F_BULK
    elif kind == RTM_GETNEIGH and generator.chance(0.5):
        flags = NLM_F_DUMP
    flag = NTF_SELF if generator.chance(0.85) else \
        rng.choice([0, NTF_MASTER, NTF_SELF | NTF_MASTER, 0xff, 0x40 | 2])
    state = rng.choice([0x40, 0x40, 0x80, 2, 2, 0, 0xc2, 1, 0xffff])
    head = struct.pack('BxxxIHBB', AF_BRIDGE if generator.chance(0.95) else
                       rng.choice([0, 2, 10, 28]),
                       generator.index('switch') if generator.chance(0.9)
                       else generator.index('port'), state, flag, 0)
    body = []
    if generator.chance(0.95 if flags not in (NLM_F_BULK, NLM_F_DUMP) else 0.1):
        body.append(Attribute(NDA_LLADDR, generator.mac(0.1)))
    if generator.chance(0.9 if kind == RTM_NEWNEIGH else 0.4):
        body.append(Attribute(NDA_IFINDEX, u32(generator.index('port'))))
    if generator.chance(0.3):
        body.append(Attribute(NDA_VLAN, struct.pack('H', rng.choice(
            [0, 1, 10, 20, 100, 4094, 4095, 4096]))))
    if generator.chance(0.08):
        body.append(Attribute(rng.randint(0, 16),
                              rng.randbytes(rng.choice([0, 2, 4, 6, 16]))))
    names = {RTM_NEWNEIGH: 'new', RTM_DELNEIGH: 'del', RTM_GETNEIGH: 'get'}
    return kind, flags, head, body, f'neighbour {names[kind]}'


def message(generator):
    """(type, flags, header, attributes, name)"""
    make = generator.rng.choice(
        [set_port] * 5 + [set_switch] * 3 + [neighbour] * 4 +
        [create, delete, master, master, get_link, bridge_link, get_stats])
    return make(generator)


# What a message has set

def is_whole(data, state):
    """Whether the kernel itself does not take it apart: of several attributes
    of a device it keeps those before the one that is refused, and a device
    leaves its old master before the new one is asked."""
    kind, = struct.unpack_from('H', data, 4)
    if kind not in (RTM_NEWLINK, RTM_SETLINK) or len(data) < 32:
        return True
    index, flags, change = struct.unpack_from('III', data, 20)
    found = attributes(data[32:])
    if flags or change or \
            IFLA_MASTER in found and state[0].get(index, [None] * 5)[4]:
        return False
    return len(found) <= 1


def nests(data):
    """Whether the kernel takes it for a nest; else it says nothing."""
    return data is not None and (not data or len(data) >= 4)


def reaches(data, state):
    """Whether it is this module that judges the message, not the kernel before
    it, which may refuse without a word."""
    kind, flags = struct.unpack_from('HH', data, 4)
    if kind == RTM_NEWLINK and len(data) >= 32 and is_whole(data, state):
        link = state[0].get(*struct.unpack_from('I', data, 20))
        found = attributes(data[32:])
        inner = attributes(found.get(IFLA_LINKINFO, b''))
        return bool(link) and not flags & NLM_F_EXCL and (
            inner.get(INFO_KIND) == b'nvswitch\0' == link[6] and
            nests(inner.get(INFO_DATA)) or
            inner.get(INFO_SLAVE_KIND) == b'nvswitch_slave\0' and link[-1] and
            nests(inner.get(INFO_SLAVE_DATA)))
    if kind not in (RTM_NEWNEIGH, RTM_DELNEIGH) or len(data) < 28 or \
            flags & NLM_F_BULK and kind == RTM_DELNEIGH:
        return False
    family, index, _, how, _ = struct.unpack_from('BxxxIHBB', data, 16)
    found = attributes(data[28:])
    return family == AF_BRIDGE and how == NTF_SELF and \
        state[0].get(index, [None] * 7)[6] == b'nvswitch\0' and \
        len(found.get(NDA_LLADDR, b'')) == 6


def settings(data):
    """(set of attributes, those of the message, None), if it names them."""
    kind, = struct.unpack_from('H', data, 4)
    if kind != RTM_NEWLINK or len(data) < 32 or data[16]:
        return
    found = attributes(data[32:])
    if IFLA_MASTER in found:        # of what is set on its way
        return
    found = attributes(found.get(IFLA_LINKINFO, b''))
    if found.get(INFO_KIND, b'').rstrip(b'\0') == b'nvswitch' and \
            INFO_DATA in found:
        yield 'switch', found[INFO_DATA], None
    if found.get(INFO_SLAVE_KIND, b'').rstrip(b'\0') == b'nvswitch_slave' and \
            INFO_SLAVE_DATA in found:
        yield 'port', found[INFO_SLAVE_DATA], None


def value_of(state, where, data):
    """What is in force on the device that a message names; None if it is not
    known which one that is."""
    index, = struct.unpack_from('I', data, 20)
    link = state[0].get(index)
    if not link:
        return None
    return link[-1 if where == 'port' else -2] or None

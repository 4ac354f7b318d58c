# SPDX-License-Identifier: GPL-2.0-only
"""
A switch with ports, groups and entries; requests to change it; and all that can
be seen of it, to be compared.

A request is a Call: the words of one system call, and how its answer is heard.
"""
import ctypes
import errno
import os
import platform
import socket
import struct
import subprocess
import sys
import time

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.join(os.path.dirname(os.path.realpath(__file__)),
                                '..'))

import ynl_client   # noqa: E402 pylint: disable=wrong-import-position
from ynl_client import NESTED, pack, unpack   # noqa: E402 pylint: disable=C0413

RTM_NEWLINK, RTM_DELLINK, RTM_GETLINK = 16, 17, 18
RTM_NEWNEIGH, RTM_DELNEIGH = 28, 29
REQUEST, ACK, CREATE, REPLACE, EXCL = 1, 4, 0x400, 0x100, 0x200
ADDRESS, IFNAME, MTU, LINK, MASTER, LINKINFO = 1, 3, 4, 5, 10, 18
PROMISCUITY, CARRIER, ALLMULTI = 30, 33, 61
KIND, DATA, SLAVE_KIND, SLAVE_DATA = 1, 2, 4, 5
NDA_LLADDR, NDA_IFINDEX = 2, 8
NTF_SELF, NUD_NOARP, NUD_PERMANENT = 2, 0x40, 0x80
NLMSG_ERROR, NLMSG_DONE = 2, 3
IFF_UP = 1

SYS = {'x86_64': {'sendto': 44, 'finit_module': 313, 'delete_module': 176},
       }[platform.machine()]

SLOW = int(os.environ.get('NVS_SLOW', '1'))

# An answer that was lost, for it needed memory itself: nobody knows.
UNKNOWN = 'unknown'


def load_injector(path):
    library = ctypes.CDLL(path, use_errno=True)
    library.inject.restype = ctypes.c_long
    library.inject.argtypes = [ctypes.c_int, ctypes.POINTER(ctypes.c_int)] + \
        [ctypes.c_long] * 7
    error = library.inject_open()
    if error:
        sys.exit('/proc/thread-self/fail-nth: ' + os.strerror(-error))
    return library


class Call:
    """One system call."""

    library = None

    def __init__(self, name, *words):
        self.name, self.words = name, words

    def run(self, nth=0):
        """With the nth allocation failing: the answer, and whether one did.
        The answer is 0, a positive errno, or UNKNOWN."""
        fired = ctypes.c_int()
        words = [ctypes.addressof(word) if isinstance(word, ctypes.Array)
                 else word for word in self.words]
        words += [0] * (6 - len(words))
        result = self.library.inject(nth, fired, SYS[self.name], *words)
        return self.answer(result), bool(nth and fired.value)

    def answer(self, result):
        return -result if result < 0 else 0


class Request(Call):
    """A message to netlink, which the kernel takes within the system call."""

    def __init__(self, sock, kind, flags, body):
        self.socket = sock
        self.data = ctypes.create_string_buffer(
            struct.pack('IHHII', 16 + len(body), kind, REQUEST | ACK | flags,
                        1, 0) + body, 16 + len(body))
        super().__init__('sendto', sock.fileno(), self.data, len(self.data), 0,
                         0, 0)

    def answer(self, result):
        if result < 0:
            return -result
        while True:
            try:
                data = self.socket.recv(1 << 17, socket.MSG_DONTWAIT)
            except BlockingIOError:
                return UNKNOWN
            except OSError as error:
                if error.errno == errno.ENOBUFS:
                    return UNKNOWN
                return error.errno
            while len(data) >= 16:
                length, kind = struct.unpack_from('IH', data)
                if kind in (NLMSG_ERROR, NLMSG_DONE):
                    return -struct.unpack_from('i', data, 16)[0]
                data = data[(length + 3) & ~3:]


def mac_bytes(mac):
    return bytes.fromhex(mac.replace(':', ''))


class World:
    """A network namespace, and the two families of netlink."""

    def __init__(self):
        self.rtnl = socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, 0)
        self.rtnl.bind((0, 0))
        self.family = ynl_client.Family()
        self.spec = self.family.spec
        self.genl = socket.socket(socket.AF_NETLINK, socket.SOCK_RAW,
                                  ynl_client.NETLINK_GENERIC)
        self.genl.bind((0, 0))
        with open('/proc/sys/net/ipv6/conf/default/disable_ipv6', 'w',
                  encoding='ascii') as file:
            file.write('1')
        self.ip(BASE)

    @staticmethod
    def ip(lines):
        subprocess.run(['ip', '-batch', '-'], input=lines, text=True,
                       timeout=60 * SLOW, check=True)

    # Requests

    def genl_call(self, name, values, dump=False):
        operation = self.spec.operations[name]
        body = struct.pack('BBH', operation['value'], 1, 0) + \
            self.spec.encode(operation['attribute-set'], values)
        return Request(self.genl, self.family.id,
                       ynl_client.DUMP if dump else 0, body)

    def link(self, kind, name, *attributes, flags=0, change=0, create=0):
        index = 0 if create else socket.if_nametoindex(name)
        body = struct.pack('BxHiII', 0, 0, index, flags, change)
        if create:
            body += pack(IFNAME, name.encode() + b'\0')
        return Request(self.rtnl, kind, create, body + b''.join(attributes))

    def new_link(self, name, kind, *attributes, data=b''):
        info = pack(KIND, kind.encode()) + pack(DATA | NESTED, data)
        return self.link(RTM_NEWLINK, name, *attributes,
                         pack(LINKINFO | NESTED, info), create=CREATE | EXCL)

    @staticmethod
    def veth_data(peer, mac):
        """The other end: VETH_INFO_PEER, with a header of its own."""
        return pack(1, struct.pack('BxHiII', 0, 0, 0, 0, 0) +
                    pack(IFNAME, peer.encode() + b'\0') +
                    pack(ADDRESS, mac_bytes(mac)))

    def set_link(self, name, *attributes):
        return self.link(RTM_NEWLINK, name, *attributes)

    def del_link(self, name):
        return self.link(RTM_DELLINK, name)

    def attach(self, name, switch='nvs0'):
        index = socket.if_nametoindex(switch) if switch else 0
        return self.set_link(name, pack(MASTER, struct.pack('I', index)))

    def set_port(self, name, settings):
        data = self.spec.encode('port', settings)
        return self.set_link(name, pack(
            LINKINFO | NESTED, pack(SLAVE_KIND, b'nvswitch') +
            pack(SLAVE_DATA | NESTED, data)))

    def switch_data(self, policy=None, **values):
        """Policy is attribute 1 of a switch, these are the ones after it."""
        data = pack(1 | NESTED, self.spec.encode('policy', policy)) \
            if policy else b''
        for number, name in enumerate(('ageing', 'move_hold', 'table_limit',
                                       'remote_limit'), 2):
            if name in values:
                data += pack(number, struct.pack('I', values[name]))
        return data

    def set_switch(self, name, **values):
        return self.set_link(name, pack(
            LINKINFO | NESTED, pack(KIND, b'nvswitch') +
            pack(DATA | NESTED, self.switch_data(**values))))

    def static(self, kind, mac, port, flags=0, switch='nvs0'):
        body = struct.pack('BxxxiHBB', socket.AF_BRIDGE,
                           socket.if_nametoindex(switch), NUD_NOARP, NTF_SELF,
                           0) + pack(NDA_LLADDR, mac_bytes(mac))
        if port:
            body += pack(NDA_IFINDEX,
                         struct.pack('I', socket.if_nametoindex(port)))
        return Request(self.rtnl, kind, flags, body)

    # What can be seen

    def dump_links(self):
        request = Request(self.rtnl, RTM_GETLINK, ynl_client.DUMP,
                          struct.pack('BxHiII', 0, 0, 0, 0, 0))
        self.rtnl.send(bytes(request.data))
        while True:
            data = self.rtnl.recv(1 << 17)
            while len(data) >= 16:
                length, kind = struct.unpack_from('IH', data)
                if kind in (NLMSG_DONE, NLMSG_ERROR):
                    return
                index, flags = struct.unpack_from('iI', data, 20)
                yield index, flags, {number: payload for number, payload, _
                                     in unpack(data[32:length])}
                data = data[(length + 3) & ~3:]

    def links(self):
        found, names = {}, {0: None}
        rows = list(self.dump_links())
        for index, _, attributes in rows:
            names[index] = attributes[IFNAME].rstrip(b'\0').decode()
        for index, flags, attributes in rows:
            info = {number: payload.hex() for number, payload, _
                    in unpack(attributes.get(LINKINFO, b''))
                    if number in (KIND, DATA, SLAVE_KIND, SLAVE_DATA)}
            master, = struct.unpack('I', attributes.get(MASTER, bytes(4)))
            found[names[index]] = {
                'up': flags & IFF_UP, 'master': names[master], 'info': info,
                **{name: attributes[number].hex() for name, number in
                   (('address', ADDRESS), ('mtu', MTU), ('carrier', CARRIER),
                    ('promiscuity', PROMISCUITY), ('allmulti', ALLMULTI))
                   if number in attributes}}
        return names, found

    def state(self):
        """All that is configured and known: of links, groups, lists, table."""
        names, links = self.links()

        def named(row):
            return tuple(sorted(
                (key, names.get(value, value) if key in ('switch', 'port')
                 else str(value)) for key, value in row.items()
                if key != 'age'))

        state = {'link ' + name: values for name, values in links.items()}
        for name in 'group_get', 'allow_get', 'fdb_get':
            state[name] = sorted(map(named, self.family.request('dump', name,
                                                                {})))
        return state

    def becomes(self, *wanted):
        """Which of these states it is in, or comes to be in: what could not be
        done at once is done when the switch looks again."""
        deadline = time.monotonic() + 5 * SLOW
        while True:
            state = self.state()
            for number, one in enumerate(wanted):
                if state == one:
                    return number
            if time.monotonic() > deadline:
                raise AssertionError(difference(wanted[0], state))
            time.sleep(0.05)


def difference(old, new):
    """What differs, in a few lines."""
    lines = []
    for key in sorted(old.keys() | new.keys()):
        a, b = old.get(key), new.get(key)
        if isinstance(a, list) and isinstance(b, list):
            lines += [f'{key}: gone {row}' for row in a if row not in b]
            lines += [f'{key}: new {row}' for row in b if row not in a]
        elif a != b:
            lines += [f'{key}: was {a}', f'{key}: is {b}']
    return '\n'.join(lines)


# Ports a to c of nvs0 and an uplink; d is free. None ages, so that time alone
# changes nothing.
BASE = '\n'.join(
    [f'link add name {name} address 02:00:00:00:{number:02x}:fe type veth '
     f'peer name p{name} address 02:00:00:00:{number:02x}:00'
     for number, name in enumerate('abcdu', 1)] +
    ['link add nvs0 address 02:00:00:00:99:00 type nvswitch '
     'mac_changes accept ageing 0 move_hold 0'] +
    [f'link set dev {name} master nvs0' for name in 'abcu'] +
    ['link set dev u type nvswitch_slave role uplink',
     'link set dev c type nvswitch_slave nested'] +
    [f'link set dev {name} up' for name in
     ('nvs0', *'abcdu', *(f'p{x}' for x in 'abcdu'))]) + '\n'

# SPDX-License-Identifier: GPL-2.0-only
"""
A netlink socket for any message, right or wrong, and all that configuration
can change, read quickly.
"""
import os
import socket
import struct
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.realpath(__file__)),
                                '../..'))

# pylint: disable=wrong-import-position
from ynl_client import (ACK, ACK_TLVS, CAP_ACK, DUMP,       # noqa: E402
                        EXT_ACK, MULTI, NLMSG_DONE, NLMSG_ERROR, REQUEST, SOL_NETLINK,
                        STRICT_CHECK, TYPE_MASK)

NLMSG_NOOP = 1
RTM_NEWLINK, RTM_GETLINK = 16, 18
IFLA_EXT_MASK, SKIP_STATS = 29, 8
IFLA_ADDRESS, IFLA_IFNAME, IFLA_MTU, IFLA_MASTER = 1, 3, 4, 10
IFLA_LINKINFO = 18
IFLA_PROMISCUITY = 30
INFO_KIND, INFO_DATA, INFO_SLAVE_KIND, INFO_SLAVE_DATA = 1, 2, 4, 5

# What becomes otherwise by itself: the active uplink.
ACTIVE_UPLINK, PORT_ACTIVE = 9, 14


def attributes(data):
    """number -> payload, of each the last one; as far as they are whole"""
    found, at = {}, 0
    while at + 4 <= len(data):
        length, kind = struct.unpack_from('HH', data, at)
        if length < 4 or at + length > len(data):
            break
        found[kind & TYPE_MASK] = data[at + 4:at + length]
        at += (length + 3) & ~3
    return found


class Answer:
    """What the kernel has said to a message."""

    def __init__(self):
        self.error, self.text, self.replies = None, '', []
        self.interrupted = False

    def judge(self, kind, flags, data):
        self.error = -struct.unpack_from('i', data)[0] if len(data) >= 4 else 0
        if flags & ACK_TLVS:
            said = attributes(data[20 if kind == NLMSG_ERROR else 4:])
            self.text = said.get(1, b'').rstrip(b'\0').decode()


class Link:
    """A socket of one protocol."""

    def __init__(self, protocol, strict=True):
        self.socket = socket.socket(socket.AF_NETLINK, socket.SOCK_RAW,
                                    protocol)
        for option in (CAP_ACK, EXT_ACK) + (STRICT_CHECK,) * strict:
            self.socket.setsockopt(SOL_NETLINK, option, 1)
        self.socket.bind((0, 0))
        self.serial = 1

    def messages(self):
        data = self.socket.recv(1 << 18)
        while len(data) >= 16:
            length, kind, flags, serial, _ = struct.unpack_from('IHHII', data)
            yield kind, flags, serial, data[16:length]
            data = data[(length + 3) & ~3:]

    def send(self, message):
        """A whole message, header and all, its serial number at 8; a message
        that is always answered follows it, so that silence is an answer."""
        self.serial += 2
        message = message[:8] + struct.pack('I', self.serial) + message[12:]
        self.socket.send(message)
        self.socket.send(struct.pack('IHHII', 16, NLMSG_NOOP, REQUEST | ACK,
                                     self.serial + 1, 0))
        answer, marked, open_dump = Answer(), False, False
        while not marked or open_dump:
            for kind, flags, serial, data in self.messages():
                if serial == self.serial + 1:
                    marked = True
                if serial != self.serial:
                    continue
                open_dump = flags & MULTI and kind != NLMSG_DONE
                if flags & 0x10:
                    answer.interrupted = True
                if kind in (NLMSG_ERROR, NLMSG_DONE):
                    answer.judge(kind, flags, data)
                else:
                    answer.replies.append((kind, data))
        return answer

    def ask(self, kind, flags, body):
        return self.send(struct.pack('IHHII', 16 + len(body), kind,
                                     flags | REQUEST | ACK, 0, 0) + body)


class State:
    """The configuration, as bytes that can be compared."""

    def __init__(self, route, generic, family):
        self.route, self.generic, self.family = route, generic, family

    def dump(self, command):
        answer = self.generic.ask(self.family, DUMP,
                                  struct.pack('BBxx', command, 1))
        if answer.error or answer.interrupted:
            return None
        return [data[4:] for _, data in answer.replies]

    def links(self):
        """index -> what can be set of a device"""
        body = struct.pack('BxHiII', 0, 0, 0, 0, 0) + \
            struct.pack('HHI', 8, IFLA_EXT_MASK, SKIP_STATS)
        found = {}
        for _, data in self.route.ask(RTM_GETLINK, DUMP, body).replies:
            values = attributes(data[16:])
            index, flags = struct.unpack_from('iI', data, 4)
            found[index] = [flags & 1] + [
                values.get(kind) for kind in
                (IFLA_IFNAME, IFLA_ADDRESS, IFLA_MTU, IFLA_MASTER,
                 IFLA_PROMISCUITY)] + self.info(values)
        return found

    @staticmethod
    def info(values):
        info = attributes(values.get(IFLA_LINKINFO, b''))
        whole, slave = (attributes(info.get(kind, b''))
                        for kind in (INFO_DATA, INFO_SLAVE_DATA))
        if info.get(INFO_KIND) == b'nvswitch\0':
            whole.pop(ACTIVE_UPLINK, None)
        if info.get(INFO_SLAVE_KIND) == b'nvswitch\0':
            slave.pop(PORT_ACTIVE, None)
        return [info.get(INFO_KIND), whole, slave]

    def table(self, rows):
        """Without ages."""
        found = []
        for row in rows:
            values = attributes(row)
            values.pop(17, None)
            values.pop(1, None)
            found.append(sorted(values.items()))
        return sorted(found)

    def read(self):
        while True:
            groups, allowed, table = (self.dump(number)
                                      for number in (4, 9, 10))
            if None not in (groups, allowed, table):
                return self.links(), groups, allowed, self.table(table)

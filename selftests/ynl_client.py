#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0-only
"""
ynl_client.py do | dump OPERATION [JSON]     send a request, print each reply
ynl_client.py listen SECONDS                 print each event, as it comes
ynl_client.py                                requests, one a line of standard
                                             input: as a coprocess of a test

Drives the generic netlink family of the module by what uapi/nvswitch.yaml says
and by nothing else: what does not agree with it fails here. JSON is an object
of attributes by their names; an enum's value is its name, or any number. Where
the attribute is a u32, a string is a device's name. Replies are printed as JSON,
one a line. `listen` first prints "listening".

On failure says "EXXX: the kernel's sentence [attribute]"; exits with 1 then, and
with 3 if the kernel does not keep to the specification. A coprocess answers each
line as frames does: replies behind "|", then "ok" or "no" and what failed.
"""
import contextlib
import errno
import json
import os
import socket
import struct
import sys
import time

import yaml

SPEC = os.path.join(os.path.dirname(os.path.realpath(__file__)),
                    '../uapi/nvswitch.yaml')

# The parser in C, where there is one: a virtual machine may be slow.
LOADER = getattr(yaml, 'CSafeLoader', yaml.SafeLoader)

NETLINK_GENERIC, SOL_NETLINK = 16, 270
RCVBUFFORCE = 33
ADD_MEMBERSHIP, CAP_ACK, EXT_ACK, STRICT_CHECK = 1, 10, 11, 12
NLMSG_ERROR, NLMSG_DONE = 2, 3
REQUEST, MULTI, ACK, DUMP_INTR, DUMP = 1, 2, 4, 0x10, 0x300
ACK_TLVS = 0x200
NESTED, TYPE_MASK = 0x8000, 0x3fff
GENL_ID_CTRL, GETFAMILY = 16, 3
SCALARS = {'u8': 'B', 'u16': 'H', 'u32': 'I', 'u64': 'Q'}


class Broken(Exception):
    """The kernel has said what the specification does not know."""


class Refused(Exception):
    """The kernel has refused a request."""


def pack(number, payload):
    return struct.pack('HH', len(payload) + 4, number) + payload + \
        bytes(-len(payload) % 4)


def unpack(data):
    """The attributes in DATA: number, payload and offset of each."""
    offset = 0
    while offset + 4 <= len(data):
        length, number = struct.unpack_from('HH', data, offset)
        if length < 4 or offset + length > len(data):
            raise Broken(f'an attribute of {length} bytes at {offset} of '
                         f'{len(data)}')
        yield number & TYPE_MASK, data[offset + 4:offset + length], offset
        offset += (length + 3) & ~3
    if offset < len(data):
        raise Broken('bytes behind the last attribute')


class Spec:
    """The specification: attributes to bytes and back."""

    def __init__(self, path=SPEC):
        with open(path, encoding='utf-8') as file:
            self.spec = yaml.load(file, LOADER)
        self.enums = {
            item['name']: [entry if isinstance(entry, str) else entry['name']
                           for entry in item['entries']]
            for item in self.spec['definitions'] if item['type'] == 'enum'}
        whole = {group['name']: {attribute['name']: attribute for attribute
                                 in group['attributes']}
                 for group in self.spec['attribute-sets']}
        self.sets = {
            group['name']: {name: whole[group['subset-of']][name]
                            for name in whole[group['name']]}
            if 'subset-of' in group else whole[group['name']]
            for group in self.spec['attribute-sets']}
        self.operations = {operation['name']: operation for operation
                           in self.spec['operations']['list']}

    def encode(self, group, values):
        message = b''
        for name, value in values.items():
            attribute = self.sets[group][name]
            for one in value if attribute.get('multi-attr') else [value]:
                message += self.encode_one(attribute, one)
        return message

    def encode_one(self, attribute, value):
        kind, number = attribute['type'], attribute['value']
        if kind == 'flag':
            return pack(number, b'') if value else b''
        if kind == 'nest':
            return pack(number | NESTED,
                        self.encode(attribute['nested-attributes'], value))
        if kind == 'string':
            return pack(number, value.encode() + b'\0')
        if kind == 'binary':
            return pack(number, self.encode_binary(attribute, value))
        if isinstance(value, str) and 'enum' in attribute:
            value = self.enums[attribute['enum']].index(value)
        elif isinstance(value, str) and kind == 'u32':
            value = socket.if_nametoindex(value)
        return pack(number, struct.pack(SCALARS[kind], value))

    @staticmethod
    def encode_binary(attribute, value):
        if isinstance(value, list):
            return struct.pack(f'{len(value)}{SCALARS[attribute["sub-type"]]}',
                               *value)
        return bytes.fromhex(value.replace(':', ''))

    def decode(self, group, data):
        names = {attribute['value']: attribute
                 for attribute in self.sets[group].values()}
        values = {}
        for number, payload, _ in unpack(data):
            if number not in names:
                raise Broken(f'attribute {number}, which {group} has not')
            attribute = names[number]
            name = attribute['name']
            if attribute['type'] == 'pad':
                continue
            value = self.decode_one(attribute, payload)
            if attribute.get('multi-attr'):
                values.setdefault(name, []).append(value)
            elif name in values:
                raise Broken(f'{name} twice')
            else:
                values[name] = value
        return values

    def decode_one(self, attribute, payload):
        kind, name = attribute['type'], attribute['name']
        if kind == 'nest':
            return self.decode(attribute['nested-attributes'], payload)
        if kind == 'flag' and not payload:
            return True
        if kind == 'string' and payload.endswith(b'\0'):
            return payload[:-1].decode()
        if kind == 'binary':
            return self.decode_binary(attribute, payload)
        if len(payload) != struct.calcsize(SCALARS.get(kind, '0s')):
            raise Broken(f'{name} is {len(payload)} bytes, and {kind}')
        value = struct.unpack(SCALARS[kind], payload)[0]
        if 'enum' in attribute:
            entries = self.enums[attribute['enum']]
            if value >= len(entries):
                raise Broken(f'{name} is {value}, which {attribute["enum"]} '
                             'has not')
            return entries[value]
        return value

    @staticmethod
    def decode_binary(attribute, payload):
        if attribute.get('checks', {}).get('exact-len', len(payload)) != \
                len(payload):
            raise Broken(f'{attribute["name"]} is {len(payload)} bytes')
        if 'sub-type' in attribute:
            code = SCALARS[attribute['sub-type']]
            return [value for value, in struct.iter_unpack(code, payload)]
        return payload.hex(':')

    def path_of(self, group, data, offset):
        """The name of the attribute at OFFSET of a request."""
        names = {attribute['value']: attribute
                 for attribute in self.sets[group].values()}
        for number, payload, start in unpack(data):
            attribute = names.get(number, {'name': str(number)})
            if start == offset:
                return attribute['name']
            if start < offset < start + 4 + len(payload):
                return attribute['name'] + '.' + self.path_of(
                    attribute['nested-attributes'], payload,
                    offset - start - 4)
        return str(offset)


class Family:
    def __init__(self, spec=None):
        self.spec = spec or Spec()
        self.socket = socket.socket(socket.AF_NETLINK, socket.SOCK_RAW,
                                    NETLINK_GENERIC)
        for option in (CAP_ACK, EXT_ACK, STRICT_CHECK):
            self.socket.setsockopt(SOL_NETLINK, option, 1)
        self.socket.bind((0, 0))
        self.sequence = 0
        name = self.spec.spec['name'].encode() + b'\0'
        reply, = self.talk(GENL_ID_CTRL, GETFAMILY, 2, 0, pack(2, name))
        family = {number: payload for number, payload, _ in unpack(reply)}
        self.id, = struct.unpack('H', family[1])
        version, = struct.unpack('I', family[3])
        if version != self.spec.spec['version']:
            raise Broken(f'version {version} of the family')
        self.groups = {}
        for _, payload, _ in unpack(family.get(7, b'')):
            group = {number: value for number, value, _ in unpack(payload)}
            self.groups[group[1].rstrip(b'\0').decode()], = \
                struct.unpack('I', group[2])

    def talk(self, family, command, version, flags, body, where=None):
        """Send a request, and return the bodies of the replies."""
        self.sequence += 1
        self.socket.send(struct.pack(
            'IHHIIBBH', 20 + len(body), family, REQUEST | ACK | flags,
            self.sequence, 0, command, version, 0) + body)
        replies = []
        interrupted = 0
        while True:
            for kind, flags, sequence, data in self.receive():
                if sequence != self.sequence:
                    continue
                interrupted |= flags & DUMP_INTR
                if kind in (NLMSG_ERROR, NLMSG_DONE):
                    self.judge(kind, flags, data, body, where)
                    # Not before the end, or the next dump finds it going on.
                    if interrupted:
                        raise Refused('EINTR: something has changed meanwhile')
                    return replies
                if family != GENL_ID_CTRL and data[0] != command:
                    raise Broken(f'command {data[0]} as reply to {command}')
                replies.append(data[4:])

    def receive(self):
        data = self.socket.recv(1 << 20)
        while len(data) >= 16:
            length, kind, flags, sequence, _ = struct.unpack_from('IHHII', data)
            yield kind, flags, sequence, data[16:length]
            data = data[(length + 3) & ~3:]

    def judge(self, kind, flags, data, body, where):
        error = -struct.unpack_from('i', data)[0]
        said = {}
        if flags & ACK_TLVS:
            # A request is not sent back beyond its header.
            start = 20 if kind == NLMSG_ERROR else 4
            said = {number: payload for number, payload, _
                    in unpack(data[start:])}
        if not error:
            return
        text = said.get(1, b'\0')[:-1].decode()
        if 2 in said and where:
            text += ' [%s]' % self.spec.path_of(
                where, body, struct.unpack('I', said[2])[0] - 20)
        if 5 in said and where:
            missing, = struct.unpack('I', said[5])
            text += ' [%s]' % ', '.join(
                name for name, attribute in self.spec.sets[where].items()
                if attribute['value'] == missing)
        raise Refused(f'{errno.errorcode.get(error, error)}: {text}'.strip())

    def request(self, way, name, values):
        operation = self.spec.operations[name]
        group = operation['attribute-set']
        body = self.spec.encode(group, values)
        known = operation.get(way, {}).get('reply', {}).get('attributes', [])
        for reply in self.talk(self.id, operation['value'],
                               self.spec.spec['version'],
                               DUMP if way == 'dump' else 0, body, group):
            yield self.checked(group, known, reply, name)

    def checked(self, group, known, data, name):
        values = self.spec.decode(group, data)
        if set(values) - set(known):
            raise Broken(f'{name} says {set(values) - set(known)}')
        return values

    def listen(self, seconds, name='event'):
        operation = self.spec.operations[name]
        self.socket.setsockopt(SOL_NETLINK, ADD_MEMBERSHIP,
                               self.groups[operation['mcgrp']])
        # A slow machine falls behind: what is lost then is no fault of others.
        with contextlib.suppress(PermissionError):
            self.socket.setsockopt(socket.SOL_SOCKET, RCVBUFFORCE, 1 << 24)
        print('listening', flush=True)
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            self.socket.settimeout(left)
            try:
                messages = list(self.receive())
            except TimeoutError:
                return
            for _, _, _, data in messages:
                if data[0] != operation['value']:
                    raise Broken(f'command {data[0]} as event')
                yield self.checked(operation['attribute-set'],
                                   operation['event']['attributes'], data[4:],
                                   name)


def answer(family, line):
    """What a coprocess says to a line."""
    try:
        way, name, *values = line.split(maxsplit=2)
        for reply in family.request(way, name, json.loads(*values or ['{}'])):
            print('|' + json.dumps(reply))
    except (Refused, Broken, KeyError, ValueError, OSError) as failure:
        return f'no {failure}'
    return 'ok'


def run(words):
    family = Family()
    if not words:
        for line in sys.stdin:
            print(answer(family, line), flush=True)
    elif words[0] == 'listen':
        for event in family.listen(float(words[1])):
            print(json.dumps(event), flush=True)
    else:
        values = json.loads(words[2]) if words[2:] else {}
        for reply in family.request(words[0], words[1], values):
            print(json.dumps(reply))


def main():
    try:
        run(sys.argv[1:])
    except Refused as refusal:
        sys.exit(str(refusal))
    except Broken as broken:
        print(f'not as specified: {broken}', file=sys.stderr)
        sys.exit(3)


if __name__ == '__main__':
    main()

# SPDX-License-Identifier: GPL-2.0-only
"""
Random netlink attributes, made from their specification: right ones, ones that
are nearly right, and ones that are not.
"""
import copy
import struct

NESTED, BYTE_ORDER = 0x8000, 0x4000
WIDTHS = {'u8': 1, 'u16': 2, 'u32': 4, 'u64': 8}
CODES = {1: 'B', 2: 'H', 4: 'I', 8: 'Q'}

# What the specification of the generic netlink family does not know: the
# attributes of a switch in rtnetlink.
SWITCH_SET = {
    'policy': {'name': 'policy', 'type': 'nest', 'value': 1,
               'nested-attributes': 'policy'},
    'ageing': {'name': 'ageing', 'type': 'u32', 'value': 2,
               'checks': {'min': 10, 'max': 1000000}},
    'move_hold': {'name': 'move_hold', 'type': 'u32', 'value': 3,
                  'checks': {'max': 60000}},
    'table_limit': {'name': 'table_limit', 'type': 'u32', 'value': 4,
                    'checks': {'min': 1, 'max': 16777216}},
    'remote_limit': {'name': 'remote_limit', 'type': 'u32', 'value': 5,
                     'checks': {'max': 16777216}},
    'mac_binding': {'name': 'mac_binding', 'type': 'u8', 'value': 6,
                    'checks': {'max': 1}},
    'learned': {'name': 'learned', 'type': 'u32', 'value': 7},
    'remote': {'name': 'remote', 'type': 'u32', 'value': 8},
    'active_uplink': {'name': 'active_uplink', 'type': 'u32', 'value': 9},
}

# Attributes of a port that only the kernel writes.
READ_ONLY = {'resolved', 'level', 'effective_mac', 'adopted_mac', 'mac_state',
             'learned', 'active', 'initial_mac_source', 'vlan_resolved',
             'vlan_level', 'allowed', 'remote', 'active_uplink'}

# Few, so that they meet.
STATIONS = [bytes.fromhex('0200000061%02x' % i) for i in range(4)] + \
    [bytes.fromhex('0200000062%02x' % i) for i in range(3)]
NO_STATIONS = [bytes(6), b'\xff' * 6, bytes.fromhex('01005e000005'),
               bytes.fromhex('0180c2000000')]
VIDS = [1, 10, 20, 100, 101, 102, 4094]
NAMES = [b'g1', b'g2', b'g3', b'a name', b'x' * 63]
NO_NAMES = [b'', b'x' * 64, b' g1', b'g1 ', b'g\x7f', b'\xc3\xa4', b'g\n1',
            b'g\x001']


class Attribute:
    """One attribute, and ways to spoil it: a value is bytes, or a list of
    attributes."""

    def __init__(self, number, value, nested=False):
        self.number, self.value = number, value
        self.flags = NESTED if nested else 0
        self.lie = 0

    def encode(self):
        body = self.value if isinstance(self.value, bytes) else \
            b''.join(inner.encode() for inner in self.value)
        length = max(0, min(0xffff, len(body) + 4 + self.lie))
        return struct.pack('HH', length, self.flags | self.number) + body + \
            bytes(-len(body) % 4)


class Generator:
    """Attributes of the sets of a specification."""

    def __init__(self, rng, spec, indexes):
        self.rng, self.spec, self.indexes = rng, spec, indexes
        self.sets = {**spec.sets, 'switch': SWITCH_SET}
        self.definitions = {item['name']: item.get('value')
                            for item in spec.spec['definitions']}

    def chance(self, probability):
        return self.rng.random() < probability

    # Values

    def number(self, attribute):
        """Mostly in range; at a boundary, or off it by one."""
        rng, width = self.rng, WIDTHS[attribute['type']]
        top = (1 << 8 * width) - 1
        low, high = self.bounds(attribute, top)
        dice = rng.random()
        if dice < 0.82:
            value = rng.randint(low, min(high, low + 4))
        elif dice < 0.88:
            value = rng.choice([low, high])
        elif dice < 0.96:
            value = rng.choice([low - 1, high + 1])
        else:
            value = rng.choice([0, 1, top, top >> 1, top >> 1 ^ top,
                                rng.getrandbits(8 * width)])
        return struct.pack(CODES[width], value & top)

    def bounds(self, attribute, top):
        if 'enum' in attribute:
            return 0, len(self.spec.enums[attribute['enum']]) - 1
        checks = attribute.get('checks', {})
        return checks.get('min', 0), checks.get('max', top)

    def scalar(self, attribute):
        name, kind = attribute['name'], attribute['type']
        rng = self.rng
        if kind == 'u32' and name in ('switch', 'port'):
            return struct.pack('I', self.index(name))
        if kind == 'u32' and name == 'learn_limit':
            return struct.pack('I', rng.choice(
                [0, 1, 2, 4096, 1048575, 1048576, 1048577, 0xfffffffe,
                 0xffffffff]))
        if kind == 'u16' and name != 'tag2' and self.chance(0.8):
            return struct.pack('H', rng.choice(VIDS))
        if kind == 'u16' and name == 'tag2' and self.chance(0.8):
            return struct.pack('H', rng.choice([0x8100, 0x88a8]))
        return self.number(attribute)

    def index(self, name):
        """Mostly a device of the kind that the attribute wants."""
        if self.chance(0.94):
            return self.rng.choice(self.indexes[name])
        return self.rng.choice([0, 1, 0x7fffffff, 0x80000000, 0xffffffff] +
                               sum(self.indexes.values(), []))

    def binary(self, attribute):
        rng, name = self.rng, attribute['name']
        if name == 'ranges':
            return self.ranges()
        if name == 'rx_groups':
            return b''.join(self.mac(0.05 if self.chance(0.8) else 0.5, True)
                            for _ in range(rng.choice([0, 1, 2, 63, 64, 65])))
        return self.mac(0.06)

    def mac(self, wrong, group=False):
        right, other = STATIONS, NO_STATIONS
        if group:
            right, other = NO_STATIONS[1:], STATIONS + NO_STATIONS[:1]
        return self.rng.choice(other if self.chance(wrong) else right)

    def ranges(self):
        rng = self.rng
        vids = sorted(rng.sample([0] + VIDS, rng.randint(1, 5)))
        pairs = [(vid, vid) for vid in vids]
        if self.chance(0.2):
            pairs = [(0, 4094)]
        if self.chance(0.05):
            pairs = [(vid, vid) for vid in range(0, 4095, 2)]
        if self.chance(0.15):
            at = rng.randrange(len(pairs))
            pairs[at] = rng.choice([(pairs[at][0], 4095), (5, 4), (0, 4094),
                                    (4095, 4095), (0xffff, 0)])
        return b''.join(struct.pack('HH', *pair) for pair in pairs)

    def value(self, attribute):
        kind = attribute['type']
        if kind == 'nest':
            return self.members(attribute['nested-attributes'])
        if kind in ('flag', 'pad'):
            return b''
        if kind == 'string':
            wrong = self.chance(0.08)
            return self.rng.choice(NO_NAMES if wrong else NAMES) + b'\0'
        if kind == 'binary':
            return self.binary(attribute)
        return self.scalar(attribute)

    # Attributes

    def attribute(self, attribute):
        return Attribute(attribute['value'], self.value(attribute),
                         attribute['type'] == 'nest')

    def members(self, name):
        """Some attributes of a set."""
        attributes = [one for one in self.sets[name].values()
                      if one['type'] != 'pad' and
                      (one['name'] not in READ_ONLY or self.chance(0.02))]
        if name == 'vlan' and self.chance(0.85):
            return self.vlan()
        if name == 'entries':
            return [self.attribute(attributes[0]) for _ in
                    range(self.rng.choice([0, 1, 1, 2, 3, 9]))]
        if name == 'entry' and self.chance(0.85):
            return [self.attribute(one) for one in attributes]
        count = self.rng.choice([0, 1, 1, 1, 2, 2, 3, 5])
        if name == 'port' and self.chance(0.4):
            return self.both()
        return [self.attribute(one) for one in
                self.rng.sample(attributes, min(count, len(attributes)))]

    def both(self):
        """Settings of which one may be refused when the other is in force."""
        whole, rng = self.sets['port'], self.rng
        names = [rng.choice(['vlan', 'group', 'role']), rng.choice(
            ['initial_mac', 'initial_mac', 'activation', 'policy'])]
        return [self.attribute(whole[name]) for name in names]

    def vlan(self):
        """What fits together."""
        mode = self.rng.choice([0, 1, 2, 2, 3, 3, 4, 4, 4])
        kind = self.rng.randint(0, 2)
        wants = {2: ['vid'], 3: ['ranges'],
                 4: ['vid', 'type'] + ['secondary'] * (kind > 0)}
        if mode == 3 and self.chance(0.4):
            wants[3].append('native')
        whole = self.sets['vlan']
        found = [Attribute(whole['mode']['value'], bytes([mode]))]
        for name in wants.get(mode, []):
            one = self.attribute(whole[name])
            if name == 'type':
                one.value = bytes([kind])
            found.append(one)
        return found

    def request(self, operation, way):
        """The attributes of a command of the family."""
        whole = self.sets[operation['attribute-set']]
        names = operation[way]['request']['attributes']
        many = self.chance(0.8)
        return [self.attribute(whole[name]) for name in names
                if name in ('switch', 'port', 'group', 'mac', 'src', 'dst',
                            'entries', 'settings') and self.chance(0.95) or
                self.chance(0.5 if many else 0.2)]

    # Spoiling

    @staticmethod
    def places(attributes, depth=0):
        """Every list of attributes, and where in it each one is."""
        for at, one in enumerate(attributes):
            yield attributes, at
            if isinstance(one.value, list) and depth < 8:
                yield from Generator.places(one.value, depth + 1)

    def spoil(self, attributes):
        """Change one thing that a specification does not allow."""
        places = list(self.places(attributes))
        if not places:
            attributes.append(Attribute(self.rng.choice([0, 1, 200, 0x3fff]),
                                        bytes(4)))
            return
        ways = [name for name in dir(self) if name.startswith('spoil_')]
        siblings, at = self.rng.choice(places)
        getattr(self, self.rng.choice(ways))(siblings, at)

    @staticmethod
    def spoil_missing(siblings, at):
        del siblings[at]

    def spoil_repeated(self, siblings, at):
        siblings.insert(self.rng.randint(0, len(siblings)),
                        copy.deepcopy(siblings[at]))

    def spoil_number(self, siblings, at):
        siblings[at].number = self.rng.choice(
            [0, 1, 2, 3, 26, 53, 200, 0x3fff, self.rng.randint(0, 60)])

    def spoil_nested(self, siblings, at):
        siblings[at].flags ^= NESTED

    def spoil_byte_order(self, siblings, at):
        siblings[at].flags ^= BYTE_ORDER

    def spoil_length(self, siblings, at):
        siblings[at].lie = self.rng.choice([-4, -3, -1, 1, 2, 4, 100, 60000,
                                            -60000])

    def spoil_size(self, siblings, at):
        value = siblings[at].value
        if isinstance(value, list):
            value = b''.join(one.encode() for one in value)
        size = max(0, len(value) + self.rng.choice([-4, -1, -1, 1, 1, 4, 300]))
        siblings[at].value = (value + bytes(size))[:size]

    def spoil_unknown(self, siblings, at):
        siblings.insert(at, Attribute(self.rng.choice([0, 54, 200, 0x3fff]),
                                      bytes(self.rng.choice([0, 1, 4, 8]))))

    def spoil_nest_deeply(self, siblings, at):
        one = siblings[at]
        for _ in range(self.rng.choice([1, 2, 20])):
            one = Attribute(siblings[at].number, [one], True)
        siblings[at] = one

    def spoil_bytes(self, siblings, at):
        siblings[at].value = self.rng.randbytes(self.rng.choice([0, 1, 4, 6,
                                                                 8, 64]))

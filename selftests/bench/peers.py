# SPDX-License-Identifier: GPL-2.0-only
"""
The switches that are compared, and the devices that are their ports.

Port 0 sends to port 1, whose guests own address(0) and address(1); the others
are there to be many. Behind one more port, if a table has to be filled, is
whatever else is in the table.
"""
import itertools
import json
import os
import subprocess

import measure
from measure import numbered

BROADCAST = 'ff:ff:ff:ff:ff:ff'
# All devices are in it, so that they can be removed in one go.
GROUP = '7'
FILLER = 'fill'
OVS = os.path.join(os.path.dirname(os.path.realpath(__file__)),
                   '../../build/bench/ovs/usr/bin/ovs-dpctl')


def address(port):
    """Of the guest."""
    return numbered('52:54:00:00:00:01', port)


def inner(port):
    """Of a guest inside that guest."""
    return numbered('52:54:00:40:00:01', port)


def entry(number):
    return numbered('0a:00:00:00:00:00', number)


def colliding(number, bits=14):
    """That all share one of 2 ** bits buckets, if the hash is multiplying with
    a number that everybody knows: that of the kernel's hash_64()."""
    factor, base = 0x61c8864680b583eb, measure.mac_bytes('02:00:00:00:00:00')
    # By Euclid: a step that changes the product by next to nothing.
    before, step, rest, change = 0, 1, 1 << 64, factor
    while step < 1 << 26:
        before, step = step, before + rest // change * step
        rest, change = change, rest % change
    base = int.from_bytes(base, 'big')
    while True:
        macs = [base + i * before for i in range(number)]
        if len({mac * factor % (1 << 64) >> 64 - bits for mac in macs}) == 1:
            return [mac.to_bytes(6, 'big').hex(':') for mac in macs]
        base += 1


def run(*words, lines=()):
    subprocess.run(words, input=''.join(line + '\n' for line in lines),
                   text=True, check=True)


def ip(*lines):
    run('ip', '-batch', '-', lines=lines)


def prepare(switches, *modules):
    """Load what they need, and have IPv6 say nothing of its own accord."""
    needed = {module for switch in switches for module in switch.modules}
    run('modprobe', '-a', 'pktgen', 'dummy', *modules, *sorted(needed))
    for family in ('all', 'default'):
        path = f'/proc/sys/net/ipv6/conf/{family}/disable_ipv6'
        if os.path.exists(path):
            measure.write(path, '1')


class Devices:
    """The first one is of one kind, all others of another."""

    def __init__(self, number, kinds=('dummy', 'dummy'), filler=False):
        self.number, self.kinds, self.filler = number, kinds, filler
        self.names = [f'p{i}' for i in range(number)]
        self.taps = {}
        lines = []
        for i, name in enumerate(self.names):
            kind = kinds[0] if i == 0 else kinds[1]
            if kind == 'tap':
                self.taps[name] = measure.Tap(name)
                lines.append(f'link set {name} up group {GROUP}')
            elif kind == 'veth':
                lines.append(f'link add {name} up group {GROUP} type veth peer'
                             f' name g{i}')
                lines.append(f'link set g{i} up')
            elif kind == 'dummy':
                lines.append(f'link add {name} up group {GROUP} type dummy')
        if filler:
            lines.append(f'link add {FILLER} up group {GROUP} type dummy')
        ip(*lines)

    def all(self):
        return self.names + [FILLER] * self.filler

    def remove(self):
        ip(f'link del group {GROUP}')
        for tap in self.taps.values():
            tap.close()

    def sender(self, src, dst, sources=1):
        """Of frames that come in through the first port; a tap has one source."""
        if self.kinds[0] == 'tap':
            return self.taps['p0'].say(src, dst, reader=self.taps.get('p1'))
        if self.kinds[0] == 'veth':
            return measure.Veth('g0', src, dst, sources)
        if self.kinds[0] == 'macvlan':
            return measure.Veth('p0', src, dst, sources)
        return measure.Pktgen(('p0', src, dst), sources=sources)

    def delivered(self):
        """How many frames guests have got so far."""
        counter = 'rx' if self.kinds[1] == 'macvlan' else 'tx'
        return sum(self.count(name, counter) for name in self.names)

    @staticmethod
    def count(name, counter):
        with open(f'/sys/class/net/{name}/statistics/{counter}_packets',
                  encoding='ascii') as file:
            return int(file.read())


class Switch:
    """What the peers have in common. It is built of devices, whose ports take
    turns to be in one of so many VLANs; if asked for, with port 1 as the way
    out, and with a limit to what each port may teach it."""

    name = ''
    modules = ()
    # Its ports, if they must be of its own kind.
    kinds = ('dummy', 'dummy')
    # Whether more than the addresses of the guests can be in its table.
    table = True
    # How often it delivers a frame to an address that it knows.
    copies = 1
    # Whether all ports get what is for an address that nobody knows.
    floods = True
    # Whether any source passes, is learned if it passes, and is refused then
    # because that would be too many.
    takes_foreign = learns = limits = False
    source, target = address(0), address(1)

    def build(self, devices, vlans=1, uplink=False, limit=0):
        raise NotImplementedError

    def fill(self, first, number):
        """By what teaches it: frames. A switch that learns one lets it pass."""
        before = Devices.count('p1', 'tx')
        measure.Pktgen((FILLER, entry(first), self.target),
                       sources=max(2, number)).send(number)
        passed = Devices.count('p1', 'tx') - before
        if passed < number:
            raise RuntimeError(f'{self.name} learned {passed} of {number}')

    def hold(self, addresses):
        """Have these in the table, as behind the port for whatever else is."""
        raise NotImplementedError

    def remove(self):
        pass


class Nothing(Switch):
    """Nobody takes the frames: the floor."""

    name = 'floor: nobody takes it'
    table = False
    copies = 0

    def build(self, devices, vlans=1, uplink=False, limit=0):
        pass


class Mirred(Switch):
    name = 'tc mirred redirect'
    modules = ('sch_ingress', 'cls_matchall', 'act_mirred')
    table = False

    def build(self, devices, vlans=1, uplink=False, limit=0):
        run('tc', '-batch', '-', lines=[
            line for i in range(0, devices.number, 2) for line in (
                f'qdisc add dev p{i} clsact',
                f'filter add dev p{i} ingress matchall'
                f' action mirred egress redirect dev p{i + 1}')])


class Bridge(Switch):
    name = 'bridge'
    modules = ('bridge',)
    takes_foreign = learns = True
    options = ''

    def build(self, devices, vlans=1, uplink=False, limit=0):
        ip(f'link add br0 type bridge ageing_time 100000000 {self.options}',
           *(f'link set {name} master br0' for name in devices.all()),
           'link set br0 up')
        self.tell(*(f'fdb add {address(i)} dev p{i} master static'
                    for i in self.told(devices)))

    @staticmethod
    def told(devices):
        return range(min(4, devices.number))

    @staticmethod
    def tell(*lines):
        run('bridge', '-batch', '-', lines=lines)

    def hold(self, addresses):
        self.tell(*(f'fdb add {mac} dev {FILLER} master static'
                    for mac in addresses))

    def remove(self):
        ip('link del br0')


class FilteringBridge(Bridge):
    name = 'bridge vlan_filtering'
    options = 'vlan_filtering 1'

    def build(self, devices, vlans=1, uplink=False, limit=0):
        super().build(devices)
        if vlans > 1:
            self.tell(*(line for i, name in enumerate(devices.names)
                        for line in (
                            f'vlan del dev {name} vid 1',
                            f'vlan add dev {name} vid {100 + i % vlans} pvid'
                            ' untagged')))


class NftBridge(Bridge):
    """Each port may send from its own address only, by a set of pairs."""

    name = 'bridge, anti-spoofing by nft'
    takes_foreign = learns = False
    modules = ('bridge', 'nf_tables', 'nft_meta_bridge')

    def build(self, devices, vlans=1, uplink=False, limit=0):
        super().build(devices)
        pairs = ', '.join(f'"p{i}" . {address(i)}'
                          for i in range(devices.number))
        run('nft', '-f', '-', lines=[f'''
            table bridge guard {{
                set own {{
                    typeof iif . ether saddr
                    elements = {{ {pairs} }}
                }}
                chain in {{
                    type filter hook prerouting priority -300; policy drop;
                    iif . ether saddr @own accept
                }}
            }}'''])

    def fill(self, first, number):
        lines = 'type filter hook prerouting priority -300; policy'
        run('nft', f'chain bridge guard in {{ {lines} accept; }}')
        super().fill(first, number)
        run('nft', f'chain bridge guard in {{ {lines} drop; }}')

    def remove(self):
        run('nft', 'flush ruleset')
        super().remove()


class LockedBridge(Bridge):
    """Each port may send from addresses only that somebody entered for it."""

    name = 'bridge, anti-spoofing by locked'
    takes_foreign = learns = False

    def build(self, devices, vlans=1, uplink=False, limit=0):
        super().build(devices)
        self.tell(*(f'link set dev {name} locked on' for name in devices.names))

    @staticmethod
    def told(devices):
        return range(devices.number)


class OpenVSwitch(Switch):
    """Its datapath in the kernel, whose daemon has entered what is needed."""

    name = 'Open vSwitch datapath'
    modules = ('openvswitch',)

    def build(self, devices, vlans=1, uplink=False, limit=0):
        self.tell('add-dp', 'dp0')
        self.tell('add-if', 'dp0', *devices.all())
        # Its ports have numbers from 1 on.
        members = range(vlans, devices.number, vlans)
        copies = ','.join(str(1 + i) for i in members)
        self.enter([self.flow(1, self.source, self.target, '2'),
                    self.flow(3, address(2), address(3), '4'),
                    self.flow(1, self.source, BROADCAST, copies or 'drop')])
        self.filler = devices.number + 1

    @staticmethod
    def flow(port, src, dst, actions):
        return (f'in_port({port}),eth(src={src},dst={dst}),eth_type(0x0800),'
                f'ipv4(frag=no) {actions}')

    @staticmethod
    def tell(*words, lines=()):
        run(OVS, '--verbose=warn', *words, lines=lines)

    def enter(self, flows):
        self.tell('add-flows', 'dp0', '-', lines=flows)

    def fill(self, first, number):
        self.enter([self.flow(self.filler, entry(i), self.target, '2')
                    for i in range(first, first + number)])

    def remove(self):
        self.tell('del-dp', 'dp0')


class Nvswitch(Switch):
    modules = ('nvswitch',)
    # Of the switch, of each port, and of its groups.
    policy, port = {}, {}

    def build(self, devices, vlans=1, uplink=False, limit=0):
        ports = []
        for i, name in enumerate(devices.names):
            ports.append({'port': name, 'initial_mac': address(i)} | self.port |
                         self.member(i, vlans))
        if uplink:
            ports[1] = {'port': 'p1', 'role': 'uplink'}
        if devices.filler:
            ports.append({'port': FILLER, 'learning': True, 'learn_limit': 0,
                          'forged_transmits': 'accept'} | self.member(0, vlans))
        self.apply({'version': 1, 'switch': 'nvs0', 'ageing': 1000000,
                    'table_limit': 1 << 24, 'learn_limit': limit,
                    'ports': ports, 'groups': self.groups(vlans)} | self.policy)

    @staticmethod
    def member(number, vlans):
        if vlans == 1:
            return {}
        return {'vlan': {'mode': 'access', 'vid': 100 + number % vlans}}

    @staticmethod
    def groups(_vlans):
        return []

    @staticmethod
    def apply(switch):
        subprocess.run(['nvsw', 'apply', '-'], input=json.dumps(switch),
                       text=True, check=True, stdout=subprocess.DEVNULL)
        ip('link set nvs0 up')

    def hold(self, addresses):
        run('bridge', '-batch', '-', lines=[
            f'fdb add {mac} dev nvs0 self via {FILLER} static'
            for mac in addresses])

    def remove(self):
        ip('link del nvs0')


class Reject(Nvswitch):
    name = 'nvswitch, all policies reject'
    floods = False


class Nested(Nvswitch):
    name = 'nvswitch, nested and learning'
    takes_foreign = learns = limits = True
    source = inner(0)
    policy = {'forged_transmits': 'accept', 'learning': True}


class Groups(Nvswitch):
    name = 'nvswitch, groups with VLANs'
    floods = False

    @staticmethod
    def member(number, vlans):
        return {'group': f'lab{number % vlans}'}

    @staticmethod
    def groups(vlans):
        return [{'group': f'lab{i}',
                 'vlan': {'mode': 'access', 'vid': 100 + i}}
                for i in range(vlans)]


class Allowed(Nvswitch):
    """The source is the last one of eight."""

    name = 'nvswitch, with an allow list'
    floods = False
    source = inner(0)
    port = {'allow': [inner(i) for i in range(7, -1, -1)]}


class Promiscuous(Nvswitch):
    """What users of vSwitches without learning do."""

    name = 'nvswitch, promiscuous accept'
    takes_foreign = True
    source, target = inner(0), inner(1)
    policy = {'forged_transmits': 'accept', 'promiscuous': 'accept'}


class Macvlan(Switch):
    """The ports are its own devices: what one sends, another one receives."""

    name = 'macvlan, bridge mode'
    modules = ('macvlan',)
    table = False
    kinds = ('macvlan', 'macvlan')

    def build(self, devices, vlans=1, uplink=False, limit=0):
        ip(f'link add low up group {GROUP} type dummy',
           *(f'link add {name} link low up group {GROUP} address {address(i)}'
             ' type macvlan mode bridge'
             for i, name in enumerate(devices.names)))



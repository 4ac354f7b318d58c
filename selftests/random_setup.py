# SPDX-License-Identifier: GPL-2.0-only
"""
Random configurations of a switch, random changes to them, and random frames;
see explain-random.
"""
import collections
import importlib.machinery
import importlib.util
import json
import os
import struct
import time

import ynl_client

HERE = os.path.dirname(os.path.realpath(__file__))


def load(name):
    """A program beside this one, as a module."""
    loader = importlib.machinery.SourceFileLoader(name, f'{HERE}/{name}')
    module = importlib.util.module_from_spec(
        importlib.util.spec_from_loader(name, loader))
    loader.exec_module(module)
    return module


frames = load('frames')

VETHS, TAPS, UPLINKS = 'abcd', 'ef', 'uv'
PORTS = VETHS + TAPS + UPLINKS
NOTABLE = b'nvs-rand'

# Few addresses and VLANs, so that they meet.
STATIONS = ['a', 'b', 'c', 'd', 'e', 'f', 'h', 'a1', 'a2', 'b1', 'b2', 'c1',
            'e1', 'e2', 'f1', 'x1', 'x2', 'x3', 's1', 's2', 'y1']
MULTICASTS = ['multicast', '01:00:5e:00:00:06', '33:33:00:00:00:01']
RESERVED = ['stp', 'pvst', 'lldp', '01:80:c2:00:00:02', '01:80:c2:00:00:10']
VIDS = [10, 20, 30, 100, 101, 102, 103]
PRIVATE = [('promiscuous', None), ('isolated', 101), ('community', 102),
           ('community', 103)]
POLICY = {
    'promiscuous': ['reject', 'accept'],
    'mac_changes': ['reject', 'accept'],
    'forged_transmits': ['reject', 'accept'],
    'learning': ['off', 'on'],
    'unicast_flood': ['off', 'on'],
    'limit_policy': ['drop', 'allow'],
    'learn_move': ['deny', 'allow'],
    'learn_limit': [0, 1, 2, 4, 4096],
}
SWITCH = {
    'ageing': [0, 10, 300],
    'move_hold': [0, 0, 20, 200, 60000],
    'table_limit': [1, 65536, 65536],
    'remote_limit': [0, 1, 2, 65536, 65536],
    'mac_binding': ['auto', 'auto', 'explicit'],
}
LEARN_LIMIT_INHERIT = 0xffffffff

# What changes a port's state without a frame, or a command, of ours.
BY_ITSELF = {'uplink', 'activated', 'mac_change', 'mac_conflict', 'mac_ok'}


class Difference(Exception):
    """What was said is not what happened."""


class Sent:
    """A random frame: what `explain` is asked, and what is sent."""

    def __init__(self, rng, sender, src, dst, mtu, vids=()):
        self.sender, self.src, self.dst = sender, src, dst
        self.tags = self.random_tags(rng, vids)
        longest = mtu + (4 if self.tags else 0)
        payload = rng.choice([46, 46, 46, 46, 12, 986, 1000, 1001, 1496, 1500,
                              1501, 8996])
        inner = 4 * len(self.tags)
        self.payload = max(12, min(payload, longest - inner))
        self.ethertype = frames.ETHERTYPE

    @staticmethod
    def random_tags(rng, vids):
        """Mostly those of VLANs that are carried where it is sent."""
        dice = rng.random()
        vid = rng.choice(vids or [0])
        if rng.random() < 0.15:
            vid = rng.choice(VIDS + [0, 0, 77, 4094])
        first = (0x8100, rng.choice([0, 0, 5, 7]) << 13 | vid)
        if dice < (0.45 if vids else 0.8):
            return []
        if dice < 0.88:
            return [first]
        if dice < 0.96:
            return [first, (rng.choice([0x8100, 0x88a8]), rng.choice(VIDS))]
        return [(0x88a8, rng.choice(VIDS))] + ([first] if dice > 0.98 else [])

    def build(self, serial):
        self.head = frames.mac_bytes(self.dst) + frames.mac_bytes(self.src)
        self.tail = struct.pack('!H8sI', self.ethertype, NOTABLE, serial) + \
            bytes(self.payload - 12)
        return self.head + frames.tags_bytes(self.tags) + self.tail

    def question(self, switch, port):
        inner = self.tags[1:] if self.tags else []
        asked = {
            'switch': switch,
            'src': frames.mac_text(self.src), 'dst': frames.mac_text(self.dst),
            'length': 14 + 4 * len(inner) + self.payload,
        }
        if port:
            asked['port'] = port
        if self.tags and self.tags[0][0] == 0x88a8:
            asked['tag2'] = 0x88a8
        elif self.tags:
            asked['vid'] = self.tags[0][1] & 0xfff
            if inner:
                asked['tag2'] = inner[0][0]
        return asked

    def arriving(self, vid):
        """The copy that leaves with that tag, or none; its priority stays."""
        tags = self.tags
        if not (tags and tags[0][0] == 0x88a8):
            priority = tags[0][1] & 0xf000 if tags else 0
            tags = ([(0x8100, priority | vid)] if vid else []) + tags[1:]
        return self.head + frames.tags_bytes(tags) + self.tail

    def __str__(self):
        tags = ' '.join('%04x:%d/%d' % (tpid, tci & 0xfff, tci >> 13)
                        for tpid, tci in self.tags)
        return (f'{self.sender}: {self.src} > {self.dst} '
                f'{tags or "untagged"} payload {self.payload}')


class Machine(frames.World):
    """The switch and what surrounds it, with fast ways to look at them."""

    def __init__(self):
        super().__init__()
        self.host.enter()
        self.family = ynl_client.Family()
        self.events = ynl_client.Family(self.family.spec)
        self.events.socket.setsockopt(
            ynl_client.SOL_NETLINK, ynl_client.ADD_MEMBERSHIP,
            self.events.groups['events'])
        self.events.socket.setblocking(False)
        self.attached, self.vids, self.layout = {}, {}, None
        for name in VETHS + UPLINKS:
            self.make_veth(name)
            self.guests.ip(f'link set dev {name} mtu 9000')
        for name in TAPS:
            self.do_tap(name)
        for name in UPLINKS:
            self.do_listen('stack-' + name, name, str(frames.ETHERTYPE))

    def genl(self, name, way='do', **values):
        return list(self.family.request(way, name, values))

    def stats(self):
        """port -> its counters, as they come."""
        index = struct.pack('I', self.index('nvs0'))
        found = {}
        for body in self.generic.send('stats_get', frames.NLM_F_DUMP,
                                      [(['switch'], index)]):
            attrs = frames.attributes(body[4:])
            port, = struct.unpack('I', attrs[self.generic.top['port']])
            found[port] = attrs[self.generic.top['stats']]
        return found

    def changes(self, before, after):
        """port -> counter -> change, of those that did"""
        if not self.layout:
            self.find_layout(next(iter(after.values())))
        form, names = self.layout
        return {port: {name: new - old for name, old, new
                       in zip(names, form.unpack(before[port]),
                              form.unpack(nest)) if new != old}
                for port, nest in after.items() if before[port] != nest}

    def find_layout(self, nest):
        """All ports have their counters at the same places."""
        shape, names = '<', []
        for kind, payload, _ in ynl_client.unpack(nest):
            shape += '4x'
            if len(payload) == 8:
                shape += 'Q'
                names.append(frames.PLAIN[kind - 1])
                continue
            prefix = 'egress_' if kind == 9 else ''
            for reason, _, _ in ynl_client.unpack(payload):
                shape += '4xQ'
                names.append(prefix + self.reasons[reason - 1][0])
        self.layout = struct.Struct(shape), names

    def rows(self, **which):
        """The table: (mac, vid, kind, port)"""
        return {(row['mac'], row.get('vid'), row['kind'], row.get('port'))
                for row in self.genl('fdb_get', 'dump',
                                     switch=self.index('nvs0'), **which)}

    def drain_events(self):
        """The events since the last call, as the kernel names them."""
        names = set()
        while True:
            try:
                messages = list(self.events.receive())
            except BlockingIOError:
                return names
            except OSError:     # there were too many
                names |= BY_ITSELF
                continue
            for _, _, _, data in messages:
                names.add(self.family.spec.decode('nvswitch',
                                                  data[4:])['event'])

    def arrived(self):
        """name -> the frames of ours that it has received"""
        return {name: mine for name, got in self.collect().items()
                if (mine := [f for f in got if NOTABLE in f[14:32]])}


class Setup:
    """Random settings, and random changes to them."""

    def __init__(self, machine, rng):
        self.m, self.rng = machine, rng
        self.done, self.log = collections.Counter(), []

    def attempt(self, what, command, *words, **values):
        """Try it; the kernel may refuse it, which then changes nothing."""
        try:
            command(*words, **values)
            self.log.append(what)
            self.done['accepted'] += 1
        except (frames.Refused, ynl_client.Refused) as refusal:
            self.log.append(f'{what}: {refusal}')
            self.done['refused'] += 1

    def genl(self, name, **values):
        self.attempt(f'{name} {json.dumps(values)}', self.m.genl, name,
                     **values)

    def ip(self, words):
        self.attempt(f'ip {words}', self.m.host.ip, words)

    def peer(self, words):
        self.attempt(f'peer {words}', self.m.guests.ip, words)

    def policy(self, inherit=True):
        """Some fields, the more useful values more often."""
        rng = self.rng
        chosen = {}
        for name in rng.sample(sorted(POLICY), rng.choice([0, 1, 2, 3, 5])):
            value = rng.choice(POLICY[name])
            if inherit and rng.random() < 0.2:
                value = LEARN_LIMIT_INHERIT if name == 'learn_limit' \
                    else 'inherit'
            chosen[name] = self.number(name, value)
        return chosen

    @staticmethod
    def number(name, value):
        if name == 'learn_limit':
            return value
        return {'inherit': 0, 'reject': 1, 'off': 1, 'drop': 1, 'deny': 1,
                'accept': 2, 'on': 2, 'allow': 2}[value]

    def vlan(self):
        rng = self.rng
        mode = rng.choice(['inherit', 'none', 'none', 'access', 'access',
                           'trunk', 'trunk', 'private', 'private'])
        if mode == 'access':
            return {'mode': mode, 'vid': rng.choice(VIDS[:3])}
        if mode == 'trunk':
            return {'mode': mode, **self.trunk()}
        if mode == 'private':
            kind, secondary = rng.choice(PRIVATE)
            found = {'mode': mode, 'vid': 100, 'type': kind}
            return {**found, 'secondary': secondary} if secondary else found
        return {'mode': mode}

    def trunk(self):
        rng = self.rng
        if rng.random() < 0.3:
            found = {'ranges': [0, 4094]}
        else:
            vids = sorted(rng.sample([0] + VIDS, rng.randint(1, 4)))
            found = {'ranges': [vid for one in vids for vid in (one, one)]}
        if rng.random() < 0.3:
            found['native'] = rng.choice(VIDS[:4])
        return found

    def station(self):
        return frames.mac_text(self.rng.choice(STATIONS))

    def settings(self, name):
        rng = self.rng
        if name in UPLINKS and rng.random() < 0.9:
            return {'role': 'uplink'}
        found = {}
        if rng.random() < 0.4:
            found['nested'] = True
        if rng.random() < 0.7:
            found['policy'] = self.policy()
        if rng.random() < 0.5:
            found['vlan'] = self.vlan()
        if rng.random() < 0.4:
            found['group'] = rng.choice(['g1', 'g2'])
        if name in TAPS and rng.random() < 0.4:
            found['initial_mac'] = frames.mac_text(name)
        if rng.random() < 0.2:
            found['bpdu'] = 'accept'
        if rng.random() < 0.06:
            found['activation'] = 'announce'
        return found

    # A round begins

    def begin(self):
        """Another switch, other ports."""
        m, rng = self.m, self.rng
        self.log = []
        if m.switch:
            m.ends.pop('host').close()
            m.host.ip('link del dev nvs0')
            # They remember the index of a device.
            m.host.reset()
        self.restore()
        chosen = {name: rng.choice(values) for name, values in
                  {**SWITCH, **POLICY}.items() if rng.random() < 0.3}
        if rng.random() < 0.4:
            chosen.update(forged_transmits='accept', learning='on')
        options = ' '.join(f'{name} {value}' for name, value in chosen.items())
        self.log.append('switch ' + options)
        m.do_switch('nvs0', options)
        self.look()
        for group in 'g1', 'g2':
            self.genl('group_new', switch='nvs0', group=group,
                      policy=self.policy(), vlan=self.vlan())
        some = rng.sample(VETHS + TAPS, rng.randint(3, 6))
        for name in some + list(rng.choice(['', 'u', 'u', 'uv', 'uv'])):
            self.attach(name)
        self.look()

    def restore(self):
        """Devices as they were."""
        m = self.m
        for name in PORTS:
            m.host.ip(f'link set dev {name} mtu 1500 up')
        for name in TAPS:
            m.ends[name].carrier(True)
        for name in VETHS + UPLINKS:
            m.guests.ip(f'link set dev {name} address {frames.mac_text(name)}'
                        ' up')
        for name in PORTS:
            m.wait_up(name)

    def attach(self, name):
        self.genl('port_attach', switch='nvs0', port=name,
                  settings=self.settings(name))

    def look(self):
        """Which ports there are by now, and their MTUs."""
        links = [link for link in json.loads(self.m.host.ip('link show'))
                 if link.get('master') == 'nvs0' or link['ifname'] == 'nvs0']
        self.m.attached = {link['ifname']: link['mtu'] for link in links}
        self.m.vids = {link['ifname']: self.vids(link) for link in links}

    @staticmethod
    def vids(link):
        """Those of our VLANs that may come tagged."""
        info = link['linkinfo'].get('info_slave_data')
        if not info or info['role'] == 'uplink':
            return VIDS
        ranges = info['vlan_resolved'].get('trunk', [])
        return [vid for vid in VIDS
                if any(low <= vid <= high for low, high in ranges)]

    # It goes on

    def change(self):
        kinds = [name for name in dir(self) if name.startswith('change_')]
        ports = [name for name in self.m.attached if name != 'nvs0']
        if ports:
            getattr(self, self.rng.choice(kinds))(self.rng.choice(ports))
        self.look()
        self.m.collect()

    def set_port(self, port, **settings):
        self.genl('port_set', port=port, settings=settings)

    def change_policy(self, port):
        self.set_port(port, policy=self.policy())

    def change_nested(self, port):
        self.set_port(port, nested=True)

    def change_vlan(self, port):
        self.set_port(port, vlan=self.vlan())

    def change_group_of(self, port):
        self.set_port(port, group=self.rng.choice(['', 'g1', 'g2']))

    def change_group(self, _):
        self.genl('group_set', switch='nvs0', group=self.rng.choice(
            ['g1', 'g2']), policy=self.policy(), vlan=self.vlan())

    def change_switch(self, _):
        name = self.rng.choice(sorted(SWITCH) + sorted(POLICY))
        value = self.rng.choice({**SWITCH, **POLICY}[name])
        self.ip(f'link set dev nvs0 type nvswitch {name} {value}')

    def change_flags(self, port):
        self.set_port(port, **{self.rng.choice(['bpdu', 'blocked']):
                               self.rng.choice(['reject', 'accept'])})

    def change_unblock(self, port):
        self.set_port(port, blocked='reject', activated='accept')

    def change_activation(self, port):
        self.set_port(port, activation=self.rng.choice(
            ['immediate', 'announce']))

    def change_activated(self, port):
        self.set_port(port, activated=self.rng.choice(['reject', 'accept']))

    def change_reception(self, port):
        rng = self.rng
        settings = {'rx_promisc': rng.randint(0, 2), 'rx_multicast': 'all'}
        if rng.random() < 0.6:
            settings['rx_multicast'] = 'list'
            settings['rx_groups'] = ''.join(
                frames.mac_text(g) for g in MULTICASTS if rng.random() < 0.4)
        self.set_port(port, **settings)

    def change_requested(self, port):
        mac = self.rng.choice([self.station(), '00:00:00:00:00:00'])
        self.set_port(port, requested_mac=mac)

    def change_initial(self, port):
        mac = self.rng.choice([self.station(), '00:00:00:00:00:00'])
        self.set_port(port, initial_mac=mac)

    def change_peer(self, port):
        if port in VETHS:
            mac = self.rng.choice([self.station(), frames.mac_text(port)])
            self.peer(f'link set dev {port} address {mac}')

    def change_allow(self, port):
        bits = self.rng.choice([48, 48, 48, 40, 24])
        mac = frames.mac_bytes(self.station())
        mac = mac[:bits // 8] + bytes(6 - bits // 8)
        self.genl(self.rng.choice(['allow_add', 'allow_add', 'allow_del']),
                  port=port, mac=mac.hex(':'), bits=bits)

    def change_static(self, port):
        how = self.rng.choice(['add', 'add', 'del'])
        mac = self.station() if self.rng.random() < 0.5 else \
            frames.mac_text(port + '1')
        vid = self.rng.choice([0, 0] + VIDS)
        vlan = f'vlan {vid} ' if vid else ''
        words = (f'fdb {how} {mac} dev nvs0 self via {port} {vlan}' +
                 ('static' if how == 'add' else ''))
        self.attempt('bridge ' + words, self.m.host.run, 'bridge', words)

    def change_import(self, port):
        self.genl('fdb_import', port=port, entries={'entry': [
            {'mac': self.station(), 'vid': self.rng.choice([0, 0] + VIDS)}
            for _ in range(2)]})

    def change_flush(self, port):
        self.genl('fdb_flush', switch='nvs0', **self.rng.choice([
            {}, {'port': port}, {'kind': 'static'}]))

    def change_mtu(self, port):
        mtu = self.rng.choice([1000, 1500, 1504, 9000])
        self.ip(f'link set dev {port} mtu {mtu}')

    def change_host(self, _):
        self.ip('link set dev nvs0 promisc ' + self.rng.choice(['on', 'off']))

    def change_host_mtu(self, _):
        self.ip('link set dev nvs0 mtu ' + self.rng.choice(['1000', '9000']))

    def change_carrier(self, port):
        """Down and up again, now or with the next change of this kind."""
        m, on = self.m, self.rng.random() < 0.6
        state = 'up' if on else 'down'
        where = self.rng.choice(['port', 'peer'])
        if where == 'port' or port in TAPS and self.rng.random() < 0.5:
            self.ip(f'link set dev {port} {state}')
        elif port in TAPS:
            self.log.append(f'carrier {port} {state}')
            m.ends[port].carrier(on)
        else:
            self.peer(f'link set dev {port} {state}')
        self.settle(port)

    def settle(self, port):
        """Until the kernel has noticed what became of a port's carrier."""
        deadline = time.monotonic() + frames.DEADLINE
        while time.monotonic() < deadline:
            link = self.m.link(port)
            if 'UP' not in link['flags']:
                want = 'DOWN',
            elif 'NO-CARRIER' in link['flags']:
                want = 'DOWN', 'LOWERLAYERDOWN'
            else:
                want = 'UP', 'UNKNOWN'
            if link['operstate'] in want:
                return
            time.sleep(0.01)
        raise Difference(f'the state of {port} does not settle: {link}')

    def change_role(self, port):
        if self.rng.random() < 0.4:
            self.set_port(port, role=self.rng.choice(['uplink', 'guest']))

    def change_attached(self, port):
        if self.rng.random() < 0.3:
            self.ip(f'link set dev {port} nomaster')
        away = [name for name in PORTS if name not in self.m.attached]
        if away:
            self.attach(self.rng.choice(away))

    def change_announce(self, port):
        """A waiting port's guest announces itself; others just send."""
        announcement = Sent(self.rng, port, port, 'broadcast', 1500)
        announcement.ethertype, announcement.payload = 0x8035, 46
        self.log.append(f'{port} announces')
        try:
            self.m.ends[port].send(announcement.build(0))
        except OSError:
            return
        self.m.collect()
        deadline = time.monotonic() + 1
        while time.monotonic() < deadline and \
                self.m.do_get(port, 'activated') == 'false':
            time.sleep(0.01)

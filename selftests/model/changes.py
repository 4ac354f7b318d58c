# SPDX-License-Identifier: GPL-2.0-only
"""
Random configurations and changes to them: how the module is told, and how the
model is; see lockstep.
"""
import ctypes
import json
import time

import model
from random_setup import (LEARN_LIMIT_INHERIT, MULTICASTS, POLICY, PORTS,
                          PRIVATE, STATIONS, TAPS, UPLINKS, VETHS, VIDS,
                          Difference, frames)

# A policy's fields, as the header counts them.
FIELDS = ['', 'promiscuous', 'mac_changes', 'forged_transmits', 'learning',
          'unicast_flood', 'learn_limit', 'limit_policy', 'learn_move']
NESTED = {'forged_transmits': 2, 'learning': 2, 'unicast_flood': 2,
          'promiscuous': 1, 'mac_changes': 1}
VALUES = {'inherit': 0, 'reject': 1, 'off': 1, 'drop': 1, 'deny': 1,
          'accept': 2, 'on': 2, 'allow': 2}
MODES = ['inherit', 'none', 'access', 'trunk', 'private']
TYPES = ['promiscuous', 'isolated', 'community']
STATIC = 4


def number(word):
    """An address as the model has it."""
    return int.from_bytes(frames.mac_bytes(word), 'big')


class Changes:
    """What a world is made of, by chance; World says how it is tried."""

    # What is random

    def policy(self, inherit=True):
        """Some fields, by name, as numbers."""
        rng, chosen = self.rng, {}
        for name in rng.sample(FIELDS[1:], rng.choice([0, 1, 2, 3, 5])):
            value = rng.choice(POLICY[name])
            if name == 'learn_limit':
                chosen[name] = LEARN_LIMIT_INHERIT \
                    if inherit and rng.random() < 0.3 else value
            else:
                chosen[name] = 0 if inherit and rng.random() < 0.2 else \
                    VALUES[value]
        return chosen

    def vlan(self):
        rng = self.rng
        if self.plain:
            return {'mode': rng.choice(['inherit', 'none'])}
        mode = rng.choice(['inherit', 'none', 'none', 'access', 'access',
                           'trunk', 'trunk', 'private', 'private'])
        found = {'mode': mode}
        if mode == 'access':
            found['vid'] = rng.choice(VIDS[:3] + [100])
        elif mode == 'trunk':
            found['ranges'] = [0, 4094]
            if rng.random() < 0.7:
                vids = sorted(rng.sample([0] + VIDS, rng.randint(1, 4)))
                found['ranges'] = [v for one in vids for v in (one, one)]
            if rng.random() < 0.3:
                found['native'] = rng.choice(VIDS[:4])
        elif mode == 'private':
            kind, secondary = rng.choice(PRIVATE)
            found.update({'vid': 100, 'type': kind})
            if secondary:
                found['secondary'] = secondary
        return found

    # The same, told to the model

    @staticmethod
    def tell_policy(target, chosen):
        for name, value in chosen.items():
            target.policy[FIELDS.index(name)] = value

    @staticmethod
    def tell_vlan(target, chosen):
        vlan = model.Vlan(mode=MODES.index(chosen['mode']))
        vlan.vid = chosen.get('vid', 0)
        vlan.secondary = chosen.get('secondary', 0)
        vlan.native = chosen.get('native', 0)
        if 'type' in chosen:
            vlan.type = TYPES.index(chosen['type'])
        ranges = chosen.get('ranges', [])
        vlan.count = len(ranges) // 2
        for i, vid in enumerate(ranges):
            vlan.ranges[i // 2][i % 2] = vid
        target.vlan = vlan

    def tell(self, port, settings):
        """Settings of a port, in netlink's words."""
        for name, value in settings.items():
            if name == 'policy':
                self.tell_policy(port, value)
            elif name == 'vlan':
                self.tell_vlan(port, value)
            else:
                self.tell_field(port, name, value)

    @staticmethod
    def tell_field(port, name, value):
        if name == 'nested':
            Changes.tell_policy(port, NESTED)
        elif name == 'role':
            port.role = int(value == 'uplink')
        elif name == 'group':
            port.group = {'': -1, 'g1': 0, 'g2': 1}[value]
        elif name in ('bpdu', 'blocked'):
            setattr(port, name, int(value == 'accept'))
        elif name == 'activation':
            # A change of it is the administrator's latest word.
            if port.activation != int(value == 'announce'):
                port.activation = int(value == 'announce')
                port.off = port.on = 0
        elif name == 'activated':
            port.off, port.on = int(value == 'reject'), int(value == 'accept')
        elif name == 'initial_mac':
            port.initial = number(value)
        elif name == 'requested_mac':
            port.requested = number(value)
        elif name == 'rx_promisc':
            port.no_promisc = int(value == 1)
        elif name == 'rx_multicast':
            port.only_wanted = int(value == 'list')
            port.wanted_count = 0
        elif name == 'rx_groups':
            for i, mac in enumerate(value):
                port.wanted[i] = number(mac)
            port.wanted_count = len(value)
        else:
            raise ValueError(name)

    def port_command(self, name, settings, command='port_set'):
        """Settings of one port"""
        values = dict(settings)
        if 'rx_groups' in values:
            values['rx_groups'] = ''.join(frames.mac_text(g) for g in
                                          values['rx_groups'])
        where = {'switch': 'nvs0'} if command == 'port_attach' else {}
        return lambda: self.m.genl(command, port=name, settings=values,
                                   **where)

    def set_port(self, name, **settings):
        index = PORTS.index(name)
        self.attempt(f'{name}: {json.dumps(settings)}',
                     self.port_command(name, settings),
                     lambda new: self.tell(new.ports[index], settings))

    def attach(self, name):
        rng = self.rng
        settings = {}
        if name in UPLINKS:
            settings['role'] = 'uplink'
        else:
            if rng.random() < 0.4:
                settings['nested'] = True
            if rng.random() < 0.7:
                settings['policy'] = self.policy()
            if rng.random() < 0.5:
                settings['vlan'] = self.vlan()
            if rng.random() < 0.4:
                settings['group'] = rng.choice(['g1', 'g2'])
            if name in TAPS and rng.random() < 0.4:
                settings['initial_mac'] = frames.mac_text(name)
            if rng.random() < 0.2:
                settings['bpdu'] = 'accept'
            if rng.random() < 0.06:
                settings['activation'] = 'announce'
        self.attachments += 1
        self.offsets.pop(name, None)
        index, order = PORTS.index(name), self.attachments

        def alter(new):
            port = model.Port(attached=order, group=-1, carrier=1,
                              mtu=self.mtus[name])
            port.policy[FIELDS.index('learn_limit')] = LEARN_LIMIT_INHERIT
            port.told = int(name in TAPS)
            if name in VETHS:
                port.initial = port.requested = number(self.peers[name])
            self.tell(port, settings)
            new.ports[index] = port

        self.attempt(f'attach {name}: {json.dumps(settings)}',
                     self.port_command(name, settings, 'port_attach'), alter)

    def guests(self):
        return [name for i, name in enumerate(PORTS) if name not in UPLINKS
                and self.model.ports[i].attached]

    def attached(self):
        return [name for i, name in enumerate(PORTS)
                if self.model.ports[i].attached]

    # A round begins

    def begin(self):
        """Another switch, other ports."""
        m, rng = self.m, self.rng
        self.log = []
        # Without VLANs, and with few addresses, more of them meet.
        self.plain = rng.random() < 0.4
        self.stations = rng.sample(STATIONS, rng.choice([5, 21]))
        if m.switch:
            m.ends.pop('host').close()
            m.host.ip('link del dev nvs0')
            # They remember the index of a device.
            m.host.reset()
        self.restore()
        self.offsets = {}
        chosen = {'ageing': rng.choice([0, 300, 10 if self.leap else 300]),
                  'move_hold': rng.choice([0, 0, 200, 300, 60000]),
                  'table_limit': rng.choice([1, 65536]),
                  'remote_limit': rng.choice([0, 1, 65536, 65536]),
                  'mac_binding': rng.choice(['auto', 'auto', 'explicit'])}
        policy = {name: rng.choice(values) for name, values in POLICY.items()
                  if rng.random() < 0.3}
        if rng.random() < 0.4:
            policy.update(forged_transmits='accept', learning='on',
                          learn_limit=4096)
        words = ' '.join(f'{name} {value}' for name, value in
                         {**chosen, **policy}.items())
        self.log.append('switch ' + words)
        m.do_switch('nvs0', words)
        self.model = self.fresh(chosen, policy)
        for i, name in enumerate(['g1', 'g2']):
            self.new_group(i, name)
        some = rng.sample(VETHS + TAPS, rng.randint(3, 6))
        for name in some + list(rng.choice(['', 'u', 'u', 'uv', 'uv'])):
            self.attach(name)
        m.collect()

    def fresh(self, chosen, policy):
        """The model of a new switch."""
        new = model.Model(ageing=chosen['ageing'] * 1000,
                          move_hold=chosen['move_hold'],
                          table_limit=chosen['table_limit'],
                          remote_limit=chosen['remote_limit'],
                          explicit_macs=int(chosen['mac_binding'] ==
                                            'explicit'),
                          host_mac=number('h'), host_mtu=1500)
        new.policy[:] = [0, 1, 1, 1, 1, 2, 4096, 1, 2]
        self.tell_policy(new, {name: VALUES.get(value, value)
                               for name, value in policy.items()})
        for port in new.ports:
            port.group = -1
        return new

    def restore(self):
        """Devices as they were."""
        m = self.m
        self.mtus = dict.fromkeys(PORTS, 1500)
        self.peers = {name: name for name in VETHS}
        for name in PORTS:
            m.host.ip(f'link set dev {name} mtu 1500 up')
        for name in TAPS:
            m.ends[name].carrier(True)
        for name in VETHS + UPLINKS:
            m.guests.ip(f'link set dev {name} address {frames.mac_text(name)}'
                        ' up')
        for name in PORTS:
            m.wait_up(name)

    def new_group(self, index, name):
        policy, vlan = self.policy(), self.vlan()

        def alter(new):
            group = model.Group(exists=1)
            group.policy[FIELDS.index('learn_limit')] = LEARN_LIMIT_INHERIT
            self.tell_policy(group, policy)
            self.tell_vlan(group, vlan)
            new.groups[index] = group

        self.attempt(f'group {name}: {json.dumps([policy, vlan])}',
                     lambda: self.m.genl('group_new', switch='nvs0',
                                         group=name, policy=policy,
                                         vlan=vlan), alter)

    # It goes on

    def change(self):
        kinds = [name for name in dir(self) if name.startswith('change_')]
        guests = self.guests()
        if guests:
            getattr(self, self.rng.choice(kinds))(self.rng.choice(guests))

    def change_policy(self, port):
        self.set_port(port, policy=self.policy())

    def change_nested(self, port):
        self.set_port(port, nested=True)

    def change_vlan(self, port):
        self.set_port(port, vlan=self.vlan())

    def change_group_of(self, port):
        self.set_port(port, group=self.rng.choice(['', 'g1', 'g2']))

    def change_group(self, _):
        index = self.rng.randrange(2)
        policy, vlan = self.policy(), self.vlan()
        name = ['g1', 'g2'][index]

        def alter(new):
            self.tell_policy(new.groups[index], policy)
            self.tell_vlan(new.groups[index], vlan)

        if self.model.groups[index].exists:
            self.attempt(f'group {name}: {json.dumps([policy, vlan])}',
                         lambda: self.m.genl('group_set', switch='nvs0',
                                             group=name, policy=policy,
                                             vlan=vlan), alter)

    def change_switch(self, _):
        name = self.rng.choice(FIELDS[1:])
        value = self.rng.choice(POLICY[name])
        self.attempt(
            f'switch {name} {value}',
            lambda: self.m.host.ip('link set dev nvs0 type nvswitch '
                                   f'{name} {value}'),
            lambda new: self.tell_policy(new, {name: VALUES.get(value,
                                                                value)}))

    def change_limit(self, _):
        name = self.rng.choice(['table_limit', 'remote_limit', 'move_hold'])
        value = self.rng.choice({'table_limit': [1, 2, 65536],
                                 'remote_limit': [0, 1, 65536],
                                 'move_hold': [0, 200, 300, 60000]}[name])
        self.attempt(
            f'switch {name} {value}',
            lambda: self.m.host.ip('link set dev nvs0 type nvswitch '
                                   f'{name} {value}'),
            lambda new: setattr(new, name, value))

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
            settings['rx_groups'] = [g for g in MULTICASTS
                                     if rng.random() < 0.4]
        self.set_port(port, **settings)

    def change_requested(self, port):
        mac = self.station()
        if port in TAPS:
            self.set_port(port, requested_mac=self.rng.choice(
                [mac, '00:00:00:00:00:00']))
            return
        mac = self.rng.choice([mac, frames.mac_text(port)])
        index = PORTS.index(port)
        self.peers[port] = mac
        self.attempt(f'peer {port} address {mac}',
                     lambda: self.m.guests.ip(f'link set dev {port} '
                                              f'address {mac}'),
                     lambda new: setattr(new.ports[index], 'requested',
                                         number(mac)))

    def change_initial(self, port):
        if port in TAPS:
            self.set_port(port, initial_mac=self.rng.choice(
                [self.station(), '00:00:00:00:00:00']))

    def change_allow(self, port):
        """One more entry, or one less."""
        rng, index = self.rng, PORTS.index(port)
        have = self.model.ports[index]
        some = [(have.allow[i].mac, have.allow[i].bits)
                for i in range(have.allowed)]
        if some and (rng.random() < 0.4 or
                     len(some) == model.NUMBERS['ALLOWED']):
            how, one = 'allow_del', rng.choice(some)
        else:
            bits = rng.choice([48, 48, 48, 40, 24])
            one = number(self.station()) >> 48 - bits << 48 - bits, bits
            how = 'allow_add'
            if one in some:
                return
        mac, bits = one

        def alter(new):
            rest = [e for e in some if e != one] + [one] * (how == 'allow_add')
            new.ports[index].allowed = len(rest)
            for i, entry in enumerate(rest):
                new.ports[index].allow[i] = model.Allow(*entry)

        text = mac.to_bytes(6, 'big').hex(':')
        self.attempt(f'{how} {port} {frames.mac_name(text)}/{bits}',
                     lambda: self.m.genl(how, port=port, mac=text, bits=bits),
                     alter)

    def change_static(self, port):
        """Enter one, or remove one."""
        rng = self.rng
        port = rng.choice(self.attached())
        mac = self.station() if rng.random() < 0.5 else \
            frames.mac_text(port + '1')
        vid = rng.choice([0, 0] + VIDS)
        place = model.UPLINKS if port in UPLINKS else PORTS.index(port)
        words = f'{mac} dev nvs0 self via {port} vlan {vid}' if vid else \
            f'{mac} dev nvs0 self via {port}'
        fixed = [e for e in self.model.table[:self.model.entries]
                   if e.kind == STATIC]
        if fixed and rng.random() < 0.4:
            self.remove_static(rng.choice(fixed))
            return
        new = self.model.copy()
        may = self.lib.model_set_static(ctypes.byref(new), place, number(mac),
                                        vid)
        self.log.append(f'bridge fdb add {words} static')
        try:
            self.m.host.run('bridge', f'fdb add {words} static')
            refused = ''
        except frames.Refused as refusal:
            refused = str(refusal)
            self.log[-1] += f': {refused}'
        if bool(may) == bool(refused):
            raise Difference(f'the model would {"" if may else "not "}have it')
        if may:
            self.attempt('(entered)', lambda: None, lambda new2:
                         ctypes.memmove(ctypes.byref(new2), ctypes.byref(new),
                                        ctypes.sizeof(new)))

    def remove_static(self, entry):
        mac = entry.mac.to_bytes(6, 'big').hex(':')
        vlan = f' vlan {entry.vid}' if entry.vid else ''
        gone = entry.mac, entry.vid

        def alter(new):
            for i in range(new.entries):
                if (new.table[i].mac, new.table[i].vid) == gone:
                    new.entries -= 1
                    new.table[i] = new.table[new.entries]
                    return

        self.attempt(f'bridge fdb del {mac} dev nvs0 self{vlan}',
                     lambda: self.m.host.run('bridge', f'fdb del {mac} dev '
                                             f'nvs0 self{vlan}'), alter)

    def change_mtu(self, _):
        name = self.rng.choice(self.attached())
        mtu = self.rng.choice([1000, 1500, 1504, 9000])
        self.mtus[name] = mtu
        index = PORTS.index(name)
        self.attempt(f'mtu of {name} {mtu}',
                     lambda: self.m.host.ip(f'link set dev {name} mtu {mtu}'),
                     lambda new: setattr(new.ports[index], 'mtu', mtu))

    def change_host(self, _):
        on = self.rng.randrange(2)
        self.attempt(f'host promisc {on}',
                     lambda: self.m.host.ip('link set dev nvs0 promisc ' +
                                            ['off', 'on'][on]),
                     lambda new: setattr(new, 'host_promisc', on))

    def change_host_mtu(self, _):
        mtu = self.rng.choice([1000, 1500, 9000])
        self.attempt(f'host mtu {mtu}',
                     lambda: self.m.host.ip(f'link set dev nvs0 mtu {mtu}'),
                     lambda new: setattr(new, 'host_mtu', mtu))

    def change_carrier(self, port):
        """Down and up again, with another change of this kind."""
        rng, m = self.rng, self.m
        down = [name for i, name in enumerate(PORTS)
                if self.model.ports[i].attached and
                not self.model.ports[i].carrier]
        if down and rng.random() < 0.7:
            port = rng.choice(down)
        elif self.leap and rng.random() < 0.3:
            port = rng.choice(self.attached())
        index = PORTS.index(port)
        on = int(not self.model.ports[index].carrier)

        def command():
            if port in TAPS:
                m.ends[port].carrier(bool(on))
            else:
                m.guests.ip(f'link set dev {port} {["down", "up"][on]}')
            self.settle(port, on)

        self.attempt(f'carrier of {port} {on}', command,
                     lambda new: setattr(new.ports[index], 'carrier', on))
        if port in UPLINKS:
            self.take_over()

    def settle(self, port, on):
        """Until the module has noticed what became of a port's carrier."""
        deadline = time.monotonic() + frames.DEADLINE
        want = ('UP', 'UNKNOWN') if on else ('DOWN', 'LOWERLAYERDOWN')
        while self.m.link(port)['operstate'] not in want:
            if time.monotonic() > deadline:
                raise Difference(f'the state of {port} does not settle')
            time.sleep(0.01)

    def take_over(self):
        """Until the uplink that now is active has announced all addresses."""
        time.sleep(8)
        self.m.collect()
        self.tick()
        self.offsets = {name: [have - want for have, want in zip(*both)]
                        for name, both in self.both_counters().items()}

    def change_attached(self, port):
        """One leaves, or one comes."""
        away = [name for name in PORTS if name not in self.attached()]
        if away and self.rng.random() < 0.6:
            self.attach(self.rng.choice(away))
            return
        index = PORTS.index(port)
        if not self.model.ports[index].carrier:
            return
        self.attempt(f'detach {port}',
                     lambda: self.m.host.ip(f'link set dev {port} nomaster'),
                     lambda new: new.ports.__setitem__(
                         index, model.Port(group=-1)))

    def station(self):
        return frames.mac_text(self.rng.choice(self.stations))

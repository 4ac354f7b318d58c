# SPDX-License-Identifier: GPL-2.0-only
"""
The switch under test and its model, and all that is done to both; see lockstep.
"""
import collections
import ctypes
import fcntl
import os
import random
import socket
import struct
import time

import model
import ynl_client
from changes import Changes, number
from random_setup import (MULTICASTS, PORTS, RESERVED, STATIONS, TAPS, UPLINKS,
                          VIDS, Difference, Machine, Sent, frames)

TOP = os.path.join(model.HERE, '../..')

LOCAL, OWNED, RESERVED_KIND = 1, 2, 3
CONFLICT = 2

# Jiffies may be that much behind, and as coarse: milliseconds.
COARSE = 12

# From the first of some frames to the last look at what they have done. Where
# idle time passes at once, a wait for a file lasts for hours.
LATE = 1000

SIOCGIFMTU = 0x8921


class Doubt(Exception):
    """Nobody can say what would be right."""


def milliseconds():
    return time.clock_gettime_ns(time.CLOCK_MONOTONIC) // 1000000


class Switch(Machine):
    """The switch and what surrounds it."""

    def __init__(self):
        super().__init__()
        self.host.enter()
        self.probe = socket.socket()

    def host_mtu(self):
        asked = fcntl.ioctl(self.probe, SIOCGIFMTU, struct.pack('16si12x',
                                                                b'nvs0', 0))
        return struct.unpack('16si12x', asked)[1]


class World(Changes):
    def __init__(self, leap):
        self.rng, self.leap = random.Random(), leap
        self.m = Switch()
        self.lib = model.load(f'{TOP}/build/model/libmodel.so')
        self.model, self.log = model.Model(), []
        self.seen, self.frames = collections.Counter(), 0
        self.attachments, self.offsets = 0, {}
        self.mtus, self.peers = {}, {}
        self.plain, self.stations = False, STATIONS

    # Changes: of both, who must agree whether it can be

    def attempt(self, what, command, alter):
        """Do something to the module, and the same to the model."""
        self.catch_up()
        new = self.model.copy()
        start = milliseconds() - COARSE
        try:
            command()
            refused = ''
        except (frames.Refused, ynl_client.Refused) as refusal:
            refused = str(refusal)
        new.now = model.When(start, milliseconds() + COARSE)
        new.doubt = 0
        alter(new)
        # It follows those of its ports until somebody sets it.
        new.host_mtu = self.m.host_mtu()
        may = self.lib.model_configure(ctypes.byref(self.model),
                                       ctypes.byref(new))
        self.log.append(f'{what}' + (f': {refused}' if refused else ''))
        if new.doubt:
            raise Doubt
        if bool(may) == bool(refused):
            raise Difference(f'the model would {"" if may else "not "}have it')
        self.seen['changes refused' if refused else 'changes'] += 1

    # Time

    def wait(self):
        choices = [0.25, 0.35]
        if self.leap:
            choices += [0.35, 1.2, 2.3, 12, 35, 310]
        seconds = self.rng.choice(choices)
        self.log.append(f'{seconds} s pass')
        time.sleep(seconds)
        self.tick()

    def tick(self):
        """What the module does once a second."""
        self.see(self.lib.model_tick)

    def see(self, step):
        """Let the model see what time it is."""
        now = milliseconds()
        self.model.now = model.When(now - COARSE, now + COARSE)
        self.model.doubt = 0
        step(ctypes.byref(self.model))
        if self.model.doubt:
            raise Doubt

    def catch_up(self):
        """The module tries requests again once a second. Where idle time passes
        at once, much of it may have passed in a command."""
        if self.leap:
            self.see(self.lib.model_age)
        if not any(p.attached and p.state == CONFLICT
                   for p in self.model.ports):
            return
        before = [p.state for p in self.model.ports]
        self.tick()
        if [p.state for p in self.model.ports] != before:
            time.sleep(1.3)

    # Frames

    def frame(self):
        """A sender, and a frame of whatever kind that it can send."""
        m, rng = self.m, self.rng
        sender = rng.choice(self.senders())
        own = 'h' if sender == 'host' else sender
        dice = rng.random()
        if dice < 0.4:
            src = own
        elif dice < 0.65:
            src = own + rng.choice('123') if own != 'h' else 'h'
        elif dice < 0.97:
            src = rng.choice(self.stations)
        else:
            src = rng.choice(['zero', 'multicast', 'broadcast'])
        dst = rng.choice([rng.choice(self.stations), rng.choice(self.stations),
                          rng.choice(self.attached() + ['h']), 'broadcast',
                          rng.choice(MULTICASTS)]
                         if rng.random() > 0.1 else RESERVED + ['zero'])
        mtu = 65000 if sender in TAPS else \
            self.model.host_mtu if sender == 'host' else \
            min(self.mtus[sender], 9000)
        frame = Sent(rng, sender, src, dst, mtu, self.vids(sender))
        if rng.random() < 0.04 and sender != 'host':
            frame.ethertype, frame.payload = 0x8035, 46
        return frame

    def senders(self):
        return ['host'] + [name for name in self.attached() if
                           self.model.ports[PORTS.index(name)].carrier]

    def vids(self, sender):
        """Those of our VLANs that may come tagged."""
        if sender == 'host' or sender in UPLINKS:
            return VIDS
        index = PORTS.index(sender)
        self.lib.model_vlan.restype = ctypes.POINTER(model.Vlan)
        vlan = self.lib.model_vlan(ctypes.byref(self.model), index)[0]
        return [vid for vid in VIDS if
                any(low <= vid <= high for low, high in
                    [vlan.ranges[i] for i in range(vlan.count)])]

    @staticmethod
    def announces(frame):
        """The switch looks behind one tag."""
        return frame.ethertype == 0x8035 and len(frame.tags) < 2

    def told(self, frame):
        """The same frame, for the model."""
        tags = frame.tags
        return model.Frame(
            dst=number(frame.dst), src=number(frame.src), tags=len(tags),
            tpid=tags[0][0] if tags else 0,
            vid=tags[0][1] & 0xfff if tags else 0,
            payload=frame.payload + 4 * max(0, len(tags) - 1),
            announces=int(self.announces(frame)))

    def batch(self, size):
        """Some frames, one behind the other; then compare everything."""
        m = self.m
        self.catch_up()
        sent = []
        start = milliseconds() - COARSE
        for _ in range(size):
            frame = self.frame()
            m.serial += 1
            try:
                m.ends[frame.sender].send(frame.build(m.serial))
            except OSError:     # too long for the sender's device
                continue
            sent.append(frame)
            if frame.ethertype == 0x8035:
                break
        got = m.arrived()
        after = self.model.copy()
        after.now = model.When(start, milliseconds() + COARSE)
        after.doubt = 0
        expected, outcomes = {}, []
        for frame in sent:
            outcomes.append(self.one(after, frame, expected))
        if after.doubt:
            raise Doubt
        if sent and sent[-1].ethertype == 0x8035:
            self.await_activation(after, sent[-1].sender)
        self.frames += len(sent)
        before, self.model = self.model, after
        if any(len(frame.tags) > 1 for frame in sent):
            # The kernel may take a second tag from what was passed, or not.
            for name in UPLINKS:
                got.pop('stack-' + name, None)
                expected.pop('stack-' + name, None)
        wrong = self.compare_arrivals(got, expected) + \
            self.compare_counters() + self.compare_table()
        if wrong and self.leap and milliseconds() - start > LATE:
            raise Doubt
        if wrong:
            raise Difference('\n'.join(
                [f'{frame}{" announces" * self.announces(frame)}: '
                 f'model: {outcome}'
                 for frame, outcome in zip(sent, outcomes)] + wrong +
                self.entries_of(before, sent)))

    def one(self, after, frame, expected):
        """What the model makes of a frame: who gets it, and in words."""
        index = model.HOST if frame.sender == 'host' else \
            PORTS.index(frame.sender)
        outcome = model.Outcome()
        self.lib.model_frame(ctypes.byref(after), index,
                             ctypes.byref(self.told(frame)),
                             ctypes.byref(outcome))
        words = []
        for i, copy in enumerate(outcome.copies):
            name = 'host' if i == model.HOST else PORTS[i]
            if not copy.offered:
                continue
            words.append(name + (f':{self.reason(copy.refusal)}'
                                 if copy.refusal else f'/{copy.tag}'))
            self.seen['egress ' + self.reason(copy.refusal)] += 1
            if not copy.refusal:
                expected.setdefault(name, []).append(frame.arriving(copy.tag))
        self.seen[self.reason(outcome.reason)] += 1
        if outcome.reason == model.NOBODY and len(frame.tags) < 2 and \
                frame.ethertype == frames.ETHERTYPE and index < model.HOST:
            expected.setdefault('stack-' + frame.sender, []).append(
                frame.arriving(0))
        return f'{self.reason(outcome.reason)} {",".join(words)}'

    def reason(self, code):
        if code == model.NOBODY:
            return 'passed'
        return self.m.reasons[code - 1][0] if code else 'forwarded'

    def await_activation(self, after, port):
        """What an announcement asks for happens a little later."""
        index = PORTS.index(port)
        if after.ports[index].on == self.model.ports[index].on:
            return
        deadline = time.monotonic() + frames.DEADLINE
        while time.monotonic() < deadline and \
                self.m.do_get(port, 'activated') == 'false':
            time.sleep(0.01)

    # Comparing

    @staticmethod
    def compare_arrivals(got, expected):
        wrong = []
        for name in sorted(set(got) | set(expected)):
            have, want = got.get(name, []), expected.get(name, [])
            # Of a frame that was passed the kernel may have taken the tag.
            same = len(have) == len(want) if name.startswith('stack-') else \
                have == want
            if not same:
                wrong.append('%s got %s instead of %s' % (
                    name, [frames.frame_text(f) for f in have],
                    [frames.frame_text(f) for f in want]))
        return wrong

    def counted(self, index):
        """What the model has counted, in the kernel's order."""
        c = self.model.counters[index]
        return [c.received, c.forwarded, c.passed, c.dropped, c.offered,
                c.transmitted, c.refused], c.drops, c.refusals

    def both_counters(self):
        """device -> the module's counters and those of the model"""
        m, both = self.m, {}
        stats = m.stats()
        if not m.layout:
            m.find_layout(next(iter(stats.values())))
        form, names = m.layout
        reasons = {name: i + 1 for i, (name, _) in enumerate(m.reasons)}
        for index in range(model.PORTS + 1):
            if index < model.PORTS and not self.model.ports[index].attached:
                continue
            name = 'nvs0' if index == model.HOST else PORTS[index]
            plain, drops, refusals = self.counted(index)
            want = plain + [
                refusals[reasons[n[7:]]] if n.startswith('egress_') else
                drops[reasons[n]] for n in names[7:]]
            both[name] = form.unpack(stats[m.index(name)]), want
        return both

    def compare_counters(self):
        wrong = []
        for name, (have, want) in self.both_counters().items():
            offsets = self.offsets.get(name) or [0] * len(want)
            differ = [f'{n} {h - o} instead of {w}' for n, h, o, w in
                      zip(self.m.layout[1], have, offsets, want) if h - o != w]
            if differ:
                wrong.append(f'{name} counts {", ".join(differ)}')
        return wrong

    def rows(self):
        """The module's table: (mac, vid, kind, place, on trial)"""
        m, top = self.m, self.m.generic.top
        found = set()
        for body in m.generic.send('fdb_get', frames.NLM_F_DUMP, [
                (['switch'], struct.pack('I', m.index('nvs0')))]):
            attrs = frames.attributes(body[4:])
            kind = attrs[top['kind']][0]
            vid = struct.unpack('H', attrs[top['vid']])[0] \
                if top['vid'] in attrs else -1
            name = m.name(struct.unpack('I', attrs[top['port']])[0]) \
                if top['port'] in attrs else ''
            place = model.UPLINKS if name in ('u', 'v', '') else \
                model.HOST if name == 'nvs0' else PORTS.index(name)
            found.add((int.from_bytes(attrs[top['mac']], 'big'),
                       -1 if kind <= RESERVED_KIND else vid, kind, place,
                       top['trial'] in attrs))
        return found

    def model_rows(self):
        m = self.model
        found = {(m.host_mac, -1, LOCAL, model.HOST, False)}
        for i, port in enumerate(m.ports):
            if not port.attached or not port.effective:
                continue
            found.add((port.effective, -1, OWNED, i, False))
            if port.initial != port.effective:
                found.add((port.initial, -1, RESERVED_KIND, i, False))
        for e in m.table[:m.entries]:
            found.add((e.mac, e.vid, e.kind, e.place, self.is_on_trial(e)))
        return found

    def is_on_trial(self, e):
        now = self.model.now
        if not e.on_trial or now.start >= e.until.end:
            return False
        if now.end >= e.until.start:
            raise Doubt
        return True

    def compare_table(self):
        have, want = self.rows(), self.model_rows()
        return [f'{what}: {self.row_text(row)}'
                for what, rows in (('only the module has', have - want),
                                   ('only the model has', want - have))
                for row in sorted(rows)]

    @staticmethod
    def row_text(row):
        mac, vid, kind, place, trial = row
        kinds = ['', 'local', 'owned', 'reserved', 'static', 'adopted',
                 'learned', 'remote']
        where = {model.HOST: 'host', model.UPLINKS: 'uplinks'}.get(place) or \
            (PORTS[place] if 0 <= place < len(PORTS) else str(place))
        name = frames.mac_name(mac.to_bytes(6, 'big').hex(':'))
        return f'{name} vlan {vid} {kinds[kind]} at {where}' + \
            ' on trial' * trial

    def entries_of(self, before, sent):
        """The entries that mattered, before."""
        macs = {number(f.src) for f in sent} | {number(f.dst) for f in sent}
        return [f'before: {self.row_text((e.mac, e.vid, e.kind, e.place, bool(e.on_trial)))}'
                f' seen {before.now.end - e.seen.end} ms ago'
                for e in before.table[:before.entries] if e.mac in macs]

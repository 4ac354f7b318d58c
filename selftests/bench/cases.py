# SPDX-License-Identifier: GPL-2.0-only
"""
What is measured. Each case is a generator of rows: what was set up, and what a
frame took. A case ends in failure if frames did not go where they should.
"""
import contextlib

import measure
import peers
from peers import BROADCAST, Devices, entry, inner

PORTS = (2, 64, 1000)
ENTRIES = (10, 4096, 100000)
DUMMY, VETH, TAP = 'dummy', 'veth', 'tap'


class Failure(Exception):
    """Frames went astray."""


@contextlib.contextmanager
def standing(peer, devices, **setting):
    """With the switch there and the devices in it."""
    peer.build(devices, **setting)
    try:
        yield devices
    finally:
        peer.remove()
        devices.remove()


def measured(peer, devices, sender, frames, copies):
    """What a frame takes that is delivered so many times."""
    before = devices.delivered()
    value, spread = measure.per_frame(sender, frames)
    sent = max(1, frames // 10) + measure.TIMES * frames
    delivered = devices.delivered() - before
    # A bridge itself says something to all its ports now and then.
    if not 0 <= delivered - copies * sent <= 4 * devices.number:
        raise Failure(f'{peer.name}: {delivered} frames were delivered for'
                      f' {sent}, instead of {copies} for each')
    return {'switch': peer.name, 'instructions': value, 'spread': spread,
            'delivered': round(delivered / sent, 2)}


def row(case, devices, result, entries=0, vlans=1):
    return {'case': case, 'devices': ' to '.join(devices.kinds),
            'ports': devices.number, 'entries': entries, 'vlans': vlans,
            'cpus': 1} | result


def unicast(peer, ports=2, entries=ENTRIES[:1], frames=5000):
    """Known unicast, with more and more in the table."""
    devices = Devices(ports, peer.kinds, filler=peer.table)
    with standing(peer, devices):
        sender = devices.sender(peer.source, peer.target)
        present = 0
        for number in entries:
            if peer.table:
                peer.fill(present, number - present)
            present = number
            yield row('known unicast', devices,
                      measured(peer, devices, sender, frames, peer.copies),
                      entries=number)


def collisions(peer, number=4096, frames=5000):
    """Somebody has chosen what he put into the table."""
    devices = Devices(2, filler=True)
    with standing(peer, devices):
        peer.hold(peers.colliding(number))
        yield row('chosen to collide', devices,
                  measured(peer, devices,
                           devices.sender(peer.source, peer.target), frames,
                           peer.copies), entries=number)


def unshared(peer, kinds, frames=5000):
    """Known unicast whose frames belong to nobody else."""
    devices = Devices(2, kinds)
    with standing(peer, devices):
        sender = devices.sender(peer.source, peer.target)
        yield row('known unicast', devices,
                  measured(peer, devices, sender, frames, peer.copies))


def gso(peer, frames=200):
    """64 KiB of TCP in one frame."""
    devices = Devices(2, (TAP, DUMMY))
    with standing(peer, devices):
        sender = devices.taps['p0'].say(peer.source, peer.target, cut=True)
        yield row('TCP of 64 KiB', devices,
                  measured(peer, devices, sender, frames, peer.copies))


def broadcast(peer, ports, vlans):
    devices = Devices(ports, peer.kinds)
    with standing(peer, devices, vlans=vlans):
        copies = len(range(vlans, ports, vlans))
        yield row('broadcast', devices,
                  measured(peer, devices,
                           devices.sender(peer.source, BROADCAST),
                           max(200, 40000 // ports), copies), vlans=vlans)


def unknown(peer, ports=64):
    """With one port that leads outside."""
    devices = Devices(ports)
    with standing(peer, devices, uplink=True):
        yield row('unknown unicast', devices,
                  measured(peer, devices,
                           devices.sender(peer.source, entry(0)),
                           2000, ports - 1 if peer.floods else 1))


def storm(peer, kinds=(DUMMY, DUMMY), frames=5000, limit=1000):
    """Every frame has a new source; then what another port's frame takes."""
    devices = Devices(3, kinds)
    with standing(peer, devices, limit=limit):
        sender = devices.sender(entry(0), peer.target, sources=1 << 30)
        sender.send(limit)
        name = 'learning storm' if peer.learns else 'forged sources'
        copies = int(peer.takes_foreign and not peer.limits)
        yield row(name, devices,
                  measured(peer, devices, sender, frames, copies))
        if kinds[0] == kinds[1]:
            sender = measure.Pktgen(('p2', talker(peer, 2), peer.target))
            yield row('another port after it', devices,
                      measured(peer, devices, sender, frames, 1))


def talker(peer, port):
    """A source that the port may use, of the kind that the first one uses."""
    return inner(port) if peer.source == inner(0) else peers.address(port)


def promiscuous(peer, ports, kind):
    """One pair of inner guests talks, on a switch with many outer guests."""
    devices = Devices(ports, (kind, kind))
    with standing(peer, devices):
        if peer.learns:
            # The other one of the pair has said something.
            measure.Pktgen(('p1', inner(1), peer.source)).send(10)
        sender = devices.sender(inner(0), inner(1))
        copies = 1 if peer.learns else ports - 1
        yield row('inner to inner', devices,
                  measured(peer, devices, sender,
                           max(1000, 20000 // ports), copies))


def streams(peer):
    """Between ports of their own."""
    return (('p0', peer.source, peer.target),
            ('p2', talker(peer, 2), peers.address(3)))


def two_streams(peer, frames=10000):
    """Two that take turns, so that no frame is like the one before it."""
    devices = Devices(4)
    with standing(peer, devices):
        yield row('two streams', devices,
                  measured(peer, devices, measure.Pktgen(*streams(peer)),
                           frames, peer.copies))


def least_time(peer, frames=20000, times=8):
    """Nanoseconds a frame of known unicast, when nobody gets in its way."""
    devices = Devices(2)
    with standing(peer, devices):
        sender = devices.sender(peer.source, peer.target)
        return min(sender.send(frames) for _ in range(times)) / frames


def slowdown(peer, frames=20000):
    """How much longer a stream takes if another CPU has one as well."""
    devices = Devices(4)
    with standing(peer, devices):
        one, other = streams(peer)
        alone, both = measure.Pktgen(one), measure.Pktgen(one, other)
        both.send(frames // 10)
        return both.send(2 * frames) / alone.send(frames)

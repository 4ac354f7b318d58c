# SPDX-License-Identifier: GPL-2.0-only
"""
Sends frames in the three ways there are, and says what one of them takes: in
nanoseconds, which are instructions where the rig makes them so.

pktgen injects into the receive path of a device and costs least, but keeps a
reference to each frame: a switch has to copy its header before it may write to
it, which none has to do with a frame of a guest's. The two others send frames
that belong to nobody else: into the guest's end of a veth, and into a tap.
"""
import fcntl
import os
import socket
import statistics
import struct
import time

PKTGEN = '/proc/net/pktgen'

TUNSETIFF, TUNSETOFFLOAD = 0x400454ca, 0x400454d0
IFF_TAP, IFF_NO_PI, IFF_VNET_HDR = 0x2, 0x1000, 0x4000
TUN_F_CSUM, TUN_F_TSO4 = 1, 2
SOL_PACKET, PACKET_QDISC_BYPASS = 263, 20

# Of virtio: no offload, and TCP over IPv4 to be checksummed and cut.
PLAIN = bytes(10)
TCP_TO_CUT = struct.pack('<BBHHHH', 1, 1, 54, 1448, 34, 16)

TIMES = 3


def mac_bytes(mac):
    return bytes.fromhex(mac.replace(':', ''))


def numbered(first, number):
    """The address so many after that one."""
    return (int.from_bytes(mac_bytes(first), 'big') + number) \
        .to_bytes(6, 'big').hex(':')


def write(path, line):
    with open(path, 'w', encoding='ascii') as file:
        file.write(line)


def udp_frame(src, dst):
    """60 bytes, like those of pktgen."""
    header = struct.pack('>BBHHHBBHII', 0x45, 0, 46, 0, 0, 32, 17, 0,
                         0x0a000001, 0x0a000002)
    return mac_bytes(dst) + mac_bytes(src) + b'\x08\0' + header + \
        struct.pack('>HHHH', 9, 9, 26, 0) + bytes(18)


def tcp_frame(src, dst):
    """45 segments in one, about as long as a frame can be."""
    length = 40 + 45 * 1448
    header = struct.pack('>BBHHHBBHII', 0x45, 0, length, 0, 0x4000, 64, 6, 0,
                         0x0a000001, 0x0a000002)
    return mac_bytes(dst) + mac_bytes(src) + b'\x08\0' + header + \
        struct.pack('>HHIIBBHHH', 9, 9, 1, 1, 0x50, 0x10, 512, 0, 0) + \
        bytes(length - 40)


def read(path):
    with open(path, encoding='ascii') as file:
        return file.read()


def wait_for(question, *words):
    """Its answer, once it has one. pktgen's threads take their time on a slow
    machine, and pktgen does not always wait for them."""
    deadline = time.monotonic() + 300
    while not (answer := question(*words)):
        if time.monotonic() > deadline:
            raise RuntimeError(f'waited in vain for {words}')
        time.sleep(0.005)
    return answer


class Pktgen:
    """Into the receive paths of devices, each on a CPU of its own; or in turn,
    where there is only one."""

    def __init__(self, *streams, sources=1):
        """Each stream is a device, a source and a destination; and so many
        sources are used in turn, from that one on, and never twice."""
        self.streams, self.sources, self.used = streams, sources, 0

    def configure(self, frames):
        cpus = os.cpu_count()
        for cpu in range(cpus):
            write(f'{PKTGEN}/kpktgend_{cpu}', 'rem_device_all\n')
            wait_for(self.is_idle, f'{PKTGEN}/kpktgend_{cpu}')
        for number, (device, src, dst) in enumerate(self.streams):
            write(f'{PKTGEN}/kpktgend_{number % cpus}',
                  f'add_device {device}\n')
            for line in ('pkt_size 60', 'delay 0', 'xmit_mode netif_receive',
                         'burst 1', f'count {frames}', f'dst_mac {dst}',
                         f'src_mac {numbered(src, self.used)}',
                         f'src_mac_count {self.sources}'):
                write(f'{PKTGEN}/{device}', line + '\n')

    def send(self, frames):
        """Share so many among the streams: nanoseconds from the first one's
        beginning to the last one's end."""
        share = frames // len(self.streams)
        self.configure(share)
        if self.sources > 1:
            self.used += share
        write(f'{PKTGEN}/pgctrl', 'start\n')
        times = [wait_for(self.finished, f'{PKTGEN}/{device}', share)
                 for device, *_ in self.streams]
        started, stopped = zip(*times)
        return (max(stopped) - min(started)) * 1000


    @staticmethod
    def is_idle(path):
        """Whether that thread has no device left."""
        return all(line.endswith(': ') for line in read(path).splitlines()
                   if line.startswith(('Running:', 'Stopped:')))

    @staticmethod
    def finished(path, frames):
        """When it began and stopped, in microseconds, if it has stopped."""
        text = read(path)
        if ' usec, ' not in text:
            return None
        words = text.split()
        started, stopped, sent = (
            int(words[words.index(key) + 1].removesuffix('us'))
            for key in ('started:', 'stopped:', 'pkts-sofar:'))
        if sent != frames:
            raise RuntimeError(f'{sent} of {frames} from {path}')
        return started, stopped


class Veth:
    """Into the guest's end; from so many sources, as Pktgen."""

    def __init__(self, device, src, dst, sources=1):
        self.socket = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, 0)
        self.socket.bind((device, 0))
        # A queueing discipline would cost, and could drop.
        self.socket.setsockopt(SOL_PACKET, PACKET_QDISC_BYPASS, 1)
        self.src, self.dst, self.sources, self.used = src, dst, sources, 0

    def frames(self, number):
        if self.sources == 1:
            return [udp_frame(self.src, self.dst)] * number
        first, self.used = self.used, self.used + number
        return [udp_frame(numbered(self.src, i), self.dst)
                for i in range(first, self.used)]

    def send(self, frames):
        send, ready = self.socket.send, self.frames(frames)
        begin = time.monotonic_ns()
        for frame in ready:
            send(frame)
        return time.monotonic_ns() - begin


class Tap:
    """A tap, and what a hypervisor would write into it."""

    def __init__(self, name):
        self.name = name
        self.file = os.open('/dev/net/tun', os.O_RDWR | os.O_NONBLOCK)
        flags = IFF_TAP | IFF_NO_PI | IFF_VNET_HDR
        fcntl.ioctl(self.file, TUNSETIFF,
                    struct.pack('16sH22x', name.encode(), flags))
        fcntl.ioctl(self.file, TUNSETOFFLOAD, TUN_F_CSUM | TUN_F_TSO4)
        self.frame, self.reader = b'', None

    def close(self):
        os.close(self.file)

    def say(self, src, dst, cut=False, reader=None):
        """What to send, and which other tap to read each frame from."""
        self.frame = TCP_TO_CUT + tcp_frame(src, dst) if cut \
            else PLAIN + udp_frame(src, dst)
        self.reader = reader
        return self

    def send(self, frames):
        send, file, frame = os.write, self.file, self.frame
        begin = time.monotonic_ns()
        if self.reader:
            receive, other = os.read, self.reader.file
            for _ in range(frames):
                send(file, frame)
                receive(other, 2048)
        else:
            for _ in range(frames):
                send(file, frame)
        return time.monotonic_ns() - begin


def per_frame(sender, frames):
    """The median of three, and how far apart they are."""
    # What is done once is not what a frame costs.
    sender.send(max(1, frames // 10))
    values = [sender.send(frames) / frames for _ in range(TIMES)]
    return round(statistics.median(values)), round(max(values) - min(values))

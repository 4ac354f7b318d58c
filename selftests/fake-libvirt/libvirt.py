# SPDX-License-Identifier: GPL-2.0-only
"""
What nvswitch-libvirt uses of libvirt, with files for guests.

In the folder $FAKE_LIBVIRT a guest's UUID.active says that it runs, UUID.name
what it is called, UUID.xml what it consists of, and UUID.answer what its monitor
says whatever it is asked. Who wants one of these waits until it is there: such a
guest hangs. UUID.asked has a dot for each time that somebody has wanted to know
whether it runs. What is to be reported comes from the FIFO `events`, a line each:

  started UUID
  stopped UUID
  monitor UUID EVENT FILE	with the details in FILE
"""
import os
import time

FOLDER = os.environ['FAKE_LIBVIRT']

VIR_CONNECT_LIST_DOMAINS_ACTIVE = 1
VIR_DOMAIN_EVENT_STARTED, VIR_DOMAIN_EVENT_STOPPED = 2, 5
(VIR_DOMAIN_EVENT_ID_LIFECYCLE, VIR_DOMAIN_EVENT_ID_DEVICE_ADDED,
 VIR_DOMAIN_EVENT_ID_DEVICE_REMOVED) = 0, 18, 11

reports = {}
events = []


def read(path):
    with os.fdopen(os.open(path, os.O_RDONLY)) as file:
        return file.read()


class libvirtError(Exception):
    """As of libvirt."""


class Domain:
    """A guest."""

    def __init__(self, uuid):
        self.uuid = uuid

    def path(self, kind):
        return os.path.join(FOLDER, self.uuid + '.' + kind)

    def awaited(self, kind):
        while not os.path.exists(self.path(kind)):
            time.sleep(0.05)
        return read(self.path(kind))

    def isActive(self):
        asked = os.open(self.path('asked'), os.O_CREAT | os.O_APPEND | os.O_WRONLY)
        os.write(asked, b'.')
        os.close(asked)
        return os.path.exists(self.path('active'))

    def UUIDString(self):
        return self.uuid

    def name(self):
        return self.awaited('name').strip()

    def XMLDesc(self):
        return self.awaited('xml')


class Connection:
    """One to libvirtd."""

    def lookupByUUIDString(self, uuid):
        return Domain(uuid)

    def listAllDomains(self, _flags):
        return [Domain(name[:-len('.active')]) for name in os.listdir(FOLDER)
                if name.endswith('.active')]

    def domainEventRegisterAny(self, _domain, event, call, _opaque):
        reports[event] = call

    def registerCloseCallback(self, call, opaque):
        pass

    def setKeepAlive(self, interval, count):
        pass


def open(_uri):
    return Connection()


def registerErrorHandler(call, opaque):
    pass


def virEventRegisterDefaultImpl():
    # Also while nobody writes.
    events.append(os.fdopen(os.open(os.path.join(FOLDER, 'events'), os.O_RDWR)))


def virEventRunDefaultImpl():
    word, uuid, *rest = events[0].readline().split()
    domain = Domain(uuid)
    if word == 'monitor':
        reports['monitor'](None, domain, rest[0], 0, 0, read(rest[1]), None)
    else:
        reports[VIR_DOMAIN_EVENT_ID_LIFECYCLE](
            None, domain, VIR_DOMAIN_EVENT_STARTED if word == 'started' else
            VIR_DOMAIN_EVENT_STOPPED, 0, None)

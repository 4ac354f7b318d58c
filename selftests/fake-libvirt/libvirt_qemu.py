# SPDX-License-Identifier: GPL-2.0-only
"""The part of it that is QEMU's."""
import libvirt


def qemuMonitorCommand(domain, _question, _flags):
    return domain.awaited('answer')


def qemuMonitorEventRegister(_connection, _domain, _event, call, _opaque):
    libvirt.reports['monitor'] = call

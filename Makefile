# SPDX-License-Identifier: GPL-2.0-only
#
# make help says what there is. Every target that tests does its own set-up.

KVER ?= $(shell uname -r)
KDIR ?= /lib/modules/$(KVER)/build
PREFIX ?= /usr

all: module tools	## Build the module for KDIR, and the tools

module:			## Build nvswitch.ko
	$(MAKE) -C $(KDIR) M=$(CURDIR) modules

tools:			## Build nvsw, nvswitchd, and the plug-ins for ip
	$(MAKE) -C tools/iproute2
	$(MAKE) -C tools/nvsw
	$(MAKE) -C tools/nvswitchd

selftests:		## Build what the kselftests run
	$(MAKE) -C selftests

# Debian signs modules with a key that it does not give away.
install: module install-tools	## Install module, tools, manual and header (DESTDIR, PREFIX)
	$(MAKE) -C $(KDIR) M=$(CURDIR) INSTALL_MOD_PATH=$(DESTDIR) \
		INSTALL_MOD_DIR=updates CONFIG_MODULE_SIG_ALL= modules_install
	install -D -m 644 uapi/linux/nvswitch.h \
		$(DESTDIR)$(PREFIX)/include/linux/nvswitch.h

install-tools: tools	## Install tools and manual
	$(MAKE) -C tools/iproute2 install
	$(MAKE) -C tools/nvsw install
	$(MAKE) -C tools/nvswitchd install
	$(MAKE) -C tools/libvirt install
	$(MAKE) -C tools/evpn install
	$(MAKE) -C tools/networkmanager install
	$(MAKE) -C tools/man install

deb:			## Build the Debian packages, in build/deb
	debian/build

demo:			## Show the switch at work with real nested guests
	selftests/demo/run

check:			## Most of the below in short, and all kselftests in a VM
	selftests/check

check-systems:		## Packages, libvirt and migrations: what check leaves out
	selftests/check-systems

hypervisor:		## nvswitchd and the hook with real QEMU, KVM and libvirt, in VMs
	selftests/hypervisor/run

packages:		## The Debian packages, installed and removed in a VM with Debian 12
	selftests/packages/run

check-kernels:		## All kselftests on 6.1, 6.12, 7.x with 1, 2, 4 CPUs; DKMS; Debian 13
	selftests/kernels

check-debug:		## All kselftests, torture and failing allocations on debug kernels
	selftests/debug/check

unit:			## The unit tests alone
	$(MAKE) -C selftests/unit check

lint:			## The linters alone
	selftests/lint/run

kselftest:		## The kselftests alone, in a VM
	selftests/vm/run -- selftests/run-all

fuzz:			## Fuzz nvsw, module/core, and the module (MINUTES=20 each)
	$(MAKE) -C selftests/fuzz fuzz

proof:			## Prove the properties of module/core, and that each can fail
	selftests/proof/prove

model:			## Compare with a naive model (STEPS, FRAMES, SEED)
	selftests/model/run

torture:		## Everything at once, in a VM (SECONDS=600, SEED=N repeats)
	selftests/torture/run $(or $(SECONDS),600)

bench:			## Count instructions per frame, beside other switches
	selftests/bench/run

bench-stalls:		## How long softirqs wait with 1,000,000 addresses and 4,000 ports
	selftests/vm/run --icount --mem 6144 --timeout 7200 -- selftests/bench/stalls

bench-native:		## Nanoseconds per frame, beside other switches, natively
	selftests/bench/native

clean: clean-tools	## Remove what was built (build/ keeps kernels and logs)
	$(MAKE) -C $(KDIR) M=$(CURDIR) clean

clean-tools:		## Remove what was built of the tools
	$(MAKE) -C tools/iproute2 clean
	$(MAKE) -C tools/nvsw clean
	$(MAKE) -C tools/nvswitchd clean

help:			## This list
	@sed -n 's/^\([a-z-]*\):[^#]*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 16

.PHONY: all module tools selftests install install-tools deb demo check \
	check-systems check-kernels check-debug unit lint kselftest hypervisor \
	packages fuzz proof model torture bench bench-stalls bench-native clean \
	clean-tools help

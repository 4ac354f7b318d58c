# SPDX-License-Identifier: GPL-2.0-only
#
# What this kernel's headers have, for the other files of this directory. Asked
# of the headers themselves, for distributions backport: a version says little.

# nvs-has NAME, PATTERN, HEADER: -DNVS_HAS_NAME if a line of the header matches
nvs-has = $(if $(shell grep -m1 -e '$(strip $(2))' \
	$(srctree)/include/$(strip $(3)) 2>/dev/null),-DNVS_HAS_$(strip $(1)))

nvs-features := \
	$(call nvs-has, LINUX_UNALIGNED_H, ., linux/unaligned.h) \
	$(call nvs-has, DEV_LLTX, lltx:1;, linux/netdevice.h) \
	$(call nvs-has, DEV_NETNS_LOCAL, netns_local:1;, linux/netdevice.h) \
	$(call nvs-has, DEV_NETNS_IMMUTABLE, netns_immutable:1;, \
		linux/netdevice.h) \
	$(call nvs-has, FDB_NOTIFIED, bool \*notified, linux/netdevice.h) \
	$(call nvs-has, FDB_DUMP_CONTEXT, ^struct ndo_fdb_dump_context, \
		linux/rtnetlink.h) \
	$(call nvs-has, NEWLINK_PARAMS, ^struct rtnl_newlink_params, \
		net/rtnetlink.h) \
	$(call nvs-has, GENL_INFO_DUMP, ^genl_info_dump, net/genetlink.h) \
	$(call nvs-has, IPV6_HOPOPT_JUMBO, ^static inline int ipv6_has_hopopt_jumbo, \
		net/ipv6.h) \
	$(call nvs-has, ASSIGN_STR_SRC, define __assign_str.dst. src, \
		trace/stages/stage6_event_callback.h)

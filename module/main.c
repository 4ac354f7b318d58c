// SPDX-License-Identifier: GPL-2.0-only
/* The module: what is registered when it loads, and taken back after. */

#include <linux/module.h>
#include <net/rtnetlink.h>

#include "agent.h"
#include "genl.h"
#include "switch.h"

static int __init nvs_init(void)
{
	int err;

	err = nvs_fdb_module_init();
	if (err)
		return err;
	err = nvs_port_module_init();
	if (err)
		goto exit_fdb;
	err = nvs_agent_module_init();
	if (err)
		goto exit_port;
	err = nvs_genl_init();
	if (err)
		goto exit_agent;
	err = rtnl_link_register(&nvs_link_ops);
	if (err)
		goto exit_genl;
	return 0;

exit_genl:
	nvs_genl_exit();
exit_agent:
	nvs_agent_module_exit();
exit_port:
	nvs_port_module_exit();
exit_fdb:
	nvs_fdb_module_exit();
	return err;
}

static void __exit nvs_exit(void)
{
	/* Deletes the switches of all namespaces. */
	rtnl_link_unregister(&nvs_link_ops);
	nvs_genl_exit();
	nvs_agent_module_exit();
	nvs_port_module_exit();
	nvs_fdb_module_exit();
}

module_init(nvs_init);
module_exit(nvs_exit);

MODULE_DESCRIPTION("Virtual switch with security policies and MAC learning");
MODULE_LICENSE("GPL");
MODULE_VERSION(NVS_VERSION);
MODULE_ALIAS_RTNL_LINK(NVS_NAME);
MODULE_ALIAS_GENL_FAMILY(NVSWITCH_GENL_NAME);

// SPDX-License-Identifier: GPL-2.0-only

void show(struct nvs_port *port, struct nvs_fdb_entry *e, unsigned long place)
{
	e->seen = nvs_now();				/* reported */
	WRITE_ONCE(e->seen, nvs_now());
	e->dynamic = place;				/* reported */
	WRITE_ONCE(e->dynamic, place);
	e->exempt = false;
	port->learned++;				/* reported */
	WRITE_ONCE(port->learned, port->learned + 1);
	port->adopted = 0;				/* reported */
}

void count(struct nvs_switch *sw, struct nvs_fdb *fdb)
{
	fdb->remote--;					/* reported */
	fdb->shown--;
	sw->bpdu_wanted = true;				/* reported */
}

// SPDX-License-Identifier: GPL-2.0
/*
 * The thermal zones that the parameter names. One that is not there, that has
 * no temperature now, or whose name two zones share, has no line.
 *
 * The kernel lends a zone without a reference: see README.md on removing the
 * driver of a zone that is named.
 */
#include <linux/err.h>
#include <linux/module.h>
#include <linux/moduleparam.h>
#include <linux/thermal.h>

#include "chatmetrics.h"

static char *zones[32];
static unsigned int zones_count;
module_param_array(zones, charp, &zones_count, 0444);
MODULE_PARM_DESC(zones, "thermal zones to show, by their types, up to 32: x86_pkg_temp,acpitz");

int check_zones(void)
{
	return check_names("zones", zones, zones_count, THERMAL_NAME_LENGTH - 1);
}

void describe_zones(struct seq_buf *text)
{
	unsigned int i;

	for (i = 0; i < zones_count; i++) {
		struct thermal_zone_device *zone;
		int temperature;

		zone = thermal_zone_get_zone_by_name(zones[i]);
		if (IS_ERR(zone) || thermal_zone_get_temp(zone, &temperature))
			continue;
		seq_buf_printf(text, "thermal.%s.temperature %d\n", zones[i],
			       temperature);
	}
}

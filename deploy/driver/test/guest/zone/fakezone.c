// SPDX-License-Identifier: GPL-2.0
/* Thermal zones that show the temperature that they are told. */
#include <linux/err.h>
#include <linux/module.h>
#include <linux/moduleparam.h>
#include <linux/thermal.h>
#include <linux/version.h>

static int temperature = -12345;
module_param(temperature, int, 0644);
MODULE_PARM_DESC(temperature, "thousandths of a degree; 0: the zone has none now");

static bool twice;
module_param(twice, bool, 0444);
MODULE_PARM_DESC(twice, "two zones of the same type");

static struct thermal_zone_device *registered[2];

static int get_temp(struct thermal_zone_device *zone, int *to)
{
	if (!temperature)
		return -EAGAIN;
	*to = temperature;
	return 0;
}

static struct thermal_zone_device_ops operations = { .get_temp = get_temp };

static struct thermal_zone_device *zone(void)
{
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 6, 0)
	return thermal_tripless_zone_device_register("fake.zone", NULL, &operations, NULL);
#else
	return thermal_zone_device_register("fake.zone", 0, 0, NULL, &operations, NULL, 0, 0);
#endif
}

static void fakezone_exit(void)
{
	int i;

	for (i = 0; i < ARRAY_SIZE(registered); i++)
		if (!IS_ERR_OR_NULL(registered[i]))
			thermal_zone_device_unregister(registered[i]);
}

static int __init fakezone_init(void)
{
	int i;

	for (i = 0; i < (twice ? 2 : 1); i++) {
		registered[i] = zone();
		if (IS_ERR(registered[i])) {
			fakezone_exit();
			return PTR_ERR(registered[i]);
		}
	}
	return 0;
}

module_init(fakezone_init);
module_exit(fakezone_exit);

MODULE_DESCRIPTION("Thermal zones for the tests of chatmetrics");
MODULE_LICENSE("GPL");

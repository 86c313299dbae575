// SPDX-License-Identifier: GPL-2.0
/* The disks that the parameter names. One that is not there has no lines. */
#include <linux/blkdev.h>
#include <linux/fs.h>
#include <linux/jiffies.h>
#include <linux/module.h>
#include <linux/moduleparam.h>
#include <linux/part_stat.h>
#include <linux/version.h>
#include <linux/workqueue.h>

#include "chatmetrics.h"

static char *disks[32];
static unsigned int disks_count;
module_param_array(disks, charp, &disks_count, 0444);
MODULE_PARM_DESC(disks, "whole disks to show, by their names in /dev, up to 32: vda,nvme0n1");

int check_disks(void)
{
	return check_names("disks", disks, disks_count, DISK_NAME_LEN - 1);
}

/* How a disk is opened and put: it has changed three times since 6.1. */
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 9, 0)
#define open_disk	file
#define open_path(path)	bdev_file_open_by_path(path, BLK_OPEN_READ, NULL, NULL)
#define put_disk_of(open)	bdev_fput(open)
#define device_of(open)	file_bdev(open)
#elif LINUX_VERSION_CODE >= KERNEL_VERSION(6, 7, 0)
#define open_disk	bdev_handle
#define open_path(path)	bdev_open_by_path(path, BLK_OPEN_READ, NULL, NULL)
#define put_disk_of(open)	bdev_release(open)
#define device_of(open)	((open)->bdev)
#elif LINUX_VERSION_CODE >= KERNEL_VERSION(6, 5, 0)
#define open_disk	block_device
#define open_path(path)	blkdev_get_by_path(path, BLK_OPEN_READ, NULL, NULL)
#define put_disk_of(open)	blkdev_put(open, NULL)
#define device_of(open)	(open)
#else
#define open_disk	block_device
#define open_path(path)	blkdev_get_by_path(path, FMODE_READ, NULL)
#define put_disk_of(open)	blkdev_put(open, FMODE_READ)
#define device_of(open)	(open)
#endif

static void describe_counters(struct seq_buf *text, const char *name,
			      struct block_device *disk)
{
	seq_buf_printf(text, "disk.%s.reads %llu\n", name,
		       (u64)part_stat_read(disk, ios[STAT_READ]));
	seq_buf_printf(text, "disk.%s.read_bytes %llu\n", name,
		       (u64)part_stat_read(disk, sectors[STAT_READ]) << SECTOR_SHIFT);
	seq_buf_printf(text, "disk.%s.writes %llu\n", name,
		       (u64)part_stat_read(disk, ios[STAT_WRITE]));
	seq_buf_printf(text, "disk.%s.write_bytes %llu\n", name,
		       (u64)part_stat_read(disk, sectors[STAT_WRITE]) << SECTOR_SHIFT);
	seq_buf_printf(text, "disk.%s.busy_ns %llu\n", name,
		       jiffies64_to_nsecs(part_stat_read(disk, io_ticks)));
}

static void describe_disk(struct seq_buf *text, const char *name)
{
	char path[sizeof("/dev/") + DISK_NAME_LEN];
	struct open_disk *open;

	snprintf(path, sizeof(path), "/dev/%s", name);
	open = open_path(path);
	if (IS_ERR(open))
		return;
	/* A partition, or a link to another disk, is not what was named. */
	if (!bdev_is_partition(device_of(open)) &&
	    !strcmp(device_of(open)->bd_disk->disk_name, name))
		describe_counters(text, name, device_of(open));
	put_disk_of(open);
}

struct description {
	struct work_struct work;
	struct seq_buf *text;
};

static void describe_named(struct work_struct *work)
{
	struct description *description =
		container_of(work, struct description, work);
	unsigned int i;

	for (i = 0; i < disks_count; i++)
		describe_disk(description->text, disks[i]);
}

/*
 * A thread of the kernel opens the disks: for the one who reads, /dev may be
 * another folder, and the disk itself forbidden.
 */
void describe_disks(struct seq_buf *text)
{
	struct description description = { .text = text };

	if (disks_count == 0)
		return;
	INIT_WORK_ONSTACK(&description.work, describe_named);
	queue_work(system_unbound_wq, &description.work);
	flush_work(&description.work);
	destroy_work_on_stack(&description.work);
}

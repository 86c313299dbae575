// SPDX-License-Identifier: GPL-2.0
/*
 * /dev/chatmetrics: what a machine does, as lines "name value".
 *
 * An open file shows one snapshot, whatever the size and the offset of its
 * reads. The snapshot is taken by the first read and not by the open: while it
 * opens a device, the kernel holds a lock of all misc devices, and a disk that
 * is slow to answer would hold up whoever opens /dev/fuse or /dev/kvm.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/fs.h>
#include <linux/miscdevice.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/slab.h>

#include "chatmetrics.h"

/*
 * Bytes. A line has 30 or so: this is enough for 16,000 interfaces, and no
 * more than the reader takes.
 */
#define LARGEST_TEXT	(4 * 1024 * 1024)

/* An open file. Its text does not change once it is there. */
struct reading {
	struct mutex lock;	/* of two threads that read first */
	char *text;
	size_t length;
};

/* Bytes that the last text fitted into: where the next one begins. */
static size_t usual_size = PAGE_SIZE;

static void describe(struct seq_buf *text)
{
	seq_buf_printf(text, "version 1\n");
	describe_time(text);
	describe_load(text);
	describe_memory(text);
	describe_cores(text);
	describe_interrupts(text);
	describe_tasks(text);
	describe_network(text);
	describe_paging(text);
	describe_disks(text);
	describe_zones(text);
}

/* What the text occupies is on the account of the one who reads. */
static int write_text(struct reading *reading)
{
	size_t size;

	for (size = READ_ONCE(usual_size); size <= LARGEST_TEXT; size *= 2) {
		char *buffer = kvmalloc(size, GFP_KERNEL_ACCOUNT);
		struct seq_buf text;

		if (!buffer)
			return -ENOMEM;
		seq_buf_init(&text, buffer, size);
		describe(&text);
		if (!seq_buf_has_overflowed(&text)) {
			WRITE_ONCE(usual_size, size);
			reading->length = seq_buf_used(&text);
			reading->text = buffer;
			return 0;
		}
		kvfree(buffer);
	}
	return -EFBIG;
}

static int take_snapshot(struct reading *reading)
{
	int error = mutex_lock_interruptible(&reading->lock);

	if (error)
		return error;
	if (!reading->text)
		error = write_text(reading);
	mutex_unlock(&reading->lock);
	return error;
}

static int device_open(struct inode *inode, struct file *file)
{
	struct reading *reading;

	if (file->f_mode & FMODE_WRITE)
		return -EACCES;
	reading = kzalloc(sizeof(*reading), GFP_KERNEL_ACCOUNT);
	if (!reading)
		return -ENOMEM;
	mutex_init(&reading->lock);
	file->private_data = reading;
	return 0;
}

static ssize_t device_read(struct file *file, char __user *to, size_t count,
			   loff_t *offset)
{
	struct reading *reading = file->private_data;
	int error = take_snapshot(reading);

	if (error)
		return error;
	return simple_read_from_buffer(to, count, offset, reading->text,
				       reading->length);
}

static loff_t device_llseek(struct file *file, loff_t offset, int whence)
{
	struct reading *reading = file->private_data;
	int error = take_snapshot(reading);

	if (error)
		return error;
	return fixed_size_llseek(file, offset, whence, reading->length);
}

static int device_release(struct inode *inode, struct file *file)
{
	struct reading *reading = file->private_data;

	mutex_destroy(&reading->lock);
	kvfree(reading->text);
	kfree(reading);
	return 0;
}

static const struct file_operations device_operations = {
	.owner = THIS_MODULE,
	.open = device_open,
	.read = device_read,
	.llseek = device_llseek,
	.release = device_release,
};

static struct miscdevice device = {
	.minor = MISC_DYNAMIC_MINOR,
	.name = KBUILD_MODNAME,
	.fops = &device_operations,
	.mode = 0444,
};

static int __init chatmetrics_init(void)
{
	int error = check_disks();

	if (!error)
		error = check_zones();
	if (!error)
		error = misc_register(&device);
	return error;
}

static void __exit chatmetrics_exit(void)
{
	misc_deregister(&device);
}

module_init(chatmetrics_init);
module_exit(chatmetrics_exit);

MODULE_DESCRIPTION("Shows a machine's metrics as text in /dev/chatmetrics");
MODULE_AUTHOR("The OrleansChat authors");
MODULE_LICENSE("GPL");
MODULE_VERSION("1.0");

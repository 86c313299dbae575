/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The parts of a snapshot. Each adds its lines "name value" to the text, and
 * leaves out what the kernel does not tell. All are called from a process that
 * may sleep, with no lock held but the reading's own.
 */
#ifndef CHATMETRICS_H
#define CHATMETRICS_H

#include <linux/seq_buf.h>

void describe_time(struct seq_buf *text);
void describe_load(struct seq_buf *text);
void describe_memory(struct seq_buf *text);
void describe_interrupts(struct seq_buf *text);
void describe_paging(struct seq_buf *text);
void describe_cores(struct seq_buf *text);
void describe_tasks(struct seq_buf *text);
void describe_network(struct seq_buf *text);
void describe_disks(struct seq_buf *text);
void describe_zones(struct seq_buf *text);

/* The module's parameters: 0, or -EINVAL with the reason in the kernel's log. */
int check_disks(void);
int check_zones(void);

/* What disks and zones have in common: a parameter that is a list of names. */
int check_names(const char *parameter, char **names, unsigned int count,
		size_t longest);

#endif

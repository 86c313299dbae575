// SPDX-License-Identifier: GPL-2.0
/* How many processes and threads there are, and how many of them want a core. */
#include <linux/rcupdate.h>
#include <linux/sched.h>
#include <linux/sched/signal.h>

#include "chatmetrics.h"

void describe_tasks(struct seq_buf *text)
{
	unsigned long processes = 0, threads = 0, runnable = 0;
	struct task_struct *process, *thread;

	rcu_read_lock();
	for_each_process(process) {
		processes++;
		for_each_thread(process, thread) {
			threads++;
			runnable += task_is_running(thread);
		}
	}
	rcu_read_unlock();

	seq_buf_printf(text, "processes %lu\n", processes);
	seq_buf_printf(text, "threads %lu\n", threads);
	seq_buf_printf(text, "runnable %lu\n", runnable);
}

// SPDX-License-Identifier: GPL-2.0
/* The time of each core that is online, by what it was spent on. */
#include <linux/cpumask.h>
#include <linux/kernel_stat.h>
#include <linux/tick.h>

#include "chatmetrics.h"

/*
 * A core without ticks counts its rest in microseconds elsewhere; where the
 * kernel always ticks (all ones, here) the counter of ticks is right.
 */
static u64 rest(u64 tickless_us, u64 ticked_ns)
{
	return tickless_us == -1ULL ? ticked_ns : tickless_us * NSEC_PER_USEC;
}

static void describe_core(struct seq_buf *text, unsigned int cpu)
{
	struct kernel_cpustat kcpustat;
	const u64 *ns = kcpustat.cpustat;

	kcpustat_cpu_fetch(&kcpustat, cpu);
	seq_buf_printf(text, "cpu.%u.user %llu\n", cpu, ns[CPUTIME_USER]);
	seq_buf_printf(text, "cpu.%u.nice %llu\n", cpu, ns[CPUTIME_NICE]);
	seq_buf_printf(text, "cpu.%u.system %llu\n", cpu, ns[CPUTIME_SYSTEM]);
	seq_buf_printf(text, "cpu.%u.idle %llu\n", cpu,
		       rest(get_cpu_idle_time_us(cpu, NULL), ns[CPUTIME_IDLE]));
	seq_buf_printf(text, "cpu.%u.iowait %llu\n", cpu,
		       rest(get_cpu_iowait_time_us(cpu, NULL), ns[CPUTIME_IOWAIT]));
	seq_buf_printf(text, "cpu.%u.irq %llu\n", cpu, ns[CPUTIME_IRQ]);
	seq_buf_printf(text, "cpu.%u.softirq %llu\n", cpu, ns[CPUTIME_SOFTIRQ]);
	seq_buf_printf(text, "cpu.%u.steal %llu\n", cpu, ns[CPUTIME_STEAL]);
}

void describe_cores(struct seq_buf *text)
{
	unsigned int cpu;

	for_each_online_cpu(cpu)
		describe_core(text, cpu);
}

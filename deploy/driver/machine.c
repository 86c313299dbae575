// SPDX-License-Identifier: GPL-2.0
/* The machine as a whole: time, load, memory, interrupts, paging. */
#include <linux/hardirq.h>
#include <linux/kernel_stat.h>
#include <linux/mm.h>
#include <linux/sched/loadavg.h>
#include <linux/slab.h>
#include <linux/swap.h>
#include <linux/timekeeping.h>
#include <linux/vmstat.h>

#include "chatmetrics.h"

void describe_time(struct seq_buf *text)
{
	struct timespec64 boot;

	getboottime64(&boot);
	seq_buf_printf(text, "boot_time %lld\n", boot.tv_sec);
	seq_buf_printf(text, "uptime_ns %llu\n", ktime_get_boottime_ns());
}

static void describe_average(struct seq_buf *text, int minutes,
			     unsigned long average)
{
	average += FIXED_1 / 200;	/* rounds, as /proc/loadavg */
	seq_buf_printf(text, "load.%d %lu.%02lu\n", minutes,
		       LOAD_INT(average), LOAD_FRAC(average));
}

void describe_load(struct seq_buf *text)
{
	describe_average(text, 1, READ_ONCE(avenrun[0]));
	describe_average(text, 5, READ_ONCE(avenrun[1]));
	describe_average(text, 15, READ_ONCE(avenrun[2]));
}

void describe_memory(struct seq_buf *text)
{
	struct sysinfo memory;
	long available, cached;

	si_meminfo(&memory);
	available = max(si_mem_available(), 0L);
	/* The counters are not read at one moment: a sum may be below 0. */
	cached = global_node_page_state(NR_FILE_PAGES) -
		total_swapcache_pages() - memory.bufferram;
	cached = max(cached, 0L);

	seq_buf_printf(text, "memory.total %llu\n",
		       (u64)memory.totalram << PAGE_SHIFT);
	seq_buf_printf(text, "memory.free %llu\n",
		       (u64)memory.freeram << PAGE_SHIFT);
	seq_buf_printf(text, "memory.available %llu\n",
		       (u64)available << PAGE_SHIFT);
	seq_buf_printf(text, "memory.buffers %llu\n",
		       (u64)memory.bufferram << PAGE_SHIFT);
	seq_buf_printf(text, "memory.cached %llu\n",
		       (u64)cached << PAGE_SHIFT);
}

/*
 * What /proc/stat counts besides the interrupts of devices differs from
 * architecture to architecture: on x86 all of it can be read but the polls for
 * machine checks (one in five minutes); most others count nothing besides; for
 * those that do the line is absent.
 */
#if defined(CONFIG_X86_LOCAL_APIC) && defined(CONFIG_SMP)
static u64 other_interrupts(unsigned int cpu)
{
	const irq_cpustat_t *of = &per_cpu(irq_stat, cpu);
	u64 sum = of->__nmi_count;

	sum += of->apic_timer_irqs;
	sum += of->irq_spurious_count;
	sum += of->apic_perf_irqs;
	sum += of->apic_irq_work_irqs;
	sum += of->icr_read_retry_count;
	sum += of->x86_platform_ipis;
	sum += of->irq_resched_count;
	sum += of->irq_call_count;
#ifdef CONFIG_X86_THERMAL_VECTOR
	sum += of->irq_thermal_count;
#endif
#ifdef CONFIG_X86_MCE_THRESHOLD
	sum += of->irq_threshold_count;
#endif
	return sum;
}
#elif !defined(arch_irq_stat_cpu)
static u64 other_interrupts(unsigned int cpu)
{
	return 0;
}
#else
#define INTERRUPTS_UNKNOWN
#endif

void describe_interrupts(struct seq_buf *text)
{
#ifndef INTERRUPTS_UNKNOWN
	unsigned int cpu;
	u64 sum = 0;

	for_each_possible_cpu(cpu)
		sum += kstat_cpu_irqs_sum(cpu) + other_interrupts(cpu);
	seq_buf_printf(text, "interrupts %llu\n", sum);
#endif
}

void describe_paging(struct seq_buf *text)
{
#ifdef CONFIG_VM_EVENT_COUNTERS
	unsigned long *events = kcalloc(NR_VM_EVENT_ITEMS, sizeof(*events),
					GFP_KERNEL);

	if (!events)
		return;
	all_vm_events(events);
	/* The kernel counts sectors, /proc/vmstat shows whole KiB. */
	seq_buf_printf(text, "paging.in %llu\n", (u64)events[PGPGIN] / 2 * 1024);
	seq_buf_printf(text, "paging.out %llu\n", (u64)events[PGPGOUT] / 2 * 1024);
	kfree(events);
#endif
}

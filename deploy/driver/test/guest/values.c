// SPDX-License-Identifier: GPL-2.0
/*
 * The device's values against /proc. /proc is read before and after the device: what only grows must lie between
 * the two, exactly; what goes up and down must lie near.
 */
#include <dirent.h>
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "check.h"

typedef unsigned long long u64;

#define TICK 10000000ULL /* nanoseconds: what /proc/stat counts in */
#define MIB (1024ULL * 1024)

struct proc {
	char *stat, *meminfo, *loadavg, *uptime, *vmstat, *net, *disks;
	int processes;
};

static int processes_now(void)
{
	DIR *proc = opendir("/proc");
	struct dirent *entry;
	int count = 0;

	while ((entry = readdir(proc)))
		count += isdigit((unsigned char)entry->d_name[0]) != 0;
	closedir(proc);
	return count;
}

static struct proc read_proc(void)
{
	return (struct proc){
		.stat = text_of("/proc/stat"),
		.meminfo = text_of("/proc/meminfo"),
		.loadavg = text_of("/proc/loadavg"),
		.uptime = text_of("/proc/uptime"),
		.vmstat = text_of("/proc/vmstat"),
		.net = text_of("/proc/net/dev"),
		.disks = text_of("/proc/diskstats"),
		.processes = processes_now(),
	};
}

/* The word-th number after a word at the beginning of a line; what /proc has not is a fault of the check. */
static u64 number(const char *text, const char *word, int index)
{
	const char *at = after(text, word);
	char *end = (char *)at;
	u64 value = 0;

	if (!at) {
		printf("not ok - /proc has no line %s\n", word);
		exit(2);
	}
	while (index-- >= 0)
		value = strtoull(end, &end, 10);
	return value;
}

/* The device's value lies in a range; without its line the check fails. */
static void between(const char *device, const char *name, u64 low, u64 high)
{
	char word[128];
	const char *at;
	u64 value;

	snprintf(word, sizeof(word), "%s ", name);
	at = after(device, word);
	value = at ? strtoull(at, NULL, 10) : 0;
	expect(at && low <= value && value <= high, "%s: %llu <= %llu <= %llu%s", name, low, value, high,
	       at ? "" : " (there is no line)");
}

static void near(const char *device, const char *name, u64 before, u64 later, u64 distance)
{
	u64 low = before < later ? before : later, high = before < later ? later : before;

	between(device, name, low > distance ? low - distance : 0, high + distance);
}

static u64 centiseconds(const char *uptime)
{
	char *end;
	u64 seconds = strtoull(uptime, &end, 10);

	return seconds * 100 + strtoull(end + 1, NULL, 10);
}

/* The averages change every five seconds, to the numbers that /proc has then. */
static void check_load(const char *before, const char *device, const char *later)
{
	char one[16], five[16], fifteen[16], lines[96];
	u64 runnable[2], threads[2];

	sscanf(later, "%*s %*s %*s %llu/%llu", &runnable[1], &threads[1]);
	sscanf(before, "%15s %15s %15s %llu/%llu", one, five, fifteen, &runnable[0], &threads[0]);
	snprintf(lines, sizeof(lines), "load.1 %s\nload.5 %s\nload.15 %s\n", one, five, fifteen);
	expect(strstr(device, lines) || (after(device, "load.15 ") && strncmp(before, later, strcspn(before, "/") - 2)),
	       "load: %s %s %s", one, five, fifteen);
	near(device, "threads", threads[0], threads[1], 2);
	near(device, "runnable", runnable[0], runnable[1], 3);
}

static void check_machine(const struct proc *before, const char *device, const struct proc *later)
{
	static const char *const memory[][2] = {
		{ "memory.free", "MemFree:" }, { "memory.available", "MemAvailable:" },
		{ "memory.buffers", "Buffers:" }, { "memory.cached", "Cached:" },
	};
	u64 total = number(before->meminfo, "MemTotal:", 0) * 1024;
	size_t i;

	between(device, "boot_time", number(before->stat, "btime", 0), number(later->stat, "btime", 0));
	between(device, "uptime_ns", centiseconds(before->uptime) * TICK, (centiseconds(later->uptime) + 1) * TICK);
	check_load(before->loadavg, device, later->loadavg);
	between(device, "memory.total", total, total);
	for (i = 0; i < sizeof(memory) / sizeof(memory[0]); i++)
		near(device, memory[i][0], number(before->meminfo, memory[i][1], 0) * 1024,
		     number(later->meminfo, memory[i][1], 0) * 1024, 4 * MIB);
	/* The polls for machine checks are in /proc alone: a few in the life of this guest. */
	near(device, "interrupts", number(before->stat, "intr", 0), number(later->stat, "intr", 0), 16);
	near(device, "processes", before->processes, later->processes, 2);
	between(device, "paging.in", number(before->vmstat, "pgpgin", 0) * 1024,
		number(later->vmstat, "pgpgin", 0) * 1024);
	between(device, "paging.out", number(before->vmstat, "pgpgout", 0) * 1024,
		number(later->vmstat, "pgpgout", 0) * 1024);
}

static void check_cores(const struct proc *before, const char *device, const struct proc *later)
{
	static const char *const columns[] = {
		"user", "nice", "system", "idle", "iowait", "irq", "softirq", "steal",
	};
	unsigned int cpu, i;

	for (cpu = 0; cpu < 4; cpu++) {
		char line[16], name[32];

		snprintf(line, sizeof(line), "cpu%u ", cpu);
		snprintf(name, sizeof(name), "cpu.%u.", cpu);
		if (!after(before->stat, line)) {
			expect(!after(device, name), "core %u is offline and has no lines", cpu);
			continue;
		}
		for (i = 0; i < 8; i++) {
			u64 low = number(before->stat, line, i), high = number(later->stat, line, i);

			snprintf(name, sizeof(name), "cpu.%u.%s", cpu, columns[i]);
			if (!strcmp(columns[i], "idle") || !strcmp(columns[i], "iowait"))
				near(device, name, low * TICK, (high + 1) * TICK, 2 * TICK); /* proc(5): may go back */
			else
				between(device, name, low * TICK, (high + 1) * TICK);
		}
	}
}

static void check_network(const struct proc *before, const char *device, const struct proc *later)
{
	static const struct { const char *field; int column; } fields[] = {
		{ "rx_bytes", 0 }, { "rx_packets", 1 }, { "rx_errors", 2 }, { "rx_drops", 3 },
		{ "tx_bytes", 8 }, { "tx_packets", 9 }, { "tx_errors", 10 }, { "tx_drops", 11 },
	};
	const char *line = strchr(strchr(before->net, '\n') + 1, '\n') + 1; /* below the two lines of heads */
	int interfaces = 0;
	const char *at;
	size_t i;

	for (; *line; line = strchr(line, '\n') + 1, interfaces++) {
		char word[32], name[64];
		const char *from = line + strspn(line, " ");

		snprintf(word, sizeof(word), "%.*s", (int)(strchr(from, ':') + 1 - line), line);
		for (i = 0; i < 8; i++) {
			snprintf(name, sizeof(name), "net.%.*s.%s", (int)(strchr(from, ':') - from), from,
				 fields[i].field);
			between(device, name, number(before->net, word, fields[i].column),
				number(later->net, word, fields[i].column));
		}
	}
	for (at = device; (at = strstr(at, "\nnet.")); at++)
		interfaces -= strstr(at, ".tx_drops ") < strchr(at + 1, '\n') && strstr(at, ".tx_drops ");
	expect(interfaces == 0, "the interfaces are those of /proc/net/dev");
}

static void check_disk(const struct proc *before, const char *device, const struct proc *later)
{
	static const struct { const char *name; int column; u64 unit; } fields[] = {
		{ "disk.vda.reads", 0, 1 }, { "disk.vda.read_bytes", 2, 512 }, { "disk.vda.writes", 4, 1 },
		{ "disk.vda.write_bytes", 6, 512 }, { "disk.vda.busy_ns", 9, 1000000 },
	};
	const char *low = strstr(before->disks, " vda ") + 1, *high = strstr(later->disks, " vda ") + 1;
	size_t i;

	for (i = 0; i < sizeof(fields) / sizeof(fields[0]); i++)
		between(device, fields[i].name, number(low, "vda", fields[i].column) * fields[i].unit,
			number(high, "vda", fields[i].column) * fields[i].unit);
	expect(number(low, "vda", 0) > 0 && number(low, "vda", 4) > 0, "the disk was read and written");
}

/* What the module was loaded with: disks=vda,vda1,nosuch zones=fake.zone,nosuch. */
void check_values(void)
{
	struct proc before = read_proc();
	char *device = text_of(DEVICE);
	struct proc later = read_proc();

	expect(well_formed(device), "each line is a name that comes once, and a value");
	check_machine(&before, device, &later);
	check_cores(&before, device, &later);
	check_network(&before, device, &later);
	check_disk(&before, device, &later);
	expect(!after(device, "disk.nosuch."), "a disk that is not there has no lines");
	expect(!after(device, "disk.vda1."), "a partition has no lines");
	expect(!after(device, "thermal.nosuch."), "a zone that is not there has no line");
}

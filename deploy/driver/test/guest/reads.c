// SPDX-License-Identifier: GPL-2.0
/* An open file shows one snapshot, whatever is asked of it; nobody writes. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "check.h"

static int opened(void)
{
	int file = open(DEVICE, O_RDONLY);

	if (file < 0)
		die(DEVICE);
	return file;
}

static void check_sizes(void)
{
	static const size_t sizes[] = { 1, 3, 7, 4096, 1 << 20 };
	int file = opened();
	char *text = text_by(file, 65536);
	size_t i;

	expect(well_formed(text), "the text is whole");
	for (i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
		int other = opened();
		char *first = text_by(other, sizes[i]);
		char *again;

		expect(well_formed(first), "reads of %zu bytes give a whole text", sizes[i]);
		lseek(other, 0, SEEK_SET);
		again = text_by(other, 65536);
		expect(!strcmp(first, again), "which is the same as one read gives");
		free(first);
		free(again);
		close(other);
	}
	lseek(file, 0, SEEK_SET);
	expect(!strcmp(text, text_by(file, 1)), "an open file's text stays what it was");
}

static void check_offsets(void)
{
	int file = opened();
	off_t size = lseek(file, 0, SEEK_END), offset;
	char *text = malloc(size + 1), byte;
	void *nowhere = mmap(NULL, 4096, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	bool same = true;

	expect(size > 0, "the end is known before anything was read");
	expect(read(file, &byte, 1) == 0, "there is nothing at the end");
	expect(pread(file, text, size + 1, 0) == size, "the text is as long as that");
	for (offset = size - 1; offset >= 0; offset--)
		same &= pread(file, &byte, 1, offset) == 1 && byte == text[offset];
	expect(same, "each byte is found at its offset, from the last to the first");
	expect(pread(file, &byte, 1, size + 1000) == 0, "there is nothing past the end");
	expect(pread(file, &byte, 1, -1) < 0 && errno == EINVAL, "a negative offset is refused");
	expect(lseek(file, -1, SEEK_SET) < 0 && errno == EINVAL, "and so is going there");
	expect(lseek(file, size + 1, SEEK_SET) < 0 && errno == EINVAL, "or past the end");
	expect(pread(file, nowhere, 100, 0) < 0 && errno == EFAULT, "an address that is not the reader's is refused");
	close(file);
}

static void check_writes(void)
{
	int file = opened();
	struct stat state;

	expect(stat(DEVICE, &state) == 0 && state.st_mode == (S_IFCHR | 0444), "the device's mode is 0444");
	expect(open(DEVICE, O_WRONLY) < 0 && errno == EACCES, "root cannot open it for writing");
	expect(open(DEVICE, O_RDWR) < 0 && errno == EACCES, "nor for reading and writing");
	expect(write(file, "0", 1) < 0 && errno == EBADF, "nor write to an open one");
	close(file);
}

/* Reads as nobody, who sees no /dev at all: what is read is the machine's, not the reader's. */
static void check_stranger(void)
{
	int file = opened(), status;
	pid_t child = fork();

	if (child == 0) {
		char *text;

		if (chroot("/empty") || chdir("/") || setgid(65534) || setuid(65534))
			die("nobody");
		text = text_by(file, 4096);
		exit(well_formed(text) && after(text, "disk.vda.reads ") ? 0 : 1);
	}
	waitpid(child, &status, 0);
	expect(status == 0, "nobody, without a /dev, reads the same, disks included");
	close(file);
}

void check_reads(void)
{
	check_sizes();
	check_offsets();
	check_writes();
	check_stranger();
}

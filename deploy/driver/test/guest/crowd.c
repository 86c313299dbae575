// SPDX-License-Identifier: GPL-2.0
/* 4 processes of 50 threads read at once: each from its own file, then all of a process from one. */
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "check.h"

#define PROCESSES 4
#define THREADS 50

static pthread_barrier_t start;
static int shared;

/* Gives NULL if all was well. */
static void *read_own(void *size)
{
	int file = open(DEVICE, O_RDONLY);
	char *text;
	bool well;

	if (file < 0)
		return "open";
	pthread_barrier_wait(&start);
	text = text_by(file, (size_t)size);
	well = well_formed(text);
	free(text);
	close(file);
	return well ? NULL : "text";
}

/* All of them are the first to read. */
static void *read_shared(void *unused)
{
	char *text = calloc(1, 65536);

	(void)unused;
	pthread_barrier_wait(&start);
	if (pread(shared, text, 65535, 0) <= 0)
		return NULL;
	return text;
}

static bool crowd(void)
{
	pthread_t threads[THREADS];
	char *texts[THREADS];
	bool well = true;
	void *result;
	long i;

	pthread_barrier_init(&start, NULL, THREADS);
	for (i = 0; i < THREADS; i++)
		if (pthread_create(&threads[i], NULL, read_own, (void *)(i * 7 + 1)))
			return false;
	for (i = 0; i < THREADS; i++) {
		pthread_join(threads[i], &result);
		well &= !result;
	}

	shared = open(DEVICE, O_RDONLY);
	for (i = 0; i < THREADS; i++)
		if (pthread_create(&threads[i], NULL, read_shared, NULL))
			return false;
	for (i = 0; i < THREADS; i++)
		pthread_join(threads[i], (void **)&texts[i]);
	for (i = 0; i < THREADS; i++)
		well &= texts[i] && well_formed(texts[i]) && !strcmp(texts[i], texts[0]);
	return well;
}

void check_crowd(void)
{
	int i, status;

	fflush(stdout);
	for (i = 0; i < PROCESSES; i++)
		if (fork() == 0)
			_exit(crowd() ? 0 : 1);
	for (i = 0; i < PROCESSES; i++) {
		wait(&status);
		expect(status == 0, "50 threads of process %d read whole texts, and the same from one file", i + 1);
	}
}

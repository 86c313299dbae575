/* SPDX-License-Identifier: GPL-2.0 */
/* A check says "ok - WHAT" or "not ok - WHAT", one line each; init counts them. */
#ifndef CHECK_H
#define CHECK_H

#include <stdbool.h>
#include <stddef.h>

#define DEVICE "/dev/chatmetrics"
#define LARGEST (4 * 1024 * 1024)

/* A failure of what stands around the checks: the guest ends, and without its last line nothing has passed. */
void die(const char *what);

__attribute__((format(printf, 2, 3))) bool expect(bool holds, const char *what, ...);

/* The whole text of a file, to be freed; dies where there is none. */
char *text_of(const char *path);

/* The same by reads of so many bytes. */
char *text_by(int file, size_t bytes);

/* Whether every line has the form NAME VALUE, the first says the version, and no name comes twice. */
bool well_formed(const char *text);

/* What follows a word at the beginning of a line; NULL where there is no such line. */
const char *after(const char *text, const char *word);

void check_values(void);
void check_reads(void);
void check_crowd(void);

#endif

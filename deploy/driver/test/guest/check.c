// SPDX-License-Identifier: GPL-2.0
/* The guest's program: check values | reads | crowd | lines WORD… | hold. */
#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "check.h"

void die(const char *what)
{
	printf("not ok - %s: %s\n", what, strerror(errno));
	exit(2);
}

bool expect(bool holds, const char *what, ...)
{
	va_list arguments;

	va_start(arguments, what);
	printf(holds ? "ok - " : "not ok - ");
	vprintf(what, arguments);
	printf("\n");
	va_end(arguments);
	return holds;
}

char *text_by(int file, size_t bytes)
{
	char *text = malloc(LARGEST + bytes);
	ssize_t length = 0, got;

	if (!text)
		die("memory");
	while ((got = read(file, text + length, bytes)) > 0 && length < LARGEST)
		length += got;
	if (got < 0)
		die("read");
	text[length] = '\0';
	return text;
}

char *text_of(const char *path)
{
	int file = open(path, O_RDONLY);
	char *text;

	if (file < 0)
		die(path);
	text = text_by(file, 65536);
	close(file);
	return text;
}

const char *after(const char *text, const char *word)
{
	size_t length = strlen(word);

	for (; text && *text; text = strchr(text, '\n'), text = text ? text + 1 : NULL) {
		if (!strncmp(text, word, length))
			return text + length;
	}
	return NULL;
}

/* A value is a number, perhaps negative, perhaps with two digits after the point. */
static bool is_value(const char *from, const char *to)
{
	if (from < to && *from == '-')
		from++;
	if (from == to)
		return false;
	for (; from < to; from++) {
		if (!isdigit((unsigned char)*from) && !(*from == '.' && to - from == 3))
			return false;
	}
	return true;
}

bool well_formed(const char *text)
{
	const char *line, *space, *end;

	if (strncmp(text, "version 1\n", 10))
		return false;
	for (line = text; *line; line = end + 1) {
		char name[128];

		space = strchr(line, ' ');
		end = strchr(line, '\n');
		if (!end || !space || space > end || space == line || space - line > 100)
			return false;
		if (!is_value(space + 1, end))
			return false;
		snprintf(name, sizeof(name), "%.*s", (int)(space - line + 1), line);
		if (after(text, name) != space + 1 || after(end + 1, name))
			return false;
	}
	return true;
}

int main(int count, char **words)
{
	const char *what = count > 1 ? words[1] : "";

	setvbuf(stdout, NULL, _IOLBF, 0);
	if (!strcmp(what, "values")) {
		check_values();
	} else if (!strcmp(what, "reads")) {
		check_reads();
	} else if (!strcmp(what, "crowd")) {
		check_crowd();
	} else if (!strcmp(what, "hold")) {
		if (open(DEVICE, O_RDONLY) < 0)
			die(DEVICE);
		printf("held\n");
		pause();
	} else {
		fprintf(stderr, "check values | reads | crowd | hold\n");
		return 2;
	}
	return 0;
}

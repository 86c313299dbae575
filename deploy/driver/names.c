// SPDX-License-Identifier: GPL-2.0
/* Parameters that are lists of names. */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/ctype.h>
#include <linux/errno.h>
#include <linux/printk.h>
#include <linux/string.h>

#include "chatmetrics.h"

/* A name stands in a line before a space, and a disk's in a path. */
static bool is_name(const char *name, size_t longest)
{
	size_t length = strlen(name), i;

	if (length == 0 || length > longest || name[0] == '.')
		return false;
	for (i = 0; i < length; i++)
		if (!isascii(name[i]) || !isgraph(name[i]) || name[i] == '/')
			return false;
	return true;
}

int check_names(const char *parameter, char **names, unsigned int count,
		size_t longest)
{
	unsigned int i, j;

	for (i = 0; i < count; i++) {
		int length = strnlen(names[i], 64);

		if (!is_name(names[i], longest)) {
			pr_err("%s: \"%*pE\" is no name of 1 to %zu letters, digits and signs\n",
			       parameter, length, names[i], longest);
			return -EINVAL;
		}
		for (j = 0; j < i; j++) {
			if (!strcmp(names[i], names[j])) {
				pr_err("%s: \"%*pE\" stands there twice\n",
				       parameter, length, names[i]);
				return -EINVAL;
			}
		}
	}
	return 0;
}

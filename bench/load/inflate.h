/* Deflated messages. */
#ifndef INFLATE_H
#define INFLATE_H

#include <stddef.h>

/* The text of a deflated message; it stays where it is for the next few messages only. */
const char *inflated(const char *body, size_t size, size_t *length);

#endif

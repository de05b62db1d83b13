/* Notes that a load client writes, and how it knows them again. */
#include "notes.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MARK_LENGTH 10
#define WORDS 12
#define LONGEST 32

static unsigned drawn(unsigned *from) {
    *from = *from * 1664525u + 1013904223u; /* a linear congruential generator: the same notes in each run */
    return *from >> 8;
}

void note_form(char *into, size_t room, const char *run, int number, const char *step, const char *words) {
    size_t all = strlen(words), length;
    unsigned at = (unsigned)number + 1;
    length = (size_t)snprintf(into, room, "do=note.add&id=%s-%08d&step=%s&text=~%08d~", run, number, step, number);
    for (int word = 0; word < WORDS && all > 1; word++) {
        const char *one = words + drawn(&at) % all;
        while (one > words && *one != '+') one--;
        size_t size = strcspn(one + 1, "+") + 1;
        if (size <= LONGEST && length + size < room) {
            memcpy(into + length, one, size);
            length += size;
        }
    }
    if (length >= room) give_up("a note that is too long");
    into[length] = 0;
}

void marks_in(const char *text, size_t length, wire *by, double now, void (*met)(int number, wire *by, double now)) {
    const char *end = text + length, *mark = text;
    while ((mark = memchr(mark, '~', (size_t)(end - mark))) != NULL) {
        if (end - mark >= MARK_LENGTH && mark[MARK_LENGTH - 1] == '~') {
            met(atoi(mark + 1), by, now);
            mark += MARK_LENGTH;
        } else {
            mark++;
        }
    }
}

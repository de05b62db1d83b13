/* Notes that a load client writes, and how it knows them again: by a mark, ~00000001~, wherever it stands in a message. */
#ifndef NOTES_H
#define NOTES_H

#include "wire.h"

/* The form that writes this one: its mark, and a dozen of these words, which stand with a + before each; others in each
 * note, as in a session, for what is said again and again deflates to nothing. */
void note_form(char *into, size_t room, const char *run, int number, const char *step, const char *words);

/* Tell of each mark in a message. */
void marks_in(const char *text, size_t length, wire *by, double now, void (*met)(int number, wire *by, double now));

#endif

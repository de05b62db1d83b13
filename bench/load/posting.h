/* Notes on their way: each is posted when it is due by a poster that rests, and how long it took is counted from then. */
#ifndef POSTING_H
#define POSTING_H

#include "notes.h"

enum { FOLLOWER, POSTER }; /* what a wire is */

typedef struct {
    double due, answered, seen_by_all;
    int board, author, seen; /* the program's own */
} note;

extern note *notes;
extern int notes_in_all, posted, dues, accepted, refused, last_status;
extern double first_due, rate; /* when the first note is due, and how many are each second */

/* Dial so many posters; `write` has one of them post the note of that number. */
void posters_start(int count, void (*write)(wire *by, int number));
void poster_answered(wire *by, const answer *got, double now);
void poster_lost(wire *by); /* what was on its way is asked again under its id */
void post_what_is_due(void);
void posters_forget(void); /* what is on its way is no note that is counted any more */

void tick(int timer); /* as often as a note is due */
/* How many milliseconds after they were due notes were answered, or seen by all; ascending. */
size_t sorted_times(double *into, int from, bool of_answers);

#endif

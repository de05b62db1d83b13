/* Notes on their way: each is posted when it is due by a poster that rests, and how long it took is counted from then. */
#include "posting.h"

#include <stdlib.h>
#include <sys/timerfd.h>

enum { NOTHING = -1, OF_BEFORE = -2 }; /* what a poster is doing when it is no note that is counted */

note *notes;
int notes_in_all, posted, dues, accepted, refused, last_status;
double first_due, rate;

static wire *posters;
static int *idle, *doing, idle_count, poster_count;
static void (*write_note)(wire *by, int number);

static void rests(wire *poster) {
    doing[poster->id] = NOTHING;
    idle[idle_count++] = poster->id;
}

void posters_start(int count, void (*write)(wire *by, int number)) {
    write_note = write;
    poster_count = count;
    posters = calloc((size_t)count, sizeof *posters);
    idle = calloc((size_t)count, sizeof *idle);
    doing = calloc((size_t)count, sizeof *doing);
    if (posters == NULL || idle == NULL || doing == NULL) give_up("no memory");
    for (int at = 0; at < count; at++) {
        wire_dial(&posters[at], at, POSTER);
        rests(&posters[at]);
    }
}

void poster_answered(wire *by, const answer *got, double now) {
    if (doing[by->id] >= 0) {
        if (got->status == 204 || got->status == 200) {
            accepted++;
            notes[doing[by->id]].answered = now;
        } else {
            refused++;
            last_status = got->status;
        }
    }
    rests(by);
}

/* The server lets go of connections that are quiet for long. */
void poster_lost(wire *by) {
    wire_dial(by, by->id, POSTER);
    if (doing[by->id] >= 0) write_note(by, doing[by->id]);
    if (doing[by->id] == OF_BEFORE) rests(by);
}

void post_what_is_due(void) {
    double now = seconds_now();
    while (dues < notes_in_all && first_due + dues / rate <= now) {
        notes[dues].due = first_due + dues / rate;
        dues++;
    }
    while (posted < dues && idle_count > 0) {
        wire *by = &posters[idle[--idle_count]];
        doing[by->id] = posted;
        write_note(by, posted++);
    }
}

void posters_forget(void) {
    for (int at = 0; at < poster_count; at++)
        if (doing[at] >= 0) doing[at] = OF_BEFORE;
}

void tick(int timer) {
    long each = (long)(1e9 / rate);
    struct itimerspec when = {.it_interval = {each / 1000000000, each % 1000000000},
                              .it_value = {0, 1 + each % 1000000000}};
    timerfd_settime(timer, 0, &when, NULL);
}

size_t sorted_times(double *into, int from, bool of_answers) {
    size_t count = 0;
    for (int i = from; i < notes_in_all; i++) {
        double at = of_answers ? notes[i].answered : notes[i].seen_by_all;
        if (at > 0) into[count++] = 1000 * (at - notes[i].due);
    }
    qsort(into, count, sizeof *into, ascending);
    return count;
}

/* A restart: people who follow a board, and come back by themselves when the server is another.
 *
 * Each asks for what came after `since`, and is there once a message has told of the board as it is at `head`. When the
 * line is lost it dials again, as a page does: first at a random moment within two seconds, then within one more.
 * Steps: `there N`, the driver ends the server and starts another on the same port, `back {...}`. */
#include "wire.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/timerfd.h>

#define PATIENCE 60.0
#define FIRST 2.0
#define NEXT 1.0

static wire *lines;
static double *again, *caught, lost_at;
static int people, there, tries;
static char **seats;
static int seat_count;
static const char *path;
static char head[64];

static double soon(double within) { return seconds_now() + within * (double)random() / (double)RAND_MAX; }

static void dial(int at) {
    tries++;
    again[at] = 0;
    wire_dial(&lines[at], at, 0);
    ask_socket(&lines[at], path, seats[at % seat_count]);
}

static void answered(wire *at, const answer *got, double now) {
    (void)now;
    if (got->status != 101) {
        wire_hang_up(at);
        again[at->id] = soon(NEXT);
    }
}

static void said(wire *at, const char *text, size_t length, double now) {
    if (caught[at->id] > 0 || find(text, length < 120 ? length : 120, head) == NULL) return;
    caught[at->id] = now;
    there++;
}

static void lost(wire *at) {
    if (caught[at->id] > 0) {
        caught[at->id] = 0;
        there--;
        if (lost_at == 0) lost_at = seconds_now();
        again[at->id] = soon(FIRST);
    } else {
        again[at->id] = soon(NEXT);
    }
}

static void until_there(void) {
    double over = seconds_now() + PATIENCE;
    while (there < people && seconds_now() < over) {
        double now = seconds_now();
        for (int at = 0; at < people; at++)
            if (again[at] > 0 && again[at] <= now) dial(at);
        wire_turn(20);
    }
    if (there < people) give_up("not everybody came back");
}

int main(int count, char **all) {
    people = (int)number(count, all, "people", 0);
    path = given(count, all, "path", NULL);
    snprintf(head, sizeof head, "\"seq\":%s,", given(count, all, "head", NULL));
    seats = lines_of(given(count, all, "seats", NULL), &seat_count);
    wire_start(given(count, all, "host", "127.0.0.1"), (int)number(count, all, "port", 0), (hearing){answered, said, lost});
    lines = calloc((size_t)people, sizeof *lines);
    again = calloc((size_t)people, sizeof *again);
    caught = calloc((size_t)people, sizeof *caught);
    for (int at = 0; at < people; at++) again[at] = soon(FIRST);
    until_there();
    step("there %d", there);
    double over = seconds_now() + PATIENCE;
    while (there == people && seconds_now() < over) wire_turn(20);
    double own = cpu_of(0);
    tries = 0;
    traffic before = heard;
    until_there();
    qsort(caught, (size_t)people, sizeof *caught, ascending);
    for (int at = 0; at < people; at++) caught[at] -= lost_at;
    step("result {\"people\": %d, \"half\": %.4f, \"all\": %.4f, \"tries\": %d, \"bytes\": %llu, \"own_cpu\": %.4f}", people,
         quantile(caught, (size_t)people, 0.5), caught[people - 1], tries, (unsigned long long)(heard.bytes - before.bytes),
         cpu_of(0) - own);
    return 0;
}

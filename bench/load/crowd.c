/* A crowd: people who follow boards over sockets while notes are written to all of these at one steady rate.
 *
 * Levels come from the driver, one a line: `LINES RATE SECONDS`. So many of the people are connected then (those from
 * before stay), notes are posted to their boards in turn, each when it is due whether or not the ones before were
 * answered, and every time is counted from that moment. Says `ready`, and at each level `opened`, `writing` and
 * `written` around what is measured, and `result {...}`. What is not there PATIENCE seconds after the end is lost. */
#include "posting.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/timerfd.h>

#define PATIENCE 10.0
#define DIALLED_AT_ONCE 100
#define POSTERS 64

typedef struct {
    char *path, *commands, *step;
    int first, size, open; /* its people: where they begin, how many there are and how many are connected */
} board;

static board *boards;
static char **seats;
static int *board_of, board_count, people, widest;
static wire *followers;
static unsigned char *met; /* one bit for each note of this level and each of its board's people */
static int before;         /* notes of the levels before */
static int first_measured, whole, dialled, opened, lost_followers;
static uint64_t delivered;
static const char *said_after, *run_name;
static double patience;

static void answered(wire *at, const answer *got, double now) {
    if (at->what == FOLLOWER) {
        if (got->status != 101) give_up("a socket was refused");
        opened++;
        return;
    }
    poster_answered(at, got, now);
}

static void meet(int number_, wire *by, double now) {
    int which = number_ - before, who = by->id;
    if (which < 0 || which >= notes_in_all) return;
    note *met_now = &notes[which];
    if (board_of[who] != met_now->board) return;
    size_t bit = (size_t)which * (size_t)widest + (size_t)(who - boards[met_now->board].first);
    if (met[bit / 8] & (1 << bit % 8)) return;
    met[bit / 8] |= (unsigned char)(1 << bit % 8);
    delivered += which >= first_measured;
    if (++met_now->seen < boards[met_now->board].open) return;
    met_now->seen_by_all = now;
    whole++;
}

static void said(wire *at, const char *text, size_t length, double now) {
    if (notes_in_all > 0) marks_in(text, length, at, now, meet);
}

static void write_note(wire *by, int which) {
    char body[1024];
    note *written = &notes[which];
    board *to = &boards[written->board];
    note_form(body, sizeof body, run_name, before + which, to->step, said_after);
    ask(by, "POST", to->commands, seats[written->author], "HX-Request: true\r\n", body);
}

static void lost(wire *at) {
    if (at->what == POSTER) return poster_lost(at);
    if (lost_followers++ < 3) fprintf(stderr, "load client: follower %d was closed with %d\n", at->id, at->close_code);
}

static void open_lines(int upto) {
    if (upto > people) give_up("there are not so many people");
    for (; dialled < upto; dialled++) {
        board *to = &boards[board_of[dialled]];
        wire_dial(&followers[dialled], dialled, FOLLOWER);
        ask_socket(&followers[dialled], to->path, seats[dialled]);
        to->open++;
        while (dialled - opened > DIALLED_AT_ONCE) wire_turn(100);
    }
    while (opened < upto) wire_turn(100);
}

/* Each note goes to the next board that somebody follows, by the next of those who do. */
static void plan(int count) {
    int taking_part = board_of[dialled - 1] + 1;
    free(notes);
    free(met);
    notes = calloc((size_t)count + 1, sizeof *notes);
    met = calloc((size_t)count * (size_t)widest / 8 + 1, 1);
    if (notes == NULL || met == NULL) give_up("no memory");
    for (int at = 0; at < count; at++) {
        board *to = &boards[at % taking_part];
        notes[at].board = at % taking_part;
        notes[at].author = to->first + (before + at) / taking_part % to->open;
    }
    notes_in_all = count;
}

static void tell_result(double took, double own, traffic heard_before) {
    double *times = calloc((size_t)notes_in_all + 1, sizeof *times);
    size_t answers = sorted_times(times, first_measured, true);
    double a50 = quantile(times, answers, 0.5), a99 = quantile(times, answers, 0.99);
    size_t seen = sorted_times(times, first_measured, false);
    printf("result {\"notes\": %d, \"lacking\": %d, \"refused\": %d, \"last_status\": %d, \"lost\": %d, "
           "\"ack_p50\": %.3f, \"ack_p99\": %.3f, \"seen_p50\": %.3f, \"seen_p99\": %.3f, \"seen_max\": %.3f, "
           "\"deliveries\": %llu, \"frames\": %llu, \"bytes\": %llu, \"seconds\": %.4f, \"own_cpu\": %.5f}\n",
           notes_in_all - first_measured, notes_in_all - whole, refused, last_status, lost_followers, a50, a99,
           quantile(times, seen, 0.5), quantile(times, seen, 0.99), quantile(times, seen, 1),
           (unsigned long long)delivered, (unsigned long long)(heard.frames - heard_before.frames),
           (unsigned long long)(heard.bytes - heard_before.bytes), took, own);
    free(times);
}

/* Until everything is there, or can no longer be. */
static void write_until(double end, bool all) {
    while (seconds_now() < end) {
        wire_turn(10);
        post_what_is_due();
        bool done = dues == notes_in_all && accepted + refused == notes_in_all;
        if (all && done && (refused || lost_followers || whole == notes_in_all)) break;
    }
}

static void level(int lines, double seconds, double warm, int timer) {
    open_lines(lines);
    puts("opened");
    first_measured = (int)(rate * warm);
    plan(first_measured + (int)(rate * seconds));
    posted = dues = accepted = refused = whole = 0;
    delivered = 0;
    tick(timer);
    first_due = seconds_now() + 0.05;
    write_until(first_due + warm, false);
    puts("writing");
    traffic heard_before = heard;
    double began = seconds_now(), own = cpu_of(0);
    write_until(first_due + warm + seconds + patience, true);
    double took = seconds_now() - began;
    own = cpu_of(0) - own;
    puts("written");
    tell_result(took, own, heard_before);
    before += notes_in_all;
    notes_in_all = 0; /* what comes late is of no level any more */
    posters_forget();
}

static void read_boards(const char *path) {
    char **lines = lines_of(path, &board_count);
    boards = calloc((size_t)board_count, sizeof *boards);
    for (int at = 0; at < board_count; at++) {
        boards[at].path = strtok(lines[at], "\t");
        boards[at].commands = strtok(NULL, "\t");
        boards[at].step = strtok(NULL, "\t");
        if (boards[at].step == NULL) give_up("a board has its socket, its commands and its step");
    }
}

/* Of each person the number of their board and their cookie; those of one board stand together, in the boards' order. */
static void read_people(const char *path) {
    seats = lines_of(path, &people);
    board_of = calloc((size_t)people, sizeof *board_of);
    for (int at = 0; at < people; at++) {
        int which = board_of[at] = (int)strtol(seats[at], &seats[at], 10);
        if (which < 0 || which >= board_count) give_up("somebody is of no board");
        seats[at]++;
        if (boards[which].size++ == 0) boards[which].first = at;
        if (boards[which].size > widest) widest = boards[which].size;
    }
}

int main(int count, char **all) {
    double warm = number(count, all, "warm", 1);
    patience = number(count, all, "patience", PATIENCE);
    char line[128];
    run_name = given(count, all, "run", "bench");
    said_after = given(count, all, "text", "+");
    read_boards(given(count, all, "boards", NULL));
    read_people(given(count, all, "people", NULL));
    wire_start(given(count, all, "host", "127.0.0.1"), (int)number(count, all, "port", 0),
               (hearing){answered, said, lost});
    followers = calloc((size_t)people, sizeof *followers);
    posters_start(POSTERS, write_note);
    int timer = timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK);
    wire_watch_timer(timer);
    puts("ready");
    while (fgets(line, sizeof line, stdin) != NULL) {
        int lines = 0;
        double seconds = 0;
        if (sscanf(line, "%d %lf %lf", &lines, &rate, &seconds) != 3 || rate <= 0) give_up("a level is three numbers");
        level(lines, seconds, warm, timer);
    }
    return 0;
}

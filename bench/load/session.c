/* A session: people who follow a board over sockets while notes are written to it at a steady rate.
 *
 * Notes are posted when they are due whether or not the ones before were answered, and every time is counted from
 * that moment. Steps, each of which waits for a line from the driver: `opened N` for each number in `open`, then `result {...}`. */
#include "posting.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/timerfd.h>

#define PATIENCE 10.0

static wire *followers;
static unsigned char *met; /* one bit for each note and follower */
static int people, first_measured, opened, lost_followers;
static uint64_t delivered;
static char **seats;
static int seat_count;
static const char *commands, *step_id, *said_after, *run_name, *hello;

/* What another server's protocol has a client say first: two letters, in a frame that is masked with nothing. */
static void say_hello(wire *at) {
    char frame[8] = {(char)0x81, (char)0x82};
    if (strlen(hello) != 2) return;
    memcpy(frame + 6, hello, 2);
    wire_send(at, frame, sizeof frame);
}

static void answered(wire *at, const answer *got, double now) {
    if (at->what == FOLLOWER) {
        if (got->status != 101) give_up("a socket was refused");
        opened++;
        say_hello(at);
        return;
    }
    poster_answered(at, got, now);
}

static void meet(int number_, wire *by, double now) {
    if (number_ < 0 || number_ >= notes_in_all) return;
    size_t bit = (size_t)number_ * (size_t)people + (size_t)by->id;
    if (met[bit / 8] & (1 << bit % 8)) return;
    met[bit / 8] |= (unsigned char)(1 << bit % 8);
    delivered += number_ >= first_measured;
    notes[number_].seen++;
    if (notes[number_].seen == people) notes[number_].seen_by_all = now;
}

static void said(wire *at, const char *text, size_t length, double now) {
    if (notes_in_all > 0) marks_in(text, length, at, now, meet);
}

static void write_note(wire *by, int number_) {
    char body[1024];
    note_form(body, sizeof body, run_name, number_, step_id, said_after);
    ask(by, "POST", commands, seats[number_ % seat_count], "HX-Request: true\r\n", body);
}

static void lost(wire *at) {
    if (at->what == POSTER) return poster_lost(at);
    lost_followers++;
    fprintf(stderr, "load client: follower %d was closed with %d\n", at->id, at->close_code);
}

static void open_followers(int upto, const char *path) {
    static int dialled = 0;
    for (; dialled < upto; dialled++) {
        wire_dial(&followers[dialled], dialled, FOLLOWER);
        ask_socket(&followers[dialled], path, seats[dialled % seat_count]);
        while (dialled - opened > 100) wire_turn(100);
    }
    while (opened < upto) wire_turn(100);
}

static int seen_by_all(int from, int until) {
    int count = 0;
    for (int i = from; i < until; i++) count += notes[i].seen_by_all > 0;
    return count;
}

int main(int count, char **all) {
    int port = (int)number(count, all, "port", 0), pid = (int)number(count, all, "pid", 0);
    int poster_count = (int)number(count, all, "posters", 64);
    double seconds = number(count, all, "seconds", 5), warm = number(count, all, "warm", 1);
    double frames = number(count, all, "frames", 0);
    wire_inflates = number(count, all, "inflates", 1) > 0;
    const char *path = given(count, all, "path", NULL);
    char opening[256];
    rate = number(count, all, "rate", 0);
    commands = given(count, all, "commands", "/");
    step_id = given(count, all, "step", "none");
    run_name = given(count, all, "run", "bench");
    hello = given(count, all, "hello", "");
    said_after = given(count, all, "text", "+");
    snprintf(opening, sizeof opening, "%s", given(count, all, "open", NULL));
    seats = lines_of(given(count, all, "seats", NULL), &seat_count);
    wire_start(given(count, all, "host", "127.0.0.1"), port, (hearing){answered, said, lost});

    for (char *next = opening; *next; next += *next == ',') people = (int)strtol(next, &next, 10);
    followers = calloc((size_t)people + 1, sizeof *followers);
    for (char *next = opening; *next; next += *next == ',') {
        int upto = (int)strtol(next, &next, 10);
        open_followers(upto, path);
        step("opened %d", upto);
    }
    if (frames > 0) { /* no notes: the server speaks by itself */
        uint64_t most = (uint64_t)(frames * people), before = heard.frames;
        double began = seconds_now(), own = cpu_of(0);
        while (heard.frames - before < most && lost_followers == 0) wire_turn(1000);
        step("result {\"frames\": %llu, \"lost\": %d, \"seconds\": %.4f, \"own_cpu\": %.4f}",
             (unsigned long long)(heard.frames - before), lost_followers, seconds_now() - began, cpu_of(0) - own);
        return 0;
    }

    int first = first_measured = (int)(rate * warm);
    notes_in_all = first + (int)(rate * seconds);
    notes = calloc((size_t)notes_in_all + 1, sizeof *notes);
    met = calloc((size_t)notes_in_all * (size_t)people / 8 + 1, 1);
    posters_start(poster_count, write_note);
    int timer = timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK);
    tick(timer);
    wire_watch_timer(timer);
    first_due = seconds_now() + 0.05;
    while (seconds_now() < first_due + warm) {
        wire_turn(10);
        post_what_is_due();
    }

    traffic before = heard;
    double began = seconds_now(), server = cpu_of(pid), own = cpu_of(0), end = first_due + warm + seconds;
    while (seconds_now() < end + PATIENCE) {
        wire_turn(50);
        post_what_is_due();
        bool done = dues == notes_in_all && accepted + refused == notes_in_all;
        if (done && (refused || lost_followers || seen_by_all(0, notes_in_all) == notes_in_all)) break;
    }
    double took = seconds_now() - began;
    server = cpu_of(pid) - server;
    own = cpu_of(0) - own;

    double *times = calloc((size_t)notes_in_all, sizeof *times);
    size_t answers = sorted_times(times, first, true);
    double a50 = quantile(times, answers, 0.5), a99 = quantile(times, answers, 0.99);
    size_t seen = sorted_times(times, first, false);
    step("result {\"notes\": %d, \"accepted\": %d, \"refused\": %d, \"last_status\": %d, \"seen_by_all\": %zu, "
         "\"ack_p50\": %.3f, \"ack_p99\": %.3f, \"seen_p50\": %.3f, \"seen_p99\": %.3f, \"seen_max\": %.3f, "
         "\"deliveries\": %llu, \"frames\": %llu, \"bytes\": %llu, \"seconds\": %.4f, \"server_cpu\": %.5f, "
         "\"own_cpu\": %.5f, \"lost\": %d}",
         notes_in_all - first, accepted, refused, last_status, seen, a50, a99, quantile(times, seen, 0.5),
         quantile(times, seen, 0.99), quantile(times, seen, 1), (unsigned long long)delivered,
         (unsigned long long)(heard.frames - before.frames), (unsigned long long)(heard.bytes - before.bytes), took,
         server, own, lost_followers);
    return 0;
}

/* A join storm: everybody comes in through the door's form at the same moment, opens the page and then its socket.
 *
 * Each asks for the door, sends its form, follows to the page with the seat it was given, reads there how far the
 * page has come, and opens the socket from there. Bytes are all that the server sends to anybody meanwhile and for
 * `settle` seconds after. Steps: `watched` once who was there before follows the board, then `result {...}`. */
#define _GNU_SOURCE
#include "wire.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

enum { WATCHER, AT_THE_DOOR, COMING_IN, AT_THE_PAGE, FOLLOWER };
#define HEAD_OF_A_PAGE 16384
#define AS_A_BROWSER "Accept: text/html\r\nAccept-Encoding: gzip\r\nAccept-Language: en\r\n"

typedef struct {
    char seat[512];
    double open;
} person;

static wire *browsing, *following, watcher;
static person *persons;
static int people, inside, watching, lost_lines;
static const char *board, *door;
static uint64_t door_bytes, page_bytes;
static double began;

/* The beginning of a page, unpacked if it came packed. */
static size_t read_page(const answer *got, char *into) {
    z_stream stream = {.next_in = (Bytef *)got->body, .avail_in = (uInt)got->body_length, .next_out = (Bytef *)into,
                       .avail_out = HEAD_OF_A_PAGE};
    size_t length;
    if (header(got, "content-encoding", &length) == NULL) {
        length = got->body_length < HEAD_OF_A_PAGE ? got->body_length : HEAD_OF_A_PAGE;
        memcpy(into, got->body, length);
        return length;
    }
    if (inflateInit2(&stream, 16 + MAX_WBITS) != Z_OK) give_up("no zlib");
    inflate(&stream, Z_SYNC_FLUSH);
    inflateEnd(&stream);
    return HEAD_OF_A_PAGE - stream.avail_out;
}

static void copy_value(const char *in, size_t length, const char *name, const char *until, char *into, size_t most) {
    const char *at = find(in, length, name);
    size_t size;
    if (at == NULL) give_up(name);
    at += strlen(name);
    size = strcspn(at, until);
    if (size >= most) give_up("a value that is too long");
    memcpy(into, at, size);
    into[size] = 0;
}

static void come_in(wire *at) {
    char body[256];
    snprintf(body, sizeof body, "id=storm-%08d-%08x&name=Participant+%d&place=City+%d&language=en", at->id,
             (unsigned)(1e6 * began), at->id, at->id % 40);
    at->what = COMING_IN;
    ask(at, "POST", door, NULL, AS_A_BROWSER, body);
}

static void open_page(wire *at, const answer *got) {
    char name[64], path[64], *seat = persons[at->id].seat;
    int length = snprintf(name, sizeof name, "flipchart-%s=", board);
    memcpy(seat, name, (size_t)length);
    copy_value(got->head, got->head_length, name, ";\r", seat + length, sizeof persons->seat - (size_t)length);
    snprintf(path, sizeof path, "/b/%s", board);
    at->what = AT_THE_PAGE;
    ask(at, "GET", path, seat, AS_A_BROWSER, NULL);
}

static void follow(wire *at, const answer *got) {
    char page[HEAD_OF_A_PAGE + 1], seq[32], epoch[64], path[256];
    size_t length = read_page(got, page);
    page[length] = 0;
    copy_value(page, length, "data-seq=\"", "\"", seq, sizeof seq);
    copy_value(page, length, "data-epoch=\"", "\"", epoch, sizeof epoch);
    snprintf(path, sizeof path, "/b/%s/live?audience=everyone&language=en&since=%s&epoch=%s", board, seq, epoch);
    wire_dial(&following[at->id], at->id, FOLLOWER);
    ask_socket(&following[at->id], path, persons[at->id].seat);
}

static void answered(wire *at, const answer *got, double now) {
    static const int expected[] = {101, 200, 303, 200, 101};
    if (got->status != expected[at->what]) {
        fprintf(stderr, "load client: step %d of person %d was answered with %d\n", at->what, at->id, got->status);
        exit(1);
    }
    if (at->what == AT_THE_DOOR) {
        door_bytes += got->body_length;
        come_in(at);
    } else if (at->what == COMING_IN) {
        open_page(at, got);
    } else if (at->what == AT_THE_PAGE) {
        page_bytes += got->body_length;
        follow(at, got);
    } else if (at->what == FOLLOWER) {
        persons[at->id].open = now - began;
        inside++;
    } else {
        watching = 1;
    }
}

static void said(wire *at, const char *text, size_t length, double now) {
    (void)at, (void)text, (void)length, (void)now;
}

static void lost(wire *at) {
    if (at->what == AT_THE_DOOR || at->what == COMING_IN) give_up("somebody was not let in");
    if (at->what == FOLLOWER || at->what == WATCHER) lost_lines++;
}

int main(int count, char **all) {
    int pid = (int)number(count, all, "pid", 0);
    double settle = number(count, all, "settle", 2.5), patience = number(count, all, "patience", 60);
    const char *watch = given(count, all, "watch", NULL), *seat = given(count, all, "seat", NULL);
    people = (int)number(count, all, "people", 1000);
    board = given(count, all, "board", NULL);
    door = given(count, all, "door", NULL);
    wire_start(given(count, all, "host", "127.0.0.1"), (int)number(count, all, "port", 0),
               (hearing){answered, said, lost});
    browsing = calloc((size_t)people, sizeof *browsing);
    following = calloc((size_t)people, sizeof *following);
    persons = calloc((size_t)people, sizeof *persons);
    wire_dial(&watcher, 0, WATCHER);
    ask_socket(&watcher, watch, seat);
    while (!watching) wire_turn(100);
    step("watched");

    uint64_t before = heard.bytes, frames = heard.frames;
    double server = cpu_of(pid), own = cpu_of(0);
    began = seconds_now();
    for (int i = 0; i < people; i++) {
        wire_dial(&browsing[i], i, AT_THE_DOOR);
        ask(&browsing[i], "GET", door, NULL, AS_A_BROWSER, NULL);
    }
    while (inside < people && seconds_now() < began + patience) wire_turn(100);
    double took = seconds_now() - began, coming = cpu_of(pid) - server;
    while (seconds_now() < began + took + settle) wire_turn(100);

    double *times = calloc((size_t)people, sizeof *times);
    for (int i = 0; i < people; i++) times[i] = persons[i].open;
    qsort(times, (size_t)people, sizeof *times, ascending);
    step("result {\"inside\": %d, \"lost\": %d, \"seconds\": %.4f, \"half\": %.4f, \"bytes\": %llu, \"doors\": %llu, "
         "\"pages\": %llu, \"frames\": %llu, \"coming_cpu\": %.4f, \"server_cpu\": %.4f, \"own_cpu\": %.4f}",
         inside, lost_lines, took, quantile(times, (size_t)people, 0.5), (unsigned long long)(heard.bytes - before),
         (unsigned long long)door_bytes, (unsigned long long)page_bytes, (unsigned long long)(heard.frames - frames),
         coming, cpu_of(pid) - server, cpu_of(0) - own);
    return 0;
}

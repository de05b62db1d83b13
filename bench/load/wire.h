/* Connections of a load client: dialling, HTTP answers and WebSocket messages, all on one epoll. */
#ifndef WIRE_H
#define WIRE_H

#include <netinet/in.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

typedef struct wire wire;

typedef struct {
    int status;
    const char *head, *body;
    size_t head_length, body_length;
} answer;

/* What a program hears. `now` is CLOCK_MONOTONIC in seconds, read once for each read from a socket. */
typedef struct {
    void (*answered)(wire *, const answer *, double now);
    void (*said)(wire *, const char *text, size_t length, double now);
    void (*lost)(wire *);
} hearing;

struct wire {
    int fd;
    int id;           /* the program's own number for it */
    int what;         /* the program's own kind for it */
    bool open;        /* the dial succeeded */
    bool messages;    /* it has become a WebSocket */
    bool watched;     /* epoll tells when more can be sent */
    int close_code;   /* of a WebSocket that was closed by the server */
    char *kept, *out; /* what came and is not whole yet; what is still to be sent */
    size_t kept_length, kept_room, out_at, out_length, out_room;
};

typedef struct {
    uint64_t bytes, frames;
} traffic;

extern traffic heard;
extern bool wire_inflates; /* it says so when it asks for a socket, as browsers do */

double seconds_now(void);
double cpu_of(pid_t pid); /* seconds of CPU that a process has used, all its threads together; 0 is ourselves */
void wire_start(const char *host, int port, hearing to);
void wire_dial(wire *, int id, int what);
void wire_send(wire *, const char *text, size_t length);
void wire_hang_up(wire *);
void wire_watch_timer(int timer);
bool wire_turn(int most_milliseconds); /* true when the timer ran out */

/* A request; `cookie` may be NULL, `body` too. */
void ask(wire *, const char *method, const char *path, const char *cookie, const char *more, const char *body);
void ask_socket(wire *, const char *path, const char *cookie);

const char *header(const answer *, const char *name, size_t *length); /* NULL when it is not there */
const char *find(const char *in, size_t length, const char *what);

/* `name=value` arguments. */
const char *given(int count, char **all, const char *name, const char *otherwise);
double number(int count, char **all, const char *name, double otherwise);
char **lines_of(const char *path, int *count); /* of a file that the driver left; gives up where there are none */
_Noreturn void give_up(const char *why);

/* Tell the driver a line and wait for one: it measures the server meanwhile. */
void step(const char *format, ...) __attribute__((format(printf, 1, 2)));

int ascending(const void *, const void *); /* doubles, for qsort */
double quantile(const double *sorted, size_t count, double q);

#endif

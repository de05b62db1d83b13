/* Connections of a load client: dialling, HTTP answers and WebSocket messages, all on one epoll. */
#define _GNU_SOURCE
#include "wire.h"
#include "inflate.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

/* The key and the answer to it that RFC 6455 gives as an example (section 1.3). */
#define KEY "dGhlIHNhbXBsZSBub25jZQ=="
#define ACCEPT "s3pPLMBiTxaQ9kYGzzhZRbK+xOo="
#define UPGRADE "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: " KEY "\r\n"
#define INFLATES "Sec-WebSocket-Extensions: permessage-deflate\r\n"
#define AT_ONCE (256 * 1024)
#define EVENTS 512

traffic heard;
bool wire_inflates = true;
static int poll_fd, timer_fd = -1;
static struct sockaddr_in where;
static char host_name[64];
static hearing tell;
static char read_into[AT_ONCE];

double seconds_now(void) {
    struct timespec at;
    clock_gettime(CLOCK_MONOTONIC, &at);
    return (double)at.tv_sec + 1e-9 * (double)at.tv_nsec;
}

double cpu_of(pid_t pid) {
    clockid_t clock = CLOCK_PROCESS_CPUTIME_ID;
    struct timespec used;
    if (pid > 0 && clock_getcpuclockid(pid, &clock) != 0) give_up("the server's CPU clock cannot be read");
    clock_gettime(clock, &used);
    return (double)used.tv_sec + 1e-9 * (double)used.tv_nsec;
}

void give_up(const char *why) {
    fprintf(stderr, "load client: %s\n", why);
    exit(1);
}

static void *room(void *block, size_t size) {
    void *made = realloc(block, size);
    if (made == NULL) give_up("no memory");
    return made;
}

void wire_start(const char *host, int port, hearing to) {
    struct rlimit files;
    getrlimit(RLIMIT_NOFILE, &files);
    files.rlim_cur = files.rlim_max;
    setrlimit(RLIMIT_NOFILE, &files);
    setvbuf(stdout, NULL, _IOLBF, 0);
    where.sin_family = AF_INET;
    where.sin_port = htons((uint16_t)port);
    if (inet_pton(AF_INET, host, &where.sin_addr) != 1) give_up("the host is no IPv4 address");
    snprintf(host_name, sizeof host_name, "%s:%d", host, port);
    tell = to;
    poll_fd = epoll_create1(0);
    if (poll_fd < 0) give_up("no epoll");
}

static void watch(wire *at, int how, bool for_room) {
    struct epoll_event event = {.events = EPOLLIN | (for_room ? EPOLLOUT : 0), .data.ptr = at};
    at->watched = for_room;
    if (epoll_ctl(poll_fd, how, at->fd, &event) != 0) give_up("epoll_ctl failed");
}

void wire_watch_timer(int timer) {
    struct epoll_event event = {.events = EPOLLIN, .data.ptr = NULL};
    timer_fd = timer;
    if (epoll_ctl(poll_fd, EPOLL_CTL_ADD, timer, &event) != 0) give_up("epoll_ctl failed");
}

void wire_dial(wire *at, int id, int what) {
    int yes = 1;
    memset(at, 0, sizeof *at);
    at->id = id;
    at->what = what;
    at->fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (at->fd < 0) give_up("no more sockets: see ulimit -n");
    setsockopt(at->fd, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
    if (connect(at->fd, (struct sockaddr *)&where, sizeof where) != 0 && errno != EINPROGRESS) give_up("cannot connect");
    watch(at, EPOLL_CTL_ADD, true);
}

void wire_hang_up(wire *at) {
    if (at->fd < 0) return;
    close(at->fd);
    free(at->kept);
    free(at->out);
    at->kept = at->out = NULL;
    at->kept_length = at->kept_room = at->out_length = at->out_at = at->out_room = 0;
    at->fd = -1;
}

static void lose(wire *at) {
    wire_hang_up(at);
    tell.lost(at);
}

static void append(char **block, size_t *length, size_t *size, const char *text, size_t more) {
    if (*length + more > *size) {
        *size = (*length + more) * 2;
        *block = room(*block, *size);
    }
    memcpy(*block + *length, text, more);
    *length += more;
}

static void flush(wire *at) {
    while (at->out_at < at->out_length) {
        ssize_t sent = send(at->fd, at->out + at->out_at, at->out_length - at->out_at, MSG_NOSIGNAL);
        if (sent < 0) {
            if (errno != EAGAIN && errno != EINTR) return lose(at);
            if (!at->watched) watch(at, EPOLL_CTL_MOD, true);
            return;
        }
        at->out_at += (size_t)sent;
    }
    at->out_at = at->out_length = 0;
    if (at->watched) watch(at, EPOLL_CTL_MOD, false);
}

void wire_send(wire *at, const char *text, size_t length) {
    append(&at->out, &at->out_length, &at->out_room, text, length);
    if (at->open) flush(at);
}

/* One message of a WebSocket from the server; answers how many bytes it took, 0 when it is not whole. */
static size_t message(wire *at, const char *from, size_t length, double now) {
    const unsigned char *byte = (const unsigned char *)from;
    size_t head = 2, size;
    if (length < 2) return 0;
    size = byte[1] & 0x7f;
    if (byte[1] & 0x80) give_up("the server masked a frame");
    if (size == 126) head = 4;
    if (size == 127) head = 10;
    if (length < head) return 0;
    if (head > 2) {
        size = 0;
        for (size_t i = 2; i < head; i++) size = size << 8 | byte[i];
    }
    if (length - head < size) return 0;
    if (byte[0] == 0x81) {
        heard.frames++;
        tell.said(at, from + head, size, now);
    } else if (byte[0] == 0xc1 && wire_inflates) {
        size_t whole;
        const char *text = inflated(from + head, size, &whole);
        heard.frames++;
        tell.said(at, text, whole, now);
    } else if (byte[0] == 0x89 && size < 126) {
        char pong[6 + 125] = {(char)0x8a, (char)(0x80 | size), 0, 0, 0, 0}; /* masked with zeros */
        memcpy(pong + 6, from + head, size);
        wire_send(at, pong, 6 + size);
    } else if (byte[0] == 0x88) {
        at->close_code = size >= 2 ? byte[head] << 8 | byte[head + 1] : 1005;
    } else if (byte[0] != 0x8a) {
        give_up("a frame of a kind that Flipchart does not send");
    }
    return head + size;
}

const char *find(const char *in, size_t length, const char *what) {
    return memmem(in, length, what, strlen(what));
}

const char *header(const answer *from, const char *name, size_t *length) {
    const char *line = from->head, *end = from->head + from->head_length;
    size_t size = strlen(name);
    while (line < end) {
        const char *stop = find(line, (size_t)(end - line), "\r\n");
        if (stop == NULL) stop = end;
        if ((size_t)(stop - line) > size + 1 && line[size] == ':' && strncasecmp(line, name, size) == 0) {
            const char *value = line + size + 1;
            while (value < stop && *value == ' ') value++;
            *length = (size_t)(stop - value);
            return value;
        }
        line = stop + 2;
    }
    return NULL;
}

/* One HTTP answer; answers how many bytes it took, 0 when it is not whole. */
static size_t http(wire *at, const char *from, size_t length, double now) {
    const char *end = find(from, length, "\r\n\r\n"), *said;
    answer got = {0};
    size_t size;
    if (end == NULL) return 0;
    got.head = from;
    got.head_length = (size_t)(end - from) + 2;
    got.body = end + 4;
    if (sscanf(from, "HTTP/1.%*c %d", &got.status) != 1) give_up("an answer that is no HTTP");
    if ((said = header(&got, "content-length", &size)) != NULL) got.body_length = strtoul(said, NULL, 10);
    else if (header(&got, "transfer-encoding", &size)) give_up("chunked answers are not read here");
    if (length - (size_t)(got.body - from) < got.body_length) return 0;
    if (got.status == 101) {
        said = header(&got, "sec-websocket-accept", &size);
        if (said == NULL || size != strlen(ACCEPT) || memcmp(said, ACCEPT, size) != 0) give_up("a wrong handshake");
        at->messages = true;
    }
    tell.answered(at, &got, now);
    return (size_t)(got.body - from) + got.body_length;
}

static void take(wire *at, const char *from, size_t length, double now) {
    const char *first = from;
    bool was_kept = at->kept_length > 0;
    size_t took = 0;
    if (was_kept) {
        append(&at->kept, &at->kept_length, &at->kept_room, from, length);
        first = at->kept;
        length = at->kept_length;
    }
    while (took < length && at->fd >= 0) {
        size_t more = (at->messages ? message : http)(at, first + took, length - took, now);
        if (more == 0) break;
        took += more;
    }
    if (at->fd < 0) return;
    if (was_kept) {
        memmove(at->kept, at->kept + took, length - took);
        at->kept_length = length - took;
    } else if (took < length) {
        append(&at->kept, &at->kept_length, &at->kept_room, first + took, length - took);
    }
}

static void hear(wire *at) {
    ssize_t got = recv(at->fd, read_into, sizeof read_into, 0);
    if (got < 0 && (errno == EAGAIN || errno == EINTR)) return;
    if (got <= 0) return lose(at);
    heard.bytes += (uint64_t)got;
    take(at, read_into, (size_t)got, seconds_now());
}

bool wire_turn(int most_milliseconds) {
    static struct epoll_event events[EVENTS];
    bool rang = false;
    int count = epoll_wait(poll_fd, events, EVENTS, most_milliseconds);
    for (int i = 0; i < count; i++) {
        wire *at = events[i].data.ptr;
        uint64_t times;
        if (at == NULL) {
            rang = read(timer_fd, &times, sizeof times) > 0 || rang;
            continue;
        }
        if (at->fd >= 0 && events[i].events & (EPOLLERR | EPOLLHUP) && !at->open) {
            lose(at);
            continue;
        }
        if (at->fd >= 0 && events[i].events & EPOLLOUT) {
            at->open = true;
            flush(at);
        }
        if (at->fd >= 0 && events[i].events & (EPOLLIN | EPOLLHUP)) hear(at);
    }
    return rang;
}

void ask(wire *at, const char *method, const char *path, const char *cookie, const char *more, const char *body) {
    char head[4096];
    size_t size = body ? strlen(body) : 0;
    int length = snprintf(head, sizeof head, "%s %s HTTP/1.1\r\nHost: %s\r\n%s%s%s%s", method, path, host_name,
                          cookie ? "Cookie: " : "", cookie ? cookie : "", cookie ? "\r\n" : "", more ? more : "");
    if (body) {
        length += snprintf(head + length, sizeof head - (size_t)length,
                           "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: %zu\r\n", size);
    }
    length += snprintf(head + length, sizeof head - (size_t)length, "\r\n");
    if (length >= (int)sizeof head) give_up("a request that is too long");
    append(&at->out, &at->out_length, &at->out_room, head, (size_t)length);
    wire_send(at, body ? body : "", size);
}

void ask_socket(wire *at, const char *path, const char *cookie) {
    ask(at, "GET", path, cookie, wire_inflates ? UPGRADE INFLATES : UPGRADE, NULL);
}

const char *given(int count, char **all, const char *name, const char *otherwise) {
    size_t size = strlen(name);
    for (int i = 1; i < count; i++) {
        if (strncmp(all[i], name, size) == 0 && all[i][size] == '=') return all[i] + size + 1;
    }
    if (otherwise == NULL) give_up(name);
    return otherwise;
}

double number(int count, char **all, const char *name, double otherwise) {
    const char *value = given(count, all, name, "");
    return *value ? strtod(value, NULL) : otherwise;
}

char **lines_of(const char *path, int *count) {
    FILE *file = fopen(path, "r");
    char **lines = NULL, line[1024];
    int most = 0;
    if (file == NULL) give_up("a file of the driver's cannot be read");
    for (*count = 0; fgets(line, sizeof line, file) != NULL; ++*count) {
        if (*count == most) lines = room(lines, sizeof *lines * (size_t)(most = 2 * most + 64));
        line[strcspn(line, "\n")] = 0;
        lines[*count] = strdup(line);
    }
    fclose(file);
    if (*count == 0) give_up("a file of the driver's is empty");
    return lines;
}

void step(const char *format, ...) {
    char line[64];
    va_list facts;
    va_start(facts, format);
    vprintf(format, facts);
    va_end(facts);
    puts("");
    fflush(stdout);
    if (fgets(line, sizeof line, stdin) == NULL) give_up("nobody drives");
}

int ascending(const void *one, const void *other) {
    double a = *(const double *)one, b = *(const double *)other;
    return (a > b) - (a < b);
}

double quantile(const double *sorted, size_t count, double q) {
    return count ? sorted[(size_t)(q * (double)(count - 1) + 0.5)] : 0;
}

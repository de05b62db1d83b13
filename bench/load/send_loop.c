/* The floor: N sockets are given the same frame again and again with one send() each, and nothing else is done. */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

static const char HELLO[] = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                            "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n";

static void rest(double seconds) {
    struct timespec pause = {(time_t)seconds, (long)(1e9 * (seconds - (double)(time_t)seconds))};
    nanosleep(&pause, NULL);
}

int main(int count, char **all) {
    if (count != 5) return 2;
    int sockets = atoi(all[1]), passes = atoi(all[2]), size = atoi(all[3]), yes = 1;
    double pause = atof(all[4]);
    struct sockaddr_in here = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t length = sizeof here;
    int *open = calloc((size_t)sockets, sizeof *open), listener = socket(AF_INET, SOCK_STREAM, 0);
    char *frame = malloc((size_t)size + 4), heard[4096];
    struct rlimit files;
    getrlimit(RLIMIT_NOFILE, &files);
    files.rlim_cur = files.rlim_max;
    setrlimit(RLIMIT_NOFILE, &files);
    if (open == NULL || frame == NULL || bind(listener, (struct sockaddr *)&here, sizeof here) != 0) return 1;
    listen(listener, 2048);
    getsockname(listener, (struct sockaddr *)&here, &length);
    printf("%d\n", ntohs(here.sin_port));
    fflush(stdout);
    memset(frame, 'x', (size_t)size + 4);
    memcpy(frame, (unsigned char[]){0x81, 126, (unsigned char)(size >> 8), (unsigned char)size}, 4);
    for (int i = 0; i < sockets; i++) {
        open[i] = accept(listener, NULL, NULL);
        setsockopt(open[i], IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
        if (recv(open[i], heard, sizeof heard, 0) <= 0) return 1;
        if (send(open[i], HELLO, sizeof HELLO - 1, MSG_NOSIGNAL) < 0) return 1;
    }
    rest(1.0);
    for (int pass = 0; pass < passes; pass++) {
        for (int i = 0; i < sockets; i++) {
            if (send(open[i], frame, (size_t)size + 4, MSG_NOSIGNAL) != size + 4) return 1;
        }
        rest(pause);
    }
    for (;;) rest(60);
}

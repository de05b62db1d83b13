/* Deflated messages (RFC 7692). A thousand connections of one client get the same bytes: those are inflated once. */
#include "inflate.h"
#include "wire.h"

#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#define KEPT 16
#define MOST (8u << 20)

typedef struct {
    char *packed, *text;
    size_t packed_length, length;
} message;

static message kept[KEPT];
static unsigned next;

static void unpack(message *into, const char *body, size_t size) {
    static char *room;
    z_stream stream = {0};
    if (room == NULL && (room = malloc(MOST)) == NULL) give_up("no memory");
    free(into->packed);
    free(into->text);
    into->packed = malloc(size + 4);
    if (into->packed == NULL) give_up("no memory");
    memcpy(into->packed, body, size);
    memcpy(into->packed + size, "\0\0\xff\xff", 4); /* what a message is sent without (7.2.2) */
    into->packed_length = size;
    stream.next_in = (Bytef *)into->packed;
    stream.avail_in = (uInt)size + 4;
    stream.next_out = (Bytef *)room;
    stream.avail_out = MOST;
    if (inflateInit2(&stream, -MAX_WBITS) != Z_OK) give_up("no memory to inflate");
    if (inflate(&stream, Z_SYNC_FLUSH) != Z_OK || stream.avail_in > 0) give_up("a message that cannot be inflated");
    into->length = MOST - stream.avail_out;
    inflateEnd(&stream);
    into->text = malloc(into->length + 1);
    if (into->text == NULL) give_up("no memory");
    memcpy(into->text, room, into->length);
}

const char *inflated(const char *body, size_t size, size_t *length) {
    for (unsigned back = 1; back <= KEPT; back++) {
        message *known = &kept[(next + KEPT - back) % KEPT];
        if (known->packed_length == size && known->packed != NULL && memcmp(known->packed, body, size) == 0) {
            *length = known->length;
            return known->text;
        }
    }
    message *into = &kept[next];
    next = (next + 1) % KEPT;
    unpack(into, body, size);
    *length = into->length;
    return into->text;
}

/* A broadcaster over WebSocket with nothing else in it: the yardstick for what this machine's kernel allows.
 *
 *     gcc -O2 -Wall -Wextra -Werror -o broadcaster broadcaster.c && ./broadcaster PORT
 *
 * One thread, one epoll, level-triggered. A room is the path of the request (GET /lobby); what one sends goes to all
 * in the room, the sender too. One turn of the loop reads every socket that has something and frames each message
 * once, into the room's batch; at the turn's end the batch goes to every socket of the room in one send. So one post
 * at a time costs one send a socket, and under load many posts share it. What would block waits in the socket's own
 * outbox until there is room. An idle socket keeps no buffer at all.
 *
 * Left out, since a chat's clients do not need it here: TLS, compression, messages in fragments (1003), the check
 * that a text is UTF-8. Frames: RFC 6455, section 5. */

#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include "handshake.h"

enum {
    TURN = 512,               /* sockets in one turn */
    READ = 16 << 10,          /* bytes from one socket in one turn, so that none keeps the others waiting */
    LARGEST = (64 << 10) - 1, /* bytes of the largest message; a longer one ends the connection with 1009 */
    OUTBOX = 4 << 20,         /* bytes that may wait for one socket; one that falls further behind is closed */
    BUCKETS = 8192,           /* of the table of rooms */
    LONGEST_PATH = 127,
};

enum { CONTINUATION = 0, TEXT = 1, BINARY = 2, CLOSE = 8, PING = 9, PONG = 10 };
enum { PROTOCOL_ERROR = 1002, UNSUPPORTED = 1003, TOO_BIG = 1009 };

typedef struct { uint8_t *at; size_t length, capacity; } Bytes;

typedef struct Socket Socket;
typedef struct Room Room;

struct Socket {
    int fd;                   /* -1 when it is closed; it is freed at the turn's end, when no event can name it */
    Room *room;               /* none before the upgrade */
    size_t seat;              /* its place among the room's members */
    Bytes inbox, outbox;      /* the beginning of a frame; what would have blocked */
    size_t sent;              /* so much of the outbox has left */
    Socket *next_closed;
};

struct Room {
    char path[LONGEST_PATH + 1];
    Socket **members;
    size_t count, capacity;
    Bytes batch;              /* this turn's messages, framed */
    bool waiting;             /* it is in the list of rooms that have a batch */
    Room *next_waiting, *next_in_bucket;
};

static int epoll;
static Room *rooms[BUCKETS], *waiting;
static Socket *closed;

static void die(const char *what) { perror(what); exit(1); }

static void *grown(void *memory, size_t size) {
    memory = realloc(memory, size);
    if (!memory) die("memory");
    return memory;
}

/* Room for so many bytes more; the caller fills them. */
static uint8_t *more(Bytes *bytes, size_t length) {
    if (bytes->length + length > bytes->capacity) {
        bytes->capacity = (bytes->length + length) * 2;
        bytes->at = grown(bytes->at, bytes->capacity);
    }
    bytes->length += length;
    return bytes->at + bytes->length - length;
}

static void append(Bytes *bytes, const void *data, size_t length) {
    if (length) memcpy(more(bytes, length), data, length);
}

static void forget(Bytes *bytes) {
    free(bytes->at);
    *bytes = (Bytes){0};
}

/* ---- rooms ---- */

static Room *room_at(const char *path) {
    uint32_t hash = 2166136261;                                   /* FNV-1a */
    for (const char *c = path; *c; c++) hash = (hash ^ (uint8_t)*c) * 16777619;
    Room **bucket = &rooms[hash % BUCKETS];
    for (Room *room = *bucket; room; room = room->next_in_bucket)
        if (!strcmp(room->path, path)) return room;

    Room *room = grown(NULL, sizeof *room);
    *room = (Room){ .next_in_bucket = *bucket };
    strcpy(room->path, path);
    return *bucket = room;
}

static void enter(Socket *socket, Room *room) {
    if (room->count == room->capacity) {
        room->capacity = room->capacity ? room->capacity * 2 : 4;
        room->members = grown(room->members, room->capacity * sizeof *room->members);
    }
    socket->room = room;
    socket->seat = room->count;
    room->members[room->count++] = socket;
}

static void leave(Socket *socket) {
    Room *room = socket->room;
    Socket *last = room->members[--room->count];
    room->members[socket->seat] = last;
    last->seat = socket->seat;
}

/* ---- writing ---- */

static void watch(Socket *socket, uint32_t events) {
    struct epoll_event event = { .events = events, .data.ptr = socket };
    if (epoll_ctl(epoll, EPOLL_CTL_MOD, socket->fd, &event)) die("epoll_ctl");
}

static void close_socket(Socket *socket) {
    if (socket->fd < 0) return;
    close(socket->fd);
    socket->fd = -1;
    if (socket->room) leave(socket);
    forget(&socket->inbox);
    forget(&socket->outbox);
    socket->next_closed = closed;
    closed = socket;
}

/* Sends at once what the kernel takes; the rest waits. May close the socket. */
static void write_to(Socket *socket, const uint8_t *data, size_t length) {
    if (socket->fd < 0) return;
    bool behind = socket->outbox.length > 0;
    if (!behind) {
        ssize_t sent = send(socket->fd, data, length, MSG_NOSIGNAL);
        if (sent < 0 && errno != EAGAIN) { close_socket(socket); return; }
        if (sent > 0) data += sent, length -= sent;
        if (!length) return;
    }
    if (socket->outbox.length - socket->sent + length > OUTBOX) { close_socket(socket); return; }
    append(&socket->outbox, data, length);
    if (!behind) watch(socket, EPOLLIN | EPOLLOUT);
}

/* The socket takes bytes again. */
static void drain(Socket *socket) {
    Bytes *outbox = &socket->outbox;
    ssize_t sent = send(socket->fd, outbox->at + socket->sent, outbox->length - socket->sent, MSG_NOSIGNAL);
    if (sent < 0) {
        if (errno != EAGAIN) close_socket(socket);
        return;
    }
    socket->sent += sent;
    if (socket->sent > outbox->length / 2) {                      /* seldom, so that a byte is moved once at most */
        outbox->length -= socket->sent;
        memmove(outbox->at, outbox->at + socket->sent, outbox->length);
        socket->sent = 0;
    }
    if (outbox->length) return;
    forget(outbox);
    watch(socket, EPOLLIN);
}

/* A server's frame: whole and unmasked. */
static void frame(Bytes *to, int opcode, size_t length) {
    uint8_t small[2] = { 0x80 | opcode, length }, large[4] = { 0x80 | opcode, 126, length >> 8, length };
    if (length < 126) append(to, small, sizeof small);
    else append(to, large, sizeof large);
}

/* Appends a client's payload, unmasked, eight bytes at a time. */
static void unmask(Bytes *to, const uint8_t *payload, size_t length, const uint8_t mask[4]) {
    uint8_t *at = more(to, length);
    uint64_t key, word;
    memcpy(&key, mask, 4);
    memcpy((uint8_t *)&key + 4, mask, 4);
    size_t i = 0;
    for (; i + 8 <= length; i += 8) {
        memcpy(&word, payload + i, 8);
        word ^= key;
        memcpy(at + i, &word, 8);
    }
    for (; i < length; i++) at[i] = payload[i] ^ mask[i & 3];
}

/* An answer to this socket alone: a pong, or the close frame that a client's own asks for. */
static void answer(Socket *socket, int opcode, const uint8_t *payload, size_t length, const uint8_t mask[4]) {
    Bytes bytes = {0};
    frame(&bytes, opcode, length);
    unmask(&bytes, payload, length, mask);
    write_to(socket, bytes.at, bytes.length);
    forget(&bytes);
}

static void end(Socket *socket, int code) {
    uint8_t reason[2] = { code >> 8, code };
    answer(socket, CLOSE, reason, 2, (uint8_t[4]){0});
    close_socket(socket);
}

/* The turn's messages, to all who are in the room. Backwards, since a socket that dies gives its seat to the last. */
static void broadcast(Room *room) {
    for (size_t i = room->count; i-- > 0;) write_to(room->members[i], room->batch.at, room->batch.length);
    forget(&room->batch);
    room->waiting = false;
}

/* ---- the upgrade (RFC 6455, section 4.2) ---- */

/* Enters the room that the request names. How many bytes the request had; 0 when it is not yet whole, or refused. */
static size_t upgrade(Socket *socket, const uint8_t *data, size_t length) {
    static const char refusal[] = "HTTP/1.1 426 Upgrade Required\r\nUpgrade: websocket\r\nConnection: close\r\n"
                                  "Content-Length: 0\r\n\r\n";
    const uint8_t *blank = memmem(data, length, "\r\n\r\n", 4);
    if (!blank && length < READ) return 0;

    char request[READ + 1], path[LONGEST_PATH + 1], key[25], accept[29], reply[160];
    size_t size = blank ? blank + 4 - data : 0;
    if (size > READ) size = 0;
    memcpy(request, data, size);
    request[size] = 0;
    const char *header = strcasestr(request, "\r\nSec-WebSocket-Key:");
    if (sscanf(request, "GET %127s HTTP/1.1", path) != 1 || !header || sscanf(header + 20, " %24s", key) != 1) {
        write_to(socket, (const uint8_t *)refusal, sizeof refusal - 1);
        close_socket(socket);
        return 0;
    }

    accept_key(key, accept);
    int written = sprintf(reply, "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                                 "Sec-WebSocket-Accept: %s\r\n\r\n", accept);
    write_to(socket, (const uint8_t *)reply, written);
    if (socket->fd < 0) return 0;
    enter(socket, room_at(path));
    return size;
}

/* ---- reading ---- */

static void post(Room *room, int opcode, const uint8_t *payload, size_t length, const uint8_t mask[4]) {
    frame(&room->batch, opcode, length);
    unmask(&room->batch, payload, length, mask);
    if (room->waiting) return;
    room->waiting = true;
    room->next_waiting = waiting;
    waiting = room;
}

/* Takes one frame. How many bytes it had; 0 when it is not yet whole, or the connection has ended. */
static size_t take(Socket *socket, const uint8_t *data, size_t available) {
    if (available < 2) return 0;
    int opcode = data[0] & 15;
    size_t length = data[1] & 127, header = 6;
    if (data[0] & 0x70 || !(data[1] & 0x80)) { end(socket, PROTOCOL_ERROR); return 0; }
    if (length == 127) { end(socket, TOO_BIG); return 0; }
    if (length == 126) {
        if (available < 4) return 0;
        length = data[2] << 8 | data[3], header = 8;
    }
    bool control = opcode & 8, whole = data[0] & 0x80;
    if (control && (length > 125 || !whole)) { end(socket, PROTOCOL_ERROR); return 0; }
    if (!control && (opcode == CONTINUATION || !whole)) { end(socket, UNSUPPORTED); return 0; }
    if (available < header + length) return 0;

    const uint8_t *mask = data + header - 4, *payload = data + header;
    switch (opcode) {
    case TEXT: case BINARY: post(socket->room, opcode, payload, length, mask); break;
    case PING: answer(socket, PONG, payload, length, mask); break;
    case PONG: break;
    case CLOSE: answer(socket, CLOSE, payload, length, mask); close_socket(socket); break;
    default: end(socket, PROTOCOL_ERROR);
    }
    return socket->fd < 0 ? 0 : header + length;
}

/* Reads what is there, takes every whole request and frame of it, and keeps the beginning of the next. */
static void read_from(Socket *socket) {
    static uint8_t data[LARGEST + READ + 8];                      /* a frame but for its last byte, and what comes now */
    size_t length = socket->inbox.length, taken = 0, one;
    if (length) memcpy(data, socket->inbox.at, length);
    ssize_t got = recv(socket->fd, data + length, READ, 0);
    if (got < 0 && errno == EAGAIN) return;
    if (got <= 0) { close_socket(socket); return; }
    length += got;

    do {
        one = socket->room ? take(socket, data + taken, length - taken) : upgrade(socket, data, length);
        taken += one;
    } while (one && taken < length);
    if (socket->fd < 0) return;
    forget(&socket->inbox);
    append(&socket->inbox, data + taken, length - taken);
}

static void accept_all(int listener) {
    for (int fd; (fd = accept4(listener, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC)) >= 0;) {
        setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &(int){1}, sizeof(int));
        Socket *socket = grown(NULL, sizeof *socket);
        *socket = (Socket){ .fd = fd };
        struct epoll_event event = { .events = EPOLLIN, .data.ptr = socket };
        if (epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &event)) die("epoll_ctl");
    }
    if (errno != EAGAIN && errno != ECONNABORTED) die("accept");      /* too few files would spoil every figure */
}

static int listen_on(int port) {
    int listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    struct sockaddr_in address = { .sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &(int){1}, sizeof(int));
    if (bind(listener, (struct sockaddr *)&address, sizeof address) || listen(listener, SOMAXCONN)) die("listen");
    return listener;
}

int main(int count, char **arguments) {
    if (count != 2) { fprintf(stderr, "usage: %s PORT\n", arguments[0]); return 2; }
    struct rlimit files;
    getrlimit(RLIMIT_NOFILE, &files);
    files.rlim_cur = files.rlim_max;
    setrlimit(RLIMIT_NOFILE, &files);

    epoll = epoll_create1(EPOLL_CLOEXEC);
    int listener = listen_on(atoi(arguments[1]));
    struct epoll_event event = { .events = EPOLLIN, .data.ptr = NULL }, events[TURN];
    if (epoll < 0 || epoll_ctl(epoll, EPOLL_CTL_ADD, listener, &event)) die("epoll");

    for (;;) {
        int ready = epoll_wait(epoll, events, TURN, -1);
        if (ready < 0 && errno != EINTR) die("epoll_wait");
        for (int i = 0; i < ready; i++) {
            Socket *socket = events[i].data.ptr;
            if (!socket) { accept_all(listener); continue; }
            if (socket->fd >= 0 && events[i].events & EPOLLOUT) drain(socket);
            if (socket->fd >= 0 && events[i].events & ~EPOLLOUT) read_from(socket);
        }
        for (Room *room; (room = waiting); waiting = room->next_waiting) broadcast(room);
        for (Socket *socket; (socket = closed); free(socket)) closed = socket->next_closed;
    }
}

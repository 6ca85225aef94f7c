/*
 * A NameServer with nothing behind it: canned bodies, the right opaque, one thread; so that the client is what a bench measures.
 *
 *   responder BODIES [DELAY_US]
 *
 * BODIES is a folder with `TOPIC.json` (fastjson's form) and `TOPIC.std.json` (standard JSON) for each topic below; every answer waits
 * DELAY_US microseconds (0). Listens on a free loopback port, prints it, and ends when its stdin does: it never outlives its bench.
 */
#ifdef __linux__
#define _GNU_SOURCE /* ppoll, memmem */
#endif
#include "wire.h"

#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <signal.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { MAX_CONNECTIONS = 256, MAX_FRAME = 1 << 24, COMPACT_AT = 1 << 20 };

typedef struct { const char *topic; Buffer fastjson, standard; } Canned;
typedef struct { int64_t due; size_t end; } Held; /* out[..end) may leave at `due` */
typedef struct { Buffer in, out; size_t sent, ready; Held *held; size_t first, last, room; } Connection;

static Canned canned[] = { { .topic = "small" }, { .topic = "mid" }, { .topic = "large" }, { .topic = "cluster" } };
enum { TOPICS = sizeof canned / sizeof *canned };
static Connection connections[MAX_CONNECTIONS];
static struct pollfd polled[2 + MAX_CONNECTIONS]; /* stdin, the listener, one a connection */
static int connected;
static int64_t delay_ns;

static int64_t now_ns(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec * INT64_C(1000000000) + t.tv_nsec;
}

static const Buffer *body_of(const Request *r) {
  static const Buffer none;
  if (r->code == CLUSTER) return &canned[TOPICS - 1].fastjson; /* 106 is never written in standard JSON */
  for (int i = 0; r->topic && i < TOPICS - 1; i++) {
    if (strlen(canned[i].topic) != r->topic_length || memcmp(canned[i].topic, r->topic, r->topic_length)) continue;
    return r->standard || r->version >= STANDARD_JSON_SINCE ? &canned[i].standard : &canned[i].fastjson;
  }
  return &none;
}

static void hold(Connection *c) {
  if (c->last == c->room && c->first > c->room / 2) {
    memmove(c->held, c->held + c->first, (c->last - c->first) * sizeof *c->held);
    c->last -= c->first, c->first = 0;
  }
  if (c->last == c->room) {
    c->room = c->room ? c->room * 2 : 1024;
    if (!(c->held = realloc(c->held, c->room * sizeof *c->held))) die("realloc");
  }
  c->held[c->last++] = (Held){ now_ns() + delay_ns, c->out.length };
}

/* Answers every whole frame; gives -1 for a length that no frame has. */
static int serve(Connection *c) {
  size_t at = 0;
  while (c->in.length - at >= 8) {
    const char *frame = c->in.bytes + at;
    uint32_t length = u32(frame), word = u32(frame + 4), header = word & 0xffffff;
    if (length > MAX_FRAME || length < 4 || header > length - 4) return -1;
    if (c->in.length - at < 4 + (size_t)length) { reserve(&c->in, 4 + (size_t)length); break; }
    Request r = word >> 24 ? read_rocketmq(frame + 8, header) : read_json(frame + 8, header);
    at += 4 + (size_t)length;
    if (r.flag & ONEWAY) continue;
    write_answer(&c->out, &r, body_of(&r));
    if (delay_ns) hold(c);
  }
  c->in.length -= at;
  memmove(c->in.bytes, c->in.bytes + at, c->in.length);
  if (!delay_ns) c->ready = c->out.length;
  return 0;
}

/* Moves what is unsent to the front: under a steady load with a delay the buffer never runs dry. */
static void compact(Connection *c) {
  c->out.length -= c->sent, c->ready -= c->sent;
  memmove(c->out.bytes, c->out.bytes + c->sent, c->out.length);
  for (size_t i = c->first; i < c->last; i++) c->held[i].end -= c->sent;
  c->sent = 0;
}

/* Sends what is due; gives -1 when the peer is gone. */
static int flush(int fd, Connection *c) {
  int64_t now = c->first < c->last ? now_ns() : 0;
  while (c->first < c->last && c->held[c->first].due <= now) c->ready = c->held[c->first++].end;
  while (c->sent < c->ready) {
    ssize_t n = send(fd, c->out.bytes + c->sent, c->ready - c->sent, 0);
    if (n < 0 && errno == EAGAIN) break;
    if (n < 0) return -1;
    c->sent += (size_t)n;
  }
  if (c->sent && (c->sent == c->out.length || c->sent > COMPACT_AT + c->out.length / 2)) compact(c);
  return 0;
}

static int receive(int fd, Connection *c) {
  reserve(&c->in, 1 << 16);
  ssize_t n = recv(fd, c->in.bytes + c->in.length, c->in.capacity - c->in.length, 0);
  if (n < 0 && errno == EAGAIN) return 0;
  if (n <= 0) return -1;
  c->in.length += (size_t)n;
  return serve(c);
}

static void open_connection(int listener) {
  int fd = accept(listener, NULL, NULL), one = 1;
  if (fd < 0) return;
  if (connected == MAX_CONNECTIONS) { close(fd); return; }
  fcntl(fd, F_SETFL, O_NONBLOCK);
  setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
  connections[connected] = (Connection){ 0 };
  polled[2 + connected++] = (struct pollfd){ .fd = fd };
}

static void close_connection(int i) {
  close(polled[2 + i].fd);
  free(connections[i].in.bytes), free(connections[i].out.bytes), free(connections[i].held);
  connections[i] = connections[--connected];
  polled[2 + i] = polled[2 + connected];
}

static void wait_for_events(void) {
  int64_t due = INT64_MAX;
  for (int i = 0; i < connected; i++) {
    Connection *c = &connections[i];
    polled[2 + i].events = POLLIN | (c->sent < c->ready ? POLLOUT : 0);
    if (c->first < c->last && c->held[c->first].due < due) due = c->held[c->first].due;
  }
  int64_t wait = due == INT64_MAX ? INT64_MAX : due - now_ns();
  if (wait < 0) wait = 0;
#ifdef __linux__
  struct timespec t = { wait / 1000000000, wait % 1000000000 };
  int n = ppoll(polled, (nfds_t)(2 + connected), wait == INT64_MAX ? NULL : &t, NULL);
#else
  int n = poll(polled, (nfds_t)(2 + connected), wait == INT64_MAX ? -1 : (int)((wait + 999999) / 1000000));
#endif
  if (n < 0 && errno != EINTR) die("poll");
}

static int listen_on_loopback(void) {
  struct sockaddr_in a = { .sin_family = AF_INET };
  socklen_t length = sizeof a;
  int fd = socket(AF_INET, SOCK_STREAM, 0);
  a.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (fd < 0 || bind(fd, (void *)&a, sizeof a) || listen(fd, 128) || getsockname(fd, (void *)&a, &length)) die("listen");
  printf("%d\n", ntohs(a.sin_port));
  fflush(stdout);
  return fd;
}

static void load(Buffer *b, const char *folder, const char *topic, const char *suffix) {
  char path[4096];
  snprintf(path, sizeof path, "%s/%s%s", folder, topic, suffix);
  FILE *f = fopen(path, "rb");
  if (!f) die(path);
  for (size_t n = 1; n > 0; b->length += n) {
    reserve(b, 1 << 16);
    n = fread(b->bytes + b->length, 1, 1 << 16, f);
  }
  fclose(f);
}

int main(int argc, char **argv) {
  if (argc < 2) { fputs("usage: responder BODIES [DELAY_US]\n", stderr); return 2; }
  delay_ns = argc > 2 ? atoll(argv[2]) * 1000 : 0;
  for (int i = 0; i < TOPICS; i++) {
    load(&canned[i].fastjson, argv[1], canned[i].topic, ".json");
    load(&canned[i].standard, argv[1], canned[i].topic, ".std.json");
  }
  signal(SIGPIPE, SIG_IGN);
  polled[0] = (struct pollfd){ .fd = 0, .events = POLLIN };
  polled[1] = (struct pollfd){ .fd = listen_on_loopback(), .events = POLLIN };
  for (char ignored[256];;) {
    wait_for_events();
    if (polled[0].revents && read(0, ignored, sizeof ignored) <= 0) return 0;
    for (int i = connected - 1; i >= 0; i--) { /* downwards: closing moves the last one into the gap */
      int readable = polled[2 + i].revents & ~POLLOUT, fd = polled[2 + i].fd;
      if ((readable && receive(fd, &connections[i]) < 0) || flush(fd, &connections[i]) < 0) close_connection(i);
    }
    if (polled[1].revents) open_connection(polled[1].fd);
  }
}

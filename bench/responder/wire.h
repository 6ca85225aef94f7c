/* What the responder knows of the wire: a request read, an answer written. The frame is in the project's own protocol/frame.ts. */
#ifndef WIRE_H
#define WIRE_H

#include <arpa/inet.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ROUTE = 105, CLUSTER = 106, ONEWAY = 2, SUCCESS = 0, NOT_SUPPORTED = 3, TOPIC_NOT_EXIST = 17 };
/* MQVersion of 4.9.4, the first release whose clients read standard JSON: from it on 105 is answered so. */
enum { STANDARD_JSON_SINCE = 401, FIRST_BUFFER = 1 << 18 };

typedef struct { char *bytes; size_t length, capacity; } Buffer;
typedef struct { int code, version, flag, standard; int32_t opaque; const char *topic; size_t topic_length; } Request;

static void die(const char *what) { perror(what); exit(1); }

static void reserve(Buffer *b, size_t more) {
  if (b->length + more <= b->capacity) return;
  while (b->length + more > b->capacity) b->capacity = b->capacity ? b->capacity * 2 : FIRST_BUFFER;
  if (!(b->bytes = realloc(b->bytes, b->capacity))) die("realloc");
}

static void append(Buffer *b, const void *bytes, size_t length) {
  reserve(b, length);
  memcpy(b->bytes + b->length, bytes, length);
  b->length += length;
}

static void append_u32(Buffer *b, uint32_t value) { value = htonl(value); append(b, &value, 4); }
static uint32_t u32(const char *p) { uint32_t v; memcpy(&v, p, 4); return ntohl(v); }
static int i16(const char *p) { uint16_t v; memcpy(&v, p, 2); return (int16_t)ntohs(v); }

/* Where the value of a key begins, past its quote; NULL where the key is absent. Enough for headers without `"key":` inside a value. */
static const char *value_of(const char *header, size_t length, const char *key, size_t key_length) {
  const char *p = memmem(header, length, key, key_length), *end = header + length;
  if (!p) return NULL;
  for (p += key_length; p < end && (*p == ' ' || *p == '"'); p++) {}
  return p;
}
#define VALUE(header, length, name) value_of(header, length, "\"" name "\":", sizeof "\"" name "\":" - 1)

static int number_at(const char *p, const char *end) {
  int negative = p && p < end && *p == '-';
  uint32_t n = 0;
  if (!p) return 0;
  for (p += negative; p < end && *p >= '0' && *p <= '9'; p++) n = n * 10 + (uint32_t)(*p - '0');
  return (int)(negative ? 0 - n : n);
}

static Request read_json(const char *h, size_t length) {
  const char *end = h + length, *strict = VALUE(h, length, "acceptStandardJsonOnly");
  Request r = {
    .code = number_at(VALUE(h, length, "code"), end),
    .version = number_at(VALUE(h, length, "version"), end),
    .flag = number_at(VALUE(h, length, "flag"), end),
    .opaque = number_at(VALUE(h, length, "opaque"), end),
    .standard = strict && strict < end && *strict == 't',
    .topic = VALUE(h, length, "topic"),
  };
  if (r.topic) while (r.topic + r.topic_length < end && r.topic[r.topic_length] != '"') r.topic_length++;
  return r;
}

/* i16 code | u8 language | i16 version | i32 opaque | i32 flag | i32 length, remark | i32 length, { i16 length, key | i32 length, value }* */
static Request read_rocketmq(const char *h, size_t length) {
  if (length < 21) return (Request){ .flag = ONEWAY };
  Request r = { .code = i16(h), .version = i16(h + 3), .opaque = (int32_t)u32(h + 5), .flag = (int)u32(h + 9) };
  size_t at = 17 + (size_t)u32(h + 13) + 4; /* past the remark and the length of extFields */
  while (at + 6 <= length) {
    size_t key_length = (uint16_t)i16(h + at);
    const char *key = h + at + 2, *value = key + key_length + 4;
    if (at + 6 + key_length > length) break;
    size_t value_length = u32(key + key_length);
    at += 6 + key_length + value_length;
    if (at > length) break;
    if (key_length == 5 && !memcmp(key, "topic", 5)) r.topic = value, r.topic_length = value_length;
    if (key_length == 22 && !memcmp(key, "acceptStandardJsonOnly", 22)) r.standard = value_length == 4 && *value == 't';
  }
  return r;
}

/* As 5.3.3 does, the header is JSON whatever the request's was. */
static void write_answer(Buffer *out, const Request *r, const Buffer *body) {
  int known = r->code == ROUTE || r->code == CLUSTER;
  int code = !known ? NOT_SUPPORTED : body->length ? SUCCESS : TOPIC_NOT_EXIST;
  const char *remark = !known ? ",\"remark\":\" request type not supported\"" : body->length ? "" : ",\"remark\":\"No topic route info\"";
  char header[256];
  int length = snprintf(header, sizeof header,
    "{\"code\":%d,\"flag\":1,\"language\":\"JAVA\",\"opaque\":%d%s,\"serializeTypeCurrentRPC\":\"JSON\",\"version\":479}",
    code, r->opaque, remark);
  append_u32(out, (uint32_t)(4 + length + (int)body->length));
  append_u32(out, (uint32_t)length);
  append(out, header, (size_t)length);
  if (body->length) append(out, body->bytes, body->length);
}

#endif

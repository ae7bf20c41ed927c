//===- ringbuf-reader.c - Read the events of an object's ring buffer
//-------===//
// SPDX-License-Identifier: MIT
//===----------------------------------------------------------------------===//
//
//   ringbuf-reader OBJECT PROGRAM MAP PACKET COUNT STAMP SEQUENCE [PRINT]
//
// Runs PROGRAM COUNT times on PACKET, given in hexadecimal, while it reads the
// ring buffer MAP as any consumer would, with ring_buffer__poll in another
// thread. Each time the number of the run, from 0, stands in the packet at the
// offset STAMP as 32 bits in network order; events are expected to hold it, as
// 32 bits in the machine's order, at the offset SEQUENCE. Prints the first
// PRINT events as hexadecimal words, 4 bytes each, and in the end what arrived.
// Fails when an event is lost, doubled, out of order or too short.
//
//===----------------------------------------------------------------------===//

#define _GNU_SOURCE
#include <arpa/inet.h>
#include <bpf/bpf.h>
#include <bpf/libbpf.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { MaxPacket = 2048, Burst = 50, PauseMicroseconds = 1000, WaitMs = 100 };

struct Reader {
  unsigned sequenceOffset;
  unsigned printed;
  unsigned count;
  unsigned expected;
  unsigned lost;
  unsigned disordered;
  unsigned malformed;
  size_t smallest;
  size_t largest;
  struct ring_buffer *ring;
  atomic_bool done;
};

static void printEvent(const unsigned *words, size_t size) {
  printf("event");
  for (size_t i = 0; i < size / sizeof(*words); ++i)
    printf(" %08x", words[i]);
  putchar('\n');
}

/// Takes one event; libbpf calls it.
static int takeEvent(void *context, void *data, size_t size) {
  struct Reader *reader = context;
  unsigned sequence;
  if (size < reader->sequenceOffset + sizeof(sequence)) {
    ++reader->malformed;
    return 0;
  }
  if (reader->count == 0 || size < reader->smallest)
    reader->smallest = size;
  if (size > reader->largest)
    reader->largest = size;
  if (reader->count++ < reader->printed)
    printEvent(data, size);
  memcpy(&sequence, (char *)data + reader->sequenceOffset, sizeof(sequence));
  if (sequence < reader->expected)
    ++reader->disordered;
  else
    reader->lost += sequence - reader->expected;
  reader->expected = sequence + 1;
  return 0;
}

/// Polls until the sender is done and nothing more is there.
static void *consume(void *argument) {
  struct Reader *reader = argument;
  while (!atomic_load(&reader->done))
    ring_buffer__poll(reader->ring, WaitMs);
  ring_buffer__consume(reader->ring);
  return NULL;
}

/// Reads hexadecimal digits; returns the number of bytes, 0 for bad ones.
static size_t readPacket(const char *text, unsigned char *packet) {
  size_t size = 0;
  for (; text[0] && text[1] && size < MaxPacket; text += 2) {
    char digits[3] = {text[0], text[1], 0};
    char *end;
    packet[size++] = strtoul(digits, &end, 16);
    if (*end)
      return 0;
  }
  return *text ? 0 : size;
}

/// Runs the program on the stamped packet, with a pause after each burst.
static int runAll(int program, unsigned char *packet, size_t size, size_t stamp,
                  unsigned count) {
  for (unsigned i = 0; i < count; ++i) {
    unsigned number = htonl(i);
    memcpy(packet + stamp, &number, sizeof(number));
    LIBBPF_OPTS(bpf_test_run_opts, options, .data_in = packet,
                .data_size_in = size);
    if (bpf_prog_test_run_opts(program, &options))
      return perror("ringbuf-reader: run"), -1;
    if (i % Burst == Burst - 1)
      usleep(PauseMicroseconds);
  }
  return 0;
}

/// Prints what arrived; returns the exit status.
static int summarize(struct Reader *reader, unsigned count) {
  if (reader->expected < count)
    reader->lost += count - reader->expected;
  printf("sent %u, received %u, lost %u, out of order %u, malformed %u\n",
         count, reader->count, reader->lost, reader->disordered,
         reader->malformed);
  printf("sizes %zu to %zu\n", reader->smallest, reader->largest);
  return reader->count != count || reader->lost || reader->disordered ||
         reader->malformed;
}

/// Opens and loads; sets both descriptors.
static struct bpf_object *load(char **words, int *program, int *map) {
  struct bpf_object *object = bpf_object__open(words[1]);
  if (!object || bpf_object__load(object))
    return NULL;
  struct bpf_program *found =
      bpf_object__find_program_by_name(object, words[2]);
  *program = found ? bpf_program__fd(found) : -1;
  *map = bpf_object__find_map_fd_by_name(object, words[3]);
  return *program < 0 || *map < 0 ? NULL : object;
}

int main(int count, char **words) {
  unsigned char packet[MaxPacket];
  struct Reader reader = {0};
  pthread_t consumer;
  int program, map;
  size_t size = count >= 8 ? readPacket(words[4], packet) : 0;
  size_t stamp = count >= 8 ? strtoul(words[6], NULL, 0) : 0;
  if (size < stamp + sizeof(unsigned))
    return fprintf(stderr, "ringbuf-reader: bad arguments\n"), 2;
  unsigned runs = strtoul(words[5], NULL, 0);
  reader.sequenceOffset = strtoul(words[7], NULL, 0);
  reader.printed = count > 8 ? strtoul(words[8], NULL, 0) : 0;
  struct bpf_object *object = load(words, &program, &map);
  if (!object)
    return fprintf(stderr, "ringbuf-reader: cannot load %s\n", words[1]), 2;
  reader.ring = ring_buffer__new(map, takeEvent, &reader, NULL);
  if (!reader.ring || pthread_create(&consumer, NULL, consume, &reader))
    return perror("ringbuf-reader: ring buffer"), 2;
  int failed = runAll(program, packet, size, stamp, runs);
  atomic_store(&reader.done, true);
  pthread_join(consumer, NULL);
  ring_buffer__free(reader.ring);
  bpf_object__close(object);
  return failed ? 2 : summarize(&reader, runs);
}

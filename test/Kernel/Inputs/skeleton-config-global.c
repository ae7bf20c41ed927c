//===- skeleton-config-global.c - config-global.lisp by skeleton -----------===//
// SPDX-License-Identifier: MIT
//===----------------------------------------------------------------------===//
//
// Loads the object with several settings, each in a program of its own; runs it
// on packets and prints its globals and the map of structs.
//
//===----------------------------------------------------------------------===//

#include "config_global.skel.h"

#include <arpa/inet.h>
#include <bpf/bpf.h>
#include <linux/if_ether.h>
#include <linux/ip.h>
#include <stdio.h>

/// The struct `bucket` of the source.
struct bucket {
  __u64 packets;
  __u64 bytes;
  __u64 last_seen;
};

/// Runs the program on an IPv4 packet of a size; prints the verdict.
static int runOn(int program, unsigned short size) {
  struct {
    struct ethhdr eth;
    struct iphdr ip;
    char payload[1500];
  } __attribute__((packed)) packet = {
      .eth.h_proto = htons(ETH_P_IP),
      .ip = {.ihl = 5,
             .version = 4,
             .ttl = 64,
             .protocol = IPPROTO_RAW,
             .tot_len = htons(size)},
  };
  LIBBPF_OPTS(bpf_test_run_opts, options, .data_in = &packet,
              .data_size_in = ETH_HLEN + size);
  if (bpf_prog_test_run_opts(program, &options))
    return 1;
  printf("%u: %u\n", size, options.retval);
  return 0;
}

static int printBuckets(const struct config_global *skeleton) {
  for (unsigned key = 0; key < bpf_map__max_entries(skeleton->maps.sizes);
       ++key) {
    struct bucket bucket;
    if (bpf_map__lookup_elem(skeleton->maps.sizes, &key, sizeof(key), &bucket,
                             sizeof(bucket), 0))
      return 1;
    if (bucket.packets && bucket.last_seen)
      printf("sizes[%u]: %llu packets, %llu bytes\n", key, bucket.packets,
             bucket.bytes);
  }
  return 0;
}

/// Loads and runs; 0 for a setting means what the source says.
static int check(unsigned maxSize, unsigned granularity, int counting) {
  struct config_global *skeleton = config_global__open();
  if (!skeleton)
    return 1;
  if (maxSize)
    skeleton->rodata->max_size = maxSize;
  if (granularity)
    skeleton->data->granularity = granularity;
  skeleton->rodata->counting = counting;
  if (config_global__load(skeleton))
    return 1;
  printf("max_size %u, counting %u, granularity %u\n",
         skeleton->rodata->max_size, skeleton->rodata->counting,
         skeleton->data->granularity);
  int program = bpf_program__fd(skeleton->progs.limit_size);
  if (runOn(program, 100) || runOn(program, 600) || runOn(program, 1400))
    return 1;
  printf("packets %llu, dropped %llu, largest %u\n",
         (unsigned long long)skeleton->bss->packets,
         (unsigned long long)skeleton->bss->dropped, skeleton->bss->largest);
  int failed = printBuckets(skeleton);
  config_global__destroy(skeleton);
  return failed;
}

int main(void) {
  return check(0, 0, 1) || check(600, 16, 1) || check(600, 0, 0);
}

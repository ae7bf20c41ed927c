//===- skeleton-drop-port.c - drop-port.lisp by its skeleton --------------===//
// SPDX-License-Identifier: MIT
//===----------------------------------------------------------------------===//
//
// A user of `bpftool gen skeleton`: opens and loads what the header embeds,
// runs the program on packets and reads the map that it fills.
//
//===----------------------------------------------------------------------===//

#include "drop_port.skel.h"

#include <arpa/inet.h>
#include <bpf/bpf.h>
#include <linux/if_ether.h>
#include <linux/ip.h>
#include <linux/udp.h>
#include <stdio.h>

struct Packet {
  struct ethhdr eth;
  struct iphdr ip;
  struct udphdr udp;
} __attribute__((packed));

/// Runs the program on a UDP packet to a port; returns the verdict or -1.
static int runOn(int program, unsigned short port) {
  struct Packet packet = {
      .eth.h_proto = htons(ETH_P_IP),
      .ip = {.ihl = 5,
             .version = 4,
             .ttl = 64,
             .protocol = IPPROTO_UDP,
             .tot_len = htons(sizeof(struct iphdr) + sizeof(struct udphdr))},
      .udp = {.dest = htons(port), .len = htons(sizeof(struct udphdr))},
  };
  LIBBPF_OPTS(bpf_test_run_opts, options, .data_in = &packet,
              .data_size_in = sizeof(packet));
  return bpf_prog_test_run_opts(program, &options) ? -1 : (int)options.retval;
}

int main(void) {
  struct drop_port *skeleton = drop_port__open_and_load();
  if (!skeleton)
    return 1;
  int program = bpf_program__fd(skeleton->progs.drop_port);
  printf("9999: %d\n", runOn(program, 9999));
  printf("9999: %d\n", runOn(program, 9999));
  printf("9998: %d\n", runOn(program, 9998));
  for (unsigned key = 0; key < 2; ++key) {
    unsigned long long value = 0;
    if (bpf_map__lookup_elem(skeleton->maps.dropped, &key, sizeof(key), &value,
                             sizeof(value), 0))
      return 1;
    printf("dropped[%u] = %llu\n", key, value);
  }
  drop_port__destroy(skeleton);
  return 0;
}

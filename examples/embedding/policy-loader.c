//===- policy-loader.c - loads and tries the program ----------------------===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Loads the program by its skeleton, runs it on packets, and reads the map that
// it fills by the struct that the compiler has declared.
//
//===----------------------------------------------------------------------===//

#include <stdint.h>

#include "policy.h"
#include "policy.skel.h"

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

/// Runs the program on an empty UDP packet to a port; returns the verdict or
/// -1.
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
  struct policy *skeleton = policy__open_and_load();
  if (!skeleton)
    return 1;
  int program = bpf_program__fd(skeleton->progs.closed_ports);
  static const unsigned short ports[] = {53, FIRST_CLOSED_PORT, 9999, 9999,
                                         10000};
  for (unsigned i = 0; i < sizeof(ports) / sizeof(*ports); ++i)
    printf("port %d: verdict %d\n", ports[i], runOn(program, ports[i]));

  unsigned short key = 9999;
  struct port_drops drops;
  if (bpf_map__lookup_elem(skeleton->maps.drops, &key, sizeof(key), &drops,
                           sizeof(drops), 0))
    return 1;
  printf("dropped on port 9999: %llu packets, %llu bytes\n",
         (unsigned long long)drops.packets, (unsigned long long)drops.bytes);
  policy__destroy(skeleton);
  return 0;
}

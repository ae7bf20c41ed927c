//===- ip-options.c - Drops packets that ask for source routing -----------===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//

#include <linux/bpf.h>
#include <linux/if_ether.h>
#include <linux/ip.h>

#include <bpf/bpf_endian.h>
#include <bpf/bpf_helpers.h>

char LICENSE[] SEC("license") = "GPL";

#define END_OF_OPTIONS 0
#define NO_OPERATION 1
#define LOOSE_SOURCE_ROUTE 131
#define STRICT_SOURCE_ROUTE 137
#define MOST_OPTIONS 10

/* By option. */
struct {
  __uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
  __type(key, __u32);
  __type(value, __u64);
  __uint(max_entries, 256);
} options SEC(".maps");

SEC("xdp")
int check_options(struct xdp_md *ctx) {
  void *data = (void *)(long)ctx->data;
  void *end = (void *)(long)ctx->data_end;
  struct ethhdr *eth = data;
  struct iphdr *ip = (void *)(eth + 1);
  __u8 *at = (void *)(ip + 1);
  void *limit;
  int i;

  if ((void *)(ip + 1) > end || eth->h_proto != bpf_htons(ETH_P_IP))
    return XDP_PASS;
  if (ip->ihl <= 5)
    return XDP_PASS;
  limit = (void *)ip + ip->ihl * 4;
  if (limit > end)
    return XDP_DROP;

  for (i = 0; i < MOST_OPTIONS; i++) {
    __u32 option, size;
    __u64 *count;

    if ((void *)at >= limit || (void *)(at + 2) > end)
      return XDP_PASS;
    option = at[0];
    size = at[1];
    count = bpf_map_lookup_elem(&options, &option);
    if (count)
      *count += 1;
    switch (option) {
    case END_OF_OPTIONS:
      return XDP_PASS;
    case NO_OPERATION:
      size = 1;
      break;
    case LOOSE_SOURCE_ROUTE:
    case STRICT_SOURCE_ROUTE:
      return XDP_DROP;
    }
    if (!size)
      return XDP_DROP;
    at += size;
  }
  return XDP_PASS;
}

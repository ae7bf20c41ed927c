//===- cidr-prefilter.c - Drops what comes from listed networks -----------===//
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

enum { PASS, BLOCK };

struct network {
  __u32 prefix_len;
  __u32 addr;
};

struct {
  __uint(type, BPF_MAP_TYPE_LPM_TRIE);
  __type(key, struct network);
  __type(value, __u64);
  __uint(max_entries, 10000);
  __uint(map_flags, BPF_F_NO_PREALLOC);
} networks SEC(".maps");

struct {
  __uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
  __type(key, __u32);
  __type(value, __u64);
  __uint(max_entries, 2);
} decisions SEC(".maps");

static void count_decision(__u32 decision) {
  __u64 *count = bpf_map_lookup_elem(&decisions, &decision);

  if (count)
    *count += 1;
}

SEC("xdp")
int prefilter(struct xdp_md *ctx) {
  void *data = (void *)(long)ctx->data;
  void *end = (void *)(long)ctx->data_end;
  struct ethhdr *eth = data;
  struct iphdr *ip = (void *)(eth + 1);
  struct network key;
  __u64 *action;

  if ((void *)(ip + 1) > end || eth->h_proto != bpf_htons(ETH_P_IP))
    return XDP_PASS;
  key.prefix_len = 32;
  key.addr = ip->saddr;
  action = bpf_map_lookup_elem(&networks, &key);
  if (action && *action == BLOCK) {
    count_decision(BLOCK);
    return XDP_DROP;
  }
  count_decision(PASS);
  return XDP_PASS;
}

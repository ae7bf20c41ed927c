//===- ttl-decrement.c - What a router does to the time to live -----------===//
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

enum { FORWARDED, EXPIRED };

struct {
  __uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
  __type(key, __u32);
  __type(value, __u64);
  __uint(max_entries, 2);
} routed SEC(".maps");

static void count_routed(__u32 what) {
  __u64 *count = bpf_map_lookup_elem(&routed, &what);

  if (count)
    *count += 1;
}

SEC("xdp")
int decrement_ttl(struct xdp_md *ctx) {
  void *data = (void *)(long)ctx->data;
  void *end = (void *)(long)ctx->data_end;
  struct ethhdr *eth = data;
  struct iphdr *ip = (void *)(eth + 1);
  __u32 sum;

  if ((void *)(ip + 1) > end || eth->h_proto != bpf_htons(ETH_P_IP))
    return XDP_PASS;
  if (ip->ttl <= 1) {
    count_routed(EXPIRED);
    return XDP_DROP;
  }
  sum = ip->check + bpf_htons(0x100);
  ip->check = sum + (sum >= 0xffff);
  ip->ttl--;
  count_routed(FORWARDED);
  return XDP_TX;
}

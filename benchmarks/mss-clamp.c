//===- mss-clamp.c - Lowers the segment size that TCP agrees on -----------===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//

#include <linux/bpf.h>
#include <linux/if_ether.h>
#include <linux/in.h>
#include <linux/ip.h>
#include <linux/tcp.h>

#include <bpf/bpf_endian.h>
#include <bpf/bpf_helpers.h>

char LICENSE[] SEC("license") = "GPL";

#define MAX_SEGMENT 1360

#define END_OF_OPTIONS 0
#define NO_OPERATION 1
#define SEGMENT_SIZE 2
#define MOST_OPTIONS 6

struct {
  __uint(type, BPF_MAP_TYPE_ARRAY);
  __type(key, __u32);
  __type(value, __u64);
  __uint(max_entries, 1);
} clamped SEC(".maps");

SEC("xdp")
int clamp_mss(struct xdp_md *ctx) {
  void *data = (void *)(long)ctx->data;
  void *end = (void *)(long)ctx->data_end;
  struct ethhdr *eth = data;
  struct iphdr *ip = (void *)(eth + 1);
  struct tcphdr *tcp = (void *)(ip + 1);
  __u8 *at = (void *)(tcp + 1);
  int i;

  if ((void *)(tcp + 1) > end)
    return XDP_PASS;
  if (eth->h_proto != bpf_htons(ETH_P_IP) || ip->protocol != IPPROTO_TCP)
    return XDP_PASS;
  if (!tcp->syn)
    return XDP_PASS;

  /* Unrolled it is nearly twice as long. */
#pragma clang loop unroll(disable)
  for (i = 0; i < MOST_OPTIONS; i++) {
    __u32 size, sum, key = 0;
    __u16 offered;
    __u64 *count;

    if ((void *)(at + 4) > end)
      return XDP_PASS;
    size = at[1];
    switch (at[0]) {
    case END_OF_OPTIONS:
      return XDP_PASS;
    case NO_OPERATION:
      size = 1;
      break;
    case SEGMENT_SIZE:
      offered = *(__u16 *)(at + 2);
      if (bpf_ntohs(offered) <= MAX_SEGMENT)
        return XDP_PASS;
      *(__u16 *)(at + 2) = bpf_htons(MAX_SEGMENT);
      sum = (tcp->check ^ 0xffff) + (offered ^ 0xffff) + bpf_htons(MAX_SEGMENT);
      sum = (sum & 0xffff) + (sum >> 16);
      sum = (sum & 0xffff) + (sum >> 16);
      tcp->check = sum ^ 0xffff;
      count = bpf_map_lookup_elem(&clamped, &key);
      if (count)
        __sync_fetch_and_add(count, 1);
      return XDP_PASS;
    }
    if (!size)
      return XDP_PASS;
    at += size;
  }
  return XDP_PASS;
}

//===- globals.c - A limit that the loader sets, counters it reads --------===//
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

__u64 packets;
__u64 bytes;
__u64 too_long;
__u32 largest;
__u32 max_size = 1500;

SEC("xdp")
int limit_size(struct xdp_md *ctx) {
  void *data = (void *)(long)ctx->data;
  void *end = (void *)(long)ctx->data_end;
  struct ethhdr *eth = data;
  struct iphdr *ip = (void *)(eth + 1);
  __u32 size;

  if ((void *)(ip + 1) > end || eth->h_proto != bpf_htons(ETH_P_IP))
    return XDP_PASS;
  size = bpf_ntohs(ip->tot_len);
  __sync_fetch_and_add(&packets, 1);
  __sync_fetch_and_add(&bytes, size);
  if (size > largest)
    largest = size;
  if (size > max_size) {
    __sync_fetch_and_add(&too_long, 1);
    return XDP_DROP;
  }
  return XDP_PASS;
}

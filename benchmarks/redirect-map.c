//===- redirect-map.c - Forwards IPv4 by a table of next hops -------------===//
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

struct next_hop {
  __u32 port;
  __u32 dst_mac_hi;
  __u32 src_mac_hi;
  __u16 dst_mac_lo;
  __u16 src_mac_lo;
};

struct network {
  __u32 prefix_len;
  __u32 addr;
};

/* An Ethernet address as it is copied, in two parts. */
struct mac {
  __u32 hi;
  __u16 lo;
};

struct {
  __uint(type, BPF_MAP_TYPE_LPM_TRIE);
  __type(key, struct network);
  __type(value, struct next_hop);
  __uint(max_entries, 1024);
  __uint(map_flags, BPF_F_NO_PREALLOC);
} routes SEC(".maps");

struct {
  __uint(type, BPF_MAP_TYPE_DEVMAP);
  __type(key, __u32);
  __type(value, __u32);
  __uint(max_entries, 64);
} ports SEC(".maps");

struct {
  __uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
  __type(key, __u32);
  __type(value, __u64);
  __uint(max_entries, 64);
} forwarded SEC(".maps");

SEC("xdp")
int forward(struct xdp_md *ctx) {
  void *data = (void *)(long)ctx->data;
  void *end = (void *)(long)ctx->data_end;
  struct ethhdr *eth = data;
  struct iphdr *ip = (void *)(eth + 1);
  struct mac *dst = data, *src = data + ETH_ALEN;
  struct network key;
  struct next_hop *hop;
  __u32 sum, port;
  __u64 *count;

  if ((void *)(ip + 1) > end || eth->h_proto != bpf_htons(ETH_P_IP))
    return XDP_PASS;
  if (ip->ttl <= 1)
    return XDP_PASS;
  key.prefix_len = 32;
  key.addr = ip->daddr;
  hop = bpf_map_lookup_elem(&routes, &key);
  if (!hop)
    return XDP_PASS;

  port = hop->port;
  sum = ip->check + bpf_htons(0x100);
  ip->check = sum + (sum >= 0xffff);
  ip->ttl--;
  dst->hi = hop->dst_mac_hi;
  dst->lo = hop->dst_mac_lo;
  src->hi = hop->src_mac_hi;
  src->lo = hop->src_mac_lo;
  count = bpf_map_lookup_elem(&forwarded, &port);
  if (count)
    *count += 1;
  return bpf_redirect_map(&ports, port, XDP_DROP);
}

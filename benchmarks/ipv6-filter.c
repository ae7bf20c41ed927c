//===- ipv6-filter.c - Drops IPv6 packets of listed addresses -------------===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//

#include <linux/bpf.h>
#include <linux/if_ether.h>
#include <linux/in6.h>
#include <linux/ipv6.h>

#include <bpf/bpf_endian.h>
#include <bpf/bpf_helpers.h>

char LICENSE[] SEC("license") = "GPL";

struct address {
  __u64 hi;
  __u64 lo;
};

struct sums {
  __u64 packets;
  __u64 bytes;
};

struct {
  __uint(type, BPF_MAP_TYPE_HASH);
  __type(key, struct address);
  __type(value, struct sums);
  __uint(max_entries, 8192);
} blocked SEC(".maps");

enum { ROUTING, HOP_BY_HOP };

struct {
  __uint(type, BPF_MAP_TYPE_ARRAY);
  __type(key, __u32);
  __type(value, __u64);
  __uint(max_entries, 2);
} refused_headers SEC(".maps");

static void count_header(__u32 header) {
  __u64 *count = bpf_map_lookup_elem(&refused_headers, &header);

  if (count)
    __sync_fetch_and_add(count, 1);
}

SEC("xdp")
int filter_ipv6(struct xdp_md *ctx) {
  void *data = (void *)(long)ctx->data;
  void *end = (void *)(long)ctx->data_end;
  struct ethhdr *eth = data;
  struct ipv6hdr *ip = (void *)(eth + 1);
  struct sums *sums;

  if ((void *)(ip + 1) > end || eth->h_proto != bpf_htons(ETH_P_IPV6))
    return XDP_PASS;
  switch (ip->nexthdr) {
  case IPPROTO_ROUTING:
    count_header(ROUTING);
    return XDP_DROP;
  case IPPROTO_HOPOPTS:
    count_header(HOP_BY_HOP);
    return XDP_DROP;
  }
  /* A key may lie in the packet. */
  sums = bpf_map_lookup_elem(&blocked, &ip->saddr);
  if (!sums)
    return XDP_PASS;
  __sync_fetch_and_add(&sums->packets, 1);
  __sync_fetch_and_add(&sums->bytes, bpf_ntohs(ip->payload_len) + sizeof(*ip));
  return XDP_DROP;
}

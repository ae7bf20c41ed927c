//===- dns-filter.c - Drops DNS queries for listed names ------------------===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//

#include <linux/bpf.h>
#include <linux/if_ether.h>
#include <linux/in.h>
#include <linux/ip.h>
#include <linux/udp.h>

#include <bpf/bpf_endian.h>
#include <bpf/bpf_helpers.h>

char LICENSE[] SEC("license") = "GPL";

#define LONGEST_NAME 32
#define DNS_PORT 53

struct dns_header {
  __be16 id;
  __be16 flags;
  __be16 questions;
  __be16 answers;
  __be16 authorities;
  __be16 additional;
};

/* As it stands in a query, in lower case, with zeros behind it. */
struct dns_name {
  __u8 bytes[LONGEST_NAME];
};

struct {
  __uint(type, BPF_MAP_TYPE_HASH);
  __type(key, struct dns_name);
  __type(value, __u64);
  __uint(max_entries, 4096);
} blocked_names SEC(".maps");

SEC("xdp")
int filter_dns(struct xdp_md *ctx) {
  void *data = (void *)(long)ctx->data;
  void *end = (void *)(long)ctx->data_end;
  struct ethhdr *eth = data;
  struct iphdr *ip = (void *)(eth + 1);
  struct udphdr *udp = (void *)(ip + 1);
  struct dns_header *dns = (void *)(udp + 1);
  __u8 *query = (void *)(dns + 1);
  struct dns_name name = {};
  __u64 *hits;
  int i;

  if ((void *)(udp + 1) > end)
    return XDP_PASS;
  if (eth->h_proto != bpf_htons(ETH_P_IP) || ip->protocol != IPPROTO_UDP)
    return XDP_PASS;
  if (udp->dest != bpf_htons(DNS_PORT) || (void *)(dns + 1) > end)
    return XDP_PASS;
  if (dns->flags & bpf_htons(0x8000) || dns->questions != bpf_htons(1))
    return XDP_PASS;

  for (i = 0; i < LONGEST_NAME; i++) {
    __u8 c;

    if ((void *)(query + i + 1) > end)
      return XDP_PASS;
    c = query[i];
    if (!c)
      break;
    name.bytes[i] = c >= 'A' && c <= 'Z' ? c | 0x20 : c;
  }
  hits = bpf_map_lookup_elem(&blocked_names, &name);
  if (!hits)
    return XDP_PASS;
  __sync_fetch_and_add(hits, 1);
  return XDP_DROP;
}

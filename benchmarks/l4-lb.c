//===- l4-lb.c - Spreads connections over servers by a hash ---------------===//
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

#define BACKENDS 16

struct backend {
  __u32 addr;
  __u32 mac_hi;
  __u16 mac_lo;
};

/* An Ethernet address as it is copied, in two parts. */
struct mac {
  __u32 hi;
  __u16 lo;
};

struct {
  __uint(type, BPF_MAP_TYPE_ARRAY);
  __type(key, __u32);
  __type(value, struct backend);
  __uint(max_entries, BACKENDS);
} backends SEC(".maps");

struct {
  __uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
  __type(key, __u32);
  __type(value, __u64);
  __uint(max_entries, BACKENDS);
} sent SEC(".maps");

/* The address and port that clients call, in network order. */
__u32 service_addr = 0x0100a8c0;
__u16 service_port = 0x5000;

static __always_inline __u32 mix(__u32 hash) {
  hash = (hash ^ hash >> 16) * 0x85ebca6b;
  hash = (hash ^ hash >> 13) * 0xc2b2ae35;
  return hash ^ hash >> 16;
}

static __always_inline __u16 corrected(__u16 check, __u32 gain) {
  __u32 sum = (check ^ 0xffff) + gain;

  sum = (sum & 0xffff) + (sum >> 16);
  sum = (sum & 0xffff) + (sum >> 16);
  return sum ^ 0xffff;
}

SEC("xdp")
int balance(struct xdp_md *ctx) {
  void *data = (void *)(long)ctx->data;
  void *end = (void *)(long)ctx->data_end;
  struct ethhdr *eth = data;
  struct iphdr *ip = (void *)(eth + 1);
  struct tcphdr *tcp = (void *)(ip + 1);
  struct mac *dst = data, *src = data + ETH_ALEN;
  __u32 service, addr, gain, index;
  struct backend *backend;
  __u64 *count;

  if ((void *)(tcp + 1) > end)
    return XDP_PASS;
  if (eth->h_proto != bpf_htons(ETH_P_IP) || ip->protocol != IPPROTO_TCP)
    return XDP_PASS;
  service = ip->daddr;
  if (service != service_addr || tcp->dest != service_port)
    return XDP_PASS;

  /* Both ports at once. */
  index = mix(ip->saddr ^ *(__u32 *)tcp) & (BACKENDS - 1);
  backend = bpf_map_lookup_elem(&backends, &index);
  if (!backend || !backend->addr)
    return XDP_DROP;

  addr = backend->addr;
  gain =
      (~service & 0xffff) + (~service >> 16) + (addr & 0xffff) + (addr >> 16);
  ip->check = corrected(ip->check, gain);
  tcp->check = corrected(tcp->check, gain);
  ip->daddr = addr;
  src->hi = dst->hi;
  src->lo = dst->lo;
  dst->hi = backend->mac_hi;
  dst->lo = backend->mac_lo;
  count = bpf_map_lookup_elem(&sent, &index);
  if (count)
    *count += 1;
  return XDP_TX;
}

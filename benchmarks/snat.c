//===- snat.c - Gives outgoing packets another source ---------------------===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//

#include <linux/bpf.h>
#include <linux/if_ether.h>
#include <linux/in.h>
#include <linux/ip.h>
#include <linux/tcp.h>
#include <linux/udp.h>

#include <bpf/bpf_endian.h>
#include <bpf/bpf_helpers.h>

char LICENSE[] SEC("license") = "GPL";

struct inside {
  __u32 addr;
  __u16 port;
  __u8 protocol;
};

struct outside {
  __u32 addr;
  __u16 port;
};

/* Everything in both is in network order. */
struct {
  __uint(type, BPF_MAP_TYPE_HASH);
  __type(key, struct inside);
  __type(value, struct outside);
  __uint(max_entries, 65536);
} translations SEC(".maps");

struct {
  __uint(type, BPF_MAP_TYPE_ARRAY);
  __type(key, __u32);
  __type(value, __u64);
  __uint(max_entries, 1);
} untranslated SEC(".maps");

/* What the sum under a checksum gains when an address changes. */
static __always_inline __u32 addr_gain(__u32 before, __u32 after) {
  return (~before & 0xffff) + (~before >> 16) + (after & 0xffff) +
         (after >> 16);
}

static __always_inline __u16 corrected(__u16 check, __u32 gain) {
  __u32 sum = (check ^ 0xffff) + gain;

  sum = (sum & 0xffff) + (sum >> 16);
  sum = (sum & 0xffff) + (sum >> 16);
  return sum ^ 0xffff;
}

SEC("xdp")
int snat(struct xdp_md *ctx) {
  void *data = (void *)(long)ctx->data;
  void *end = (void *)(long)ctx->data_end;
  struct ethhdr *eth = data;
  struct iphdr *ip = (void *)(eth + 1);
  struct tcphdr *tcp = (void *)(ip + 1);
  struct udphdr *udp = (void *)(ip + 1);
  struct inside key = {};
  struct outside *to;
  __u16 *check;
  __u32 gain;

  if ((void *)(udp + 1) > end || eth->h_proto != bpf_htons(ETH_P_IP))
    return XDP_PASS;
  if (ip->protocol == IPPROTO_TCP) {
    if ((void *)(tcp + 1) > end)
      return XDP_PASS;
    check = &tcp->check;
  } else if (ip->protocol == IPPROTO_UDP) {
    check = &udp->check;
  } else {
    return XDP_PASS;
  }

  key.addr = ip->saddr;
  key.port = udp->source; /* That of TCP stands in the same place. */
  key.protocol = ip->protocol;
  to = bpf_map_lookup_elem(&translations, &key);
  if (!to) {
    __u32 zero = 0;
    __u64 *count = bpf_map_lookup_elem(&untranslated, &zero);

    if (count)
      __sync_fetch_and_add(count, 1);
    return XDP_DROP;
  }

  gain = addr_gain(key.addr, to->addr);
  ip->check = corrected(ip->check, gain);
  gain += (__u16)~key.port + to->port;
  if (ip->protocol == IPPROTO_TCP) {
    *check = corrected(*check, gain);
  } else if (*check) {
    /* In UDP 0 says that there is no checksum. */
    *check = corrected(*check, gain);
    if (!*check)
      *check = 0xffff;
  }
  ip->saddr = to->addr;
  udp->source = to->port;
  return XDP_TX;
}

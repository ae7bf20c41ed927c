//===- icmp-echo.c - Answers pings ----------------------------------------===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//

#include <linux/bpf.h>
#include <linux/if_ether.h>
#include <linux/in.h>
#include <linux/ip.h>

#include <bpf/bpf_endian.h>
#include <bpf/bpf_helpers.h>

char LICENSE[] SEC("license") = "GPL";

#define ICMP_ECHO 8
#define ICMP_ECHOREPLY 0

/* <linux/icmp.h> takes in headers of the C library that BPF has none for. */
struct icmp_header {
  __u8 type;
  __u8 code;
  __u16 checksum;
  __u16 id;
  __u16 sequence;
};

/* An address in two parts: struct ethhdr is packed, and copied byte by byte. */
union mac {
  struct {
    __u32 hi;
    __u16 lo;
  };
  __u8 bytes[ETH_ALEN];
};

static __always_inline void copy_mac(union mac *to, const union mac *from) {
  to->hi = from->hi;
  to->lo = from->lo;
}

struct {
  __uint(type, BPF_MAP_TYPE_ARRAY);
  __type(key, __u32);
  __type(value, __u64);
  __uint(max_entries, 1);
} answered SEC(".maps");

SEC("xdp")
int answer_echo(struct xdp_md *ctx) {
  void *data = (void *)(long)ctx->data;
  void *end = (void *)(long)ctx->data_end;
  struct ethhdr *eth = data;
  struct iphdr *ip = (void *)(eth + 1);
  struct icmp_header *icmp = (void *)(ip + 1);
  union mac *dst = data, *src = data + ETH_ALEN, kept;
  __u32 source, sum, key = 0;
  __u64 *count;

  if ((void *)(icmp + 1) > end || eth->h_proto != bpf_htons(ETH_P_IP))
    return XDP_PASS;
  if (ip->ihl != 5 || ip->protocol != IPPROTO_ICMP)
    return XDP_PASS;
  if (icmp->type != ICMP_ECHO || icmp->code != 0)
    return XDP_PASS;

  copy_mac(&kept, dst);
  copy_mac(dst, src);
  copy_mac(src, &kept);
  source = ip->saddr;
  ip->saddr = ip->daddr;
  ip->daddr = source;
  icmp->type = ICMP_ECHOREPLY;
  /* The type is the high byte of a word: 8 less in it. */
  sum = icmp->checksum + bpf_htons(ICMP_ECHO << 8);
  icmp->checksum = sum + (sum >> 16);

  count = bpf_map_lookup_elem(&answered, &key);
  if (count)
    __sync_fetch_and_add(count, 1);
  return XDP_TX;
}

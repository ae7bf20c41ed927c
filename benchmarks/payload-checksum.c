//===- payload-checksum.c - Drops UDP packets with a wrong checksum -------===//
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

/* In 16-bit words; longer datagrams are let through. */
#define MOST_WORDS 256

enum { RIGHT, WRONG };

struct {
  __uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
  __type(key, __u32);
  __type(value, __u64);
  __uint(max_entries, 2);
} checked SEC(".maps");

static void count_checked(__u32 result) {
  __u64 *count = bpf_map_lookup_elem(&checked, &result);

  if (count)
    *count += 1;
}

SEC("xdp")
int check_udp(struct xdp_md *ctx) {
  void *data = (void *)(long)ctx->data;
  void *end = (void *)(long)ctx->data_end;
  struct ethhdr *eth = data;
  struct iphdr *ip = (void *)(eth + 1);
  struct udphdr *udp = (void *)(ip + 1);
  __u16 *at = (void *)udp, *addrs = (void *)&ip->saddr;
  __u32 size, sum, result;
  int i;

  if ((void *)(udp + 1) > end)
    return XDP_PASS;
  if (eth->h_proto != bpf_htons(ETH_P_IP) || ip->protocol != IPPROTO_UDP)
    return XDP_PASS;
  if (!udp->check)
    return XDP_PASS;
  size = bpf_ntohs(udp->len);
  sum = bpf_htons(size + IPPROTO_UDP);
  for (i = 0; i < 4; i++)
    sum += addrs[i];

  for (i = 0; i < MOST_WORDS; i++) {
    if (size == 0)
      goto added;
    if (size == 1) {
      if ((void *)at + 1 > end)
        return XDP_PASS;
      sum += *(__u8 *)at;
      goto added;
    }
    if ((void *)(at + 1) > end)
      return XDP_PASS;
    sum += *at++;
    size -= 2;
  }
  return XDP_PASS;

added:
  sum = (sum & 0xffff) + (sum >> 16);
  sum = (sum & 0xffff) + (sum >> 16);
  result = sum == 0xffff ? RIGHT : WRONG;
  count_checked(result);
  return result == RIGHT ? XDP_PASS : XDP_DROP;
}

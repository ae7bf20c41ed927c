//===- dscp-classifier.c - Mark and priority by the service class ---------===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//

#include <linux/bpf.h>
#include <linux/if_ether.h>
#include <linux/ip.h>
#include <linux/ipv6.h>
#include <linux/pkt_cls.h>

#include <bpf/bpf_endian.h>
#include <bpf/bpf_helpers.h>

char LICENSE[] SEC("license") = "GPL";

#define EXPEDITED 46
#define LOWER_EFFORT 1
#define LONG_PACKET 1200

struct class {
  __u32 mark;
  __u32 priority;
};

/* By differentiated services code point. */
struct {
  __uint(type, BPF_MAP_TYPE_ARRAY);
  __type(key, __u32);
  __type(value, struct class);
  __uint(max_entries, 64);
} classes SEC(".maps");

struct {
  __uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
  __type(key, __u32);
  __type(value, __u64);
  __uint(max_entries, 64);
} counts SEC(".maps");

static __u32 dscp_of(void *data, void *end) {
  struct ethhdr *eth = data;
  struct iphdr *ip = (void *)(eth + 1);
  struct ipv6hdr *ip6 = (void *)(eth + 1);
  __u32 dscp;

  if ((void *)(ip + 1) > end)
    return 0;
  if (eth->h_proto == bpf_htons(ETH_P_IP)) {
    dscp = ip->tos >> 2;
    if (!dscp && bpf_ntohs(ip->tot_len) > LONG_PACKET)
      return LOWER_EFFORT;
    return dscp;
  }
  if (eth->h_proto == bpf_htons(ETH_P_IPV6) && (void *)(ip6 + 1) <= end)
    return bpf_ntohs(*(__be16 *)ip6) >> 6 & 0x3f;
  return 0;
}

SEC("tc")
int classify(struct __sk_buff *skb) {
  __u32 dscp = dscp_of((void *)(long)skb->data, (void *)(long)skb->data_end);
  struct class *class;
  __u64 *count;

  class = bpf_map_lookup_elem(&classes, &dscp);
  if (class) {
    skb->mark = class->mark;
    skb->priority = class->priority;
  }
  count = bpf_map_lookup_elem(&counts, &dscp);
  if (count)
    *count += 1;
  if (dscp == EXPEDITED && skb->len > LONG_PACKET)
    return TC_ACT_SHOT;
  return TC_ACT_OK;
}

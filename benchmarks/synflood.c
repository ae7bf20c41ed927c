//===- synflood.c - Refuses sources with too many connections -------------===//
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

#define SYN_THRESHOLD 100
#define TCP_SYN 0x02
#define TCP_ACK 0x10

struct {
  __uint(type, BPF_MAP_TYPE_HASH);
  __type(key, __u32);
  __type(value, __u64);
  __uint(max_entries, 32768);
} syn_counter SEC(".maps");

enum { REQUESTS, REFUSED, NEW_SOURCES };

struct {
  __uint(type, BPF_MAP_TYPE_ARRAY);
  __type(key, __u32);
  __type(value, __u64);
  __uint(max_entries, 3);
} syn_stats SEC(".maps");

static void count_event(__u32 event) {
  __u64 *count = bpf_map_lookup_elem(&syn_stats, &event);

  if (count)
    __sync_fetch_and_add(count, 1);
}

SEC("xdp")
int synflood(struct xdp_md *ctx) {
  void *data = (void *)(long)ctx->data;
  void *end = (void *)(long)ctx->data_end;
  struct ethhdr *eth = data;
  struct iphdr *ip = (void *)(eth + 1);
  struct tcphdr *tcp = (void *)(ip + 1);
  __u64 *count;
  __u32 source;

  if ((void *)(tcp + 1) > end)
    return XDP_PASS;
  if (eth->h_proto != bpf_htons(ETH_P_IP) || ip->protocol != IPPROTO_TCP)
    return XDP_PASS;
  if ((((__u8 *)tcp)[13] & (TCP_SYN | TCP_ACK)) != TCP_SYN)
    return XDP_PASS;

  count_event(REQUESTS);
  source = ip->saddr;
  count = bpf_map_lookup_elem(&syn_counter, &source);
  if (count) {
    if (*count > SYN_THRESHOLD) {
      count_event(REFUSED);
      return XDP_DROP;
    }
    __sync_fetch_and_add(count, 1);
  } else {
    __u64 first = 1;

    count_event(NEW_SOURCES);
    bpf_map_update_elem(&syn_counter, &source, &first, BPF_ANY);
  }
  return XDP_PASS;
}

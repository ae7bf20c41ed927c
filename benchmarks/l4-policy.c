//===- l4-policy.c - Who may talk to which port ---------------------------===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//

#include <linux/bpf.h>
#include <linux/if_ether.h>
#include <linux/in.h>
#include <linux/ip.h>
#include <linux/pkt_cls.h>
#include <linux/tcp.h>
#include <linux/udp.h>

#include <bpf/bpf_endian.h>
#include <bpf/bpf_helpers.h>

char LICENSE[] SEC("license") = "GPL";

#define ANY 0
#define ALLOW 1

struct policy_key {
  __u32 identity;
  __u16 port;
  __u8 protocol;
};

struct policy_entry {
  __u8 action;
  __u64 packets;
  __u64 bytes;
};

struct {
  __uint(type, BPF_MAP_TYPE_HASH);
  __type(key, __u32);
  __type(value, __u32);
  __uint(max_entries, 65536);
} identities SEC(".maps");

struct {
  __uint(type, BPF_MAP_TYPE_HASH);
  __type(key, struct policy_key);
  __type(value, struct policy_entry);
  __uint(max_entries, 16384);
} policy SEC(".maps");

struct {
  __uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
  __type(key, __u32);
  __type(value, __u64);
  __uint(max_entries, 1);
} unmatched SEC(".maps");

/* What a rule decides, or -1 when there is none. */
static int try_rule(__u32 identity, __u16 port, __u8 protocol, __u32 size) {
  struct policy_key key = {};
  struct policy_entry *entry;

  key.identity = identity;
  key.port = port;
  key.protocol = protocol;
  entry = bpf_map_lookup_elem(&policy, &key);
  if (!entry)
    return -1;
  __sync_fetch_and_add(&entry->packets, 1);
  __sync_fetch_and_add(&entry->bytes, size);
  return entry->action == ALLOW ? TC_ACT_OK : TC_ACT_SHOT;
}

SEC("tc")
int enforce(struct __sk_buff *skb) {
  void *data = (void *)(long)skb->data;
  void *end = (void *)(long)skb->data_end;
  struct ethhdr *eth = data;
  struct iphdr *ip = (void *)(eth + 1);
  struct tcphdr *tcp = (void *)(ip + 1);
  struct udphdr *udp = (void *)(ip + 1);
  __u32 source, identity, size, zero = 0, *found;
  __u16 port = 0;
  __u64 *count;
  __u8 protocol;
  int verdict;

  if ((void *)(ip + 1) > end || eth->h_proto != bpf_htons(ETH_P_IP))
    return TC_ACT_OK;
  protocol = ip->protocol;
  size = bpf_ntohs(ip->tot_len);
  if (protocol == IPPROTO_TCP) {
    if ((void *)(tcp + 1) <= end)
      port = bpf_ntohs(tcp->dest);
  } else if (protocol == IPPROTO_UDP) {
    if ((void *)(udp + 1) <= end)
      port = bpf_ntohs(udp->dest);
  }
  source = ip->saddr;
  found = bpf_map_lookup_elem(&identities, &source);
  identity = found ? *found : 0;

  verdict = try_rule(identity, port, protocol, size);
  if (verdict >= 0)
    return verdict;
  verdict = try_rule(identity, ANY, protocol, size);
  if (verdict >= 0)
    return verdict;
  verdict = try_rule(identity, ANY, ANY, size);
  if (verdict >= 0)
    return verdict;
  verdict = try_rule(ANY, port, protocol, size);
  if (verdict >= 0)
    return verdict;
  verdict = try_rule(ANY, ANY, ANY, size);
  if (verdict >= 0)
    return verdict;
  count = bpf_map_lookup_elem(&unmatched, &zero);
  if (count)
    *count += 1;
  return TC_ACT_SHOT;
}

//===- cgroup-egress.c - What the processes of a group may send -----------===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//

#include <linux/bpf.h>
#include <linux/in.h>
#include <linux/ip.h>
#include <linux/tcp.h>

#include <bpf/bpf_endian.h>
#include <bpf/bpf_helpers.h>

char LICENSE[] SEC("license") = "GPL";

enum { DENY, ALLOW };

struct usage {
  __u64 packets;
  __u64 bytes;
  __u64 limit;
};

/* By destination address; what is not here may not be sent to. */
struct {
  __uint(type, BPF_MAP_TYPE_HASH);
  __type(key, __u32);
  __type(value, struct usage);
  __uint(max_entries, 8192);
} destinations SEC(".maps");

struct {
  __uint(type, BPF_MAP_TYPE_HASH);
  __type(key, __u16);
  __type(value, __u8);
  __uint(max_entries, 1024);
} denied_ports SEC(".maps");

struct {
  __uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
  __type(key, __u32);
  __type(value, __u64);
  __uint(max_entries, 3);
} denied SEC(".maps");

static int deny(__u32 why) {
  __u64 *count = bpf_map_lookup_elem(&denied, &why);

  if (count)
    *count += 1;
  return DENY;
}

SEC("cgroup_skb/egress")
int limit_egress(struct __sk_buff *skb) {
  void *data = (void *)(long)skb->data;
  void *end = (void *)(long)skb->data_end;
  struct iphdr *ip = data;
  struct tcphdr *tcp = (void *)(ip + 1);
  struct usage *usage;
  __u32 destination;
  __u64 size;

  if ((void *)(ip + 1) > end || ip->version != 4)
    return ALLOW;
  if (ip->protocol == IPPROTO_TCP && (void *)(tcp + 1) <= end) {
    __u16 port = bpf_ntohs(tcp->dest);

    if (bpf_map_lookup_elem(&denied_ports, &port))
      return deny(0);
  }
  destination = ip->daddr;
  usage = bpf_map_lookup_elem(&destinations, &destination);
  size = skb->len;
  if (!usage)
    return deny(1);
  if (usage->bytes + size > usage->limit)
    return deny(2);
  __sync_fetch_and_add(&usage->packets, 1);
  __sync_fetch_and_add(&usage->bytes, size);
  return ALLOW;
}

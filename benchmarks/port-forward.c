//===- port-forward.c - Sends what comes to a port on ---------------------===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//

#include <stddef.h>

#include <linux/bpf.h>
#include <linux/if_ether.h>
#include <linux/in.h>
#include <linux/ip.h>
#include <linux/pkt_cls.h>
#include <linux/tcp.h>

#include <bpf/bpf_endian.h>
#include <bpf/bpf_helpers.h>

char LICENSE[] SEC("license") = "GPL";

/* In network order. */
struct target {
  __u32 addr;
  __u16 port;
};

/* By the port that packets come to, in the machine's order. */
struct {
  __uint(type, BPF_MAP_TYPE_HASH);
  __type(key, __u16);
  __type(value, struct target);
  __uint(max_entries, 1024);
} forwards SEC(".maps");

#define IP_CHECK (ETH_HLEN + offsetof(struct iphdr, check))
#define IP_DADDR (ETH_HLEN + offsetof(struct iphdr, daddr))
#define TCP_DEST                                                               \
  (ETH_HLEN + sizeof(struct iphdr) + offsetof(struct tcphdr, dest))
#define TCP_CHECK                                                              \
  (ETH_HLEN + sizeof(struct iphdr) + offsetof(struct tcphdr, check))

SEC("tc")
int forward_port(struct __sk_buff *skb) {
  void *data = (void *)(long)skb->data;
  void *end = (void *)(long)skb->data_end;
  struct ethhdr *eth = data;
  struct iphdr *ip = (void *)(eth + 1);
  struct tcphdr *tcp = (void *)(ip + 1);
  __u32 old_addr, new_addr;
  __u16 old_port, new_port, port;
  struct target *to;

  if ((void *)(tcp + 1) > end)
    return TC_ACT_OK;
  if (eth->h_proto != bpf_htons(ETH_P_IP) || ip->protocol != IPPROTO_TCP)
    return TC_ACT_OK;
  port = bpf_ntohs(tcp->dest);
  to = bpf_map_lookup_elem(&forwards, &port);
  if (!to)
    return TC_ACT_OK;

  old_addr = ip->daddr;
  old_port = tcp->dest;
  new_addr = to->addr;
  new_port = to->port;
  bpf_l4_csum_replace(skb, TCP_CHECK, old_addr, new_addr,
                      BPF_F_PSEUDO_HDR | sizeof(new_addr));
  bpf_l4_csum_replace(skb, TCP_CHECK, old_port, new_port, sizeof(new_port));
  bpf_l3_csum_replace(skb, IP_CHECK, old_addr, new_addr, sizeof(new_addr));
  bpf_skb_store_bytes(skb, IP_DADDR, &to->addr, sizeof(to->addr), 0);
  bpf_skb_store_bytes(skb, TCP_DEST, &to->port, sizeof(to->port), 0);
  return TC_ACT_OK;
}

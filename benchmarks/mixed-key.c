//===- mixed-key.c - Counts under a key of fields of all widths -----------===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//

#include <linux/bpf.h>
#include <linux/if_ether.h>
#include <linux/ip.h>

#include <bpf/bpf_endian.h>
#include <bpf/bpf_helpers.h>

char LICENSE[] SEC("license") = "GPL";

#define FRAGMENT_OFFSET 0x1fff

struct packet_class {
  __u8 ttl;
  __u16 length;
  __u32 interface;
  __u8 tos;
  __u64 addrs;
  __u16 fragment;
  __u8 protocol;
};

struct {
  __uint(type, BPF_MAP_TYPE_HASH);
  __type(key, struct packet_class);
  __type(value, __u32);
  __uint(max_entries, 8192);
} classes SEC(".maps");

SEC("xdp")
int classify(struct xdp_md *ctx) {
  void *data = (void *)(long)ctx->data;
  void *end = (void *)(long)ctx->data_end;
  struct ethhdr *eth = data;
  struct iphdr *ip = (void *)(eth + 1);
  struct packet_class key;
  __u32 *count;

  if ((void *)(ip + 1) > end || eth->h_proto != bpf_htons(ETH_P_IP))
    return XDP_PASS;
  /* Padding counts in a key. */
  __builtin_memset(&key, 0, sizeof(key));
  key.ttl = ip->ttl;
  key.length = bpf_ntohs(ip->tot_len) & 0xff00;
  key.interface = ctx->ingress_ifindex;
  key.tos = ip->tos;
  key.addrs = *(__u64 *)&ip->saddr;
  key.fragment = bpf_ntohs(ip->frag_off) & FRAGMENT_OFFSET;
  key.protocol = ip->protocol;
  count = bpf_map_lookup_elem(&classes, &key);
  if (count) {
    __sync_fetch_and_add(count, 1);
  } else {
    __u32 first = 1;

    bpf_map_update_elem(&classes, &key, &first, BPF_ANY);
  }
  return XDP_PASS;
}

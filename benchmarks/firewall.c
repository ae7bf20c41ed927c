//===- firewall.c - Lets in only those who were spoken to -----------------===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//

#include <linux/bpf.h>
#include <linux/if_ether.h>
#include <linux/ip.h>
#include <linux/pkt_cls.h>

#include <bpf/bpf_endian.h>
#include <bpf/bpf_helpers.h>

char LICENSE[] SEC("license") = "GPL";

struct {
  __uint(type, BPF_MAP_TYPE_LRU_HASH);
  __type(key, __u32);
  __type(value, __u64);
  __uint(max_entries, 4096);
} peers SEC(".maps");

struct {
  __uint(type, BPF_MAP_TYPE_ARRAY);
  __type(key, __u32);
  __type(value, __u64);
  __uint(max_entries, 2);
} arrivals SEC(".maps");

static struct iphdr *ipv4_of(void *data, void *end) {
  struct ethhdr *eth = data;
  struct iphdr *ip = (void *)(eth + 1);

  if ((void *)(ip + 1) > end || eth->h_proto != bpf_htons(ETH_P_IP))
    return NULL;
  return ip;
}

SEC("tc")
int note_peer(struct __sk_buff *skb) {
  struct iphdr *ip =
      ipv4_of((void *)(long)skb->data, (void *)(long)skb->data_end);

  if (ip) {
    __u32 peer = ip->daddr;
    __u64 now = bpf_ktime_get_ns();

    bpf_map_update_elem(&peers, &peer, &now, BPF_ANY);
  }
  return TC_ACT_OK;
}

SEC("xdp")
int only_peers(struct xdp_md *ctx) {
  struct iphdr *ip =
      ipv4_of((void *)(long)ctx->data, (void *)(long)ctx->data_end);
  __u32 peer, is_stranger;
  __u64 *count;

  if (!ip)
    return XDP_PASS;
  peer = ip->saddr;
  is_stranger = !bpf_map_lookup_elem(&peers, &peer);
  count = bpf_map_lookup_elem(&arrivals, &is_stranger);
  if (count)
    __sync_fetch_and_add(count, 1);
  return is_stranger ? XDP_DROP : XDP_PASS;
}

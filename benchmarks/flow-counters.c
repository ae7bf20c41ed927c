//===- flow-counters.c - Packets, bytes and times of each connection ------===//
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

struct flow_key {
  __u32 src_addr;
  __u32 dst_addr;
  __u16 src_port;
  __u16 dst_port;
  __u8 protocol;
};

struct flow {
  __u64 packets;
  __u64 bytes;
  __u64 first_seen;
  __u64 last_seen;
};

struct {
  __uint(type, BPF_MAP_TYPE_LRU_HASH);
  __type(key, struct flow_key);
  __type(value, struct flow);
  __uint(max_entries, 65536);
} flows SEC(".maps");

SEC("xdp")
int count_flow(struct xdp_md *ctx) {
  void *data = (void *)(long)ctx->data;
  void *end = (void *)(long)ctx->data_end;
  struct ethhdr *eth = data;
  struct iphdr *ip = (void *)(eth + 1);
  struct tcphdr *tcp = (void *)(ip + 1);
  struct udphdr *udp = (void *)(ip + 1);
  struct flow_key key;
  struct flow *flow;
  __u64 size, now;

  if ((void *)(ip + 1) > end || eth->h_proto != bpf_htons(ETH_P_IP))
    return XDP_PASS;
  /* Padding counts in a key. */
  __builtin_memset(&key, 0, sizeof(key));
  key.src_addr = ip->saddr;
  key.dst_addr = ip->daddr;
  key.protocol = ip->protocol;
  size = bpf_ntohs(ip->tot_len);
  now = bpf_ktime_get_ns();
  if (ip->protocol == IPPROTO_TCP) {
    if ((void *)(tcp + 1) <= end) {
      key.src_port = bpf_ntohs(tcp->source);
      key.dst_port = bpf_ntohs(tcp->dest);
    }
  } else if (ip->protocol == IPPROTO_UDP) {
    if ((void *)(udp + 1) <= end) {
      key.src_port = bpf_ntohs(udp->source);
      key.dst_port = bpf_ntohs(udp->dest);
    }
  }

  flow = bpf_map_lookup_elem(&flows, &key);
  if (flow) {
    __sync_fetch_and_add(&flow->packets, 1);
    __sync_fetch_and_add(&flow->bytes, size);
    flow->last_seen = now;
  } else {
    struct flow first = {
        .packets = 1, .bytes = size, .first_seen = now, .last_seen = now};

    bpf_map_update_elem(&flows, &key, &first, BPF_ANY);
  }
  return XDP_PASS;
}

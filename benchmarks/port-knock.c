//===- port-knock.c - Opens a port to who has knocked at three others -----===//
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

#define PROTECTED_PORT 22
#define FIRST 7001
#define SECOND 8002
#define THIRD 9003
#define PATIENCE_NS 10000000000ULL

struct visitor {
  __u32 step;
  __u32 tries;
  __u64 last_knock;
};

struct {
  __uint(type, BPF_MAP_TYPE_LRU_HASH);
  __type(key, __u32);
  __type(value, struct visitor);
  __uint(max_entries, 4096);
} visitors SEC(".maps");

SEC("xdp")
int guard_port(struct xdp_md *ctx) {
  void *data = (void *)(long)ctx->data;
  void *end = (void *)(long)ctx->data_end;
  struct ethhdr *eth = data;
  struct iphdr *ip = (void *)(eth + 1);
  struct tcphdr *tcp = (void *)(ip + 1);
  struct visitor *visitor, fresh = {};
  __u32 source, wanted;
  __u64 now;
  __u16 port;

  if ((void *)(tcp + 1) > end)
    return XDP_PASS;
  if (eth->h_proto != bpf_htons(ETH_P_IP) || ip->protocol != IPPROTO_TCP)
    return XDP_PASS;
  port = bpf_ntohs(tcp->dest);
  source = ip->saddr;
  visitor = bpf_map_lookup_elem(&visitors, &source);
  switch (port) {
  case PROTECTED_PORT:
    return visitor && visitor->step == 3 ? XDP_PASS : XDP_DROP;
  case FIRST:
    if (visitor) {
      visitor->step = 1;
      visitor->tries++;
      visitor->last_knock = bpf_ktime_get_ns();
    } else {
      fresh.step = 1;
      fresh.tries = 1;
      fresh.last_knock = bpf_ktime_get_ns();
      bpf_map_update_elem(&visitors, &source, &fresh, BPF_ANY);
    }
    break;
  case SECOND:
  case THIRD:
    if (!visitor)
      break;
    now = bpf_ktime_get_ns();
    wanted = port == SECOND ? 1 : 2;
    if (visitor->step == wanted && now - visitor->last_knock < PATIENCE_NS) {
      visitor->step = wanted + 1;
      visitor->last_knock = now;
    } else {
      visitor->step = 0;
    }
    break;
  }
  return XDP_PASS;
}

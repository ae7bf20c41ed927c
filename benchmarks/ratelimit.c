//===- ratelimit.c - So many packets of each source in a second -----------===//
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

#define WINDOW_NS 1000000000ULL
#define LIMIT 100

enum { PASSED, DROPPED };

struct window {
  __u64 start;
  __u64 packets;
};

struct {
  __uint(type, BPF_MAP_TYPE_LRU_HASH);
  __type(key, __u32);
  __type(value, struct window);
  __uint(max_entries, 65536);
} windows SEC(".maps");

struct {
  __uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
  __type(key, __u32);
  __type(value, __u64);
  __uint(max_entries, 2);
} decisions SEC(".maps");

static void count_decision(__u32 decision) {
  __u64 *count = bpf_map_lookup_elem(&decisions, &decision);

  if (count)
    *count += 1;
}

SEC("xdp")
int ratelimit(struct xdp_md *ctx) {
  void *data = (void *)(long)ctx->data;
  void *end = (void *)(long)ctx->data_end;
  struct ethhdr *eth = data;
  struct iphdr *ip = (void *)(eth + 1);
  struct window *window;
  __u32 source;
  __u64 now;

  if ((void *)(ip + 1) > end || eth->h_proto != bpf_htons(ETH_P_IP))
    return XDP_PASS;

  source = ip->saddr;
  now = bpf_ktime_get_ns();
  window = bpf_map_lookup_elem(&windows, &source);
  if (!window) {
    struct window first = {.start = now, .packets = 1};

    bpf_map_update_elem(&windows, &source, &first, BPF_ANY);
  } else if (now - window->start >= WINDOW_NS) {
    window->start = now;
    window->packets = 1;
  } else if (window->packets >= LIMIT) {
    count_decision(DROPPED);
    return XDP_DROP;
  } else {
    __sync_fetch_and_add(&window->packets, 1);
  }
  count_decision(PASSED);
  return XDP_PASS;
}

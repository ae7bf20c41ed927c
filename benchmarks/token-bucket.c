//===- token-bucket.c - Limits the bytes that each source may send --------===//
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

#define NS_PER_TOKEN 1000
#define CAPACITY 64000

struct bucket {
  __u64 last;
  __u64 tokens;
};

struct {
  __uint(type, BPF_MAP_TYPE_HASH);
  __type(key, __u32);
  __type(value, struct bucket);
  __uint(max_entries, 16384);
} buckets SEC(".maps");

struct {
  __uint(type, BPF_MAP_TYPE_ARRAY);
  __type(key, __u32);
  __type(value, __u64);
  __uint(max_entries, 1);
} dropped_bytes SEC(".maps");

SEC("xdp")
int token_bucket(struct xdp_md *ctx) {
  void *data = (void *)(long)ctx->data;
  void *end = (void *)(long)ctx->data_end;
  struct ethhdr *eth = data;
  struct iphdr *ip = (void *)(eth + 1);
  struct bucket *bucket;
  __u64 size, now, tokens;
  __u32 source;

  if ((void *)(ip + 1) > end || eth->h_proto != bpf_htons(ETH_P_IP))
    return XDP_PASS;

  source = ip->saddr;
  size = bpf_ntohs(ip->tot_len);
  now = bpf_ktime_get_ns();
  bucket = bpf_map_lookup_elem(&buckets, &source);
  if (!bucket) {
    struct bucket full = {.last = now, .tokens = CAPACITY - size};

    bpf_map_update_elem(&buckets, &source, &full, BPF_ANY);
    return XDP_PASS;
  }

  tokens = bucket->tokens + (now - bucket->last) / NS_PER_TOKEN;
  if (tokens > CAPACITY)
    tokens = CAPACITY;
  bucket->last = now;
  if (tokens < size) {
    __u32 key = 0;
    __u64 *dropped;

    bucket->tokens = tokens;
    dropped = bpf_map_lookup_elem(&dropped_bytes, &key);
    if (dropped)
      __sync_fetch_and_add(dropped, size);
    return XDP_DROP;
  }
  bucket->tokens = tokens - size;
  return XDP_PASS;
}

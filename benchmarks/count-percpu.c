//===- count-percpu.c - Counts by IP version, without atomics -------------===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//

#include <linux/bpf.h>
#include <linux/if_ether.h>

#include <bpf/bpf_endian.h>
#include <bpf/bpf_helpers.h>

char LICENSE[] SEC("license") = "GPL";

enum { OTHER, V4, V6 };

struct {
  __uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
  __type(key, __u32);
  __type(value, __u64);
  __uint(max_entries, 3);
} packets SEC(".maps");

struct {
  __uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
  __type(key, __u32);
  __type(value, __u64);
  __uint(max_entries, 3);
} bytes SEC(".maps");

SEC("xdp")
int count_versions(struct xdp_md *ctx) {
  void *data = (void *)(long)ctx->data;
  void *end = (void *)(long)ctx->data_end;
  struct ethhdr *eth = data;
  __u32 version = OTHER;
  __u64 *value;

  if ((void *)(eth + 1) > end)
    return XDP_PASS;
  switch (eth->h_proto) {
  case bpf_htons(ETH_P_IP):
    version = V4;
    break;
  case bpf_htons(ETH_P_IPV6):
    version = V6;
    break;
  }
  value = bpf_map_lookup_elem(&packets, &version);
  if (value)
    *value += 1;
  value = bpf_map_lookup_elem(&bytes, &version);
  if (value)
    *value += end - data;
  return XDP_PASS;
}

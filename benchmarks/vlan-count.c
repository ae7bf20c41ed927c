//===- vlan-count.c - Counts packets by their outer and inner VLAN --------===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//

#include <linux/bpf.h>
#include <linux/if_ether.h>

#include <bpf/bpf_endian.h>
#include <bpf/bpf_helpers.h>

char LICENSE[] SEC("license") = "GPL";

#define VLAN_ID_MASK 0x0fff

struct vlan_tag {
  __be16 tci;
  __be16 type;
};

struct tags {
  __u16 outer;
  __u16 inner;
};

struct {
  __uint(type, BPF_MAP_TYPE_HASH);
  __type(key, struct tags);
  __type(value, __u64);
  __uint(max_entries, 4096);
} by_tags SEC(".maps");

static __always_inline int is_tag(__be16 type) {
  return type == bpf_htons(ETH_P_8021Q) || type == bpf_htons(ETH_P_8021AD);
}

SEC("xdp")
int count_vlans(struct xdp_md *ctx) {
  void *data = (void *)(long)ctx->data;
  void *end = (void *)(long)ctx->data_end;
  struct ethhdr *eth = data;
  struct vlan_tag *tag = (void *)(eth + 1);
  struct tags key = {};
  __u64 *count;

  if ((void *)(eth + 1) > end || !is_tag(eth->h_proto))
    return XDP_PASS;
  if ((void *)(tag + 1) > end)
    return XDP_DROP;
  key.outer = bpf_ntohs(tag->tci) & VLAN_ID_MASK;
  if (is_tag(tag->type)) {
    tag++;
    if ((void *)(tag + 1) > end)
      return XDP_DROP;
    key.inner = bpf_ntohs(tag->tci) & VLAN_ID_MASK;
  }

  count = bpf_map_lookup_elem(&by_tags, &key);
  if (count) {
    __sync_fetch_and_add(count, 1);
  } else {
    __u64 first = 1;

    bpf_map_update_elem(&by_tags, &key, &first, BPF_ANY);
  }
  return XDP_PASS;
}

//===- vlan-push.c - Puts frames into a VLAN, takes them out --------------===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//

#include <linux/bpf.h>
#include <linux/if_ether.h>

#include <bpf/bpf_endian.h>
#include <bpf/bpf_helpers.h>

char LICENSE[] SEC("license") = "GPL";

struct vlan_ethhdr {
  __u8 macs[2 * ETH_ALEN];
  __be16 type;
  __be16 tci;
  __be16 inner_type;
};

/* The VLAN of the port; 0 is none. */
struct {
  __uint(type, BPF_MAP_TYPE_ARRAY);
  __type(key, __u32);
  __type(value, __u32);
  __uint(max_entries, 1);
} port_vlan SEC(".maps");

#define TAG_BYTES ((int)sizeof(struct vlan_ethhdr) - ETH_HLEN)

/* Moves both addresses: as two numbers, not byte by byte. */
static __always_inline void move_macs(void *to, const void *from) {
  __u64 hi = *(__u64 *)from;
  __u32 lo = *(__u32 *)(from + 8);

  *(__u64 *)to = hi;
  *(__u32 *)(to + 8) = lo;
}

SEC("xdp")
int push_tag(struct xdp_md *ctx) {
  void *data = (void *)(long)ctx->data;
  void *end = (void *)(long)ctx->data_end;
  struct ethhdr *eth = data;
  struct vlan_ethhdr *tagged;
  __u32 key = 0;
  __u32 *vlan;

  if ((void *)(eth + 1) > end)
    return XDP_PASS;
  vlan = bpf_map_lookup_elem(&port_vlan, &key);
  if (!vlan || !*vlan || eth->h_proto == bpf_htons(ETH_P_8021Q))
    return XDP_PASS;
  if (bpf_xdp_adjust_head(ctx, -TAG_BYTES))
    return XDP_DROP;

  /* The packet may have moved. */
  tagged = (void *)(long)ctx->data;
  end = (void *)(long)ctx->data_end;
  if ((void *)(tagged + 1) > end)
    return XDP_PASS;
  move_macs(tagged, (void *)tagged + TAG_BYTES);
  tagged->type = bpf_htons(ETH_P_8021Q);
  tagged->tci = bpf_htons(*vlan);
  return XDP_PASS;
}

SEC("xdp")
int pop_tag(struct xdp_md *ctx) {
  void *data = (void *)(long)ctx->data;
  void *end = (void *)(long)ctx->data_end;
  struct vlan_ethhdr *tagged = data;

  if ((void *)(tagged + 1) > end || tagged->type != bpf_htons(ETH_P_8021Q))
    return XDP_PASS;
  move_macs(data + TAG_BYTES, data);
  return bpf_xdp_adjust_head(ctx, TAG_BYTES) ? XDP_DROP : XDP_PASS;
}

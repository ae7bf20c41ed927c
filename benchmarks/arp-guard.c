//===- arp-guard.c - Drops ARP packets that claim other's addresses -------===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//

#include <linux/bpf.h>
#include <linux/if_ether.h>

#include <bpf/bpf_endian.h>
#include <bpf/bpf_helpers.h>

char LICENSE[] SEC("license") = "GPL";

/* The parts of an Ethernet address as they are compared. */
struct mac {
  __u32 hi;
  __u16 lo;
};

struct owner {
  __u32 mac_hi;
  __u16 mac_lo;
};

/* Who has which address. */
struct {
  __uint(type, BPF_MAP_TYPE_HASH);
  __type(key, __u32);
  __type(value, struct owner);
  __uint(max_entries, 4096);
} owners SEC(".maps");

struct {
  __uint(type, BPF_MAP_TYPE_ARRAY);
  __type(key, __u32);
  __type(value, __u64);
  __uint(max_entries, 1);
} forged SEC(".maps");

#define ARP_BYTES 28
#define SENDER_MAC 8
#define SENDER_ADDR 14

SEC("xdp")
int guard_arp(struct xdp_md *ctx) {
  void *data = (void *)(long)ctx->data;
  void *end = (void *)(long)ctx->data_end;
  struct ethhdr *eth = data;
  void *arp = eth + 1;
  struct mac *sender = arp + SENDER_MAC, *source = data + ETH_ALEN;
  __u32 addr, mac_hi, key = 0;
  struct owner *owner;
  __u64 *count;
  __u16 mac_lo;

  if (arp + ARP_BYTES > end || eth->h_proto != bpf_htons(ETH_P_ARP))
    return XDP_PASS;
  mac_hi = sender->hi;
  mac_lo = sender->lo;
  addr = *(__u32 *)(arp + SENDER_ADDR);
  owner = bpf_map_lookup_elem(&owners, &addr);
  if (!owner)
    return XDP_PASS;
  if (mac_hi == owner->mac_hi && mac_lo == owner->mac_lo &&
      /* The frame has to come from there too. */
      mac_hi == source->hi && mac_lo == source->lo)
    return XDP_PASS;
  count = bpf_map_lookup_elem(&forged, &key);
  if (count)
    __sync_fetch_and_add(count, 1);
  return XDP_DROP;
}

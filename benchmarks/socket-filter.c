//===- socket-filter.c - Shows a socket DNS and listed ports --------------===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//

#include <stddef.h>

#include <linux/bpf.h>
#include <linux/if_ether.h>
#include <linux/in.h>
#include <linux/ip.h>
#include <linux/udp.h>

#include <bpf/bpf_endian.h>
#include <bpf/bpf_helpers.h>

char LICENSE[] SEC("license") = "GPL";

#define DNS_PORT 53

struct {
  __uint(type, BPF_MAP_TYPE_HASH);
  __type(key, __u16);
  __type(value, __u32);
  __uint(max_entries, 1024);
} ports SEC(".maps");

struct {
  __uint(type, BPF_MAP_TYPE_ARRAY);
  __type(key, __u32);
  __type(value, __u64);
  __uint(max_entries, 256);
} seen SEC(".maps");

SEC("socket")
int filter(struct __sk_buff *skb) {
  __u8 header, protocol;
  __u32 index, *length;
  __u16 type, port;
  __u64 *count;

  if (bpf_skb_load_bytes(skb, offsetof(struct ethhdr, h_proto), &type,
                         sizeof(type)))
    return 0;
  if (type != bpf_htons(ETH_P_IP))
    return 0;
  if (bpf_skb_load_bytes(skb, ETH_HLEN, &header, sizeof(header)))
    return 0;
  if (bpf_skb_load_bytes(skb, ETH_HLEN + offsetof(struct iphdr, protocol),
                         &protocol, sizeof(protocol)))
    return 0;
  index = protocol;
  count = bpf_map_lookup_elem(&seen, &index);
  if (count)
    __sync_fetch_and_add(count, 1);
  if (protocol != IPPROTO_TCP && protocol != IPPROTO_UDP)
    return 0;
  if (bpf_skb_load_bytes(
          skb, ETH_HLEN + (header & 15) * 4 + offsetof(struct udphdr, dest),
          &port, sizeof(port)))
    return 0;
  port = bpf_ntohs(port);
  if (port == DNS_PORT)
    return skb->len;
  length = bpf_map_lookup_elem(&ports, &port);
  return length ? *length : 0;
}

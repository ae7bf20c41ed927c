//===- tail-call-dispatch.c - Goes on in the protocol's program -----------===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//

#include <linux/bpf.h>
#include <linux/if_ether.h>
#include <linux/in.h>
#include <linux/ip.h>

#include <bpf/bpf_endian.h>
#include <bpf/bpf_helpers.h>

char LICENSE[] SEC("license") = "GPL";

#define ICMP_ECHO 8

/* <linux/icmp.h> takes in headers of the C library that BPF has none for. */
struct icmp_header {
  __u8 type;
  __u8 code;
  __be16 checksum;
  __be16 id;
  __be16 sequence;
};

enum { BY_NOBODY, BY_TCP, BY_UDP, BY_ICMP };

struct {
  __uint(type, BPF_MAP_TYPE_PROG_ARRAY);
  __uint(key_size, sizeof(__u32));
  __uint(value_size, sizeof(__u32));
  __uint(max_entries, 256);
} handlers SEC(".maps");

struct {
  __uint(type, BPF_MAP_TYPE_ARRAY);
  __type(key, __u32);
  __type(value, __u64);
  __uint(max_entries, 4);
} handled SEC(".maps");

static void count_handled(__u32 by) {
  __u64 *count = bpf_map_lookup_elem(&handled, &by);

  if (count)
    __sync_fetch_and_add(count, 1);
}

SEC("xdp")
int dispatch(struct xdp_md *ctx) {
  void *data = (void *)(long)ctx->data;
  void *end = (void *)(long)ctx->data_end;
  struct ethhdr *eth = data;
  struct iphdr *ip = (void *)(eth + 1);

  if ((void *)(ip + 1) > end || eth->h_proto != bpf_htons(ETH_P_IP))
    return XDP_PASS;
  bpf_tail_call(ctx, &handlers, ip->protocol);
  count_handled(BY_NOBODY);
  return XDP_PASS;
}

SEC("xdp")
int handle_tcp(struct xdp_md *ctx) {
  count_handled(BY_TCP);
  return XDP_PASS;
}

SEC("xdp")
int handle_udp(struct xdp_md *ctx) {
  count_handled(BY_UDP);
  return XDP_PASS;
}

SEC("xdp")
int handle_icmp(struct xdp_md *ctx) {
  void *data = (void *)(long)ctx->data;
  void *end = (void *)(long)ctx->data_end;
  struct ethhdr *eth = data;
  struct iphdr *ip = (void *)(eth + 1);
  struct icmp_header *icmp = (void *)(ip + 1);

  count_handled(BY_ICMP);
  if ((void *)(icmp + 1) > end || eth->h_proto != bpf_htons(ETH_P_IP) ||
      ip->protocol != IPPROTO_ICMP)
    return XDP_PASS;
  return icmp->type == ICMP_ECHO ? XDP_DROP : XDP_PASS;
}

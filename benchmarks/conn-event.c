//===- conn-event.c - A ring buffer record for each connection ------------===//
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

struct conn_event {
  __u64 time;
  __u32 src_addr;
  __u32 dst_addr;
  __u16 src_port;
  __u16 dst_port;
  __u32 sequence;
};

struct {
  __uint(type, BPF_MAP_TYPE_RINGBUF);
  __uint(max_entries, 256 * 1024);
} events SEC(".maps");

struct {
  __uint(type, BPF_MAP_TYPE_ARRAY);
  __type(key, __u32);
  __type(value, __u64);
  __uint(max_entries, 1);
} lost SEC(".maps");

SEC("xdp")
int report_connection(struct xdp_md *ctx) {
  void *data = (void *)(long)ctx->data;
  void *end = (void *)(long)ctx->data_end;
  struct ethhdr *eth = data;
  struct iphdr *ip = (void *)(eth + 1);
  struct tcphdr *tcp = (void *)(ip + 1);
  struct conn_event *event;

  if ((void *)(tcp + 1) > end)
    return XDP_PASS;
  if (eth->h_proto != bpf_htons(ETH_P_IP) || ip->protocol != IPPROTO_TCP)
    return XDP_PASS;
  if (!tcp->syn || tcp->ack)
    return XDP_PASS;

  event = bpf_ringbuf_reserve(&events, sizeof(*event), 0);
  if (!event) {
    __u32 key = 0;
    __u64 *count = bpf_map_lookup_elem(&lost, &key);

    if (count)
      __sync_fetch_and_add(count, 1);
    return XDP_PASS;
  }
  event->time = bpf_ktime_get_ns();
  event->src_addr = ip->saddr;
  event->dst_addr = ip->daddr;
  event->src_port = bpf_ntohs(tcp->source);
  event->dst_port = bpf_ntohs(tcp->dest);
  event->sequence = bpf_ntohl(tcp->seq);
  bpf_ringbuf_submit(event, 0);
  return XDP_PASS;
}

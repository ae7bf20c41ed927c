//===- ringbuf-events.bpf.c - Numbered events ------------------------------===//
// SPDX-License-Identifier: MIT
//===----------------------------------------------------------------------===//
//
// What ringbuf-reader is tested with: repeats the number at offset 14 of a
// packet in an event; a packet whose number ends in 255 gets none.
//
//===----------------------------------------------------------------------===//

#include <linux/bpf.h>

#include <bpf/bpf_endian.h>
#include <bpf/bpf_helpers.h>

struct event {
  __u32 mark;
  __u32 number;
};

struct {
  __uint(type, BPF_MAP_TYPE_RINGBUF);
  __uint(max_entries, 65536);
} events SEC(".maps");

static int report(struct xdp_md *ctx, int leaky) {
  __u8 *data = (void *)(long)ctx->data;
  if (data + 18 > (__u8 *)(long)ctx->data_end)
    return XDP_PASS;
  __u32 number = bpf_ntohl(*(__u32 *)(data + 14));
  if (leaky && (number & 255) == 255)
    return XDP_PASS;
  struct event *event = bpf_ringbuf_reserve(&events, sizeof(*event), 0);
  if (!event)
    return XDP_ABORTED;
  event->mark = 0x5eed;
  event->number = number;
  bpf_ringbuf_submit(event, 0);
  return XDP_PASS;
}

SEC("xdp")
int all(struct xdp_md *ctx) { return report(ctx, 0); }

SEC("xdp")
int leaky(struct xdp_md *ctx) { return report(ctx, 1); }

char licence[] SEC("license") = "GPL";

//===- perf-sample.c - Sends the start of some packets to user space ------===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//

#include <linux/bpf.h>
#include <linux/if_ether.h>

#include <bpf/bpf_endian.h>
#include <bpf/bpf_helpers.h>

char LICENSE[] SEC("license") = "GPL";

#define SAMPLED_BYTES 64

struct sample {
  __u64 time;
  __u32 length;
  __u16 protocol;
  __u16 sampled;
};

struct {
  __uint(type, BPF_MAP_TYPE_PERF_EVENT_ARRAY);
  __uint(key_size, sizeof(__u32));
  __uint(value_size, sizeof(__u32));
} samples SEC(".maps");

struct {
  __uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
  __type(key, __u32);
  __type(value, __u64);
  __uint(max_entries, 1);
} state SEC(".maps");

/* One packet in this many is sent. */
__u64 interval = 4;

SEC("xdp")
int sample_packet(struct xdp_md *ctx) {
  void *data = (void *)(long)ctx->data;
  void *end = (void *)(long)ctx->data_end;
  struct ethhdr *eth = data;
  struct sample sample;
  __u32 key = 0, size;
  __u64 *seen, count;

  if ((void *)(eth + 1) > end)
    return XDP_PASS;
  seen = bpf_map_lookup_elem(&state, &key);
  if (!seen)
    return XDP_PASS;
  count = *seen + 1;
  if (count < interval) {
    *seen = count;
    return XDP_PASS;
  }
  *seen = 0;

  size = end - data;
  sample.time = bpf_ktime_get_ns();
  sample.length = size;
  sample.protocol = bpf_ntohs(eth->h_proto);
  sample.sampled = size < SAMPLED_BYTES ? size : SAMPLED_BYTES;
  bpf_perf_event_output(ctx, &samples,
                        (__u64)sample.sampled << 32 | BPF_F_CURRENT_CPU,
                        &sample, sizeof(sample));
  return XDP_PASS;
}

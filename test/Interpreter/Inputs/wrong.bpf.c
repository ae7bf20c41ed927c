//===- wrong.bpf.c - programs that the verifier would refuse ----*- C -*-===//
//
// SPDX-License-Identifier: MIT
//
//===--------------------------------------------------------------------===//
//
// Each program makes one mistake.
//
//===--------------------------------------------------------------------===//

#include <linux/bpf.h>

#include <bpf/bpf_helpers.h>

struct {
  __uint(type, BPF_MAP_TYPE_ARRAY);
  __type(key, __u32);
  __type(value, __u64);
  __uint(max_entries, 2);
} values SEC(".maps");

struct {
  __uint(type, BPF_MAP_TYPE_RINGBUF);
  __uint(max_entries, 4096);
} ring SEC(".maps");

const volatile int constant = 3;

SEC("xdp") int packet(struct xdp_md *ctx) {
  return ((unsigned char *)(long)ctx->data)[20];
}

SEC("xdp") int value(struct xdp_md *ctx) {
  __u32 key = 1;
  __u64 *found = bpf_map_lookup_elem(&values, &key);
  return found ? found[1] : 0;
}

SEC("xdp") int absent(struct xdp_md *ctx) {
  __u32 key = 2;
  return *(volatile __u64 *)bpf_map_lookup_elem(&values, &key);
}

SEC("xdp") int reserved(struct xdp_md *ctx) {
  __u64 *record = bpf_ringbuf_reserve(&ring, 8, 0);
  if (record)
    *record = 1;
  return 0;
}

SEC("xdp") int submitted(struct xdp_md *ctx) {
  __u64 *record = bpf_ringbuf_reserve(&ring, 8, 0);
  if (!record)
    return 0;
  bpf_ringbuf_submit(record, 0);
  *(volatile __u64 *)record = 1;
  return 0;
}

SEC("xdp") int stale(struct xdp_md *ctx) {
  volatile unsigned char *start = (void *)(long)ctx->data;
  bpf_xdp_adjust_head(ctx, 0);
  return *start;
}

SEC("xdp") int read_only(struct xdp_md *ctx) {
  *(volatile int *)&constant = 4;
  return 0;
}

SEC("xdp") int partial(struct xdp_md *ctx) {
  return *(volatile unsigned short *)&ctx->data;
}

SEC("xdp") int missing(struct xdp_md *ctx) {
  struct bpf_fib_lookup parameters = {};
  return bpf_fib_lookup(ctx, &parameters, sizeof(parameters), 0);
}

char terms[] SEC("license") = "GPL";

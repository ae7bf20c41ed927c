//===- size-histogram.c - How large packets are, logarithmically ----------===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//

#include <linux/bpf.h>
#include <linux/pkt_cls.h>

#include <bpf/bpf_helpers.h>

char LICENSE[] SEC("license") = "GPL";

#define BUCKETS 16

struct {
  __uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
  __type(key, __u32);
  __type(value, __u64);
  __uint(max_entries, BUCKETS);
} sizes SEC(".maps");

static __u32 log2_of(__u32 value) {
  __u32 log = (value > 0xffff) << 4, shift;

  value >>= log;
  shift = (value > 0xff) << 3;
  value >>= shift;
  log |= shift;
  shift = (value > 0xf) << 2;
  value >>= shift;
  log |= shift;
  shift = (value > 0x3) << 1;
  value >>= shift;
  log |= shift;
  return log | value >> 1;
}

SEC("tc")
int measure(struct __sk_buff *skb) {
  __u32 bucket = log2_of(skb->len);
  __u64 *count;

  if (bucket > BUCKETS - 1)
    bucket = BUCKETS - 1;
  count = bpf_map_lookup_elem(&sizes, &bucket);
  if (count)
    *count += 1;
  return TC_ACT_OK;
}

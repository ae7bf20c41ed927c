//===- features.bpf.c - what an object may contain --------------*- C -*-===//
//
// SPDX-License-Identifier: MIT
//
//===--------------------------------------------------------------------===//
//
// Global data, subprograms in .text, callbacks, a program array filled by its
// definition, maps of maps, formats, queues, checksums and moved packets.
//
//===--------------------------------------------------------------------===//

#include <linux/bpf.h>
#include <linux/if_ether.h>

#include <bpf/bpf_endian.h>
#include <bpf/bpf_helpers.h>

struct {
  __uint(type, BPF_MAP_TYPE_HASH);
  __type(key, __u32);
  __type(value, __u64);
  __uint(max_entries, 8);
} table SEC(".maps");

struct inner {
  __uint(type, BPF_MAP_TYPE_ARRAY);
  __type(key, __u32);
  __type(value, __u64);
  __uint(max_entries, 2);
} first SEC(".maps"), second SEC(".maps");

struct {
  __uint(type, BPF_MAP_TYPE_ARRAY_OF_MAPS);
  __type(key, __u32);
  __uint(max_entries, 2);
  __array(values, struct inner);
} outer SEC(".maps") = {.values = {[1] = &second}};

int handler(struct __sk_buff *skb);
struct {
  __uint(type, BPF_MAP_TYPE_PROG_ARRAY);
  __uint(max_entries, 4);
  __uint(key_size, 4);
  __array(values, int(void *));
} programs SEC(".maps") = {.values = {[2] = (void *)&handler}};

const volatile int scale = 3;
int calls;
__u64 sum = 5;

static __attribute__((noinline)) int scaled(int value) {
  ++calls;
  return value * scale;
}

SEC("xdp") int data(struct xdp_md *ctx) {
  sum += scaled(calls + 4);
  bpf_printk("sum %llu of %d %s", sum, calls, "calls");
  return sum;
}

struct bpf_map;
static long add(struct bpf_map *map, __u32 *key, __u64 *value, __u64 *total) {
  *total += *key * *value;
  return 0;
}

static long count(__u32 index, __u64 *total) {
  *total += index;
  return index == 9;
}

static __attribute__((always_inline)) void put(__u32 key) {
  __u64 value = key * 10;
  bpf_map_update_elem(&table, &key, &value, BPF_ANY);
}

SEC("xdp") int callbacks(struct xdp_md *ctx) {
  __u64 total = 0;
  put(1);
  put(2);
  put(3);
  long visited = bpf_for_each_map_elem(&table, add, &total, 0);
  long rounds = bpf_loop(100, count, &total, 0);
  return total * 10000 + visited * 100 + rounds;
}

SEC("xdp") int nested(struct xdp_md *ctx) {
  __u32 key = 0, index = 1;
  if (bpf_map_lookup_elem(&outer, &key))
    return -1;
  void *found = bpf_map_lookup_elem(&outer, &index);
  __u64 *value = found ? bpf_map_lookup_elem(found, &key) : 0;
  if (!value)
    return -2;
  return ++*value;
}

SEC("tc") int handler(struct __sk_buff *skb) { return skb->len; }

SEC("tc") int dispatch(struct __sk_buff *skb) {
  bpf_tail_call(skb, &programs, 1);
  bpf_tail_call(skb, &programs, 2);
  return -1;
}

SEC("xdp") int move(struct xdp_md *ctx) {
  if (bpf_xdp_adjust_head(ctx, -4) || bpf_xdp_adjust_tail(ctx, 2))
    return -1;
  unsigned char *packet = (void *)(long)ctx->data;
  if (packet + 4 > (unsigned char *)(long)ctx->data_end)
    return -2;
  packet[0] = 0xaa;
  packet[1] = packet[2] = packet[3] = 0xbb;
  return bpf_xdp_adjust_head(ctx, 100);
}

SEC("tc") int checksum(struct __sk_buff *skb) {
  __be32 old = bpf_htonl(0x0a000001), new = bpf_htonl(0xc0a80101);
  __s64 difference = bpf_csum_diff(&old, 4, &new, 4, 0);
  bpf_skb_store_bytes(skb, 26, &new, 4, 0);
  return bpf_l3_csum_replace(skb, 24, 0, difference, 0);
}

SEC("tc") int tag(struct __sk_buff *skb) {
  int first = bpf_skb_vlan_push(skb, bpf_htons(ETH_P_8021Q), 5);
  int second = bpf_skb_vlan_push(skb, bpf_htons(ETH_P_8021AD), 6);
  skb->mark = skb->vlan_proto;
  return first + second + skb->vlan_tci * 1000 + skb->len;
}

SEC("tc") int untag(struct __sk_buff *skb) {
  int result = bpf_skb_vlan_pop(skb);
  skb->mark = skb->protocol << 16 | skb->vlan_proto;
  skb->priority = skb->vlan_tci << 1 | skb->vlan_present;
  return result + skb->len;
}

SEC("raw_tp") int probe(__u64 *arguments) {
  char text[8];
  __u64 word;
  long length = bpf_probe_read_kernel_str(text, sizeof(text),
                                          (void *)arguments[0]);
  long error = bpf_probe_read_kernel(&word, sizeof(word),
                                     (void *)arguments[1]);
  if (error)
    return error;
  return length * 1000 + word;
}

char terms[] SEC("license") = "GPL";

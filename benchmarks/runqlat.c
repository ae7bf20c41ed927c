//===- runqlat.c - How long tasks wait for a processor --------------------===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//

#include <linux/bpf.h>

#include <bpf/bpf_helpers.h>

char LICENSE[] SEC("license") = "GPL";

#define SLEEPING 0xff
#define LAST_BUCKET 25

/* The records of the two events, as the kernel's format files tell them. */
struct wakeup_record {
  __u64 common;
  char comm[16];
  __s32 pid;
};

struct switch_record {
  __u64 common;
  char prev_comm[16];
  __s32 prev_pid;
  __s32 prev_prio;
  __s64 prev_state;
  char next_comm[16];
  __s32 next_pid;
  __s32 next_prio;
};

struct {
  __uint(type, BPF_MAP_TYPE_HASH);
  __type(key, __u32);
  __type(value, __u64);
  __uint(max_entries, 10240);
} ready_since SEC(".maps");

struct {
  __uint(type, BPF_MAP_TYPE_ARRAY);
  __type(key, __u32);
  __type(value, __u64);
  __uint(max_entries, 26);
} latency SEC(".maps");

static __u32 log2_of_u32(__u32 value) {
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

static __u32 log2_of(__u64 value) {
  __u32 high = value >> 32;

  return high ? 32 + log2_of_u32(high) : log2_of_u32(value);
}

SEC("tracepoint/sched/sched_wakeup")
int on_wakeup(struct wakeup_record *record) {
  __u32 pid = record->pid;
  __u64 now = bpf_ktime_get_ns();

  bpf_map_update_elem(&ready_since, &pid, &now, BPF_ANY);
  return 0;
}

SEC("tracepoint/sched/sched_switch")
int on_switch(struct switch_record *record) {
  __u64 now = bpf_ktime_get_ns();
  __u32 leaving = record->prev_pid;
  __u32 coming = record->next_pid;
  __u64 *since, *count, waited;
  __u32 bucket;

  if (leaving && !(record->prev_state & SLEEPING))
    bpf_map_update_elem(&ready_since, &leaving, &now, BPF_ANY);

  since = bpf_map_lookup_elem(&ready_since, &coming);
  if (!since)
    return 0;
  waited = (now - *since) / 1000;
  bpf_map_delete_elem(&ready_since, &coming);
  bucket = log2_of(waited);
  if (bucket > LAST_BUCKET)
    bucket = LAST_BUCKET;
  count = bpf_map_lookup_elem(&latency, &bucket);
  if (count)
    __sync_fetch_and_add(count, 1);
  return 0;
}

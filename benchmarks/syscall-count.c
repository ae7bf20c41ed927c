//===- syscall-count.c - How often each process makes each call -----------===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//

#include <linux/bpf.h>

#include <bpf/bpf_helpers.h>

char LICENSE[] SEC("license") = "GPL";

struct call {
  __u32 pid;
  __u32 number;
};

struct {
  __uint(type, BPF_MAP_TYPE_HASH);
  __type(key, struct call);
  __type(value, __u64);
  __uint(max_entries, 10240);
} calls SEC(".maps");

SEC("raw_tp/sys_enter")
int on_enter(struct bpf_raw_tracepoint_args *ctx) {
  struct call key = {.pid = bpf_get_current_pid_tgid() >> 32,
                     .number = ctx->args[1]};
  __u64 *count = bpf_map_lookup_elem(&calls, &key);

  if (count) {
    __sync_fetch_and_add(count, 1);
  } else {
    __u64 first = 1;

    bpf_map_update_elem(&calls, &key, &first, BPF_ANY);
  }
  return 0;
}

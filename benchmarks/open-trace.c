//===- open-trace.c - Tells which process opens which file ----------------===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//

#include <linux/bpf.h>

#include <bpf/bpf_helpers.h>

char LICENSE[] SEC("license") = "GPL";

#define COMM_LEN 16
#define PATH_LEN 128

/* The record of sys_enter_openat, as the kernel's format file tells it. */
struct openat_record {
  __u64 common;
  __s64 number;
  __s64 folder;
  const char *filename;
  __u64 flags;
  __u64 mode;
};

struct open_event {
  __u64 time;
  __u32 pid;
  __u32 uid;
  __u32 flags;
  __u32 path_len;
  char comm[COMM_LEN];
  char path[PATH_LEN];
};

struct {
  __uint(type, BPF_MAP_TYPE_RINGBUF);
  __uint(max_entries, 256 * 1024);
} events SEC(".maps");

/* Users whose files are not of interest. */
struct {
  __uint(type, BPF_MAP_TYPE_HASH);
  __type(key, __u32);
  __type(value, __u8);
  __uint(max_entries, 64);
} ignored_users SEC(".maps");

SEC("tracepoint/syscalls/sys_enter_openat")
int on_open(struct openat_record *record) {
  __u32 uid = bpf_get_current_uid_gid();
  struct open_event *event;

  if (bpf_map_lookup_elem(&ignored_users, &uid))
    return 0;
  event = bpf_ringbuf_reserve(&events, sizeof(*event), 0);
  if (!event)
    return 0;
  event->time = bpf_ktime_get_ns();
  event->pid = bpf_get_current_pid_tgid() >> 32;
  event->uid = uid;
  event->flags = record->flags;
  bpf_get_current_comm(event->comm, sizeof(event->comm));
  event->path_len = bpf_probe_read_user_str(event->path, sizeof(event->path),
                                            record->filename);
  bpf_ringbuf_submit(event, 0);
  return 0;
}

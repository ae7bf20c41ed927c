// What a task's numbers are, by the member's name in the kernel's types: a
// program of clang's, to test the harness without our compiler.
#include <linux/bpf.h>

#include <bpf/bpf_core_read.h>
#include <bpf/bpf_helpers.h>

struct task_struct {
  int pid;
  int tgid;
  struct task_struct *real_parent;
} __attribute__((preserve_access_index));

struct {
  __uint(type, BPF_MAP_TYPE_HASH);
  __uint(max_entries, 16384);
  __type(key, unsigned);
  __type(value, int);
} pid_of SEC(".maps"), tgid_of SEC(".maps"), parent_of SEC(".maps");

struct {
  __uint(type, BPF_MAP_TYPE_ARRAY);
  __uint(max_entries, 1);
  __type(key, unsigned);
  __type(value, int);
} has_tgid SEC(".maps");

SEC("raw_tp/sys_enter")
int on_enter(void *ctx) {
  struct task_struct *task = (void *)bpf_get_current_task();
  unsigned thread = bpf_get_current_pid_tgid();
  int pid = BPF_CORE_READ(task, pid);
  int tgid = BPF_CORE_READ(task, tgid);
  int parent = BPF_CORE_READ(task, real_parent, tgid);
  unsigned zero = 0;
  int exists = bpf_core_field_exists(task->tgid);

  bpf_map_update_elem(&pid_of, &thread, &pid, BPF_ANY);
  bpf_map_update_elem(&tgid_of, &thread, &tgid, BPF_ANY);
  bpf_map_update_elem(&parent_of, &thread, &parent, BPF_ANY);
  bpf_map_update_elem(&has_tgid, &zero, &exists, BPF_ANY);
  return 0;
}

SEC("tp_btf/sched_switch")
int on_switch(unsigned long long *ctx) {
  struct task_struct *previous = (void *)ctx[1];
  unsigned thread = bpf_get_current_pid_tgid();
  int pid = BPF_CORE_READ(previous, pid);

  bpf_map_update_elem(&pid_of, &thread, &pid, BPF_ANY);
  return 0;
}

char _license[] SEC("license") = "GPL";

//===- Needs.c - What programs need of a kernel
//----------------------------===//
// SPDX-License-Identifier: MIT
//===----------------------------------------------------------------------===//
//
// One function a need.
//
//===----------------------------------------------------------------------===//

#include "Needs.h"

#include <bpf/bpf.h>
#include <bpf/libbpf.h>
#include <string.h>
#include <unistd.h>

/// Kernels with kprobes offer them as an event source.
static int hasKprobe(void) {
  return access("/sys/bus/event_source/devices/kprobe/type", R_OK) == 0;
}

/// Some kernels refuse such programs when they are loaded, others when they are
/// attached.
static int hasFentry(void) {
  const struct bpf_insn code[] = {
      {.code = BPF_ALU64 | BPF_MOV | BPF_K, .dst_reg = BPF_REG_0},
      {.code = BPF_JMP | BPF_EXIT},
  };
  LIBBPF_OPTS(bpf_prog_load_opts, options);
  int function = libbpf_find_vmlinux_btf_id("vfs_read", BPF_TRACE_FENTRY);
  if (function < 0)
    return 0;
  options.attach_btf_id = function;
  options.expected_attach_type = BPF_TRACE_FENTRY;
  int program = bpf_prog_load(BPF_PROG_TYPE_TRACING, "need", "GPL", code,
                              sizeof(code) / sizeof(code[0]), &options);
  if (program < 0)
    return 0;
  int link = bpf_raw_tracepoint_open(NULL, program);
  if (link >= 0)
    close(link);
  close(program);
  return link >= 0;
}

int hasNeed(const char *name) {
  static const struct {
    const char *name;
    int (*probe)(void);
  } needs[] = {{"kprobe", hasKprobe}, {"fentry", hasFentry}};
  for (size_t i = 0; i < sizeof(needs) / sizeof(needs[0]); ++i)
    if (!strcmp(needs[i].name, name))
      return needs[i].probe();
  return -1;
}

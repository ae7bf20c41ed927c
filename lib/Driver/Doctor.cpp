//===- Doctor.cpp - what a machine lacks ------------------------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Checks a machine by trying things, not by looking at versions.
//
//===----------------------------------------------------------------------===//

#include "Whistler/Driver/Doctor.h"

#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Program.h"
#include "llvm/Support/raw_ostream.h"

#include <linux/bpf.h>
#include <linux/magic.h>
#include <sys/syscall.h>
#include <sys/vfs.h>
#include <unistd.h>

using namespace whistler;

namespace {
/// Something that may be missing.
struct Check {
  llvm::StringRef what;
  bool (*holds)();
  llvm::StringRef advice;
  /// Without it programs cannot be loaded at all.
  bool isRequiredToLoad;
};
} // namespace

static bool hasFileSystem(const char *path, long magic) {
  struct statfs info;
  return statfs(path, &info) == 0 && info.f_type == magic;
}

/// Whether the kernel lets this process make a map.
static bool canCreateMap() {
  bpf_attr attr = {};
  attr.map_type = BPF_MAP_TYPE_ARRAY;
  attr.key_size = 4;
  attr.value_size = 4;
  attr.max_entries = 1;
  long fd = syscall(SYS_bpf, BPF_MAP_CREATE, &attr, sizeof(attr));
  if (fd >= 0)
    close(int(fd));
  return fd >= 0;
}

template <const char *name> static bool hasProgram() {
  // Administrators' programs are not in every user's PATH.
  return llvm::sys::findProgramByName(name) ||
         llvm::sys::findProgramByName(name, {"/usr/sbin", "/sbin"});
}

static constexpr char bpftool[] = "bpftool", ip[] = "ip", tc[] = "tc";

static constexpr Check checks[] = {
    {"the right to load programs", canCreateMap,
     "run as root, or with CAP_BPF, CAP_NET_ADMIN and CAP_PERFMON", true},
    {"a BPF file system at /sys/fs/bpf",
     [] { return hasFileSystem("/sys/fs/bpf", BPF_FS_MAGIC); },
     "mount -t bpf bpf /sys/fs/bpf", false},
    {"the kernel's types (BTF)",
     [] { return llvm::sys::fs::exists("/sys/kernel/btf/vmlinux"); },
     "the kernel was built without CONFIG_DEBUG_INFO_BTF: compile with "
     "--no-ctx-core",
     false},
    {"tracepoints",
     [] {
       return hasFileSystem("/sys/kernel/tracing", TRACEFS_MAGIC) ||
              hasFileSystem("/sys/kernel/debug/tracing", TRACEFS_MAGIC);
     },
     "mount -t tracefs tracefs /sys/kernel/tracing", false},
    {"bpftool, to load and inspect", hasProgram<bpftool>,
     "install the package bpftool", false},
    {"ip, to attach XDP programs", hasProgram<ip>,
     "install the package iproute2", false},
    {"tc, to attach classifiers", hasProgram<tc>,
     "install the package iproute2", false},
};

bool whistler::runDoctor(llvm::raw_ostream &os) {
  os << "compiling: nothing is missing\n";
  bool canLoad = true;
  for (const Check &check : checks) {
    bool holds = check.holds();
    os << (holds ? "ok      " : "missing ") << check.what << '\n';
    if (!holds)
      os << "        " << check.advice << '\n';
    canLoad &= holds || !check.isRequiredToLoad;
  }
  return canLoad;
}

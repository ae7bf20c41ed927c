//===- Needs.h - What programs need of a kernel
//----------------------------===//
// SPDX-License-Identifier: MIT
//===----------------------------------------------------------------------===//
//
// Finds out by trying whether the running kernel has what not every kernel has.
//
//===----------------------------------------------------------------------===//

#ifndef WHISTLER_UTILS_BPFWATCH_NEEDS_H
#define WHISTLER_UTILS_BPFWATCH_NEEDS_H

/// Whether the kernel has what `name` stands for: `kprobe`, probes on kernel
/// functions; `fentry`, trampolines on them. Returns 1 or 0, -1 for another
/// name.
int hasNeed(const char *name);

#endif // WHISTLER_UTILS_BPFWATCH_NEEDS_H

//===- Opcodes.h - the numbers of the instruction set -----------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// The UAPI's opcode parts, and those that are younger than the oldest UAPI
// headers the compiler builds with. Source files include it; headers do not,
// as it brings in the kernel's macros.
//
//===----------------------------------------------------------------------===//

#ifndef WHISTLER_DIALECT_BPF_IR_OPCODES_H
#define WHISTLER_DIALECT_BPF_IR_OPCODES_H

#include <cstdint>
#include <linux/bpf.h>

// The headers of Linux 6.6 have these two; those of 6.1 do not.
#ifndef BPF_MEMSX
#define BPF_MEMSX 0x80
#endif
#ifndef BPF_JCOND
#define BPF_JCOND 0xe0
#endif
// Linux 6.15.
#ifndef BPF_LOAD_ACQ
#define BPF_LOAD_ACQ 0x100
#endif
#ifndef BPF_STORE_REL
#define BPF_STORE_REL 0x110
#endif

namespace mlir::bpf::opcodes {

/// In the offset of a division or remainder: it is signed. Fixed by
/// `Documentation/bpf/standardization/instruction-set.rst`; the UAPI has no
/// name for it.
inline constexpr int16_t signedDivision = 1;

} // namespace mlir::bpf::opcodes

#endif // WHISTLER_DIALECT_BPF_IR_OPCODES_H

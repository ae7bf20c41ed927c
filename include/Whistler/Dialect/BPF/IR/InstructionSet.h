//===- InstructionSet.h - what a function may not use -----------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// What passes after instruction selection need to know of the instruction set
// that it was done for.
//
//===----------------------------------------------------------------------===//

#ifndef WHISTLER_DIALECT_BPF_IR_INSTRUCTIONSET_H
#define WHISTLER_DIALECT_BPF_IR_INSTRUCTIONSET_H

#include "mlir/Support/LLVM.h"

namespace mlir::bpf {

/// The attribute of a `bpf.func` that may have no jumps on "less" and "less or
/// equal", which v1 lacks.
inline constexpr llvm::StringLiteral noLessJumpsAttrName = "bpf.no_less_jumps";

} // namespace mlir::bpf

#endif // WHISTLER_DIALECT_BPF_IR_INSTRUCTIONSET_H

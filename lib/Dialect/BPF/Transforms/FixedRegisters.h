//===- FixedRegisters.h - values that have to be somewhere ------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Makes room for the registers that calling conventions prescribe.
//
//===----------------------------------------------------------------------===//

#ifndef WHISTLER_LIB_DIALECT_BPF_TRANSFORMS_FIXEDREGISTERS_H
#define WHISTLER_LIB_DIALECT_BPF_TRANSFORMS_FIXEDREGISTERS_H

#include "Whistler/Dialect/BPF/IR/BPFOps.h"
#include "llvm/ADT/SetVector.h"

namespace mlir::bpf {

/// Where a value in a prescribed register is still needed when the register is
/// written again, copies it to a virtual register first. Emits an error where
/// an instruction needs two values in one register.
LogicalResult isolateFixedRegisters(FuncOp func);

/// The values in machine registers that are overwritten while they are live:
/// by another value, by a call, or by a raw instruction.
llvm::SetVector<Value> findOverwritten(FuncOp func);

} // namespace mlir::bpf

#endif // WHISTLER_LIB_DIALECT_BPF_TRANSFORMS_FIXEDREGISTERS_H

//===- CommonConstants.h - one constant for several blocks ------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Sets registers before a branch instead of behind it.
//
//===----------------------------------------------------------------------===//

#ifndef WHISTLER_LIB_DIALECT_BPF_TRANSFORMS_COMMONCONSTANTS_H
#define WHISTLER_LIB_DIALECT_BPF_TRANSFORMS_COMMONCONSTANTS_H

#include "Whistler/Dialect/BPF/IR/BPFOps.h"

namespace mlir::bpf {

/// Where several blocks set a register to one number, sets it in a block that
/// control comes through before, if nothing else needs the register in between
/// and few ways do it in vain. `func` is in register form.
void hoistCommonConstants(FuncOp func);

} // namespace mlir::bpf

#endif // WHISTLER_LIB_DIALECT_BPF_TRANSFORMS_COMMONCONSTANTS_H

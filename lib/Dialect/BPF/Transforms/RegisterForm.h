//===- RegisterForm.h - instructions without values -------------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// For passes that move and share instructions of several blocks: what counts
// then is which register an instruction reads, not who wrote it.
//
//===----------------------------------------------------------------------===//

#ifndef WHISTLER_LIB_DIALECT_BPF_TRANSFORMS_REGISTERFORM_H
#define WHISTLER_LIB_DIALECT_BPF_TRANSFORMS_REGISTERFORM_H

#include "Whistler/Dialect/BPF/IR/BPFOps.h"

namespace mlir::bpf {

/// Takes a function out of SSA form for as long as this lives, and puts it back
/// then.
///
/// In between, every operand in register `rN` is one and the same value, no
/// result has a use, and only the entry block has arguments. Instructions may
/// be moved, repeated and erased as machine code. Requires that every value is
/// in a machine register, and each block argument in that of what is passed
/// for it.
class RegisterForm {
public:
  explicit RegisterForm(FuncOp func);
  ~RegisterForm();

  /// What stands for the content of `reg` in every operand.
  Value getContent(Register reg) const {
    return contents->getArgument(static_cast<unsigned>(reg));
  }

  /// Whether every value of `func` is where this form needs it.
  static bool isPossible(FuncOp func);

private:
  void detach();
  void restore();

  FuncOp func;
  /// A block outside of the function, with an argument for each register.
  std::unique_ptr<Block> contents;
};

} // namespace mlir::bpf

#endif // WHISTLER_LIB_DIALECT_BPF_TRANSFORMS_REGISTERFORM_H

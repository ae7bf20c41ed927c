//===- RegisterLiveness.h - which machine registers are live ----*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Liveness of machine registers, for passes after register allocation.
//
//===----------------------------------------------------------------------===//

#ifndef WHISTLER_LIB_DIALECT_BPF_TRANSFORMS_REGISTERLIVENESS_H
#define WHISTLER_LIB_DIALECT_BPF_TRANSFORMS_REGISTERLIVENESS_H

#include "Whistler/Dialect/BPF/IR/BPFOps.h"
#include "llvm/ADT/DenseMap.h"

namespace mlir::bpf {

/// The registers that `op` reads.
RegisterSet getReads(Operation *op);

/// The registers that `op` overwrites, with a result or otherwise.
RegisterSet getWrites(Operation *op);

/// The machine registers whose content is read later, at the borders of blocks.
/// Requires that every value is in a machine register.
class RegisterLiveness {
public:
  /// Leaves out what raw instructions read, of which there may be no values,
  /// where `raw` is false.
  explicit RegisterLiveness(FuncOp func, bool raw = true);

  /// The registers that are live before the first operation of `block`, its
  /// arguments included.
  RegisterSet getLiveIn(Block *block) const { return liveIn.lookup(block); }

  /// The registers that a successor of `block` needs.
  RegisterSet getLiveOut(Block *block) const;

  /// The registers that are live before `op`, given those after it.
  static RegisterSet getLiveBefore(Operation *op, RegisterSet liveAfter);

private:
  RegisterSet computeLiveIn(Block *block, bool raw) const;

  llvm::DenseMap<Block *, RegisterSet> liveIn;
};

/// A register that calls do not preserve and that is not live from `first` to
/// `last`, in one block; none if there is none. What `last` writes it may write
/// to this register as well.
std::optional<Register> findFreeRegister(Operation *first, Operation *last,
                                         const RegisterLiveness &liveness);

/// How many values a function has in each machine register.
using RegisterCounts = std::array<unsigned, numRegisters>;
RegisterCounts countValues(FuncOp func);

} // namespace mlir::bpf

#endif // WHISTLER_LIB_DIALECT_BPF_TRANSFORMS_REGISTERLIVENESS_H

//===- RegisterConstants.h - registers with known contents ------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Which registers hold which number, for a function in register form.
//
//===----------------------------------------------------------------------===//

#ifndef WHISTLER_LIB_DIALECT_BPF_TRANSFORMS_REGISTERCONSTANTS_H
#define WHISTLER_LIB_DIALECT_BPF_TRANSFORMS_REGISTERCONSTANTS_H

#include "Whistler/Dialect/BPF/IR/BPFOps.h"
#include "llvm/ADT/DenseMap.h"
#include <array>

namespace mlir::bpf {

/// The number in each register; none where it is not known.
using KnownContents = std::array<std::optional<int64_t>, numRegisters>;

/// A forward data flow analysis of immediates in registers. What a conditional
/// jump compares its register with is known where it finds them equal.
class RegisterConstants {
public:
  explicit RegisterConstants(FuncOp func);

  /// What is known where control goes from `block` to its successor number
  /// `index`.
  KnownContents getOnEdge(Block *block, unsigned index) const;

  /// The number that `op` gives its result; none if that is not known.
  static std::optional<int64_t> getNumber(Operation *op);

private:
  KnownContents getAtEnd(Block *block) const;
  bool update(Block *block);

  /// What is known at the start of each block that was reached.
  llvm::DenseMap<Block *, KnownContents> atStart;
};

} // namespace mlir::bpf

#endif // WHISTLER_LIB_DIALECT_BPF_TRANSFORMS_REGISTERCONSTANTS_H

//===- ValueLiveness.h - where single values are needed ---------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// The liveness of those values that are asked for.
//
//===----------------------------------------------------------------------===//

#ifndef WHISTLER_LIB_TRANSFORMS_VALUELIVENESS_H
#define WHISTLER_LIB_TRANSFORMS_VALUELIVENESS_H

#include "mlir/IR/Value.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/SmallPtrSet.h"

namespace mlir::whistler {

/// Says where values are live. Upstream's analysis finds the live values of all
/// blocks, which takes the product of both numbers in time and memory; here the
/// blocks of a value are found when it is asked for the first time, as the uses
/// are then.
class ValueLiveness {
public:
  /// Whether `value`, which another block defines, is live at the start of
  /// `block`.
  bool isLiveIn(Value value, Block *block);

  /// Whether `value` is not used behind `op`, whatever way control takes.
  bool isDeadAfter(Value value, Operation *op);

private:
  using Blocks = llvm::SmallPtrSet<Block *, 4>;

  const Blocks &getLiveIn(Value value);

  llvm::DenseMap<Value, Blocks> liveIn;
};

} // namespace mlir::whistler

#endif // WHISTLER_LIB_TRANSFORMS_VALUELIVENESS_H

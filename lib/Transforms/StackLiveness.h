//===- StackLiveness.h - which bytes on the stack are read ------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Tells of the bytes of variables on the stack whether anything may read them
// before they are written again.
//
//===----------------------------------------------------------------------===//

#ifndef WHISTLER_LIB_TRANSFORMS_STACKLIVENESS_H
#define WHISTLER_LIB_TRANSFORMS_STACKLIVENESS_H

#include "StackPlaces.h"

#include "llvm/ADT/BitVector.h"

namespace mlir::whistler {

/// Bytes of a variable.
struct StackArea {
  AllocaOp variable;
  int64_t offset = 0;
  int64_t size = 0;
  /// The number of the operand that points to it, if an operation writes it.
  unsigned operand = 0;

  explicit operator bool() { return bool(variable); }
};

/// The bytes that `op` writes in any case, without reading them; none if there
/// are no such. Of a helper, those of a parameter that it fills.
StackArea getWrittenArea(Operation *op);

/// Knows of each byte of the variables of a body, at any operation, whether it
/// is live: whether something may read it before it is written again.
class StackLiveness {
public:
  /// Looks at a program or function.
  explicit StackLiveness(Operation *body);

  /// Calls `visit` for each operation that has a written area in a variable
  /// whose address is not kept, with those of the area's bytes that are live
  /// behind the operation. It may replace the operation by one that writes
  /// less.
  void forEachWrite(
      function_ref<void(Operation *, StackArea, const llvm::BitVector &)>
          visit);

private:
  llvm::BitVector getLiveOut(Block *block) const;
  void passBackward(Operation *op, llvm::BitVector &live) const;
  void markRead(OpOperand &pointer, llvm::BitVector &live) const;
  /// Where the bits of an area are, clipped to the variable; none of a variable
  /// that is not looked at.
  std::optional<std::pair<unsigned, unsigned>> getBits(StackArea area) const;

  Operation *body;
  /// The first bit of each variable.
  llvm::DenseMap<Operation *, unsigned> firstBits;
  unsigned numBits = 0;
  llvm::DenseMap<Block *, llvm::BitVector> liveIn;
};

} // namespace mlir::whistler

#endif // WHISTLER_LIB_TRANSFORMS_STACKLIVENESS_H

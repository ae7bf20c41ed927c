//===- DemandedBits.h - which bits of integers matter -----------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Which bits of an integer can make a difference, and which are zero.
//
//===----------------------------------------------------------------------===//

#ifndef WHISTLER_LIB_TRANSFORMS_DEMANDEDBITS_H
#define WHISTLER_LIB_TRANSFORMS_DEMANDEDBITS_H

#include "mlir/IR/Dominance.h"
#include "mlir/IR/Value.h"
#include "llvm/ADT/APInt.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/SetVector.h"

namespace mlir::whistler {

/// The bits of every integer of a body that can make a difference to what the
/// body does, or to whether the verifier sees that rounds of a loop are alike.
/// Follows them from uses to operands, and through blocks.
class DemandedBits {
public:
  explicit DemandedBits(Operation *body);

  /// The bits of `value` that something looks at.
  APInt get(Value value) const;

private:
  void add(Value value, const APInt &bits);
  void visitOperands(Operation *op, const APInt &bits);
  void visitGiven(BlockArgument arg, const APInt &bits);

  DominanceInfo dominance;
  DenseMap<Value, APInt> demanded;
  /// Values of which more was demanded than what is demanded for them.
  llvm::SetVector<Value> worklist;
};

/// The bits of `value` that are zero. `asVerifier` leaves out what the verifier
/// does not find out of byte swaps.
APInt getKnownZeros(Value value, bool asVerifier);

} // namespace mlir::whistler

#endif // WHISTLER_LIB_TRANSFORMS_DEMANDEDBITS_H

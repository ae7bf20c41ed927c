//===- RepeatedValue.h - values that several blocks define ------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Gives the uses of a value what comes to them where it has several
// definitions.
//
//===----------------------------------------------------------------------===//

#ifndef WHISTLER_LIB_TRANSFORMS_REPEATEDVALUE_H
#define WHISTLER_LIB_TRANSFORMS_REPEATEDVALUE_H

#include "Conditions.h"

#include "mlir/Interfaces/ControlFlowInterfaces.h"
#include "llvm/ADT/MapVector.h"

namespace mlir::whistler {

/// The operands of `edge`.
SuccessorOperands getOperands(Edge edge);

/// The value that all edges give `arg`, if it is one; null otherwise.
Value getOnlyValue(BlockArgument arg);

/// Replaces `arg` by the value that all edges give it.
void dropArgument(BlockArgument arg, Value only);

/// Whether the uses of `values`, which `block` defines, are near enough to be
/// given other values.
bool hasNearUses(Block *block, ArrayRef<Value> values);

/// A value that several blocks define, after one of them was repeated or its
/// edges were given values of their own, and what each of its uses is given
/// instead.
class RepeatedValue {
public:
  RepeatedValue(Value original, Block *block) : original(original) {
    atEnd[block] = original;
  }
  void addDefinition(Block *block, Value value) { atEnd[block] = value; }

  /// Gives the uses outside of the defining blocks what comes to them.
  void rewriteUses();

private:
  /// Gives arguments to the blocks between the uses and the definitions where
  /// several edges meet.
  void addArguments(ArrayRef<OpOperand *> uses);
  /// What comes to the end of `block`.
  Value getAtEnd(Block *block);
  Value getAtEntry(Block *block);
  /// Drops arguments that are given one value only.
  void dropArguments();

  Value original;
  DenseMap<Block *, Value> atEnd;
  llvm::MapVector<Block *, BlockArgument> arguments;
};

} // namespace mlir::whistler

#endif // WHISTLER_LIB_TRANSFORMS_REPEATEDVALUE_H

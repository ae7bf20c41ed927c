//===- MemoryClobbers.h - what changes memory -------------------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Tells which operations may change the bytes that a pointer points to, or make
// the pointer unusable.
//
//===----------------------------------------------------------------------===//

#ifndef WHISTLER_LIB_TRANSFORMS_MEMORYCLOBBERS_H
#define WHISTLER_LIB_TRANSFORMS_MEMORYCLOBBERS_H

#include "Whistler/Transforms/Passes.h"

namespace mlir::whistler {

/// How many operations a pass looks at to find out about one, so that its time
/// stays in proportion to the program.
inline constexpr unsigned maxVisitedOps = 500;

/// Knows what functions do, when it is made for a module, as they were then.
/// For one program or function, all calls may do anything. Several threads may
/// ask.
class MemoryClobbers {
public:
  explicit MemoryClobbers(Operation *root);

  /// Whether `op` may change memory in `space`, or invalidate pointers to it.
  /// Memory on the stack counts as changed by whatever gets its address; the
  /// space of the context stands for its fields.
  bool mayClobber(Operation *op, AddressSpace space) const;

  /// Whether `op` may move the packet, so that its address has to be read from
  /// the context again.
  bool mayMovePacket(Operation *op) const;

  /// Whether anything on the ways from `from` to `to`, which `from` dominates,
  /// may change memory in `space`.
  bool mayClobberBetween(Operation *from, Operation *to,
                         AddressSpace space) const;

private:
  void addFunction(FuncOp func, const SymbolTable &symbols);

  /// Whether a function leaves packets alone. Recursive ones do not count.
  llvm::StringMap<bool> quietFunctions;
};

/// Whether `helper`, by its UAPI name, neither writes to memory that the
/// program can access nor moves the packet.
bool isQuietHelper(StringRef helper);

/// Whether `op` calls a helper that changes the packet and nothing else that a
/// program can access (the skb and xdp helpers of net/core/filter.c).
bool changesOnlyPacket(Operation *op);

/// Whether `predicate` may hold for an operation on a way to `to` since `from`
/// was passed last, or a way to `to` does not pass `from`. Long ways count as
/// such.
bool isAnyBetween(Operation *from, Operation *to,
                  function_ref<bool(Operation *)> predicate);

/// Whether `op` gets a pointer to `space`, or may.
bool takesPointer(Operation *op, AddressSpace space);

/// Whether nothing of what `op` does is seen from outside: it computes or
/// reads.
bool isSilent(Operation *op);

/// Whether `op` becomes a call, after which registers r1 to r5 are lost.
bool isCall(Operation *op);

} // namespace mlir::whistler

#endif // WHISTLER_LIB_TRANSFORMS_MEMORYCLOBBERS_H

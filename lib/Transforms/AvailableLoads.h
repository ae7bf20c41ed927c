//===- AvailableLoads.h - what was loaded before ----------------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Finds values that memory is known to hold.
//
//===----------------------------------------------------------------------===//

#ifndef WHISTLER_LIB_TRANSFORMS_AVAILABLELOADS_H
#define WHISTLER_LIB_TRANSFORMS_AVAILABLELOADS_H

#include "Conditions.h"
#include "MemoryClobbers.h"

namespace mlir::whistler {

/// The places of a body at which memory and fields of the context are loaded or
/// stored, by what they access.
class AvailableLoads {
public:
  /// For a program or function, of which nothing is known yet.
  AvailableLoads(Operation *body, const MemoryClobbers &clobbers,
                 Dominators &dominators);

  /// Takes in what `op` loads or stores, if it does. `remove` has to be told of
  /// what goes away later; whatever else changes, only less is found.
  void add(Operation *op);

  /// The value that `load` would have if it stood in front of `place`: one that
  /// was loaded from there, or stored there, on every way to `place` with
  /// nothing in between that may change it. Null if there is none. Adds to
  /// `calls` those that the value lives across.
  Value find(Operation *load, Operation *place,
             SmallVectorImpl<Operation *> *calls = nullptr);

  /// Forgets `op`.
  void remove(Operation *op);

private:
  /// What is accessed: the pointer without the constants that were added to it,
  /// the distance from it in bytes, the type of the value, and a context's
  /// field for CO-RE.
  using Location =
      std::tuple<const void *, int64_t, const void *, const void *>;

  /// What `op` accesses, if it loads or stores one value.
  static std::optional<Location> getLocation(Operation *op);

  bool comesBefore(Operation *op, Operation *other) const;
  bool isAvailable(Operation *access, Operation *load, Operation *place,
                   SmallVectorImpl<Operation *> &calls);

  DenseMap<Location, SmallVector<Operation *, 2>> accesses;
  DenseMap<Operation *, Location> locations;
  const MemoryClobbers &clobbers;
  Dominators &dominators;
  /// How many operations may still be looked at.
  size_t budget = 0;
};

} // namespace mlir::whistler

#endif // WHISTLER_LIB_TRANSFORMS_AVAILABLELOADS_H

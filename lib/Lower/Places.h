//===- Places.h - what programs assign to -----------------------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Variables, and places that are no variables.
//
//===----------------------------------------------------------------------===//

#ifndef WHISTLER_LIB_LOWER_PLACES_H
#define WHISTLER_LIB_LOWER_PLACES_H

#include "DataTypes.h"

#include "mlir/IR/Value.h"

#include <functional>

namespace whistler {

/// A place that is read and written through what its parts evaluated to.
struct Place {
  std::function<mlir::Value()> read;
  /// Stores what a form yielded, and gives what the place holds now; empty
  /// after an error.
  std::function<mlir::Value(mlir::Value value, const Form *form)> write;
  /// The type of memory, if the place has one.
  mlir::Type type = {};
};

/// A variable. It lives in an alloca, which mem2reg turns into values unless
/// the variable's address is taken.
struct Variable {
  const Symbol *name;
  mlir::Value slot;
  /// An integer variable holds its value extended from this type.
  ScalarType type;
  bool isPointer;
  /// It was initialised with the literal null pointer and holds no other value
  /// yet: the first pointer stored to it decides what it points to.
  bool isUndecided;
  /// What a pointer points to, if that is known.
  mlir::Type pointee = {};
  /// Its initialiser had an error: what uses the variable is not reported too.
  bool isBroken = false;
  /// What stands for the name, if `symbol-macrolet` made it; the rest is then
  /// without meaning.
  const Form *expansion = nullptr;
};

} // namespace whistler

#endif // WHISTLER_LIB_LOWER_PLACES_H

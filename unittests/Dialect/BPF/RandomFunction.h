//===- RandomFunction.h - functions to test code generation -----*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Makes functions of arbitrary instructions on virtual registers.
//
//===----------------------------------------------------------------------===//

#ifndef WHISTLER_UNITTESTS_DIALECT_BPF_RANDOMFUNCTION_H
#define WHISTLER_UNITTESTS_DIALECT_BPF_RANDOMFUNCTION_H

#include "Whistler/Dialect/BPF/IR/BPFOps.h"

namespace mlir::bpf::testing {

/// How a random function looks.
struct RandomShape {
  /// The instructions, roughly, not counting what a construct brings along.
  unsigned size = 40;
  /// The nesting of conditions and loops.
  unsigned depth = 3;
  /// In how many of 100 cases an operand is one of the latest values; the
  /// lower, the more values are live at once.
  unsigned locality = 50;
  /// In how many of 100 cases an instruction is a call.
  unsigned calls = 10;
  /// In how many of 100 cases blocks end in instructions that others end in,
  /// and exits return a small constant.
  unsigned repetition = 0;
};

/// The number of arguments of a helper in random functions.
unsigned getNumArguments(int32_t helper);

/// Makes the function for `seed` at the end of `module`. It terminates, reads
/// no memory that was not written, and depends on no address.
FuncOp makeRandomFunction(ModuleOp module, uint64_t seed, RandomShape shape);

} // namespace mlir::bpf::testing

#endif // WHISTLER_UNITTESTS_DIALECT_BPF_RANDOMFUNCTION_H

//===- Execution.h - what a program does ------------------------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// The observable behaviour of a program, and two ways to find it: from the SSA
// form before register allocation, and from the encoded instructions.
//
//===----------------------------------------------------------------------===//

#ifndef WHISTLER_UNITTESTS_DIALECT_BPF_EXECUTION_H
#define WHISTLER_UNITTESTS_DIALECT_BPF_EXECUTION_H

#include "Whistler/Dialect/BPF/IR/BPFOps.h"
#include "Whistler/Target/BPF/Encoder.h"
#include <array>
#include <string>
#include <vector>

namespace mlir::bpf::testing {

/// The size of the memory that the context register points to, in bytes.
inline constexpr uint64_t heapBytes = 256;

/// The addresses at which programs see the heap and the stack. An argument in
/// the stack's range is compared by what it points to.
inline constexpr uint64_t heapAddress = 0x3e5a90c10000;
inline constexpr uint64_t stackAddress = 0x6b3f21d70000;

/// A call of a helper, or the end of the program.
struct Event {
  int32_t helper;
  std::vector<uint64_t> arguments;

  bool operator==(const Event &other) const {
    return helper == other.helper && arguments == other.arguments;
  }
};

/// What can be seen of an execution.
struct Execution {
  std::vector<Event> events;
  std::array<uint8_t, heapBytes> heap = {};
  uint64_t result = 0;
  uint64_t steps = 0;
  /// Why the execution stopped early; empty where it did not.
  std::string error;
};

/// What a helper returns: an arbitrary function of what it is given.
uint64_t getHelperResult(const Event &event);

/// The most instructions that an execution may take.
inline constexpr uint64_t maxSteps = 100000;

/// Executes a function on virtual registers, or any other, by its SSA values.
Execution executeValues(FuncOp func, uint64_t seed);

/// Executes encoded instructions. Reading a register that was not written, or
/// that a call has overwritten, is an error. `numArguments` gives the number of
/// arguments for each helper.
Execution executeSlots(const EncodedFunction &function, uint64_t seed,
                       llvm::function_ref<unsigned(int32_t)> numArguments);

/// Fills the heap for the input number `seed`.
void fillHeap(std::array<uint8_t, heapBytes> &heap, uint64_t seed);

} // namespace mlir::bpf::testing

#endif // WHISTLER_UNITTESTS_DIALECT_BPF_EXECUTION_H

//===- Provenance.h - what an address points to -----------------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// The kernel's verifier compiles an access differently for some kinds of
// pointers, and takes each instruction for one kind only.
//
//===----------------------------------------------------------------------===//

#ifndef WHISTLER_LIB_DIALECT_BPF_TRANSFORMS_PROVENANCE_H
#define WHISTLER_LIB_DIALECT_BPF_TRANSFORMS_PROVENANCE_H

#include "Whistler/Dialect/BPF/IR/BPFOps.h"
#include "llvm/ADT/DenseMap.h"
#include <map>

namespace mlir::bpf {

/// Numbers instructions by the pointers that they are given: two may become one
/// only if their numbers are equal.
///
/// An access through the context, a kernel struct or a socket is "the same insn
/// with different pointers" beside any other one. A call for different maps is
/// allowed, but no longer compiled in line.
class Provenance {
public:
  /// Reads the values of `func`, of which nothing may be changed before.
  explicit Provenance(FuncOp func);

  unsigned get(Operation *op) const { return numbers.lookup(op); }

private:
  enum Kind : unsigned { None, Plain, Context, NumKinds };

  unsigned classify(Value pointer);
  unsigned classifyCall(CallOp call);
  unsigned classifyResult(Operation *op);
  unsigned getFresh() { return next++; }

  llvm::DenseMap<Operation *, unsigned> numbers;
  llvm::DenseMap<Value, unsigned> kinds;
  llvm::DenseMap<Attribute, unsigned> maps;
  /// The numbers of the maps that calls are given, argument by argument.
  std::map<std::vector<unsigned>, unsigned> calls;
  unsigned next = NumKinds;
};

} // namespace mlir::bpf

#endif // WHISTLER_LIB_DIALECT_BPF_TRANSFORMS_PROVENANCE_H

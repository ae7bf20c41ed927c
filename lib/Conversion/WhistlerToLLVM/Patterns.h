//===- Patterns.h - operations to LLVM --------------------------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// The patterns that convert the operations of bodies, by subject.
//
//===----------------------------------------------------------------------===//

#ifndef WHISTLER_LIB_CONVERSION_WHISTLERTOLLVM_PATTERNS_H
#define WHISTLER_LIB_CONVERSION_WHISTLERTOLLVM_PATTERNS_H

#include "DebugInfo.h"

#include "mlir/Conversion/LLVMCommon/TypeConverter.h"
#include "mlir/Transforms/DialectConversion.h"

namespace mlir::whistler {

/// What is known about the module that is converted.
struct ConversionState {
  ::whistler::StructLayouts &layouts;
  DebugInfo &debugInfo;
  /// The instruction set has atomic operations beside addition (v3).
  bool hasAtomics;
  /// How many questions about types there are so far.
  unsigned &numQueries;
};

/// Reports operations of `body` that have no counterpart in LLVM. The patterns
/// below are for bodies that passed.
LogicalResult checkBody(const ConversionState &state, Operation *body);

/// Division, byte swaps and pointer arithmetic.
void populateArithmeticPatterns(const LLVMTypeConverter &converter,
                                RewritePatternSet &patterns);

/// Variables, loads, stores and atomics.
void populateMemoryPatterns(const LLVMTypeConverter &converter,
                            const ConversionState &state,
                            RewritePatternSet &patterns);

/// Maps, helpers and functions.
void populateCallPatterns(const LLVMTypeConverter &converter,
                          RewritePatternSet &patterns);

/// Accesses to the context and questions about the kernel's types.
void populateKernelPatterns(const LLVMTypeConverter &converter,
                            const ConversionState &state,
                            RewritePatternSet &patterns);

/// The address of the field that `subject`, a `struct:path`, names, wherever
/// the running kernel has it behind `base`.
Value emitFieldAddress(OpBuilder &builder, const ConversionState &state,
                       Location loc, Value base, StringRef subject);

/// A variable that holds a `type`, a number, a pointer or an array of bytes, in
/// the entry block of the function around `op`; LLVM's backend has no others.
/// It takes whole words of 8 bytes, and is aligned to them.
Value emitVariable(ConversionPatternRewriter &rewriter, Operation *op,
                   Type type);

/// A constant of the builtin integer type `type`.
Value emitConstant(OpBuilder &builder, Location loc, Type type, int64_t value);

/// `value`, of which LLVM knows nothing any more: it would use what it knows to
/// remove the comparison that tells the verifier. An instruction that is none
/// hides more than `llvm.bpf.passthrough`, which code generation looks through.
Value emitOpaque(OpBuilder &builder, Location loc, Value value);

/// A call of the intrinsic `name`. The results, if `type` is there, are of
/// `type`.
LLVM::CallIntrinsicOp emitIntrinsic(OpBuilder &builder, Location loc,
                                    StringRef name, Type type, ValueRange args);

/// `pointer` moved by `bytes`.
Value emitOffset(OpBuilder &builder, Location loc, Value pointer, int64_t bytes,
                 bool isInBounds = false);

/// Keeps a branch for each test of `func` whether a pointer is null.
void keepNullTests(LLVM::LLVMFuncOp func);

} // namespace mlir::whistler

#endif // WHISTLER_LIB_CONVERSION_WHISTLERTOLLVM_PATTERNS_H

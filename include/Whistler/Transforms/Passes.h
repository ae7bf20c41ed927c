//===- Passes.h - target-independent passes and pipelines -------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Passes on the whistler dialect, and the pipelines made of them.
//
//===----------------------------------------------------------------------===//

#ifndef WHISTLER_TRANSFORMS_PASSES_H
#define WHISTLER_TRANSFORMS_PASSES_H

#include "Whistler/Dialect/Whistler/IR/WhistlerDialect.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/ControlFlow/IR/ControlFlow.h"

#include "mlir/Pass/Pass.h"

namespace mlir {
class OpPassManager;
} // namespace mlir

namespace mlir::whistler {

/// When operations move into functions of their own: never, where the program
/// becomes much smaller, or wherever it becomes smaller.
enum class Outlining { Never, Speed, Size };

#define GEN_PASS_DECL
#include "Whistler/Transforms/Passes.h.inc"

/// The patterns of `whistler-canonicalize`, made when they are needed first.
class CanonicalizationPatterns;
std::shared_ptr<CanonicalizationPatterns> makeCanonicalizationPatterns();

/// Makes a `whistler-canonicalize` that shares `patterns` with others.
std::unique_ptr<Pass>
createCanonicalizePass(const CanonicalizePassOptions &options,
                       std::shared_ptr<CanonicalizationPatterns> patterns);

#define GEN_PASS_REGISTRATION
#include "Whistler/Transforms/Passes.h.inc"

/// Calls `transform` on each program and function that `op` is or contains.
void forEachBody(Operation *op, function_ref<void(Operation *)> transform);

/// The same on several threads, if the context has any. `transform` changes
/// nothing but the body, and reads nothing of the others.
void forEachBodyInParallel(Operation *op,
                           function_ref<void(Operation *)> transform);

/// Erases the operations of `body`, a program or function, that do nothing.
void eraseDeadOperations(Operation *body);

/// How much the optimiser does. `Os` is `O2` for small programs rather than
/// fast ones.
enum class OptLevel { O0, O1, O2, Os };

/// Adds the optimisations of `level` to a pass manager for modules. Input and
/// output are in the whistler, arith and cf dialects.
void buildOptimizationPipeline(OpPassManager &pm, OptLevel level);

/// Registers `whistler-O0`, `whistler-O1`, `whistler-O2` and `whistler-Os`.
void registerOptimizationPipelines();

} // namespace mlir::whistler

#endif // WHISTLER_TRANSFORMS_PASSES_H

//===- Canonicalize.cpp - folds of all operations ---------------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Canonicalization as the optimisation levels run it.
//
//===----------------------------------------------------------------------===//

#include "Whistler/Transforms/Passes.h"

#include "mlir/Transforms/GreedyPatternRewriteDriver.h"

namespace mlir::whistler {
#define GEN_PASS_DEF_CANONICALIZEPASS
#include "Whistler/Transforms/Passes.h.inc"
} // namespace mlir::whistler

using namespace mlir;
using namespace mlir::whistler;

class mlir::whistler::CanonicalizationPatterns {
public:
  /// The patterns of all dialects and operations that `context` knows.
  const FrozenRewritePatternSet &get(MLIRContext *context);

private:
  FrozenRewritePatternSet patterns;
  /// What they were made for.
  MLIRContext *context = nullptr;
  size_t operationCount = 0;
};

const FrozenRewritePatternSet &
CanonicalizationPatterns::get(MLIRContext *newContext) {
  ArrayRef<RegisteredOperationName> operations =
      newContext->getRegisteredOperations();
  if (context == newContext && operationCount == operations.size())
    return patterns;
  context = newContext;
  operationCount = operations.size();
  RewritePatternSet made(context);
  for (Dialect *dialect : context->getLoadedDialects())
    dialect->getCanonicalizationPatterns(made);
  for (RegisteredOperationName operation : operations)
    operation.getCanonicalizationPatterns(made, context);
  patterns = FrozenRewritePatternSet(std::move(made));
  return patterns;
}

namespace {
struct Canonicalize : mlir::whistler::impl::CanonicalizePassBase<Canonicalize> {
  Canonicalize(const CanonicalizePassOptions &options = {},
               std::shared_ptr<CanonicalizationPatterns> sets =
                   makeCanonicalizationPatterns())
      : CanonicalizePassBase(options), sets(std::move(sets)) {}
  LogicalResult initialize(MLIRContext *context) override;
  void runOnOperation() override;

private:
  std::shared_ptr<CanonicalizationPatterns> sets;
  FrozenRewritePatternSet patterns;
};
} // namespace

std::shared_ptr<CanonicalizationPatterns>
mlir::whistler::makeCanonicalizationPatterns() {
  return std::make_shared<CanonicalizationPatterns>();
}

std::unique_ptr<Pass> mlir::whistler::createCanonicalizePass(
    const CanonicalizePassOptions &options,
    std::shared_ptr<CanonicalizationPatterns> patterns) {
  return std::make_unique<Canonicalize>(options, std::move(patterns));
}

LogicalResult Canonicalize::initialize(MLIRContext *context) {
  patterns = sets->get(context);
  return success();
}

void Canonicalize::runOnOperation() {
  GreedyRewriteConfig config;
  config.setRegionSimplificationLevel(
      simplifyRegions ? GreedySimplifyRegionLevel::Normal
                      : GreedySimplifyRegionLevel::Disabled);
  config.setMaxIterations(1);
  // More rounds might find more; that is no failure.
  (void)applyPatternsGreedily(getOperation(), patterns, config);
}

//===- IntegerRanges.cpp - what ranges of values decide ---------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Upstream's range optimisations, with alike blocks kept apart.
//
//===----------------------------------------------------------------------===//

#include "UpperBounds.h"
#include "Whistler/Transforms/Passes.h"

#include "mlir/Analysis/DataFlow/ConstantPropagationAnalysis.h"
#include "mlir/Analysis/DataFlow/DeadCodeAnalysis.h"
#include "mlir/Analysis/DataFlow/IntegerRangeAnalysis.h"
#include "mlir/Analysis/DataFlowFramework.h"
#include "mlir/Dialect/Arith/Transforms/Passes.h"
#include "mlir/Transforms/GreedyPatternRewriteDriver.h"

namespace mlir::whistler {
#define GEN_PASS_DEF_INTEGERRANGESPASS
#include "Whistler/Transforms/Passes.h.inc"
} // namespace mlir::whistler

using namespace mlir;
using namespace mlir::whistler;

namespace {
struct IntegerRanges
    : mlir::whistler::impl::IntegerRangesPassBase<IntegerRanges> {
  void runOnOperation() override;
};

/// Knows no more than the verifier of shifts: a comparison that only a tighter
/// range decides may be the one that shows it a bound.
class VerifierRangeAnalysis : public dataflow::IntegerRangeAnalysis {
public:
  using IntegerRangeAnalysis::IntegerRangeAnalysis;

  LogicalResult visitOperation(
      Operation *op,
      ArrayRef<const dataflow::IntegerValueRangeLattice *> operands,
      ArrayRef<dataflow::IntegerValueRangeLattice *> results) override {
    if (!isUnboundedForVerifier(op))
      return IntegerRangeAnalysis::visitOperation(op, operands, results);
    setAllToEntryStates(results);
    return success();
  }
};

/// Drops what the analysis knows of operations that go away: the memory of one
/// may be the next one's.
class AnalysisUpdater : public RewriterBase::Listener {
public:
  explicit AnalysisUpdater(DataFlowSolver &solver) : solver(solver) {}

private:
  void notifyOperationErased(Operation *op) override {
    solver.eraseState(solver.getProgramPointAfter(op));
    for (Value result : op->getResults())
      solver.eraseState(result);
  }

  DataFlowSolver &solver;
};
} // namespace

/// Replaces the pointers that are null on every way to them; integers have
/// ranges.
static void replaceNullPointers(Operation *root, DataFlowSolver &solver) {
  auto replace = [&](OpBuilder builder, Value value) {
    if (!isa<PtrType>(value.getType()) || value.use_empty() ||
        value.getDefiningOp<NullOp>())
      return;
    const auto *state =
        solver.lookupState<dataflow::Lattice<dataflow::ConstantValue>>(value);
    if (!state || state->getValue().isUninitialized() ||
        !isa_and_nonnull<UnitAttr>(state->getValue().getConstantValue()))
      return;
    value.replaceAllUsesWith(
        NullOp::create(builder, value.getLoc(), value.getType()));
  };
  root->walk([&](Block *block) {
    for (BlockArgument argument : block->getArguments())
      replace(OpBuilder::atBlockBegin(block), argument);
    for (Operation &op : llvm::make_early_inc_range(*block))
      for (Value result : op.getResults())
        replace(OpBuilder(&op), result);
  });
}

void IntegerRanges::runOnOperation() {
  DataFlowSolver solver;
  solver.load<dataflow::DeadCodeAnalysis>();
  solver.load<dataflow::SparseConstantPropagation>();
  solver.load<VerifierRangeAnalysis>();
  if (failed(solver.initializeAndRun(getOperation())))
    return signalPassFailure();

  replaceNullPointers(getOperation(), solver);
  RewritePatternSet patterns(&getContext());
  arith::populateIntRangeOptimizationsPatterns(patterns, solver);
  AnalysisUpdater updater(solver);
  GreedyRewriteConfig config;
  config.setListener(&updater);
  config.setRegionSimplificationLevel(GreedySimplifyRegionLevel::Disabled);
  if (failed(
          applyPatternsGreedily(getOperation(), std::move(patterns), config)))
    signalPassFailure();
}

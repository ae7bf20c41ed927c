//===- Pipelines.cpp - optimisation levels ----------------------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Which passes make up which optimisation level.
//
//===----------------------------------------------------------------------===//

#include "Whistler/Transforms/Passes.h"

#include "mlir/Pass/PassManager.h"
#include "mlir/Pass/PassRegistry.h"
#include "mlir/Transforms/GreedyPatternRewriteDriver.h"
#include "mlir/Transforms/Passes.h"

using namespace mlir;
using namespace mlir::whistler;

void mlir::whistler::forEachBody(Operation *op,
                                 function_ref<void(Operation *)> transform) {
  op->walk([&](Operation *nested) {
    if (isa<ProgOp, FuncOp>(nested))
      transform(nested);
  });
}

/// Upstream's canonicalization without the merging of alike blocks: it turns
/// what differs into block arguments, and so constants into values that have to
/// be selected at run time.
static std::unique_ptr<Pass> createCanonicalization() {
  GreedyRewriteConfig config;
  config.setRegionSimplificationLevel(GreedySimplifyRegionLevel::Normal);
  return createCanonicalizerPass(config);
}

void mlir::whistler::buildOptimizationPipeline(OpPassManager &pm,
                                               OptLevel level) {
  // 1. Variables whose address is not taken become values and block arguments.
  //    Not only an optimisation: variables would soon fill the stack.
  pm.addNestedPass<ProgOp>(createPromoteVariablesPass());
  pm.addNestedPass<FuncOp>(createPromoteVariablesPass());
  // 2. Indices that may be outside of their arrays are errors, and accesses
  //    that the verifier never allows. On what the source says, so that
  //    optimisation makes no difference.
  pm.addPass(createCheckIndicesPass());
  pm.addPass(createCheckAccessesPass());
  if (level == OptLevel::O0)
    return;
  // 3. Constants fold, and blocks that only pass control on disappear.
  OpPassManager &firstPM = pm.nestAny();
  firstPM.addPass(createCanonicalization());
  // 4. Small functions and those with one call take the place of calls, and
  //    variables that were passed by address may become values.
  pm.addPass(createInlineFunctionsPass());
  OpPassManager &bodyPM = pm.nestAny();
  bodyPM.addPass(createCanonicalization());
  bodyPM.addPass(createPromoteVariablesPass());
  // 5. Initialisation that is overwritten goes.
  bodyPM.addPass(createDeadStoresPass());
  bodyPM.addPass(createCanonicalization());
  if (level == OptLevel::O1)
    return;
  // 6. Equal computations are shared.
  bodyPM.addPass(createCSEPass());
  // 7. Lookups that cannot fail are not checked, where the kernel knows it.
  bodyPM.addPass(createNullCheckElisionPass());
  // 8. Constants travel along control flow, and comparisons and extensions that
  //    ranges decide disappear.
  bodyPM.addPass(createIntegerRangesPass());
  bodyPM.addPass(createCanonicalization());
}

void mlir::whistler::registerOptimizationPipelines() {
  static PassPipelineRegistration<> o0(
      "whistler-O0", "Optimisation level 0: values instead of variables",
      [](OpPassManager &pm) { buildOptimizationPipeline(pm, OptLevel::O0); });
  static PassPipelineRegistration<> o1(
      "whistler-O1", "Optimisation level 1: cheap optimisations",
      [](OpPassManager &pm) { buildOptimizationPipeline(pm, OptLevel::O1); });
  static PassPipelineRegistration<> o2(
      "whistler-O2", "Optimisation level 2: all optimisations",
      [](OpPassManager &pm) { buildOptimizationPipeline(pm, OptLevel::O2); });
}

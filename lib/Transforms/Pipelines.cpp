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
  pm.addNestedPass<ProgOp>(createMem2Reg());
  pm.addNestedPass<FuncOp>(createMem2Reg());
  // 2. Indices that may be outside of their arrays are errors, and accesses
  //    that the verifier never allows, or not on every way. On what the source
  //    says, so that optimisation makes no difference.
  pm.addPass(createCheckIndicesPass());
  pm.addPass(createCheckAccessesPass());
  pm.addPass(createVerifySafetyPass());
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
  bodyPM.addPass(createMem2Reg());
  // 5. Initialisation that is overwritten goes.
  bodyPM.addPass(createDeadStoresPass());
  bodyPM.addPass(createCanonicalization());
  if (level == OptLevel::O1)
    return;
  // 6. Constants travel along control flow.
  bodyPM.addPass(createSCCPPass());
  // 7. Equal computations are shared.
  bodyPM.addPass(createCSEPass());
  // 8. Comparisons and extensions that ranges decide disappear.
  bodyPM.addPass(createIntegerRangesPass());
  bodyPM.addPass(createCanonicalization());
  // 9. Edges go past the branches that they decide.
  bodyPM.addPass(createBranchThreadingPass());
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

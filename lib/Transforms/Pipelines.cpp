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
  // Of programs and functions.
  OpPassManager &bodyPM = pm.nestAny();
  // 1. Variables whose address is not taken become values and block arguments.
  //    Not only an optimisation: variables would soon fill the stack.
  bodyPM.addPass(createMem2Reg());
  if (level == OptLevel::O0)
    return;
  // 2. Constants fold, and blocks that only pass control on disappear.
  bodyPM.addPass(createCanonicalization());
  if (level == OptLevel::O1)
    return;
  // 3. Constants travel along control flow.
  bodyPM.addPass(createSCCPPass());
  // 4. Equal computations are shared.
  bodyPM.addPass(createCSEPass());
  // 5. Comparisons and extensions that ranges decide disappear.
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

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

#include "mlir/Dialect/Arith/Transforms/Passes.h"
#include "mlir/Pass/PassManager.h"
#include "mlir/Pass/PassRegistry.h"
#include "mlir/Transforms/Passes.h"

using namespace mlir;
using namespace mlir::whistler;

/// Variables become values, and what follows from that alone.
static void addPromotion(OpPassManager &pm) {
  // 1. Variables whose address is not taken become values and block arguments.
  pm.addPass(createMem2Reg());
  // 2. Constants fold, and blocks that only pass control on disappear.
  pm.addPass(createCanonicalizerPass());
}

static void addGlobalOptimizations(OpPassManager &pm) {
  // 3. Constants travel along control flow.
  pm.addPass(createSCCPPass());
  // 4. Equal computations are shared.
  pm.addPass(createCSEPass());
  // 5. Comparisons and extensions that ranges decide disappear.
  pm.addPass(arith::createArithIntRangeOpts());
  pm.addPass(createCanonicalizerPass());
}

void mlir::whistler::buildOptimizationPipeline(OpPassManager &pm,
                                               OptLevel level) {
  if (level == OptLevel::O0)
    return;
  OpPassManager &progPM = pm.nest<ProgOp>();
  addPromotion(progPM);
  if (level == OptLevel::O1)
    return;
  addGlobalOptimizations(progPM);
}

void mlir::whistler::registerOptimizationPipelines() {
  static PassPipelineRegistration<> o0(
      "whistler-O0", "Optimisation level 0: nothing",
      [](OpPassManager &pm) { buildOptimizationPipeline(pm, OptLevel::O0); });
  static PassPipelineRegistration<> o1(
      "whistler-O1", "Optimisation level 1: values instead of variables",
      [](OpPassManager &pm) { buildOptimizationPipeline(pm, OptLevel::O1); });
  static PassPipelineRegistration<> o2(
      "whistler-O2", "Optimisation level 2: all optimisations",
      [](OpPassManager &pm) { buildOptimizationPipeline(pm, OptLevel::O2); });
}

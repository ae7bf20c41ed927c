//===- Pipeline.cpp - from the whistler to the bpf dialect ------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// What has to run between optimisation and instruction selection.
//
//===----------------------------------------------------------------------===//

#include "Whistler/Conversion/Passes.h"

#include "Whistler/Transforms/Passes.h"

#include "mlir/Pass/PassManager.h"
#include "mlir/Pass/PassRegistry.h"

using namespace mlir;
using namespace mlir::whistler;

void mlir::whistler::buildWhistlerToBPFPipeline(OpPassManager &pm,
                                                StringRef cpu,
                                                bool reportKernel) {
  // 1. The kernel has all that is left.
  pm.addPass(createCheckKernelPass({cpu.str(), reportKernel}));
  // 2. Additions to map values that optimisation has not expanded.
  pm.addPass(createExpandMapAddsPass());
  // 3. The verifier is shown the bounds of indices that it does not find.
  pm.addPass(createBoundIndicesPass());
  // 4. It is shown which branches go the same way.
  pm.nestAny().addPass(createKeepCorrelationsPass());
  // 5. Keys and values get addresses.
  pm.addPass(createKeySlotsPass());
  OpPassManager &bodyPM = pm.nestAny();
  bodyPM.addPass(createEdgeStoresPass());
  bodyPM.addPass(createShiftedStoresPass());
  // 6. What no instruction does becomes what several do.
  bodyPM.addPass(createExpandOpsPass());
  // 7. Instructions are selected.
  pm.addPass(createConvertWhistlerToBPFPass({cpu.str()}));
}

namespace {
struct WhistlerToBPFOptions : PassPipelineOptions<WhistlerToBPFOptions> {
  Option<std::string> cpu{
      *this, "cpu", llvm::cl::init("v3"),
      llvm::cl::desc("The newest instruction set version to use: v1 to v4")};
};
} // namespace

void mlir::whistler::registerConversionPipelines() {
  static PassPipelineRegistration<WhistlerToBPFOptions> pipeline(
      "whistler-to-bpf",
      "From the whistler dialect to the bpf dialect on virtual registers",
      [](OpPassManager &pm, const WhistlerToBPFOptions &options) {
        buildWhistlerToBPFPipeline(pm, options.cpu);
      });
}

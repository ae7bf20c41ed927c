//===- Pipeline.cpp - from the whistler to the LLVM dialect -----*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// What has to run between optimisation and LLVM.
//
//===----------------------------------------------------------------------===//

#include "Whistler/Conversion/Passes.h"

#include "Whistler/Transforms/Passes.h"

#include "mlir/Pass/PassManager.h"
#include "mlir/Pass/PassRegistry.h"

using namespace mlir;
using namespace mlir::whistler;

void mlir::whistler::buildWhistlerToLLVMPipeline(OpPassManager &pm,
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
  // 5. Logarithms become branches, whose bounds the verifier knows, and block
  //    memory operations accesses.
  pm.nestAny().addPass(createExpandOpsPass({/*keepSelections=*/true}));
  // 6. The rest is LLVM's.
  pm.addPass(createConvertWhistlerToLLVMPass({cpu.str()}));
}

namespace {
struct WhistlerToLLVMOptions : PassPipelineOptions<WhistlerToLLVMOptions> {
  Option<std::string> cpu{
      *this, "cpu", llvm::cl::init("v3"),
      llvm::cl::desc("The newest instruction set version to use: v1 to v4")};
};
} // namespace

void mlir::whistler::registerWhistlerToLLVMPipeline() {
  static PassPipelineRegistration<WhistlerToLLVMOptions> pipeline(
      "whistler-to-llvm", "From the whistler dialect to the LLVM dialect",
      [](OpPassManager &pm, const WhistlerToLLVMOptions &options) {
        buildWhistlerToLLVMPipeline(pm, options.cpu);
      });
}

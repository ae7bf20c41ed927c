//===- Pipeline.cpp - all passes of code generation -------------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// The order of the passes.
//
//===----------------------------------------------------------------------===//

#include "Whistler/Dialect/BPF/Transforms/Passes.h"
#include "mlir/Pass/PassManager.h"
#include "mlir/Pass/PassRegistry.h"

using namespace mlir;
using namespace mlir::bpf;

void bpf::buildBPFRegisterAllocationPipeline(OpPassManager &manager,
                                             bool verifyStages) {
  OpPassManager &functions = manager.nest<FuncOp>();
  // 1. What selection left is well formed.
  if (verifyStages)
    functions.addPass(createBPFVerify({Stage::Virtual}));
  // 2. Variables share places on the stack, and then their addresses.
  functions.addPass(createBPFShareSlots());
  // 3. What is known to be a constant stands for it, and from here on a copy
  //    means something.
  functions.addPass(createBPFReuseTested());
  functions.addPass(createBPFTwoAddress());
  // 4. Constants do not occupy registers for longer than they have to, except
  //    where that makes the function shorter.
  functions.addPass(createBPFSinkConstants());
  functions.addPass(createBPFShareConstants());
  // 5. Registers.
  functions.addPass(createBPFSinkResults());
  functions.addPass(createBPFAllocateRegisters());
  if (verifyStages)
    functions.addPass(createBPFVerify({Stage::Allocated}));
}

void bpf::buildBPFCodegenPipeline(OpPassManager &manager, bool verifyStages,
                                  bool isSmall) {
  buildBPFRegisterAllocationPipeline(manager, verifyStages);
  OpPassManager &functions = manager.nest<FuncOp>();
  // 6. The moves that block arguments stand for, which may need a slot.
  functions.addPass(createBPFLowerParallelMoves());
  functions.addPass(createBPFForwardSpills());
  functions.addPass(createBPFReloadStored());
  // 7. The stack frame, once all slots are known.
  functions.addPass(createBPFLayoutFrame());
  // 8. What became superfluous.
  functions.addPass(createBPFPeephole());
  // 9. Blocks that do little, and those that end alike.
  functions.addPass(createBPFHoistStores());
  functions.addPass(createBPFHoistConstants());
  functions.addPass(createBPFMergeTails());
  // 10. Constants with few uses, now that some are shared in another way.
  functions.addPass(createBPFRepeatConstants({/*releaseRegisters=*/!isSmall}));
  functions.addPass(createBPFPeephole());
  // 11. The order of the blocks, once it is known which are empty.
  functions.addPass(createBPFLayoutBlocks());
  functions.addPass(createBPFVerify({Stage::Final}));
  // 12. Where the slots are, if that is asked for.
  functions.addPass(createBPFReportSize());
  // 13. What functions need together, once it is known of each.
  manager.addPass(createBPFCheckCalls());
}

void bpf::registerBPFCodegenPipeline() {
  PassPipelineRegistration<>(
      "bpf-codegen", "from selected instructions to what can be encoded",
      [](OpPassManager &manager) { buildBPFCodegenPipeline(manager); });
}

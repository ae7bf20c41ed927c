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

#include "mlir/IR/Threading.h"
#include "mlir/Pass/PassManager.h"
#include "mlir/Pass/PassRegistry.h"
#include "mlir/Transforms/Passes.h"

using namespace mlir;
using namespace mlir::whistler;

void mlir::whistler::forEachBody(Operation *op,
                                 function_ref<void(Operation *)> transform) {
  // Bodies are not within bodies, and have many operations.
  op->walk<WalkOrder::PreOrder>([&](Operation *nested) {
    if (!isa<ProgOp, FuncOp>(nested))
      return WalkResult::advance();
    transform(nested);
    return WalkResult::skip();
  });
}

void mlir::whistler::forEachBodyInParallel(
    Operation *op, function_ref<void(Operation *)> transform) {
  SmallVector<Operation *> bodies;
  forEachBody(op, [&](Operation *body) { bodies.push_back(body); });
  parallelForEach(op->getContext(), bodies, transform);
}

void mlir::whistler::eraseDeadOperations(Operation *body) {
  for (Block &block : llvm::reverse(body->getRegion(0)))
    for (Operation &op : llvm::make_early_inc_range(llvm::reverse(block)))
      if (isOpTriviallyDead(&op))
        op.erase();
}

void mlir::whistler::buildOptimizationPipeline(OpPassManager &pm,
                                               OptLevel level) {
  // 1. Variables whose address is not taken become values and block arguments.
  //    Not only an optimisation: variables would soon fill the stack.
  pm.addNestedPass<ProgOp>(createPromoteVariablesPass());
  pm.addNestedPass<FuncOp>(createPromoteVariablesPass());
  // 2. Indices that may be outside of their arrays are errors, and accesses
  //    that the verifier never allows, or not on every way. On what the source
  //    says, so that optimisation makes no difference.
  pm.addPass(createCheckIndicesPass());
  pm.addPass(createCheckAccessesPass());
  pm.addPass(createVerifySafetyPass());
  ShareLoadsPassOptions pointersOnly;
  pointersOnly.pointersOnly = true;
  if (level == OptLevel::O0)
    return pm.addPass(createShareLoadsPass(pointersOnly));
  // 3. Small functions and those with one call take the place of calls, and
  //    variables that were passed by address may become values.
  pm.addPass(createInlineFunctionsPass());
  OpPassManager &bodyPM = pm.nestAny();
  auto patterns = makeCanonicalizationPatterns();
  auto canonicalize = [&](OpPassManager &bodies, bool simplifyRegions = false) {
    bodies.addPass(createCanonicalizePass({simplifyRegions}, patterns));
  };
  constexpr bool simplifyRegions = true;
  // 4. Constants fold, and blocks that only pass control on disappear.
  canonicalize(bodyPM, simplifyRegions);
  bodyPM.addPass(createPromoteVariablesPass());
  // 5. Initialisation that is overwritten goes.
  bodyPM.addPass(createNarrowVariablesPass());
  bodyPM.addPass(createDeadStoresPass());
  // 6. Loops of few rounds become straight.
  if (level != OptLevel::O1)
    bodyPM.addPass(createUnrollLoopsPass());
  canonicalize(bodyPM, simplifyRegions);
  if (level == OptLevel::O1) {
    // Not for speed: the verifier would find one branch twice.
    bodyPM.addPass(createDecideValuesPass());
    return pm.addPass(createShareLoadsPass(pointersOnly));
  }
  // 7. Entries of arrays that are known are not looked up.
  pm.addPass(createShareLookupsPass());
  // 8. What is known of the context and the packet is not read again.
  pm.addPass(createShareLoadsPass());
  OpPassManager &valuePM = pm.nestAny();
  // 9. Equal computations are shared.
  valuePM.addPass(createCSEPass());
  // 10. Lookups that cannot fail are not checked, where the kernel knows it.
  valuePM.addPass(createNullCheckElisionPass());
  // 11. Constants travel along control flow, and comparisons and extensions
  //     that ranges decide disappear.
  valuePM.addPass(createIntegerRangesPass());
  canonicalize(valuePM);
  // 12. Edges go past the branches that they decide; that brings others
  //     together. What decides others comes first.
  valuePM.addPass(createOrderTestsPass());
  valuePM.addPass(createDecideValuesPass());
  valuePM.addPass(createBranchThreadingPass());
  canonicalize(valuePM);
  valuePM.addPass(createDecideValuesPass());
  valuePM.addPass(createBranchThreadingPass());
  // 13. What was known on some ways only is known on all that are left.
  pm.addPass(createShareLookupsPass());
  pm.addPass(createShareLoadsPass({/*keepTested=*/true}));
  OpPassManager &endPM = pm.nestAny();
  canonicalize(endPM);
  // 14. Blocks that end alike share their ends.
  endPM.addPass(createTailMergingPass());
  //     Reads of the packet that fail alike become one.
  endPM.addPass(createMergeLoadBytesPass());
  // 15. Additions to map values are done in one place for several, in each
  //     place, or by functions. A plain addition is faster and takes more
  //     instructions.
  endPM.addPass(createShareAddsPass());
  bool isSmall = level == OptLevel::Os;
  if (!isSmall)
    pm.addPass(createAtomicsPass());
  pm.addPass(
      createExpandMapAddsPass({isSmall ? Outlining::Size : Outlining::Speed}));
  OpPassManager &formPM = pm.nestAny();
  formPM.addPass(createNullCheckElisionPass());
  canonicalize(formPM);
  formPM.addPass(createCSEPass());
  // 16. Operations with one key share it.
  formPM.addPass(createLookupDeleteFusionPass());
  // 17. The context is read before calls.
  formPM.addPass(createLoadHoistingPass());
  // 18. Checksums add their carries.
  formPM.addPass(createChecksumFoldingPass());
  // 19. Integers are as narrow as their uses are, and compared as they were
  //     loaded.
  formPM.addPass(createNarrowPass());
  formPM.addPass(createByteSwapFoldingPass());
  // 20. Structs are made with few stores.
  formPM.addPass(createMergeStoresPass());
  // 21. Addresses become a base in a register and an offset in the access.
  formPM.addPass(createOffsetFoldingPass());
  // 22. Tests that fail alike become one, once it is known where the fields
  //     are that they look at.
  formPM.addPass(createMergeComparisonsPass());
  formPM.addPass(createBitmaskFusionPass());
  // 23. Where control comes together, distances do instead of pointers.
  formPM.addPass(createMergeOffsetsPass());
  canonicalize(formPM, simplifyRegions);
  // 24. Values are computed on the ways that need them.
  pm.addPass(createSinkValuesPass());
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
  static PassPipelineRegistration<> os(
      "whistler-Os", "Optimisation for size: as level 2, for few instructions",
      [](OpPassManager &pm) { buildOptimizationPipeline(pm, OptLevel::Os); });
}

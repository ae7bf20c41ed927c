//===- WhistlerToBPF.cpp - the instruction selection pass -------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Turns every program and every function that is needed into a function of BPF
// instructions.
//
//===----------------------------------------------------------------------===//

#include "GlobalBases.h"
#include "InstructionSelector.h"
#include "Whistler/Conversion/Passes.h"
#include "Whistler/Dialect/BPF/IR/InstructionSet.h"
#include "Whistler/Dialect/Whistler/Utils/Functions.h"
#include "mlir/IR/Threading.h"
#include <atomic>

namespace mlir::whistler {
#define GEN_PASS_DEF_CONVERTWHISTLERTOBPFPASS
#include "Whistler/Conversion/Passes.h.inc"
} // namespace mlir::whistler

using namespace mlir;
using namespace mlir::whistler;

namespace {
struct ConvertWhistlerToBPF
    : mlir::whistler::impl::ConvertWhistlerToBPFPassBase<ConvertWhistlerToBPF> {
  using ConvertWhistlerToBPFPassBase::ConvertWhistlerToBPFPassBase;
  void runOnOperation() override;
};
} // namespace

/// The function of the bpf dialect for `source`, a program or function, in its
/// place and without a body.
static bpf::FuncOp createEmptyFunction(Operation *source) {
  OpBuilder builder(source);
  if (auto prog = dyn_cast<ProgOp>(source))
    return bpf::FuncOp::create(builder, prog.getLoc(), prog.getSymNameAttr(),
                               prog.getProgramTypeAttr(), prog.getSectionAttr(),
                               prog.getLicenseAttr());
  auto func = cast<FuncOp>(source);
  return bpf::FuncOp::create(builder, func.getLoc(), func.getSymNameAttr(),
                             func.getIsGlobalAttr(), func.getParamsAttr(),
                             func.getResultAttr());
}

/// As above, with what the passes on it need to know of the instruction set.
static bpf::FuncOp createFunction(Operation *source,
                                  const CPUFeatures &features) {
  bpf::FuncOp func = createEmptyFunction(source);
  if (!features.hasLessJumps)
    func->setAttr(bpf::noLessJumpsAttrName,
                  UnitAttr::get(source->getContext()));
  return func;
}

/// Selects the instructions of `funcs` for `sources`, whose bodies go, on
/// several threads if there are any. Reports all errors, in the order of the
/// sources.
static LogicalResult select(ArrayRef<Operation *> sources,
                            MutableArrayRef<bpf::FuncOp> funcs,
                            const CPUFeatures &features) {
  if (sources.empty())
    return success();
  MLIRContext *context = sources.front()->getContext();
  ParallelDiagnosticHandler handler(context);
  std::atomic<bool> hasFailed = false;
  parallelFor(context, 0, sources.size(), [&](size_t index) {
    handler.setOrderIDForThread(index);
    if (failed(InstructionSelector(funcs[index], features).run(sources[index])))
      hasFailed = true;
    Region &body = sources[index]->getRegion(0);
    body.dropAllReferences();
    body.getBlocks().clear();
    handler.eraseOrderIDForThread();
  });
  return failure(hasFailed);
}

void ConvertWhistlerToBPF::runOnOperation() {
  std::optional<CPUFeatures> features = CPUFeatures::get(cpu);
  if (!features) {
    getOperation().emitError("unknown instruction set version \"")
        << cpu << "\"; there are v1, v2, v3 and v4";
    return signalPassFailure();
  }
  llvm::SetVector<Operation *> needed =
      ::whistler::findNeededFunctions(getOperation());
  SmallVector<Operation *> sources, unneeded;
  SmallVector<bpf::FuncOp> funcs;
  for (Operation &op : getOperation().getOps())
    if (isa<ProgOp, FuncOp>(op))
      (needed.contains(&op) ? sources : unneeded).push_back(&op);
  for (Operation *source : sources)
    funcs.push_back(createFunction(source, *features));
  LogicalResult selected = select(sources, funcs, *features);
  for (Operation *op : llvm::concat<Operation *>(sources, unneeded))
    op->erase();
  if (failed(selected))
    return signalPassFailure();
  GlobalBases bases(getOperation());
  for (bpf::FuncOp func : funcs)
    if (failed(bases.share(func)))
      return signalPassFailure();
}

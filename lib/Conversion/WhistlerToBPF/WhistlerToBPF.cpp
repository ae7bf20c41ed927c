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

void ConvertWhistlerToBPF::runOnOperation() {
  std::optional<CPUFeatures> features = CPUFeatures::get(cpu);
  if (!features) {
    getOperation().emitError("unknown instruction set version \"")
        << cpu << "\"; there are v1, v2, v3 and v4";
    return signalPassFailure();
  }
  llvm::SetVector<Operation *> needed =
      ::whistler::findNeededFunctions(getOperation());
  SmallVector<Operation *> converted;
  GlobalBases bases(getOperation());
  for (Operation &op : getOperation().getOps()) {
    if (!isa<ProgOp, FuncOp>(op))
      continue;
    converted.push_back(&op);
    if (!needed.contains(&op))
      continue;
    bpf::FuncOp func = createFunction(&op, *features);
    if (failed(InstructionSelector(func, *features).run(&op)) ||
        failed(bases.share(func)))
      signalPassFailure();
  }
  for (Operation *op : converted)
    op->erase();
}

//===- WhistlerToBPF.cpp - the instruction selection pass -------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Turns every program of a module into a function of BPF instructions.
//
//===----------------------------------------------------------------------===//

#include "InstructionSelector.h"
#include "Whistler/Conversion/Passes.h"

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

/// Puts a function with the program's name and attributes in its place.
static LogicalResult convertProgram(ProgOp prog, CPUFeatures features) {
  OpBuilder builder(prog);
  auto func =
      bpf::FuncOp::create(builder, prog.getLoc(), prog.getSymNameAttr(),
                          prog.getProgramTypeAttr(), prog.getSectionAttr(),
                          prog.getLicenseAttr(), /*frame_size=*/IntegerAttr());
  if (failed(InstructionSelector(func, features).run(prog)))
    return failure();
  prog.erase();
  return success();
}

void ConvertWhistlerToBPF::runOnOperation() {
  std::optional<CPUFeatures> features = CPUFeatures::get(cpu);
  if (!features) {
    getOperation().emitError("unknown instruction set version \"")
        << cpu << "\"; there are v1, v2, v3 and v4";
    return signalPassFailure();
  }
  for (ProgOp prog :
       llvm::make_early_inc_range(getOperation().getOps<ProgOp>()))
    if (failed(convertProgram(prog, *features)))
      signalPassFailure();
}

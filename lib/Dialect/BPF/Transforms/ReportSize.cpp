//===- ReportSize.cpp - the slots of each source line -----------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Counts the slots of functions in their final form, for whoever asks for
// remarks.
//
//===----------------------------------------------------------------------===//

#include "BlockOrder.h"
#include "Whistler/Dialect/BPF/Transforms/Passes.h"
#include "Whistler/Dialect/PassRemarks.h"
#include <map>

namespace mlir::bpf {
#define GEN_PASS_DEF_BPFREPORTSIZE
#include "Whistler/Dialect/BPF/Transforms/Passes.h.inc"
} // namespace mlir::bpf

using namespace mlir;
using namespace mlir::bpf;

static constexpr ::whistler::PassRemarks functionRemarks("bpf-report-size");
static constexpr ::whistler::PassRemarks lineRemarks("bpf-report-line-size");
using ::whistler::RemarkValue;

/// The slots of an operation where it stands: a jump to the next block is none.
static unsigned getFinalSlots(Operation &op) {
  auto jump = dyn_cast<JaOp>(op);
  if (jump)
    return jump.getDest() != op.getBlock()->getNextNode();
  return getSlots(&op);
}

static StringRef getUnit(unsigned slots) {
  return slots == 1 ? " slot" : " slots";
}

namespace {
/// What the instructions of a source line have in common.
struct Line {
  FileLineColRange start;
  unsigned slots = 0;

  /// Counts an instruction of `range`.
  void add(FileLineColRange range, unsigned number) {
    if (!start || range.getStartColumn() < start.getStartColumn())
      start = range;
    slots += number;
  }
};

struct ReportSizePass : public bpf::impl::BPFReportSizeBase<ReportSizePass> {
  void runOnOperation() override {
    markAllAnalysesPreserved();
    FuncOp func = getOperation();
    if (!functionRemarks.areAskedFor(func))
      return;
    unsigned slots = 0;
    std::map<std::pair<StringRef, unsigned>, Line> lines;
    func.getBody().walk([&](Operation *op) {
      unsigned number = getFinalSlots(*op);
      slots += number;
      auto range = op->getLoc()->findInstanceOf<FileLineColRange>();
      if (range && number != 0)
        lines[{range.getFilename().getValue(), range.getStartLine()}].add(
            range, number);
    });
    if (auto remark = functionRemarks.analysis(func, "FunctionSize"))
      remark << "`" << func.getSymName() << "` takes "
             << RemarkValue("Slots", slots) << getUnit(slots);
    for (auto &[place, line] : lines)
      if (auto remark = lineRemarks.analysis(func, line.start, "LineSize"))
        remark << "this line takes " << RemarkValue("Slots", line.slots)
               << getUnit(line.slots) << " of `" << func.getSymName() << "`";
  }
};
} // namespace

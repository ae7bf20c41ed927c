//===- Remarks.cpp - what passes tell about their work ----------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// The order in which remarks are reported, and their form as diagnostics.
//
//===----------------------------------------------------------------------===//

#include "Whistler/Driver/Remarks.h"

#include "mlir/Remark/RemarkStreamer.h"
#include "llvm/ADT/STLExtras.h"

using namespace whistler;
using llvm::SmallVector;
using llvm::StringRef;
using mlir::remark::detail::Remark;

namespace {
/// Reports all remarks at the end, in the order of the source.
class SourceOrder : public mlir::remark::detail::RemarkEmittingPolicyBase {
public:
  void reportRemark(const Remark &remark) override {
    remarks.push_back(remark);
  }
  void finalize() override;

private:
  std::vector<Remark> remarks;
};

/// Makes diagnostics of remarks.
class DiagnosticStreamer : public mlir::remark::detail::MLIRRemarkStreamerBase {
public:
  void streamOptimizationRemark(const Remark &remark) override;
};
} // namespace

/// The place of a remark in a form that can be ordered.
static std::tuple<StringRef, unsigned, unsigned>
getPlace(const Remark &remark) {
  auto loc = remark.getLocation()->findInstanceOf<mlir::FileLineColLoc>();
  if (!loc)
    return {};
  return {loc.getFilename().getValue(), loc.getLine(), loc.getColumn()};
}

/// What a remark says, without what it is about.
static std::string getText(const Remark &remark) {
  std::string text;
  for (const Remark::Arg &arg : remark.getArgs())
    text += arg.val;
  return text;
}

/// Whether two remarks at one place say the same.
static bool isSame(const Remark &left, const Remark &right) {
  return left.getRemarkName() == right.getRemarkName() &&
         left.getFunction() == right.getFunction() &&
         getText(left) == getText(right);
}

void SourceOrder::finalize() {
  auto order = llvm::to_vector(llvm::make_pointer_range(remarks));
  // At one place, in the order of the passes.
  llvm::sort(order, [](const Remark *left, const Remark *right) {
    return std::pair(getPlace(*left), left) <
           std::pair(getPlace(*right), right);
  });
  // Passes that run more than once, or on several copies of a module, may say
  // the same again.
  SmallVector<const Remark *> reported;
  for (const Remark *remark : order) {
    if (!reported.empty() &&
        reported.back()->getLocation() != remark->getLocation())
      reported.clear();
    if (llvm::any_of(reported, [&](const Remark *other) {
          return isSame(*other, *remark);
        }))
      continue;
    reportImpl(*remark);
    reported.push_back(remark);
  }
  remarks.clear();
}

void DiagnosticStreamer::streamOptimizationRemark(const Remark &remark) {
  StringRef kind = remark.getRemarkTypeString();
  mlir::emitRemark(remark.getLocation())
      << getText(remark) << " [" << remark.getCategoryName() << ", "
      << kind.lower() << "]";
}

mlir::LogicalResult whistler::enableRemarks(mlir::MLIRContext &context,
                                            const RemarkOptions &options) {
  auto policy = std::make_unique<SourceOrder>();
  if (options.outputPath.empty())
    return mlir::remark::enableOptimizationRemarks(
        context, std::make_unique<DiagnosticStreamer>(), std::move(policy),
        options.passes);
  return mlir::remark::enableOptimizationRemarksWithLLVMStreamer(
      context, options.outputPath, options.format, std::move(policy),
      options.passes);
}

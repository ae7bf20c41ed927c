//===- Remarks.h - what passes tell about their work ------------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Sets MLIR's remark engine up for the compiler: remarks are shown at the
// source, or written to a file for programs that read LLVM's remarks.
//
//===----------------------------------------------------------------------===//

#ifndef WHISTLER_DRIVER_REMARKS_H
#define WHISTLER_DRIVER_REMARKS_H

#include "mlir/IR/Remarks.h"
#include "llvm/Remarks/RemarkFormat.h"

namespace whistler {

/// Which remarks are reported, and where to.
struct RemarkOptions {
  /// For each kind of remark, a regular expression that the name of the pass
  /// that it comes from has to match as a whole. Kinds without one are not
  /// reported.
  mlir::remark::RemarkCategories passes;
  /// The file to write; without one, remarks become diagnostics.
  std::string outputPath;
  llvm::remarks::Format format = llvm::remarks::Format::YAML;

  bool areAskedFor() const {
    return passes.passed || passes.missed || passes.analysis || passes.failed;
  }
};

/// Makes `context` collect remarks. They are reported in the order of the
/// source, each once, when its engine is taken away.
mlir::LogicalResult enableRemarks(mlir::MLIRContext &context,
                                  const RemarkOptions &options);

} // namespace whistler

#endif // WHISTLER_DRIVER_REMARKS_H

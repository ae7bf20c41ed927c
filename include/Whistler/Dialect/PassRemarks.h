//===- PassRemarks.h - what passes tell about their work --------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Optimisation remarks of passes on either dialect. They go through MLIR's
// remark engine, which chooses by the pass's name; without one in the context
// nothing is put together.
//
//===----------------------------------------------------------------------===//

#ifndef WHISTLER_DIALECT_PASSREMARKS_H
#define WHISTLER_DIALECT_PASSREMARKS_H

#include "mlir/IR/Operation.h"
#include "mlir/IR/Remarks.h"
#include "mlir/IR/SymbolTable.h"

namespace whistler {

/// A named value in the text of a remark, which a file of remarks has by
/// itself.
using RemarkValue = mlir::remark::detail::Remark::Arg;

/// The remarks of one pass, whose command line argument is their category. The
/// result of each function is false unless the remark is asked for: what is
/// costly to say about it is worked out only then.
class PassRemarks {
public:
  constexpr explicit PassRemarks(llvm::StringLiteral pass) : pass(pass) {}

  /// Something was done at `op`. `name` is what a program knows the remark by.
  mlir::remark::detail::InFlightRemark passed(mlir::Operation *op,
                                              llvm::StringLiteral name) const {
    return emit(&mlir::remark::passed, op, op->getLoc(), name);
  }
  /// Something was not done that would have been worth it.
  mlir::remark::detail::InFlightRemark missed(mlir::Operation *op,
                                              llvm::StringLiteral name) const {
    return emit(&mlir::remark::missed, op, op->getLoc(), name);
  }
  /// The same at another place in the source.
  mlir::remark::detail::InFlightRemark missed(mlir::Operation *op,
                                              mlir::Location loc,
                                              llvm::StringLiteral name) const {
    return emit(&mlir::remark::missed, op, loc, name);
  }
  /// Something is so.
  mlir::remark::detail::InFlightRemark
  analysis(mlir::Operation *op, llvm::StringLiteral name) const {
    return emit(&mlir::remark::analysis, op, op->getLoc(), name);
  }
  mlir::remark::detail::InFlightRemark
  analysis(mlir::Operation *op, mlir::Location loc,
           llvm::StringLiteral name) const {
    return emit(&mlir::remark::analysis, op, loc, name);
  }

  /// Whether anyone listens to remarks at all.
  static bool areAskedFor(mlir::Operation *op) {
    return LLVM_UNLIKELY(op->getContext()->getRemarkEngine() != nullptr);
  }

private:
  using Emitter = mlir::remark::detail::InFlightRemark(
      mlir::Location, mlir::remark::RemarkOpts);

  mlir::remark::detail::InFlightRemark emit(Emitter *emitter,
                                            mlir::Operation *op,
                                            mlir::Location loc,
                                            llvm::StringLiteral name) const {
    if (!areAskedFor(op))
      return {};
    return emitter(getPlace(loc),
                   mlir::remark::RemarkOpts::name(name).category(pass).function(
                       getFunctionName(op)));
  }

  /// The place of a location as files of remarks can say it.
  static mlir::Location getPlace(mlir::Location loc) {
    if (auto range = loc->findInstanceOf<mlir::FileLineColRange>())
      return mlir::FileLineColLoc::get(
          range.getFilename(), range.getStartLine(), range.getStartColumn());
    return loc;
  }

  /// The name of the program or function that `op` is or is in.
  static llvm::StringRef getFunctionName(mlir::Operation *op) {
    auto symbol = mlir::dyn_cast<mlir::SymbolOpInterface>(op);
    if (!symbol)
      symbol = op->getParentOfType<mlir::SymbolOpInterface>();
    // A module is one as well, and has no name.
    auto name = symbol ? symbol.getNameAttr() : mlir::StringAttr();
    return name ? name.getValue() : llvm::StringRef();
  }

  llvm::StringLiteral pass;
};

} // namespace whistler

#endif // WHISTLER_DIALECT_PASSREMARKS_H

//===- MLIROptions.h - MLIR's own command line options ----------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// The options with which mlir-opt shows its passes at work, for the compiler's
// command line.
//
//===----------------------------------------------------------------------===//

#ifndef WHISTLER_DRIVER_MLIROPTIONS_H
#define WHISTLER_DRIVER_MLIROPTIONS_H

#include "mlir/Support/Timing.h"
#include "llvm/Support/CommandLine.h"

namespace whistler {

struct CompilerOptions;

/// MLIR's options, and what they ask for. It lives until everything has been
/// compiled: its destructor prints the times.
class MLIROptions {
public:
  /// Registers the options with `commands` if one of `arguments` may be such an
  /// option or asks for help. Registering them, and the passes that they name,
  /// takes longer than all the rest of the command line.
  MLIROptions(llvm::ArrayRef<const char *> arguments,
              llvm::ArrayRef<llvm::cl::SubCommand *> commands);

  /// The category of the options in the help.
  static llvm::cl::OptionCategory &getCategory();

  /// Makes a compiler do what the parsed options say.
  void apply(CompilerOptions &options);

private:
  bool isRegistered = false;
  mlir::DefaultTimingManager timing;
  mlir::TimingScope scope;
};

} // namespace whistler

#endif // WHISTLER_DRIVER_MLIROPTIONS_H

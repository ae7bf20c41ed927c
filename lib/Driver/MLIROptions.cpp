//===- MLIROptions.cpp - MLIR's own command line options --------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Registers MLIR's options with subcommands, and applies them.
//
//===----------------------------------------------------------------------===//

#include "Whistler/Driver/MLIROptions.h"

#include "Whistler/Driver/Compiler.h"
#include "Whistler/Registration.h"

#include "mlir/IR/AsmState.h"
#include "mlir/Pass/PassManager.h"
#include "llvm/ADT/StringExtras.h"

using namespace whistler;
using llvm::StringRef;
namespace cl = llvm::cl;

/// Whether what `argument` asks for is, or may show, one of MLIR's options.
static bool concernsMLIR(StringRef argument) {
  return argument.consume_front("-") &&
         (argument.consume_front("-"),
          argument.starts_with("mlir-") || argument.starts_with("help"));
}

cl::OptionCategory &MLIROptions::getCategory() {
  static cl::OptionCategory category("MLIR options");
  return category;
}

/// MLIR's options among those of the whole program.
static std::vector<cl::Option *> getMLIROptions() {
  std::vector<cl::Option *> options;
  for (auto [name, option] : cl::getRegisteredOptions())
    if (name.starts_with("mlir-"))
      options.push_back(option);
  return options;
}

MLIROptions::MLIROptions(llvm::ArrayRef<const char *> arguments,
                         llvm::ArrayRef<cl::SubCommand *> commands) {
  if (llvm::none_of(arguments, concernsMLIR))
    return;
  isRegistered = true;
  registerPasses();
  mlir::registerAsmPrinterCLOptions();
  mlir::registerPassManagerCLOptions();
  mlir::registerDefaultTimingManagerCLOptions();
  // MLIR knows of no subcommands: what it registers, the whole program has.
  for (cl::Option *option : getMLIROptions()) {
    StringRef name = option->ArgStr;
    cl::getRegisteredOptions().erase(name);
    option->addCategory(getCategory());
    for (cl::SubCommand *command : commands)
      command->OptionsMap.try_emplace(name, option);
  }
}

void MLIROptions::apply(CompilerOptions &options) {
  if (!isRegistered)
    return;
  options.preparePasses = [](mlir::PassManager &manager) {
    return mlir::applyPassManagerCLOptions(manager);
  };
  mlir::applyDefaultTimingManagerCLOptions(timing);
  scope = timing.getRootScope();
  options.timing = &scope;
}

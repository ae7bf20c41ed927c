//===- policy-compile.cpp - a compiler with house rules ---------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Compiles a Lisp file to an object in process, with a pass of this project in
// front of Whistler's own.
//
//===----------------------------------------------------------------------===//

#include "Passes.h"
#include "Whistler/Driver/Compiler.h"
#include "Whistler/Target/ELF/OutputFile.h"

#include "mlir/Pass/PassManager.h"

/// Compiles one file. What is wrong with it has been printed, as the compiler
/// does it, if this fails.
static mlir::LogicalResult compile(llvm::StringRef input,
                                   llvm::StringRef output) {
  whistler::Compiler compiler{whistler::CompilerOptions()};
  mlir::OwningOpRef<mlir::ModuleOp> module = compiler.readModule(input);
  if (!module)
    return mlir::failure();

  mlir::PassManager manager(&compiler.getContext());
  manager.addNestedPass<mlir::whistler::ProgOp>(policy::createNoAbortedPass());
  llvm::SmallVector<char> object;
  if (mlir::failed(manager.run(*module)) ||
      !compiler.emit(*module, whistler::OutputKind::Object, object))
    return mlir::failure();

  llvm::Error error = whistler::elf::writeFileAtomically(
      output, llvm::StringRef(object.data(), object.size()));
  if (error)
    return compiler.getDiagnostics().error({}, toString(std::move(error)));
  return mlir::success();
}

int main(int argc, char **argv) {
  if (argc != 3) {
    llvm::errs() << "usage: policy-compile SOURCE OBJECT\n";
    return 2;
  }
  return mlir::succeeded(compile(argv[1], argv[2])) ? 0 : 1;
}

//===- Translations.cpp - registered translations ---------------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// The translations that whistler-translate offers.
//
//===----------------------------------------------------------------------===//

#include "Whistler/Dialect/Whistler/IR/TargetKernel.h"
#include "Whistler/Driver/Compiler.h"
#include "Whistler/Registration.h"
#include "Whistler/Target/Bindings.h"
#include "Whistler/Target/LLVMIR.h"
#include "Whistler/Target/Object.h"

#include "mlir/IR/AsmState.h"
#include "mlir/Tools/mlir-translate/Translation.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/SourceMgr.h"
#include "llvm/Support/StringSaver.h"

using namespace whistler;
using llvm::LogicalResult;
using llvm::StringRef;
using mlir::failed;
using mlir::failure;
using mlir::ModuleOp;
using mlir::success;

namespace cl = llvm::cl;

/// Prints the module of a Lisp source, with all locations: a translation behind
/// this one writes them to the object.
static LogicalResult
importSource(const std::shared_ptr<llvm::SourceMgr> &sources,
             llvm::raw_ostream &os, mlir::MLIRContext *context,
             const LowerOptions &options,
             std::optional<uapi::KernelVersion> minKernel) {
  const llvm::MemoryBuffer *buffer =
      sources->getMemoryBuffer(sources->getMainFileID());
  DiagnosticEngine diags;
  unsigned bufferID = diags.addBuffer(llvm::MemoryBuffer::getMemBufferCopy(
      buffer->getBuffer(), buffer->getBufferIdentifier()));
  LoweredSource source = lowerSource(bufferID, diags, *context, options);
  if (!source.module)
    return failure();
  if (minKernel)
    mlir::whistler::TargetKernel::set(*source.module, *minKernel);
  source.module->print(os, mlir::OpPrintingFlags().enableDebugInfo());
  os << '\n';
  return success();
}

static constexpr StringRef headerLanguage = "header-language";

using EmitFunction = LogicalResult(ModuleOp, llvm::raw_ostream &,
                                   const EmitOptions &);

static LogicalResult emitObjectTo(ModuleOp module, llvm::raw_ostream &os,
                                  const EmitOptions &options) {
  llvm::SmallVector<char> bytes;
  if (failed(emitObject(module, bytes, options)))
    return failure();
  os.write(bytes.data(), bytes.size());
  return success();
}

static LogicalResult emitBTFTo(ModuleOp module, llvm::raw_ostream &os,
                               const EmitOptions &options) {
  llvm::SmallVector<char> bytes;
  if (failed(emitBTF(module, bytes, options)))
    return failure();
  os.write(bytes.data(), bytes.size());
  return success();
}

/// The options of `--emit-header`, and the translation.
static void registerBindings() {
  static cl::opt<std::string> languageName(
      headerLanguage, cl::init("c"), cl::value_desc("LANGUAGE"),
      cl::desc("What --emit-header writes: c, go, rust, python or lisp; also "
               "written --emit-header=LANGUAGE (default c)"));
  static cl::opt<std::string> name(
      "header-name", cl::init("bindings"), cl::value_desc("NAME"),
      cl::desc("What --emit-header names packages and include guards after "
               "(default bindings)"));
  static mlir::TranslateFromMLIRRegistration header(
      "emit-header",
      "A module of the whistler dialect to declarations in another language",
      [](ModuleOp module, llvm::raw_ostream &os) -> LogicalResult {
        if (const BindingLanguage *language =
                lookupBindingLanguage(languageName))
          return emitBindings(module, *language, name, os);
        auto nowhere = mlir::UnknownLoc::get(module.getContext());
        mlir::InFlightDiagnostic error = mlir::emitError(nowhere);
        error << "there is no language '" << languageName
              << "' for declarations; there are ";
        llvm::interleaveComma(
            getBindingLanguages(), error,
            [&](const BindingLanguage &other) { error << other.name; });
        return error;
      },
      registerDialects);
}

llvm::SmallVector<char *>
whistler::expandTranslationArguments(llvm::ArrayRef<char *> arguments,
                                     llvm::StringSaver &saver) {
  llvm::SmallVector<char *> result;
  for (char *argument : arguments) {
    StringRef text = argument;
    if (!text.consume_front("--emit-header=") &&
        !text.consume_front("-emit-header=")) {
      result.push_back(argument);
      continue;
    }
    // The parser writes to none of its arguments.
    StringRef language =
        saver.save("--" + llvm::Twine(headerLanguage) + "=" + text);
    result.push_back(const_cast<char *>("--emit-header"));
    result.push_back(const_cast<char *>(language.data()));
  }
  return result;
}

void whistler::registerTranslations() {
  static cl::opt<std::string> cpu(
      "mcpu", cl::init("v3"), cl::value_desc("v1..v4"),
      cl::desc("The newest instruction set version to use (default v3)"));
  static cl::opt<bool> noContextRelocations(
      "no-ctx-core",
      cl::desc("Do not relocate context fields, for kernels without BTF"));

  static cl::opt<std::string> minKernel(
      "min-kernel", cl::value_desc("X.Y"),
      cl::desc(
          "The oldest kernel to compile for, which --import-whistler notes "
          "in the module"));
  static cl::opt<std::string> btfFile(
      "btf", cl::value_desc("FILE"), cl::init("/sys/kernel/btf/vmlinux"),
      cl::desc("Where the kernel's types are imported from"));

  static mlir::TranslateRegistration import(
      "import-whistler", "Lisp source to the whistler dialect",
      [](const std::shared_ptr<llvm::SourceMgr> &sources, llvm::raw_ostream &os,
         mlir::MLIRContext *context) -> LogicalResult {
        mlir::DialectRegistry registry;
        registerDialects(registry);
        context->appendDialectRegistry(registry);
        LowerOptions options;
        options.relocateContext = !noContextRelocations;
        options.btfPath = btfFile;
        std::optional<uapi::KernelVersion> kernel;
        if (!minKernel.empty() &&
            !(kernel = uapi::KernelVersion::parse(minKernel)))
          return mlir::emitError(mlir::UnknownLoc::get(context))
                 << "--min-kernel is a version of Linux such as 6.1, not '"
                 << minKernel << "'";
        return importSource(sources, os, context, options, kernel);
      });

  auto makeEmitter = [](EmitFunction *emit) {
    return [emit](ModuleOp module, llvm::raw_ostream &os) -> LogicalResult {
      EmitOptions options;
      options.longJumps = cpu == "v4";
      if (failed(generateCode(module, cpu)))
        return failure();
      return emit(module, os, options);
    };
  };
  registerBindings();
  static mlir::TranslateFromMLIRRegistration ir(
      "emit-llvm", "A module of the whistler or the LLVM dialect to LLVM IR",
      [](ModuleOp module, llvm::raw_ostream &os) -> LogicalResult {
        if (failed(generateLLVM(module, cpu)))
          return failure();
        return emitLLVMIR(module, os);
      },
      registerDialects);
  static mlir::TranslateFromMLIRRegistration object(
      "emit-elf", "A module at any level to a BPF object file",
      makeEmitter(emitObjectTo), registerDialects);
  static mlir::TranslateFromMLIRRegistration listing(
      "emit-asm", "A module at any level to a listing of its instructions",
      makeEmitter(emitListing), registerDialects);
  static mlir::TranslateFromMLIRRegistration types(
      "emit-btf", "A module at any level to the BTF of its object",
      makeEmitter(emitBTFTo), registerDialects);
}

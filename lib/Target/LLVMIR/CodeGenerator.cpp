//===- CodeGenerator.cpp - objects by LLVM's BPF target ---------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Runs LLVM's optimiser and code generator, out of the shared library, through
// their C interface. They are loaded when they are asked for, since loading
// them takes longer than compiling a program without them.
//
//===----------------------------------------------------------------------===//

#include "Whistler/Target/LLVMIR.h"

#include "llvm-c/BitReader.h"
#include "llvm-c/Core.h"
#include "llvm-c/Support.h"
#include "llvm-c/Target.h"
#include "llvm-c/TargetMachine.h"
#include "llvm-c/Transforms/PassBuilder.h"
#include "llvm/Bitcode/BitcodeWriter.h"
#include "llvm/Config/llvm-config.h"
#include "llvm/IR/LLVMContext.h"
#include "llvm/IR/Module.h"
#include "llvm/Support/DynamicLibrary.h"
#include "llvm/Support/raw_ostream.h"

using namespace mlir;

extern "C" {
void LLVMInitializeBPFTargetInfo(void);
void LLVMInitializeBPFTarget(void);
void LLVMInitializeBPFTargetMC(void);
void LLVMInitializeBPFAsmPrinter(void);
}

//===----------------------------------------------------------------------===//
// The library
//===----------------------------------------------------------------------===//

/// The functions that are looked up in the library.
#define FOR_EACH_LLVM_FUNCTION(X)                                              \
  X(LLVMInitializeBPFTargetInfo)                                               \
  X(LLVMInitializeBPFTarget)                                                   \
  X(LLVMInitializeBPFTargetMC)                                                 \
  X(LLVMInitializeBPFAsmPrinter)                                               \
  X(LLVMParseCommandLineOptions)                                               \
  X(LLVMContextCreate)                                                         \
  X(LLVMContextDispose)                                                        \
  X(LLVMContextSetDiagnosticHandler)                                           \
  X(LLVMGetDiagInfoDescription)                                                \
  X(LLVMGetDiagInfoSeverity)                                                   \
  X(LLVMDisposeMessage)                                                        \
  X(LLVMCreateMemoryBufferWithMemoryRange)                                     \
  X(LLVMDisposeMemoryBuffer)                                                   \
  X(LLVMGetBufferStart)                                                        \
  X(LLVMGetBufferSize)                                                         \
  X(LLVMParseBitcodeInContext2)                                                \
  X(LLVMDisposeModule)                                                         \
  X(LLVMGetTargetFromTriple)                                                   \
  X(LLVMCreateTargetMachine)                                                   \
  X(LLVMDisposeTargetMachine)                                                  \
  X(LLVMCreatePassBuilderOptions)                                              \
  X(LLVMDisposePassBuilderOptions)                                             \
  X(LLVMRunPasses)                                                             \
  X(LLVMGetErrorMessage)                                                       \
  X(LLVMDisposeErrorMessage)                                                   \
  X(LLVMTargetMachineEmitToMemoryBuffer)

namespace {
/// LLVM as the shared library has it: each function under its own name.
struct LLVMLibrary {
#define DECLARE(name) decltype(&::name) name = nullptr;
  FOR_EACH_LLVM_FUNCTION(DECLARE)
#undef DECLARE

  /// Loads the library. On failure `error` says what is missing.
  bool load(std::string &error);
};
} // namespace

bool LLVMLibrary::load(std::string &error) {
  using llvm::sys::DynamicLibrary;
  DynamicLibrary library =
      DynamicLibrary::getPermanentLibrary(WHISTLER_LLVM_LIBRARY, &error);
  if (!library.isValid())
    return false;
#define LOOK_UP(name)                                                          \
  name = reinterpret_cast<decltype(name)>(library.getAddressOfSymbol(#name));  \
  if (!name) {                                                                 \
    error = WHISTLER_LLVM_LIBRARY " has no " #name;                            \
    return false;                                                              \
  }
  FOR_EACH_LLVM_FUNCTION(LOOK_UP)
#undef LOOK_UP
  LLVMInitializeBPFTargetInfo();
  LLVMInitializeBPFTarget();
  LLVMInitializeBPFTargetMC();
  LLVMInitializeBPFAsmPrinter();
  // The verifier follows two branches on pointers, and no branch on what both
  // conditions come to; and there is nothing to call where control cannot be.
  static constexpr const char *arguments[] = {
      "whistler", "-simplifycfg-branch-fold-threshold=0",
      "-bpf-disable-trap-unreachable"};
  LLVMParseCommandLineOptions(std::size(arguments), arguments,
                              /*Overview=*/nullptr);
  return true;
}

//===----------------------------------------------------------------------===//
// Code generation
//===----------------------------------------------------------------------===//

namespace {
/// Compiles one module of bitcode.
class CodeGenerator {
public:
  CodeGenerator(const LLVMLibrary &llvm, Location loc)
      : llvm(llvm), loc(loc), context(llvm.LLVMContextCreate()) {
    llvm.LLVMContextSetDiagnosticHandler(context, &report, this);
  }
  ~CodeGenerator() {
    if (module)
      llvm.LLVMDisposeModule(module);
    if (machine)
      llvm.LLVMDisposeTargetMachine(machine);
    llvm.LLVMContextDispose(context);
  }

  LogicalResult run(StringRef bitcode, const whistler::LLVMOptions &options,
                    SmallVectorImpl<char> &bytes);

private:
  LogicalResult parse(StringRef bitcode);
  LogicalResult createMachine(const whistler::LLVMOptions &options);
  LogicalResult optimize(StringRef level);
  LogicalResult emit(SmallVectorImpl<char> &bytes);
  /// Shows what LLVM reports in the way of all other errors.
  static void report(LLVMDiagnosticInfoRef info, void *generator);
  LogicalResult fail(char *message);

  const LLVMLibrary &llvm;
  Location loc;
  LLVMContextRef context;
  LLVMModuleRef module = nullptr;
  LLVMTargetMachineRef machine = nullptr;
  bool hasErrors = false;
};
} // namespace

void CodeGenerator::report(LLVMDiagnosticInfoRef info, void *generator) {
  auto &self = *static_cast<CodeGenerator *>(generator);
  LLVMDiagnosticSeverity severity = self.llvm.LLVMGetDiagInfoSeverity(info);
  if (severity != LLVMDSError && severity != LLVMDSWarning)
    return;
  char *text = self.llvm.LLVMGetDiagInfoDescription(info);
  if (severity == LLVMDSError) {
    self.hasErrors = true;
    mlir::emitError(self.loc) << "LLVM: " << text;
  } else {
    mlir::emitWarning(self.loc) << "LLVM: " << text;
  }
  self.llvm.LLVMDisposeMessage(text);
}

LogicalResult CodeGenerator::fail(char *message) {
  mlir::emitError(loc) << "LLVM: " << message;
  llvm.LLVMDisposeMessage(message);
  return failure();
}

LogicalResult CodeGenerator::parse(StringRef bitcode) {
  LLVMMemoryBufferRef buffer = llvm.LLVMCreateMemoryBufferWithMemoryRange(
      bitcode.data(), bitcode.size(), "whistler",
      /*RequiresNullTerminator=*/false);
  bool hasFailed = llvm.LLVMParseBitcodeInContext2(context, buffer, &module);
  llvm.LLVMDisposeMemoryBuffer(buffer);
  if (!hasFailed)
    return success();
  module = nullptr;
  return hasErrors ? failure()
                   : mlir::emitError(loc, "LLVM does not read the bitcode");
}

LogicalResult
CodeGenerator::createMachine(const whistler::LLVMOptions &options) {
  constexpr const char *triple = "bpfel";
  LLVMTargetRef target;
  char *message = nullptr;
  if (llvm.LLVMGetTargetFromTriple(triple, &target, &message))
    return fail(message);
  machine = llvm.LLVMCreateTargetMachine(
      target, triple, options.cpu.c_str(), /*Features=*/"",
      options.level == "O0" ? LLVMCodeGenLevelNone : LLVMCodeGenLevelDefault,
      LLVMRelocDefault, LLVMCodeModelDefault);
  return success();
}

LogicalResult CodeGenerator::optimize(StringRef level) {
  LLVMPassBuilderOptionsRef options = llvm.LLVMCreatePassBuilderOptions();
  std::string pipeline = ("default<" + level + ">").str();
  LLVMErrorRef error =
      llvm.LLVMRunPasses(module, pipeline.c_str(), machine, options);
  llvm.LLVMDisposePassBuilderOptions(options);
  if (!error)
    return failure(hasErrors);
  char *message = llvm.LLVMGetErrorMessage(error);
  mlir::emitError(loc) << "LLVM: " << message;
  llvm.LLVMDisposeErrorMessage(message);
  return failure();
}

LogicalResult CodeGenerator::emit(SmallVectorImpl<char> &bytes) {
  char *message = nullptr;
  LLVMMemoryBufferRef object;
  if (llvm.LLVMTargetMachineEmitToMemoryBuffer(machine, module, LLVMObjectFile,
                                               &message, &object))
    return fail(message);
  bytes.assign(llvm.LLVMGetBufferStart(object),
               llvm.LLVMGetBufferStart(object) +
                   llvm.LLVMGetBufferSize(object));
  llvm.LLVMDisposeMemoryBuffer(object);
  return failure(hasErrors);
}

LogicalResult CodeGenerator::run(StringRef bitcode,
                                 const whistler::LLVMOptions &options,
                                 SmallVectorImpl<char> &bytes) {
  return failure(failed(parse(bitcode)) || failed(createMachine(options)) ||
                 failed(optimize(options.level)) || failed(emit(bytes)));
}

LogicalResult whistler::emitLLVMObject(ModuleOp module,
                                       SmallVectorImpl<char> &bytes,
                                       const LLVMOptions &options) {
  // Several sources may be compiled, but options are given to LLVM once.
  static LLVMLibrary library;
  static std::string error;
  static const bool isLoaded = library.load(error);
  if (!isLoaded)
    return mlir::emitError(UnknownLoc::get(module.getContext()))
           << "--backend=llvm needs the shared library of LLVM "
           << LLVM_VERSION_MAJOR << " with its BPF target: " << error;
  llvm::LLVMContext context;
  std::unique_ptr<llvm::Module> translated =
      translateToLLVMIR(module, context, options.sources);
  if (!translated)
    return failure();
  SmallVector<char, 0> bitcode;
  llvm::raw_svector_ostream os(bitcode);
  llvm::WriteBitcodeToFile(*translated, os);
  return CodeGenerator(library, module.getLoc())
      .run(StringRef(bitcode.data(), bitcode.size()), options, bytes);
}

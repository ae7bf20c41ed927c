//===- Compiler.h - from source files to outputs ----------------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Runs the stages of the compiler one after the other.
//
//===----------------------------------------------------------------------===//

#ifndef WHISTLER_DRIVER_COMPILER_H
#define WHISTLER_DRIVER_COMPILER_H

#include "Whistler/Driver/Remarks.h"
#include "Whistler/Lower/Lower.h"
#include "Whistler/Support/Diagnostics.h"
#include "Whistler/Target/Object.h"
#include "Whistler/Transforms/Passes.h"
#include "Whistler/UAPI/KernelVersion.h"

#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/MLIRContext.h"
#include "mlir/IR/OwningOpRef.h"

#include <functional>
#include <string>
#include <vector>

namespace mlir {
class PassManager;
class TimingScope;
} // namespace mlir

namespace whistler {

struct BindingLanguage;

/// What the compiler writes. The dialects are written as text, unless bytecode
/// is asked for.
enum class OutputKind {
  /// The module as it was lowered, in the whistler dialect.
  Lowered,
  /// The module after optimisation.
  Whistler,
  /// The module in the bpf dialect, on virtual registers.
  Selected,
  /// The same after register allocation.
  Allocated,
  /// The module in the bpf dialect after code generation.
  BPF,
  /// The module after optimisation, as bytecode.
  Bytecode,
  /// The module in LLVM IR, as text, for the tools of LLVM.
  LLVMIR,
  /// A listing of the instructions with their source lines.
  Assembly,
  /// The types of the object, without the rest.
  BTF,
  /// An object file.
  Object,
};

/// Who makes instructions of the whistler dialect.
enum class Backend {
  /// The bpf dialect.
  Whistler,
  /// LLVM's BPF target, if its shared library is there.
  LLVM,
};

struct CompilerOptions {
  LowerOptions lower;
  mlir::whistler::OptLevel optLevel = mlir::whistler::OptLevel::O2;
  Backend backend = Backend::Whistler;
  /// The newest instruction set version to use: "v1" to "v4".
  std::string cpu = "v3";
  /// The oldest kernel to compile for. Without one, what a source needs is not
  /// refused, and nothing newer than the default is made use of.
  std::optional<uapi::KernelVersion> minKernel;
  /// Tell what needs the newest kernel.
  bool isVerbose = false;
  /// The languages that structs, constants and names are written in, beside
  /// each output.
  std::vector<const BindingLanguage *> bindings;
  /// What include guards and packages are named by; by default after the
  /// output.
  std::string bindingsName;
  /// What passes tell about their work.
  RemarkOptions remarks;
  /// Write dialects as bytecode.
  bool writesBytecode = false;
  /// Sets up each pass manager before it runs, if set; failure is an error
  /// that it has reported.
  std::function<mlir::LogicalResult(mlir::PassManager &)> preparePasses;
  /// What the time of stages and passes is measured with, or null.
  mlir::TimingScope *timing = nullptr;
};

/// Where the declarations for an output at `path` go: `x.bpf.o` and `x.o` have
/// theirs in `x.h` and so on.
std::string getBindingsPath(llvm::StringRef path,
                            const BindingLanguage &language);

/// Runs what is still missing to take a module, whatever dialects it is in, to
/// machine instructions. Errors go to the context's diagnostic handlers.
mlir::LogicalResult generateCode(mlir::ModuleOp module, llvm::StringRef cpu);

/// The same to the LLVM dialect, for a module that is in the whistler dialect.
mlir::LogicalResult generateLLVM(mlir::ModuleOp module, llvm::StringRef cpu);

/// Compiles one source file.
class Compiler {
public:
  explicit Compiler(CompilerOptions options);

  /// Reads and lowers `path`; "-" is standard input. False after an error,
  /// which has been printed.
  bool readSource(llvm::StringRef path);

  /// The same for those who have passes of their own for the module before
  /// `emit` takes it; null after an error.
  mlir::OwningOpRef<mlir::ModuleOp> readModule(llvm::StringRef path);

  /// Writes the whole source's module to `path`; "-" is standard output, beside
  /// which no bindings can be written. Nothing is written after an error. To be
  /// called once: unless the source asks for objects, its module is used up.
  bool writeOutput(OutputKind kind, llvm::StringRef path);

  /// Writes the objects that the source itself asks for. Nothing is written
  /// unless all of them can be.
  bool writeRequestedObjects();
  bool hasRequestedObjects() const { return !source.objects.empty(); }

  /// The files that were read so far, each once: the source first, then those
  /// that it loads, then others. Neither standard input nor what is gone again.
  std::vector<std::string> getInputFiles() const;
  /// The files that were written so far.
  const std::vector<std::string> &getOutputFiles() const { return written; }

  /// Starts to collect the remarks that the options ask for; false after an
  /// error.
  bool enableRemarks();
  /// Reports the remarks of what has been done so far.
  void reportRemarks();

  // The stages one at a time, for a prompt.
  DiagnosticEngine &getDiagnostics() { return diags; }
  mlir::MLIRContext &getContext() { return context; }
  const CompilerOptions &getOptions() const { return options; }
  /// Optimises a module and takes it to machine instructions.
  mlir::LogicalResult lowerToMachineCode(mlir::ModuleOp module);
  /// The bytes of an output made from `module`, which is used up. False after
  /// an error.
  bool emit(mlir::ModuleOp module, OutputKind kind,
            llvm::SmallVectorImpl<char> &bytes);

private:
  /// How far a module has come.
  enum class Stage { Lowered, Optimized, Selected, Allocated, Final, LLVM };
  /// What it takes to write an output.
  struct Emitter;
  static const Emitter emitters[];

  /// Takes a module as lowered to `stage`.
  mlir::LogicalResult lowerTo(mlir::ModuleOp module, Stage stage);
  /// Runs what `build` adds to a pass manager, under `name` in a report of
  /// times.
  mlir::LogicalResult
  runPasses(mlir::ModuleOp module, llvm::StringRef name,
            llvm::function_ref<void(mlir::PassManager &)> build);
  /// Measures until the result is destroyed.
  mlir::TimingScope measure(llvm::StringRef name);

  mlir::LogicalResult writeText(mlir::ModuleOp module,
                                llvm::SmallVectorImpl<char> &bytes);
  mlir::LogicalResult writeBytecode(mlir::ModuleOp module,
                                    llvm::SmallVectorImpl<char> &bytes);
  mlir::LogicalResult writeListing(mlir::ModuleOp module,
                                   llvm::SmallVectorImpl<char> &bytes);
  mlir::LogicalResult writeBTF(mlir::ModuleOp module,
                               llvm::SmallVectorImpl<char> &bytes);
  mlir::LogicalResult writeObject(mlir::ModuleOp module,
                                  llvm::SmallVectorImpl<char> &bytes);
  mlir::LogicalResult writeLLVMIR(mlir::ModuleOp module,
                                  llvm::SmallVectorImpl<char> &bytes);
  mlir::LogicalResult writeLLVMObject(mlir::ModuleOp module,
                                      llvm::SmallVectorImpl<char> &bytes);
  EmitOptions getEmitOptions() const;
  struct Output {
    std::string path;
    /// The path of the output that it is written beside of, or its own.
    std::string mainPath;
    llvm::SmallVector<char> bytes;
  };
  /// Adds an output made from `module`, which is used up, and its bindings.
  bool addOutputs(mlir::ModuleOp module, OutputKind kind, llvm::StringRef path,
                  std::vector<Output> &outputs);
  bool addBindings(mlir::ModuleOp module, llvm::StringRef path,
                   std::vector<Output> &outputs);
  bool checkPath(const Output &output, llvm::ArrayRef<Output> outputs);
  /// Writes all of them. Not one is written if some path cannot be meant.
  bool writeFiles(llvm::ArrayRef<Output> outputs);
  /// Shows what the passes report in the way of all other errors.
  mlir::LogicalResult reportDiagnostic(mlir::Diagnostic &diagnostic);

  CompilerOptions options;
  DiagnosticEngine diags;
  mlir::MLIRContext context;
  LoweredSource source;
  std::vector<std::string> written;
};

} // namespace whistler

#endif // WHISTLER_DRIVER_COMPILER_H

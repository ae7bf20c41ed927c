//===- Compiler.cpp - from source files to outputs --------------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Runs the stages of the compiler one after the other.
//
//===----------------------------------------------------------------------===//

#include "Whistler/Driver/Compiler.h"

#include "Whistler/Conversion/Passes.h"
#include "Whistler/Dialect/BPF/Transforms/Passes.h"
#include "Whistler/Dialect/Whistler/IR/TargetKernel.h"
#include "Whistler/Registration.h"
#include "Whistler/Target/Bindings.h"
#include "Whistler/Target/ELF/OutputFile.h"
#include "Whistler/Target/LLVMIR.h"
#include "Whistler/Target/Object.h"

#include "mlir/Bytecode/BytecodeWriter.h"
#include "mlir/IR/Diagnostics.h"
#include "mlir/Pass/PassManager.h"
#include "mlir/Support/Timing.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"

using namespace whistler;
using llvm::LogicalResult;
using llvm::SmallVector;
using llvm::SmallVectorImpl;
using llvm::StringRef;
using mlir::failed;
using mlir::ModuleOp;
using mlir::succeeded;

/// Runs what `build` adds to a pass manager on a module that another tool made.
static LogicalResult
runPipeline(ModuleOp module,
            llvm::function_ref<void(mlir::PassManager &)> build) {
  mlir::PassManager manager(module.getContext());
  manager.enableVerifier(false);
  mlir::whistler::buildOptimizationPipeline(manager,
                                            mlir::whistler::OptLevel::O0);
  build(manager);
  return manager.run(module);
}

LogicalResult whistler::generateCode(ModuleOp module, StringRef cpu) {
  return runPipeline(module, [&](mlir::PassManager &manager) {
    mlir::whistler::buildWhistlerToBPFPipeline(manager, cpu);
    mlir::bpf::buildBPFCodegenPipeline(manager);
  });
}

LogicalResult whistler::generateLLVM(ModuleOp module, StringRef cpu) {
  return runPipeline(module, [&](mlir::PassManager &manager) {
    mlir::whistler::buildWhistlerToLLVMPipeline(manager, cpu);
  });
}

/// The dialects of Whistler.
static mlir::DialectRegistry makeRegistry() {
  mlir::DialectRegistry registry;
  registerDialects(registry);
  return registry;
}

Compiler::Compiler(CompilerOptions options)
    : options(std::move(options)),
      context(makeRegistry(), mlir::MLIRContext::Threading::DISABLED) {
  // Users wrote Lisp: what the compiler made of it is no part of a message.
  context.printOpOnDiagnostic(false);
  context.getDiagEngine().registerHandler([this](mlir::Diagnostic &diagnostic) {
    return reportDiagnostic(diagnostic);
  });
}

bool Compiler::enableRemarks() {
  if (!options.remarks.areAskedFor() ||
      succeeded(whistler::enableRemarks(context, options.remarks)))
    return true;
  diags.error({}, "cannot write remarks to " + options.remarks.outputPath);
  return false;
}

void Compiler::reportRemarks() {
  // The engine reports at its end.
  context.setRemarkEngine(nullptr);
}

bool Compiler::readSource(StringRef path) {
  auto buffer = llvm::MemoryBuffer::getFileOrSTDIN(path, /*IsText=*/false);
  if (!buffer) {
    diags.error({}, "cannot read " + path + ": " + buffer.getError().message());
    return false;
  }
  unsigned bufferID = diags.addBuffer(std::move(*buffer));
  mlir::TimingScope time = measure("Reading and lowering");
  source = lowerSource(bufferID, diags, context, options.lower);
  return bool(source.module);
}

mlir::OwningOpRef<ModuleOp> Compiler::readModule(StringRef path) {
  if (!readSource(path))
    return nullptr;
  return std::move(source.module);
}

//===----------------------------------------------------------------------===//
// Diagnostics of passes
//===----------------------------------------------------------------------===//

LogicalResult Compiler::reportDiagnostic(mlir::Diagnostic &diagnostic) {
  auto getRange = [&](mlir::Location loc) -> llvm::SMRange {
    auto range = loc->findInstanceOf<mlir::FileLineColRange>();
    unsigned bufferID =
        range ? diags.findBuffer(range.getFilename().getValue()) : 0;
    if (bufferID == 0)
      return {};
    return {
        diags.getLocation(bufferID, range.getStartLine(),
                          range.getStartColumn()),
        diags.getLocation(bufferID, range.getEndLine(), range.getEndColumn())};
  };
  auto severity = diagnostic.getSeverity();
  auto kind = severity == mlir::DiagnosticSeverity::Error
                  ? llvm::SourceMgr::DK_Error
              : severity == mlir::DiagnosticSeverity::Warning
                  ? llvm::SourceMgr::DK_Warning
                  : llvm::SourceMgr::DK_Remark;
  DiagnosticHandle handle =
      diags.report(kind, getRange(diagnostic.getLocation()), diagnostic.str());
  for (mlir::Diagnostic &note : diagnostic.getNotes())
    handle.note(getRange(note.getLocation()), note.str());
  return mlir::success();
}

//===----------------------------------------------------------------------===//
// Outputs
//===----------------------------------------------------------------------===//

/// A path without `.o` or another extension, and without `.bpf` before that. A
/// name that is nothing but an extension stays.
static StringRef getBindingsStem(StringRef path) {
  StringRef name = llvm::sys::path::filename(path);
  StringRef stem = llvm::sys::path::stem(name);
  if (stem.size() > strlen(".bpf"))
    stem.consume_back(".bpf");
  return stem.empty() ? path : path.drop_back(name.size() - stem.size());
}

std::string whistler::getBindingsPath(StringRef path,
                                      const BindingLanguage &language) {
  return (getBindingsStem(path) + language.fileSuffix).str();
}

bool Compiler::checkPath(const Output &output, llvm::ArrayRef<Output> outputs) {
  if (output.path == "-")
    return true;
  const llvm::SourceMgr &sources = diags.getSourceMgr();
  for (unsigned id = 1; id <= sources.getNumBuffers(); ++id) {
    StringRef source = sources.getMemoryBuffer(id)->getBufferIdentifier();
    if (!llvm::sys::fs::equivalent(output.path, source))
      continue;
    diags.error({}, "the output '" + output.path + "' is " +
                        (id == 1 ? "the source itself"
                                 : "a file that the source loads") +
                        "; give it another name");
    return false;
  }
  // A source may write the same object twice; the last one is what stays.
  for (const Output &other : outputs) {
    if (other.path != output.path || other.mainPath == output.mainPath)
      continue;
    diags.error({}, "the declarations for '" + output.mainPath + "' and '" +
                        other.mainPath + "' would both become '" + output.path +
                        "'; give one of them another name");
    return false;
  }
  return true;
}

bool Compiler::writeFiles(llvm::ArrayRef<Output> outputs) {
  for (const Output &output : outputs)
    if (!checkPath(output, outputs))
      return false;
  for (const Output &output : outputs) {
    StringRef bytes(output.bytes.data(), output.bytes.size());
    if (llvm::Error error = elf::writeFileAtomically(output.path, bytes)) {
      diags.error({}, llvm::toString(std::move(error)));
      return false;
    }
    written.push_back(output.path);
  }
  return true;
}

std::vector<std::string> Compiler::getInputFiles() const {
  std::vector<std::string> files;
  llvm::StringSet<> seen;
  auto add = [&](StringRef path) {
    if (seen.insert(path).second && llvm::sys::fs::exists(path))
      files.push_back(path.str());
  };
  const llvm::SourceMgr &sources = diags.getSourceMgr();
  for (unsigned id = 1; id <= sources.getNumBuffers(); ++id)
    add(sources.getMemoryBuffer(id)->getBufferIdentifier());
  llvm::for_each(source.otherFiles, add);
  return files;
}

//===----------------------------------------------------------------------===//
// Stages
//===----------------------------------------------------------------------===//

mlir::TimingScope Compiler::measure(StringRef name) {
  return options.timing ? options.timing->nest(name) : mlir::TimingScope();
}

/// Whoever looks for a mistake in a pass runs it with whistler-opt, which
/// verifies the module after each; doing so takes as long as half of the
/// passes.
LogicalResult
Compiler::runPasses(ModuleOp module, StringRef name,
                    llvm::function_ref<void(mlir::PassManager &)> build) {
  mlir::TimingScope time = measure(name);
  mlir::PassManager manager(module.getContext());
  manager.enableVerifier(false);
  manager.enableTiming(time);
  if (options.preparePasses && failed(options.preparePasses(manager)))
    return mlir::failure();
  build(manager);
  return manager.run(module);
}

/// Whether to compile the programs of `module` side by side takes less time
/// than to make threads does.
static bool isWorthThreads(ModuleOp module) {
  constexpr size_t minOperations = 4000;
  size_t bodies = 0, operations = 0;
  mlir::whistler::forEachBody(module, [&](mlir::Operation *body) {
    ++bodies;
    for (mlir::Block &block : body->getRegion(0))
      operations += block.getOperations().size();
  });
  return bodies > 1 && operations >= minOperations;
}

LogicalResult Compiler::lowerTo(ModuleOp module, Stage stage) {
  // Remarks are collected without a lock, and who watches passes wants to see
  // one after the other.
  if (!options.remarks.areAskedFor() && !options.preparePasses &&
      isWorthThreads(module))
    context.enableMultithreading();
  if (options.minKernel)
    mlir::whistler::TargetKernel::set(module, *options.minKernel);
  if (stage == Stage::Lowered)
    return mlir::success();
  auto optimize = [&](mlir::PassManager &manager) {
    mlir::whistler::buildOptimizationPipeline(manager, options.optLevel);
  };
  if (failed(runPasses(module, "Optimisation", optimize)))
    return mlir::failure();
  if (stage == Stage::Optimized)
    return mlir::success();
  return runPasses(module, "Code generation", [&](mlir::PassManager &manager) {
    if (stage == Stage::LLVM)
      return mlir::whistler::buildWhistlerToLLVMPipeline(manager, options.cpu,
                                                         options.isVerbose);
    mlir::whistler::buildWhistlerToBPFPipeline(manager, options.cpu,
                                               options.isVerbose);
    if (stage == Stage::Allocated)
      mlir::bpf::buildBPFRegisterAllocationPipeline(manager,
                                                    /*verifyStages=*/false);
    if (stage == Stage::Final)
      mlir::bpf::buildBPFCodegenPipeline(manager, /*verifyStages=*/false,
                                         options.optLevel ==
                                             mlir::whistler::OptLevel::Os);
  });
}

LogicalResult Compiler::lowerToMachineCode(ModuleOp module) {
  return lowerTo(module, Stage::Final);
}

//===----------------------------------------------------------------------===//
// Emission
//===----------------------------------------------------------------------===//

EmitOptions Compiler::getEmitOptions() const {
  return {&diags.getSourceMgr(), options.cpu == "v4"};
}

LogicalResult Compiler::writeText(ModuleOp module,
                                  SmallVectorImpl<char> &bytes) {
  if (options.writesBytecode)
    return writeBytecode(module, bytes);
  llvm::raw_svector_ostream os(bytes);
  module.print(os);
  os << '\n';
  return mlir::success();
}

LogicalResult Compiler::writeBytecode(ModuleOp module,
                                      SmallVectorImpl<char> &bytes) {
  llvm::raw_svector_ostream os(bytes);
  mlir::BytecodeWriterConfig config("Whistler " WHISTLER_VERSION);
  return mlir::writeBytecodeToFile(module, os, config);
}

LogicalResult Compiler::writeListing(ModuleOp module,
                                     SmallVectorImpl<char> &bytes) {
  llvm::raw_svector_ostream os(bytes);
  return emitListing(module, os, getEmitOptions());
}

LogicalResult Compiler::writeBTF(ModuleOp module,
                                 SmallVectorImpl<char> &bytes) {
  return emitBTF(module, bytes, getEmitOptions());
}

LogicalResult Compiler::writeObject(ModuleOp module,
                                    SmallVectorImpl<char> &bytes) {
  return emitObject(module, bytes, getEmitOptions());
}

LogicalResult Compiler::writeLLVMIR(ModuleOp module,
                                    SmallVectorImpl<char> &bytes) {
  llvm::raw_svector_ostream os(bytes);
  return emitLLVMIR(module, os, &diags.getSourceMgr());
}

/// The name that LLVM has for a level.
static StringRef getLLVMLevel(mlir::whistler::OptLevel level) {
  switch (level) {
  case mlir::whistler::OptLevel::O0:
    return "O0";
  case mlir::whistler::OptLevel::O1:
    return "O1";
  case mlir::whistler::OptLevel::O2:
    return "O2";
  case mlir::whistler::OptLevel::Os:
    return "Os";
  }
  llvm_unreachable("unknown level");
}

LogicalResult Compiler::writeLLVMObject(ModuleOp module,
                                        SmallVectorImpl<char> &bytes) {
  return emitLLVMObject(module, bytes,
                        {options.cpu, getLLVMLevel(options.optLevel).str(),
                         &diags.getSourceMgr()});
}

struct Compiler::Emitter {
  OutputKind kind;
  Stage stage;
  LogicalResult (Compiler::*write)(ModuleOp, SmallVectorImpl<char> &);
  /// The backend that does so, if not each does.
  std::optional<Backend> backend = {};
};

const Compiler::Emitter Compiler::emitters[] = {
    {OutputKind::Lowered, Stage::Lowered, &Compiler::writeText},
    {OutputKind::Whistler, Stage::Optimized, &Compiler::writeText},
    {OutputKind::Selected, Stage::Selected, &Compiler::writeText,
     Backend::Whistler},
    {OutputKind::Allocated, Stage::Allocated, &Compiler::writeText,
     Backend::Whistler},
    {OutputKind::BPF, Stage::Final, &Compiler::writeText, Backend::Whistler},
    {OutputKind::Bytecode, Stage::Optimized, &Compiler::writeBytecode},
    {OutputKind::LLVMIR, Stage::LLVM, &Compiler::writeLLVMIR},
    {OutputKind::Assembly, Stage::Final, &Compiler::writeListing,
     Backend::Whistler},
    {OutputKind::BTF, Stage::Final, &Compiler::writeBTF, Backend::Whistler},
    {OutputKind::Object, Stage::Final, &Compiler::writeObject,
     Backend::Whistler},
    {OutputKind::Object, Stage::LLVM, &Compiler::writeLLVMObject,
     Backend::LLVM},
};

bool Compiler::emit(ModuleOp module, OutputKind kind,
                    SmallVectorImpl<char> &bytes) {
  const Emitter *emitter = llvm::find_if(emitters, [&](const Emitter &each) {
    return each.kind == kind &&
           each.backend.value_or(options.backend) == options.backend;
  });
  if (emitter == std::end(emitters)) {
    diags.error({}, "--backend=llvm makes no bpf dialect, no listing of it and "
                    "no types alone; there are --emit=llvm and --emit=elf");
    return false;
  }
  if (failed(lowerTo(module, emitter->stage)))
    return false;
  mlir::TimingScope time = measure("Emission");
  return succeeded((this->*emitter->write)(module, bytes));
}

bool Compiler::addBindings(ModuleOp module, StringRef path,
                           std::vector<Output> &outputs) {
  if (options.bindings.empty())
    return true;
  if (path == "-") {
    diags.error({}, "declarations are written beside the output, which is "
                    "standard output; name a file with -o");
    return false;
  }
  std::string name = options.bindingsName;
  if (name.empty())
    name = llvm::sys::path::filename(getBindingsStem(path)).str();
  for (const BindingLanguage *language : options.bindings) {
    Output output{getBindingsPath(path, *language), path.str(), {}};
    if (output.path == path) {
      diags.error({}, "the output '" + path +
                          "' has the name that its declarations in " +
                          language->name + " would have; give it another one");
      return false;
    }
    llvm::raw_svector_ostream os(output.bytes);
    if (failed(emitBindings(module, *language, name, os)))
      return false;
    outputs.push_back(std::move(output));
  }
  return true;
}

bool Compiler::addOutputs(ModuleOp module, OutputKind kind, StringRef path,
                          std::vector<Output> &outputs) {
  if (!addBindings(module, path, outputs))
    return false;
  outputs.push_back({path.str(), path.str(), {}});
  return emit(module, kind, outputs.back().bytes);
}

bool Compiler::writeOutput(OutputKind kind, StringRef path) {
  // The objects that the source asks for are made from the module, too.
  mlir::OwningOpRef<ModuleOp> copy;
  if (hasRequestedObjects())
    copy = source.module->clone();
  std::vector<Output> outputs;
  return addOutputs(copy ? *copy : *source.module, kind, path, outputs) &&
         writeFiles(outputs);
}

bool Compiler::writeRequestedObjects() {
  std::vector<Output> outputs;
  for (const RequestedObject &object : source.objects) {
    mlir::OwningOpRef<ModuleOp> copy = source.module->clone();
    auto later = llvm::make_early_inc_range(
        llvm::drop_begin(copy->getOps(), object.numOperations));
    for (mlir::Operation &op : later)
      op.erase();
    if (!addOutputs(*copy, OutputKind::Object, object.path, outputs))
      return false;
  }
  return writeFiles(outputs);
}

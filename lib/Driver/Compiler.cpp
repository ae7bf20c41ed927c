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
#include "Whistler/Registration.h"
#include "Whistler/Target/ELF/OutputFile.h"
#include "Whistler/Target/Object.h"

#include "mlir/IR/Diagnostics.h"
#include "mlir/Pass/PassManager.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"

using namespace whistler;
using llvm::LogicalResult;
using llvm::SmallVector;
using llvm::SmallVectorImpl;
using llvm::StringRef;
using mlir::failed;
using mlir::ModuleOp;
using mlir::succeeded;

LogicalResult whistler::generateCode(ModuleOp module, StringRef cpu) {
  mlir::PassManager manager(module.getContext());
  mlir::whistler::buildOptimizationPipeline(manager,
                                            mlir::whistler::OptLevel::O0);
  mlir::whistler::buildWhistlerToBPFPipeline(manager, cpu);
  mlir::bpf::buildBPFCodegenPipeline(manager);
  return manager.run(module);
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

bool Compiler::readSource(StringRef path) {
  sourcePath = path.str();
  auto buffer = llvm::MemoryBuffer::getFileOrSTDIN(path, /*IsText=*/false);
  if (!buffer) {
    diags.error({}, "cannot read " + path + ": " + buffer.getError().message());
    return false;
  }
  unsigned bufferID = diags.addBuffer(std::move(*buffer));
  source = lowerSource(bufferID, diags, context, options.lower);
  return bool(source.module);
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

bool Compiler::writeFile(StringRef path, StringRef bytes) {
  if (path != "-" && llvm::sys::fs::equivalent(path, sourcePath)) {
    diags.error({}, "the output '" + path +
                        "' is the source itself; give it another name");
    return false;
  }
  llvm::Error error = elf::writeFileAtomically(path, bytes);
  if (!error)
    return true;
  diags.error({}, llvm::toString(std::move(error)));
  return false;
}

LogicalResult Compiler::optimize(ModuleOp module) {
  mlir::PassManager manager(&context);
  mlir::whistler::buildOptimizationPipeline(manager, options.optLevel);
  return manager.run(module);
}

LogicalResult Compiler::lowerToMachineCode(ModuleOp module) {
  if (failed(optimize(module)))
    return mlir::failure();
  return generateCode(module, options.cpu);
}

bool Compiler::emit(ModuleOp module, OutputKind kind,
                    SmallVectorImpl<char> &bytes) {
  if (failed(optimize(module)))
    return false;
  llvm::raw_svector_ostream os(bytes);
  if (kind == OutputKind::Whistler) {
    module.print(os);
    os << '\n';
    return true;
  }
  if (failed(generateCode(module, options.cpu)))
    return false;
  EmitOptions emitOptions{&diags.getSourceMgr(), options.cpu == "v4"};
  switch (kind) {
  case OutputKind::BPF:
    module.print(os);
    os << '\n';
    return true;
  case OutputKind::Assembly:
    return succeeded(emitListing(module, os, emitOptions));
  default:
    return succeeded(emitObject(module, bytes, emitOptions));
  }
}

bool Compiler::writeOutput(OutputKind kind, StringRef path) {
  mlir::OwningOpRef<ModuleOp> copy = source.module->clone();
  SmallVector<char> bytes;
  return emit(*copy, kind, bytes) &&
         writeFile(path, {bytes.data(), bytes.size()});
}

bool Compiler::writeRequestedObjects() {
  std::vector<SmallVector<char>> contents;
  for (const RequestedObject &object : source.objects) {
    mlir::OwningOpRef<ModuleOp> copy = source.module->clone();
    auto later = llvm::make_early_inc_range(
        llvm::drop_begin(copy->getOps(), object.numOperations));
    for (mlir::Operation &op : later)
      op.erase();
    if (!emit(*copy, OutputKind::Object, contents.emplace_back()))
      return false;
  }
  for (auto [object, bytes] : llvm::zip(source.objects, contents))
    if (!writeFile(object.path, {bytes.data(), bytes.size()}))
      return false;
  return true;
}

//===- ObjectBuilder.h - sections from a module -----------------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Collects the sections, symbols and types of an object file.
//
//===----------------------------------------------------------------------===//

#ifndef WHISTLER_LIB_TARGET_OBJECT_OBJECTBUILDER_H
#define WHISTLER_LIB_TARGET_OBJECT_OBJECTBUILDER_H

#include "DataTypes.h"
#include "SourceText.h"

#include "Whistler/Dialect/BPF/IR/BPFOps.h"
#include "Whistler/Dialect/Whistler/IR/WhistlerDialect.h"
#include "Whistler/Dialect/Whistler/Utils/DataSections.h"
#include "Whistler/Dialect/Whistler/Utils/StructLayouts.h"
#include "Whistler/Target/BPF/Encoder.h"
#include "Whistler/Target/BTF/Builder.h"
#include "Whistler/Target/BTF/ExtBuilder.h"
#include "Whistler/Target/ELF/ObjectWriter.h"
#include "Whistler/Target/Object.h"

#include "llvm/ADT/MapVector.h"

namespace whistler {

/// Builds one object. The order of everything follows the module's.
class ObjectBuilder {
public:
  ObjectBuilder(mlir::ModuleOp module, const EmitOptions &options)
      : module(module), options(options), layouts(module),
        dataTypes(layouts, types), ext(types), text(options.sources) {}

  /// Encodes all functions and describes everything; the results below are
  /// valid if this succeeds.
  llvm::LogicalResult build();

  llvm::LogicalResult writeObject(llvm::SmallVectorImpl<char> &bytes);
  llvm::LogicalResult writeBTF(llvm::SmallVectorImpl<char> &bytes);

private:
  struct Function {
    mlir::bpf::FuncOp op;
    mlir::bpf::EncodedFunction code;
    /// Bytes from the start of its section.
    uint32_t offset;
  };
  struct Map {
    llvm::StringRef name;
    /// Bytes from the start of `.maps`, and the variable's size.
    uint32_t offset;
    uint32_t size;
  };
  /// A section of instructions.
  struct Section {
    std::vector<Function> functions;
    uint32_t size = 0;
  };

  // ObjectBuilder.cpp: code and types.
  llvm::LogicalResult describeStructs();
  llvm::LogicalResult describeMaps();
  void describeVariables();
  void describeLicense();
  llvm::LogicalResult encodeFunctions();
  llvm::LogicalResult checkLicense(mlir::bpf::FuncOp func);
  void describeFunction(llvm::StringRef section, const Function &function);
  btf::TypeId describeProgram(const Function &program);
  btf::TypeId describeSubprogram(mlir::bpf::FuncOp func);
  void describeLines(llvm::StringRef section, const Function &function);
  void describeRelocations(llvm::StringRef section, const Function &function);

  // ObjectOutput.cpp: bytes.
  /// Puts into the instructions what their relocations add to: the distance
  /// from the symbol.
  void fillInAddends();
  void fillInAddend(mlir::bpf::EncodedFunction &code,
                    const mlir::bpf::SymbolRelocation &relocation);
  void addCode(elf::ObjectWriter &writer);
  void addData(elf::ObjectWriter &writer);
  void addFunctionSymbols(elf::ObjectWriter &writer);
  void addRelocations(elf::ObjectWriter &writer);
  elf::SymbolId getTarget(elf::ObjectWriter &writer,
                          const mlir::bpf::SymbolRelocation &relocation);
  llvm::LogicalResult report(llvm::Error error);

  mlir::ModuleOp module;
  const EmitOptions &options;
  StructLayouts layouts;
  btf::Builder types;
  DataTypes dataTypes;
  btf::ExtBuilder ext;
  SourceText text;
  std::vector<Map> maps;
  uint32_t mapsSize = 0;
  DataSections data;
  llvm::MapVector<llvm::StringRef, Section> sections;
  /// Bytes from the start of `.text` of the functions in it.
  llvm::StringMap<uint32_t> subprogramOffsets;
  /// With the NUL at its end.
  std::string license;
  /// The symbols of maps, variables and functions by their names, and the
  /// handles of sections by theirs.
  llvm::StringMap<elf::SymbolId> symbols;
  llvm::StringMap<elf::SectionId> sectionIds;
};

} // namespace whistler

#endif // WHISTLER_LIB_TARGET_OBJECT_OBJECTBUILDER_H

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

#include "SourceText.h"

#include "Whistler/Dialect/BPF/IR/BPFOps.h"
#include "Whistler/Dialect/Whistler/IR/WhistlerDialect.h"
#include "Whistler/Target/BPF/Encoder.h"
#include "Whistler/Target/BTF/Builder.h"
#include "Whistler/Target/BTF/ExtBuilder.h"
#include "Whistler/Target/Object.h"

#include "llvm/ADT/MapVector.h"

namespace whistler {

/// Builds one object. The order of everything follows the module's.
class ObjectBuilder {
public:
  ObjectBuilder(mlir::ModuleOp module, const EmitOptions &options)
      : module(module), options(options), ext(types), text(options.sources) {}

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

  void describeMaps();
  btf::TypeId describeMap(mlir::whistler::MapOp map, uint32_t &size);
  llvm::LogicalResult encodeFunctions();
  void describeLicense();
  llvm::LogicalResult describeFunction(llvm::StringRef section,
                                       const Function &function);
  void describeLines(llvm::StringRef section, const Function &function);
  llvm::LogicalResult describeRelocations(llvm::StringRef section,
                                          const Function &function);
  llvm::LogicalResult report(llvm::Error error);

  mlir::ModuleOp module;
  const EmitOptions &options;
  btf::Builder types;
  btf::ExtBuilder ext;
  SourceText text;
  std::vector<Map> maps;
  uint32_t mapsSize = 0;
  llvm::MapVector<llvm::StringRef, Section> sections;
  /// With the NUL at its end.
  std::string license;
};

} // namespace whistler

#endif // WHISTLER_LIB_TARGET_OBJECT_OBJECTBUILDER_H

//===- DebugInfo.h - debug information for LLVM -----------------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Describes functions, variables, types and locations in the attributes of the
// LLVM dialect, of which LLVM makes BTF.
//
//===----------------------------------------------------------------------===//

#ifndef WHISTLER_LIB_CONVERSION_WHISTLERTOLLVM_DEBUGINFO_H
#define WHISTLER_LIB_CONVERSION_WHISTLERTOLLVM_DEBUGINFO_H

#include "Whistler/Dialect/Whistler/Utils/MapDefinition.h"
#include "Whistler/Dialect/Whistler/Utils/StructLayouts.h"

#include "mlir/Dialect/LLVMIR/LLVMAttrs.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"

namespace mlir::whistler {

/// Makes the debug information of one module.
///
/// A struct that a struct's field points to is only declared, by its name, as
/// LLVM does it in BTF, too: so no type contains itself, and each struct has
/// one attribute wherever it occurs.
class DebugInfo {
public:
  DebugInfo(ModuleOp module, ::whistler::StructLayouts &layouts);

  /// A type in memory; null for `none`, which is void.
  LLVM::DITypeAttr getType(Type type);
  /// The struct or union of that tag with all its fields; null if there is
  /// none.
  LLVM::DICompositeTypeAttr getStruct(StringRef tag);
  /// The enumeration of that tag. The attributes have no enumerators; the
  /// translation of the `whistler.enum` to LLVM IR adds them.
  LLVM::DICompositeTypeAttr getEnum(StringRef tag, Type underlying);
  /// A struct without name, as libbpf expects it of a map's variable.
  LLVM::DICompositeTypeAttr getMap(const ::whistler::MapDefinition &map);
  /// `count` characters.
  LLVM::DICompositeTypeAttr getText(uint64_t count);

  /// A variable that can be seen from other objects unless it is local.
  LLVM::DIGlobalVariableExpressionAttr getVariable(StringRef name,
                                                   LLVM::DITypeAttr type,
                                                   bool isLocal, Location loc);
  /// A program or a function.
  LLVM::DISubprogramAttr getSubprogram(Operation *function);

  /// `loc` as a place in `subprogram`: what a macro made is where the macro is
  /// called.
  Location getLocation(Location loc, LLVM::DISubprogramAttr subprogram);

private:
  struct Param {
    StringRef name;
    LLVM::DITypeAttr type;
  };
  LLVM::DITypeAttr getScalar(unsigned bytes, bool isSigned);
  LLVM::DITypeAttr getPointerTo(LLVM::DITypeAttr pointee);
  LLVM::DITypeAttr getFieldType(Type type);
  LLVM::DITypeAttr getParamType(Type type);
  LLVM::DICompositeTypeAttr getArray(LLVM::DITypeAttr element,
                                     uint64_t elementBits, uint64_t count);
  LLVM::DICompositeTypeAttr getNumber(uint32_t number);
  LLVM::DICompositeTypeAttr getForward(StringRef tag);
  LLVM::DICompositeTypeAttr getComposite(unsigned tag, StringRef name,
                                         uint64_t bits,
                                         ArrayRef<LLVM::DINodeAttr> elements,
                                         LLVM::DIFlags flags = {},
                                         LLVM::DITypeAttr base = {});
  LLVM::DIDerivedTypeAttr getMember(StringRef name, LLVM::DITypeAttr type,
                                    uint64_t bits, uint64_t offset);
  LLVM::DIFileAttr getFile(Location loc);
  SmallVector<Param> getParams(Operation *function);
  LLVM::DISubroutineTypeAttr getSubroutineType(Operation *function,
                                               ArrayRef<Param> params);

  MLIRContext *context;
  ::whistler::StructLayouts &layouts;
  LLVM::DICompileUnitAttr unit;
  llvm::StringMap<LLVM::DICompositeTypeAttr> structs;
};

} // namespace mlir::whistler

#endif // WHISTLER_LIB_CONVERSION_WHISTLERTOLLVM_DEBUGINFO_H

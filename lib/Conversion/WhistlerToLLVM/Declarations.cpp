//===- Declarations.cpp - what a module declares ----------------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Makes global variables, each in the section that libbpf looks for it in.
//
//===----------------------------------------------------------------------===//

#include "Declarations.h"

#include "Whistler/Conversion/LLVMAttributes.h"
#include "Whistler/Dialect/Whistler/Utils/Variables.h"

using namespace mlir;
using namespace mlir::whistler;
using ::whistler::MapDefinition;

namespace {
/// Converts the declarations of one module.
class DeclarationConverter {
public:
  DeclarationConverter(ModuleOp module, ::whistler::StructLayouts &layouts,
                       DebugInfo &debugInfo)
      : module(module), layouts(layouts), debugInfo(debugInfo),
        builder(module.getContext()) {}

  LogicalResult run();

private:
  LogicalResult convertMaps();
  LogicalResult convert(GlobalOp global);
  LogicalResult convert(StructOp op);
  void convert(EnumOp op);
  LogicalResult addLicense();
  void addUsedVariables();
  LLVM::GlobalOp createVariable(Location loc, StringRef name, uint64_t size,
                                Attribute value, uint64_t alignment);

  ModuleOp module;
  ::whistler::StructLayouts &layouts;
  DebugInfo &debugInfo;
  OpBuilder builder;
  /// Variables that only this module names, and the loader's side all the same.
  SmallVector<LLVM::GlobalOp> localVariables;
};
} // namespace

LLVM::GlobalOp DeclarationConverter::createVariable(Location loc,
                                                    StringRef name,
                                                    uint64_t size,
                                                    Attribute value,
                                                    uint64_t alignment) {
  auto type = LLVM::LLVMArrayType::get(builder.getI8Type(), size);
  if (!value)
    value = LLVM::ZeroAttr::get(builder.getContext());
  auto variable =
      LLVM::GlobalOp::create(builder, loc, type, /*isConstant=*/false,
                             LLVM::Linkage::External, name, value, alignment);
  variable.setDsoLocal(true);
  return variable;
}

static ArrayAttr getDebugInfo(LLVM::DIGlobalVariableExpressionAttr variable) {
  return ArrayAttr::get(variable.getContext(), {variable});
}

LogicalResult DeclarationConverter::convertMaps() {
  // Maps of maps refer to others, which stay until all are described.
  SmallVector<std::pair<MapOp, LLVM::DICompositeTypeAttr>> types;
  for (MapOp map : module.getOps<MapOp>()) {
    FailureOr<MapDefinition> definition = ::whistler::defineMap(map);
    if (failed(definition))
      return failure();
    types.push_back({map, debugInfo.getMap(*definition)});
  }
  constexpr uint64_t pointerSize = 8;
  for (auto [map, type] : types) {
    builder.setInsertionPoint(map);
    LLVM::GlobalOp variable =
        createVariable(map.getLoc(), map.getSymName(), type.getSizeInBits() / 8,
                       /*value=*/nullptr, pointerSize);
    variable.setSection(".maps");
    variable.setDbgExprsAttr(getDebugInfo(debugInfo.getVariable(
        map.getSymName(), type, /*isLocal=*/false, map.getLoc())));
    map.erase();
  }
  return success();
}

LogicalResult DeclarationConverter::convert(GlobalOp global) {
  FailureOr<uint64_t> size = ::whistler::checkVariable(global, layouts);
  if (failed(size))
    return failure();
  builder.setInsertionPoint(global);
  LLVM::GlobalOp variable = createVariable(
      global.getLoc(), global.getSymName(), *size, global.getInitAttr(),
      layouts.getAlignment(global.getType()));
  bool isConstant = global.getSection().starts_with(".rodata");
  variable.setConstant(isConstant);
  if (::whistler::isStringSection(global.getSection())) {
    // LLVM has a section for string literals.
    variable.setLinkage(LLVM::Linkage::Private);
    variable.setUnnamedAddr(LLVM::UnnamedAddr::Global);
    global.erase();
    return success();
  }
  variable.setSection(global.getSection());
  // The loader's side may set it before the object is loaded.
  variable.setExternallyInitialized(true);
  variable.setDbgExprsAttr(getDebugInfo(debugInfo.getVariable(
      global.getSymName(), debugInfo.getType(global.getType()),
      global.getIsLocal(), global.getLoc())));
  if (global.getIsLocal()) {
    variable.setLinkage(LLVM::Linkage::Internal);
    localVariables.push_back(variable);
  }
  global.erase();
  return success();
}

LogicalResult DeclarationConverter::convert(StructOp op) {
  if (failed(::whistler::checkFields(op, layouts)))
    return failure();
  auto isBitField = [](Attribute field) {
    return cast<FieldAttr>(field).getBitWidth() != 0;
  };
  if (llvm::any_of(op.getFields(), isBitField))
    op->setAttr(debugTypeAttrName, debugInfo.getStruct(op.getTag()));
  return success();
}

void DeclarationConverter::convert(EnumOp op) {
  op->setAttr(debugTypeAttrName,
              debugInfo.getEnum(op.getTag(), op.getUnderlying()));
}

/// The license that all programs have to agree on.
LogicalResult DeclarationConverter::addLicense() {
  std::optional<StringRef> license;
  for (ProgOp prog : module.getOps<ProgOp>()) {
    if (license && *license != prog.getLicense())
      return prog.emitError("an object has one license, and an earlier "
                            "program's is \"")
             << *license << '"';
    license = prog.getLicense();
  }
  if (!license)
    return success();
  constexpr StringRef name = "_license";
  std::string text = license->str() + '\0';
  builder.setInsertionPointToEnd(module.getBody());
  LLVM::GlobalOp variable =
      createVariable(module.getLoc(), name, text.size(),
                     builder.getStringAttr(text), /*alignment=*/1);
  // Not a constant one: objects are linked with clang's, which have it in a
  // section that may be written.
  variable.setSection("license");
  variable.setDbgExprsAttr(
      getDebugInfo(debugInfo.getVariable(name, debugInfo.getText(text.size()),
                                         /*isLocal=*/false, module.getLoc())));
  return success();
}

/// LLVM would take away local variables that nothing reads or writes.
void DeclarationConverter::addUsedVariables() {
  if (localVariables.empty())
    return;
  Location loc = module.getLoc();
  auto pointer = LLVM::LLVMPointerType::get(builder.getContext());
  auto type = LLVM::LLVMArrayType::get(pointer, localVariables.size());
  builder.setInsertionPointToEnd(module.getBody());
  auto used = LLVM::GlobalOp::create(builder, loc, type, /*isConstant=*/false,
                                     LLVM::Linkage::Appending,
                                     "llvm.compiler.used", Attribute());
  used.setSection("llvm.metadata");
  builder.createBlock(&used.getInitializerRegion());
  Value list = LLVM::UndefOp::create(builder, loc, type);
  for (auto [index, variable] : llvm::enumerate(localVariables)) {
    Value address = LLVM::AddressOfOp::create(builder, loc, variable);
    list = LLVM::InsertValueOp::create(builder, loc, list, address,
                                       ArrayRef<int64_t>{int64_t(index)});
  }
  LLVM::ReturnOp::create(builder, loc, list);
}

LogicalResult DeclarationConverter::run() {
  for (StructOp op : module.getOps<StructOp>())
    if (failed(convert(op)))
      return failure();
  for (EnumOp op : module.getOps<EnumOp>())
    convert(op);
  if (failed(convertMaps()) || failed(addLicense()))
    return failure();
  for (GlobalOp global : llvm::make_early_inc_range(module.getOps<GlobalOp>()))
    if (failed(convert(global)))
      return failure();
  addUsedVariables();
  return success();
}

LogicalResult mlir::whistler::convertDeclarations(
    ModuleOp module, ::whistler::StructLayouts &layouts, DebugInfo &debugInfo) {
  return DeclarationConverter(module, layouts, debugInfo).run();
}

//===- DebugInfo.cpp - debug information for LLVM ---------------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Makes debug information of declarations and locations.
//
//===----------------------------------------------------------------------===//

#include "DebugInfo.h"

#include "Whistler/Dialect/Whistler/Utils/SourceLocation.h"
#include "Whistler/UAPI/ProgramTypes.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/TypeSwitch.h"
#include "llvm/BinaryFormat/Dwarf.h"

using namespace mlir;
using namespace mlir::whistler;
namespace dwarf = llvm::dwarf;
namespace uapi = ::whistler::uapi;
using ::whistler::findFileLocation;
using ::whistler::MapDefinition;
using ::whistler::StructLayout;

static constexpr unsigned pointerBits = 64;

/// The first place in a source that something in `module` comes from.
static Location findFirstLocation(ModuleOp module) {
  if (findFileLocation(module.getLoc()))
    return module.getLoc();
  for (Operation &op : module.getOps())
    if (findFileLocation(op.getLoc()))
      return op.getLoc();
  return module.getLoc();
}

DebugInfo::DebugInfo(ModuleOp module, ::whistler::StructLayouts &layouts)
    : context(module.getContext()), layouts(layouts) {
  unit = LLVM::DICompileUnitAttr::get(
      DistinctAttr::create(UnitAttr::get(context)), dwarf::DW_LANG_C11,
      getFile(findFirstLocation(module)),
      StringAttr::get(context, "whistler " WHISTLER_VERSION),
      /*isOptimized=*/true, LLVM::DIEmissionKind::Full,
      LLVM::DINameTableKind::None);
}

//===----------------------------------------------------------------------===//
// Types
//===----------------------------------------------------------------------===//

LLVM::DITypeAttr DebugInfo::getScalar(unsigned bytes, bool isSigned) {
  static constexpr StringRef names[][2] = {
      {"unsigned char", "signed char"},
      {"unsigned short", "short"},
      {"unsigned int", "int"},
      {"unsigned long long", "long long"},
  };
  unsigned encoding = isSigned ? dwarf::DW_ATE_signed : dwarf::DW_ATE_unsigned;
  // LLVM takes a byte with this encoding for a number like any other.
  return LLVM::DIBasicTypeAttr::get(context, dwarf::DW_TAG_base_type,
                                    names[llvm::Log2_32(bytes)][isSigned],
                                    8 * bytes, encoding);
}

LLVM::DITypeAttr DebugInfo::getPointerTo(LLVM::DITypeAttr pointee) {
  return LLVM::DIDerivedTypeAttr::get(
      context, dwarf::DW_TAG_pointer_type, /*name=*/nullptr, pointee,
      pointerBits, /*alignInBits=*/0, /*offsetInBits=*/0,
      /*dwarfAddressSpace=*/std::nullopt, /*extraData=*/nullptr);
}

LLVM::DICompositeTypeAttr
DebugInfo::getComposite(unsigned tag, StringRef name, uint64_t bits,
                        ArrayRef<LLVM::DINodeAttr> elements,
                        LLVM::DIFlags flags, LLVM::DITypeAttr base) {
  StringAttr nameAttr = name.empty() ? nullptr : StringAttr::get(context, name);
  return LLVM::DICompositeTypeAttr::get(
      context, tag, nameAttr, unit.getFile(), /*line=*/0, /*scope=*/nullptr,
      base, flags, bits, /*alignInBits=*/0, /*dataLocation=*/nullptr,
      /*rank=*/nullptr, /*allocated=*/nullptr, /*associated=*/nullptr,
      elements);
}

LLVM::DIDerivedTypeAttr DebugInfo::getMember(StringRef name,
                                             LLVM::DITypeAttr type,
                                             uint64_t bits, uint64_t offset) {
  StringAttr nameAttr = name.empty() ? nullptr : StringAttr::get(context, name);
  return LLVM::DIDerivedTypeAttr::get(
      context, dwarf::DW_TAG_member, nameAttr, type, bits, /*alignInBits=*/0,
      offset, /*dwarfAddressSpace=*/std::nullopt, /*extraData=*/nullptr);
}

LLVM::DICompositeTypeAttr DebugInfo::getArray(LLVM::DITypeAttr element,
                                              uint64_t elementBits,
                                              uint64_t count) {
  auto range = LLVM::DISubrangeAttr::get(
      context, IntegerAttr::get(IntegerType::get(context, 64), count),
      /*lowerBound=*/nullptr, /*upperBound=*/nullptr, /*stride=*/nullptr);
  return getComposite(dwarf::DW_TAG_array_type, "", elementBits * count,
                      {range}, {}, element);
}

LLVM::DICompositeTypeAttr DebugInfo::getText(uint64_t count) {
  auto character = LLVM::DIBasicTypeAttr::get(
      context, dwarf::DW_TAG_base_type, "char", 8, dwarf::DW_ATE_signed_char);
  return getArray(character, 8, count);
}

/// The name that the debug information has for a tag.
static StringRef getTypeName(StringRef tag) {
  auto isBody = [](char c) { return llvm::isAlnum(c) || c == '_'; };
  bool isIdentifier =
      !tag.empty() && !llvm::isDigit(tag.front()) && llvm::all_of(tag, isBody);
  return isIdentifier ? tag : "";
}

LLVM::DICompositeTypeAttr DebugInfo::getForward(StringRef tag) {
  return getComposite(dwarf::DW_TAG_structure_type, getTypeName(tag), 0, {},
                      LLVM::DIFlags::FwdDecl);
}

LLVM::DICompositeTypeAttr DebugInfo::getEnum(StringRef tag, Type underlying) {
  return getComposite(dwarf::DW_TAG_enumeration_type, getTypeName(tag),
                      8 * getSizeInBytes(underlying), {}, {},
                      getType(underlying));
}

LLVM::DICompositeTypeAttr DebugInfo::getStruct(StringRef tag) {
  auto found = structs.find(tag);
  if (found != structs.end())
    return found->second;
  const StructLayout *layout = layouts.lookup(tag);
  if (!layout)
    return nullptr;
  SmallVector<LLVM::DINodeAttr> members;
  for (FieldAttr field : layout->fields) {
    uint64_t bits = field.getBitWidth()
                        ? field.getBitWidth()
                        : 8 * layouts.getSize(field.getType()).value_or(0);
    members.push_back(getMember(field.getName(), getFieldType(field.getType()),
                                bits, field.getBitOffset()));
  }
  unsigned kind =
      layout->isUnion ? dwarf::DW_TAG_union_type : dwarf::DW_TAG_structure_type;
  return structs[tag] = getComposite(kind, getTypeName(tag),
                                     8 * uint64_t(layout->size), members);
}

/// The type of a field, or of an array's elements. What it points to is only
/// declared.
LLVM::DITypeAttr DebugInfo::getFieldType(Type type) {
  auto pointer = dyn_cast<PointerType>(type);
  auto structType =
      pointer ? dyn_cast<StructType>(pointer.getPointee()) : nullptr;
  return structType ? getPointerTo(getForward(structType.getTag()))
                    : getType(type);
}

LLVM::DITypeAttr DebugInfo::getType(Type type) {
  return llvm::TypeSwitch<Type, LLVM::DITypeAttr>(type)
      .Case<IntegerType>([&](IntegerType integer) {
        return getScalar(integer.getWidth() / 8, integer.isSigned());
      })
      .Case<StructType>(
          [&](StructType type) { return getStruct(type.getTag()); })
      .Case<EnumType>([&](EnumType type) {
        EnumOp declared = layouts.lookupEnum(type.getTag());
        return getEnum(type.getTag(), declared ? declared.getUnderlying()
                                               : type.getUnderlying());
      })
      .Case<ArrayType>([&](ArrayType array) {
        return getArray(getFieldType(array.getElement()),
                        8 * layouts.getSize(array.getElement()).value_or(0),
                        array.getCount());
      })
      .Case<PointerType>([&](PointerType pointer) {
        auto structType = dyn_cast<StructType>(pointer.getPointee());
        bool isUnknown = structType && !layouts.isDeclared(structType.getTag());
        return getPointerTo(isUnknown ? getForward(structType.getTag())
                                      : getType(pointer.getPointee()));
      })
      .Default(LLVM::DITypeAttr());
}

//===----------------------------------------------------------------------===//
// Maps
//===----------------------------------------------------------------------===//

/// What a pointer stands for `number` that points to this. LLVM counts bits in
/// 64-bit numbers and the kernel bytes in 32-bit ones, so large numbers are
/// arrays of bytes.
LLVM::DICompositeTypeAttr DebugInfo::getNumber(uint32_t number) {
  bool fitsAsInts = number <= std::numeric_limits<uint32_t>::max() / 4;
  unsigned bytes = fitsAsInts ? 4 : 1;
  return getArray(getScalar(bytes, /*isSigned=*/fitsAsInts), 8 * bytes, number);
}

LLVM::DICompositeTypeAttr DebugInfo::getMap(const MapDefinition &map) {
  SmallVector<LLVM::DINodeAttr> members;
  auto add = [&](StringRef name, LLVM::DITypeAttr pointee) {
    members.push_back(getMember(name, getPointerTo(pointee), pointerBits,
                                pointerBits * members.size()));
  };
  auto addNumber = [&](StringRef name, std::optional<uint32_t> number) {
    if (number)
      add(name, getNumber(*number));
  };
  auto addType = [&](StringRef name, Type type) {
    if (type)
      add(name, getType(type));
  };
  addNumber("type", map.type);
  addNumber("key_size", map.keySize);
  addType("key", map.key);
  addNumber("value_size", map.valueSize);
  addType("value", map.value);
  addNumber("max_entries", map.maxEntries);
  addNumber("map_flags", map.mapFlags);
  addNumber("pinning", map.pinning);
  uint64_t bits = pointerBits * members.size();
  if (MapOp inner = map.inner) {
    LLVM::DITypeAttr pointer =
        getPointerTo(getMap(::whistler::defineInnerMap(inner)));
    // Takes no space.
    members.push_back(
        getMember("values", getArray(pointer, pointerBits, 0), 0, bits));
  }
  return getComposite(dwarf::DW_TAG_structure_type, "", bits, members);
}

//===----------------------------------------------------------------------===//
// Variables and functions
//===----------------------------------------------------------------------===//

static unsigned getLine(Location loc) {
  std::optional<FileLineColRange> range = findFileLocation(loc);
  return range ? range->getStartLine() : 0;
}

/// The name of a file is used as the source has it: the same on every machine.
LLVM::DIFileAttr DebugInfo::getFile(Location loc) {
  std::optional<FileLineColRange> range = findFileLocation(loc);
  return LLVM::DIFileAttr::get(
      context, range ? range->getFilename().getValue() : "-", "");
}

LLVM::DIGlobalVariableExpressionAttr
DebugInfo::getVariable(StringRef name, LLVM::DITypeAttr type, bool isLocal,
                       Location loc) {
  auto variable = LLVM::DIGlobalVariableAttr::get(
      context, unit, StringAttr::get(context, name), /*linkageName=*/nullptr,
      getFile(loc), getLine(loc), type, isLocal, /*isDefined=*/true,
      /*alignInBits=*/0);
  return LLVM::DIGlobalVariableExpressionAttr::get(
      context, variable, LLVM::DIExpressionAttr::get(context, {}));
}

/// A pointer to a context names its struct whether the module declares it or
/// not: the kernel knows contexts by these names (btf_get_prog_ctx_type).
LLVM::DITypeAttr DebugInfo::getParamType(Type type) {
  if (auto pointer = dyn_cast<PointerType>(type))
    if (auto structType = dyn_cast<StructType>(pointer.getPointee()))
      if (LLVM::DITypeAttr pointee = getStruct(structType.getTag()))
        return getPointerTo(pointee);
  return getType(type);
}

SmallVector<DebugInfo::Param> DebugInfo::getParams(Operation *function) {
  SmallVector<Param> params;
  if (auto func = dyn_cast<FuncOp>(function)) {
    for (auto param : func.getParams().getAsRange<ParamAttr>())
      params.push_back({param.getName(), getParamType(param.getType())});
    return params;
  }
  const uapi::ProgramType *type =
      uapi::lookupProgramType(cast<ProgOp>(function).getProgramType());
  bool hasStruct = type && !type->contextStruct.empty();
  params.push_back(
      {"ctx", getPointerTo(hasStruct ? getStruct(type->contextStruct)
                                     : LLVM::DICompositeTypeAttr())});
  return params;
}

LLVM::DISubroutineTypeAttr
DebugInfo::getSubroutineType(Operation *function, ArrayRef<Param> params) {
  auto func = dyn_cast<FuncOp>(function);
  SmallVector<LLVM::DITypeAttr> types = {
      func ? getType(func.getResult()) : getScalar(4, /*isSigned=*/true)};
  for (const Param &param : params)
    types.push_back(param.type);
  return LLVM::DISubroutineTypeAttr::get(context, /*callingConvention=*/0,
                                         types);
}

LLVM::DISubprogramAttr DebugInfo::getSubprogram(Operation *function) {
  auto func = dyn_cast<FuncOp>(function);
  SmallVector<Param> params = getParams(function);
  StringAttr name = SymbolTable::getSymbolName(function);
  LLVM::DIFileAttr file = getFile(function->getLoc());
  unsigned line = getLine(function->getLoc());
  auto flags =
      LLVM::DISubprogramFlags::Definition | LLVM::DISubprogramFlags::Optimized;
  if (func && !func.getIsGlobal())
    flags = flags | LLVM::DISubprogramFlags::LocalToUnit;
  // Parameters, in which BTF finds their names, refer to their function.
  auto recId = DistinctAttr::create(UnitAttr::get(context));
  auto self =
      cast<LLVM::DISubprogramAttr>(LLVM::DISubprogramAttr::getRecSelf(recId));
  SmallVector<LLVM::DINodeAttr> variables;
  for (auto [index, param] : llvm::enumerate(params))
    variables.push_back(LLVM::DILocalVariableAttr::get(
        context, self, StringAttr::get(context, param.name), file, line,
        /*arg=*/index + 1, /*alignInBits=*/0, param.type, LLVM::DIFlags::Zero));
  return LLVM::DISubprogramAttr::get(
      context, recId, /*isRecSelf=*/false,
      DistinctAttr::create(UnitAttr::get(context)), unit, file, name,
      /*linkageName=*/nullptr, file, line, line, flags,
      getSubroutineType(function, params), variables, /*annotations=*/{});
}

Location DebugInfo::getLocation(Location loc,
                                LLVM::DISubprogramAttr subprogram) {
  std::optional<FileLineColRange> range = findFileLocation(loc);
  // Calls need a location where the caller has debug information.
  auto place = FileLineColLoc::get(
      range ? range->getFilename() : subprogram.getFile().getName(),
      range ? range->getStartLine() : 0, range ? range->getStartColumn() : 0);
  if (!range || place.getFilename() == subprogram.getFile().getName())
    return place;
  auto scope = LLVM::DILexicalBlockFileAttr::get(
      context, subprogram, getFile(loc), /*discriminator=*/0);
  return FusedLoc::get(context, {place}, scope);
}

//===- WhistlerOps.cpp - verification of operations -------------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// The rules that operations have beyond their types.
//
//===----------------------------------------------------------------------===//

#include "Whistler/Dialect/Whistler/IR/WhistlerDialect.h"

#include "Whistler/UAPI/Helpers.h"
#include "Whistler/UAPI/MapTypes.h"
#include "Whistler/UAPI/ProgramTypes.h"

#include "mlir/IR/Builders.h"

#include <linux/bpf.h>

using namespace mlir;
using namespace mlir::whistler;
namespace uapi = ::whistler::uapi;

static ParseResult parseReturnType(OpAsmParser &parser, Type &type);
static void printReturnType(OpAsmPrinter &printer, ReturnOp op, Type type);

#define GET_OP_CLASSES
#include "Whistler/Dialect/Whistler/IR/WhistlerOps.cpp.inc"

//===----------------------------------------------------------------------===//
// Maps and programs
//===----------------------------------------------------------------------===//

/// Whether `type` describes bytes in memory.
static bool isDataType(Type type) {
  if (auto array = dyn_cast<ArrayType>(type))
    return isDataType(array.getElement());
  if (auto enumType = dyn_cast<EnumType>(type))
    return isDataType(enumType.getUnderlying());
  auto intType = dyn_cast<IntegerType>(type);
  if (!intType)
    return isa<StructType, PointerType>(type);
  unsigned width = intType.getWidth();
  return !intType.isSignless() &&
         (width == 8 || width == 16 || width == 32 || width == 64);
}

static LogicalResult verifyDataType(Operation *op, StringRef what, Type type) {
  if (isDataType(type))
    return success();
  return op->emitOpError() << what << " type " << type
                           << " does not describe memory";
}

/// `type`, if present, has to be a type that is `size` bytes wide.
static LogicalResult verifyEntryType(MapOp op, StringRef what,
                                     std::optional<Type> type, uint32_t size) {
  if (!type)
    return success();
  if (failed(verifyDataType(op, what, *type)))
    return failure();
  std::optional<uint64_t> bytes;
  if (auto module = op->getParentOfType<ModuleOp>())
    bytes = TypeTable(module).getSize(*type);
  if (bytes != size)
    return op.emitOpError() << what << " type " << *type << " does not have "
                            << size << " bytes";
  return success();
}

LogicalResult MapOp::verify() {
  const uapi::MapType *type = uapi::lookupMapType(getMapType());
  if (!type)
    return emitOpError("unknown map type \"") << getMapType() << '"';
  if (!type->key.allows(getKeySize()))
    return emitOpError("a map of type ")
           << getMapType() << " cannot have a key size of " << getKeySize();
  if (!type->valueSize.allows(getValueSize()))
    return emitOpError("a map of type ")
           << getMapType() << " cannot have a value size of " << getValueSize();
  if (failed(verifyEntryType(*this, "key", getKeyType(), getKeySize())))
    return failure();
  return verifyEntryType(*this, "value", getValueType(), getValueSize());
}

LogicalResult ProgOp::verifyRegions() {
  if (!uapi::lookupProgramType(getProgramType()))
    return emitOpError("unknown program type \"") << getProgramType() << '"';
  Block &entry = getBody().front();
  auto ctx = PtrType::get(getContext(), AddressSpace::Ctx);
  if (entry.getNumArguments() != 1 || entry.getArgument(0).getType() != ctx)
    return emitOpError("entry block must have one argument, of type ") << ctx;
  return success();
}

LogicalResult FuncOp::verifyRegions() {
  Block &entry = getBody().front();
  if (getParams().size() > 5)
    return emitOpError("a function has at most 5 parameters");
  if (entry.getNumArguments() != getParams().size())
    return emitOpError("entry block must have one argument for each parameter");
  for (auto [param, arg] : llvm::zip_equal(getParams(), entry.getArguments())) {
    auto paramAttr = dyn_cast<ParamAttr>(param);
    if (!paramAttr)
      return emitOpError("parameters are #whistler.param attributes");
    bool isPointer = isa<PointerType>(paramAttr.getType());
    if (isPointer != isa<PtrType>(arg.getType()) ||
        (!isPointer && !arg.getType().isInteger(64)))
      return emitOpError("parameter ")
             << paramAttr.getType() << " cannot be passed as " << arg.getType();
  }
  return success();
}

/// The type of what is returned, where it is not a 64-bit integer.
static ParseResult parseReturnType(OpAsmParser &parser, Type &type) {
  if (succeeded(parser.parseOptionalColon()))
    return parser.parseType(type);
  type = parser.getBuilder().getI64Type();
  return success();
}

static void printReturnType(OpAsmPrinter &printer, ReturnOp, Type type) {
  if (!type.isInteger(64))
    printer << ": " << type;
}

static FailureOr<FuncOp> lookupFunc(Operation *user, FlatSymbolRefAttr name,
                                    SymbolTableCollection &symbols) {
  auto func = symbols.lookupNearestSymbolFrom<FuncOp>(user, name);
  if (!func)
    return user->emitOpError("no function named ") << name;
  return func;
}

LogicalResult CallOp::verifySymbolUses(SymbolTableCollection &symbols) {
  FailureOr<FuncOp> func = lookupFunc(*this, getCalleeAttr(), symbols);
  if (failed(func))
    return failure();
  if (func->getParams().size() != getArgs().size())
    return emitOpError() << getCalleeAttr() << " takes "
                         << func->getParams().size() << " arguments, not "
                         << getArgs().size();
  for (auto [param, arg] : llvm::zip_equal(func->getParams(), getArgs())) {
    auto paramAttr = dyn_cast<ParamAttr>(param);
    if (paramAttr &&
        isa<PointerType>(paramAttr.getType()) != isa<PtrType>(arg.getType()))
      return emitOpError("parameter ")
             << paramAttr.getType() << " cannot be passed as " << arg.getType();
  }
  if (isa<PointerType>(func->getResult()) != isa<PtrType>(getType()))
    return emitOpError("result ")
           << func->getResult() << " cannot be returned as " << getType();
  return success();
}

LogicalResult FuncRefOp::verifySymbolUses(SymbolTableCollection &symbols) {
  return lookupFunc(*this, getCalleeAttr(), symbols);
}

//===----------------------------------------------------------------------===//
// Types and globals
//===----------------------------------------------------------------------===//

LogicalResult StructOp::verify() {
  uint32_t previous = 0;
  for (Attribute attr : getFields()) {
    auto field = dyn_cast<FieldAttr>(attr);
    if (!field)
      return emitOpError("fields are #whistler.field attributes");
    if (failed(verifyDataType(*this, "field", field.getType())))
      return failure();
    if (field.getBitOffset() < previous)
      return emitOpError("field \"")
             << field.getName() << "\" is not behind the field in front of it";
    if (field.getBitOffset() > 8 * uint64_t(uint32_t(getSize())))
      return emitOpError("field \"")
             << field.getName() << "\" is outside of the struct";
    previous = field.getBitOffset();
  }
  return success();
}

LogicalResult EnumOp::verify() {
  for (Attribute attr : getEnumerators())
    if (!isa<EnumeratorAttr>(attr))
      return emitOpError("enumerators are #whistler.enumerator attributes");
  return success();
}

LogicalResult GlobalOp::verify() {
  if (failed(verifyDataType(*this, "variable", getType())))
    return failure();
  StringRef kind = getSection();
  if (!kind.starts_with(".data") && !kind.starts_with(".bss") &&
      !kind.starts_with(".rodata"))
    return emitOpError("the section of a variable is .data, .bss or .rodata");
  auto module = (*this)->getParentOfType<ModuleOp>();
  std::optional<uint64_t> size = TypeTable(module).getSize(getType());
  if (!size)
    return emitOpError("type ") << getType() << " is not declared";
  if (getInit() && getInit()->size() != *size)
    return emitOpError() << "is initialized with " << getInit()->size()
                         << " bytes, and has " << *size;
  return success();
}

LogicalResult GlobalAddrOp::verifySymbolUses(SymbolTableCollection &symbols) {
  if (symbols.lookupNearestSymbolFrom<GlobalOp>(*this, getGlobalAttr()))
    return success();
  return emitOpError("no global variable named ") << getGlobalAttr();
}

//===----------------------------------------------------------------------===//
// Maps
//===----------------------------------------------------------------------===//

/// Finds the map that `user` names.
static FailureOr<MapOp> lookupMap(Operation *user, FlatSymbolRefAttr name,
                                  SymbolTableCollection &symbols) {
  auto map = symbols.lookupNearestSymbolFrom<MapOp>(user, name);
  if (!map)
    return user->emitOpError("no map named ") << name;
  return map;
}

/// A scalar key or value has to be as wide as the map's.
static LogicalResult verifyMapArgument(Operation *user, StringRef what,
                                       Type type, uint32_t size) {
  if (isa<PtrType>(type) || getSizeInBytes(type) == size)
    return success();
  return user->emitOpError()
         << what << " of type " << type << " for a map with " << what << "s of "
         << size << " bytes";
}

LogicalResult MapRefOp::verifySymbolUses(SymbolTableCollection &symbols) {
  return lookupMap(*this, getMapAttr(), symbols);
}

LogicalResult MapLookupOp::verifySymbolUses(SymbolTableCollection &symbols) {
  FailureOr<MapOp> map = lookupMap(*this, getMapAttr(), symbols);
  if (failed(map))
    return failure();
  return verifyMapArgument(*this, "key", getKey().getType(), map->getKeySize());
}

LogicalResult MapUpdateOp::verifySymbolUses(SymbolTableCollection &symbols) {
  FailureOr<MapOp> map = lookupMap(*this, getMapAttr(), symbols);
  if (failed(map) || failed(verifyMapArgument(*this, "key", getKey().getType(),
                                              map->getKeySize())))
    return failure();
  return verifyMapArgument(*this, "value", getValue().getType(),
                           map->getValueSize());
}

LogicalResult MapDeleteOp::verifySymbolUses(SymbolTableCollection &symbols) {
  FailureOr<MapOp> map = lookupMap(*this, getMapAttr(), symbols);
  if (failed(map))
    return failure();
  return verifyMapArgument(*this, "key", getKey().getType(), map->getKeySize());
}

LogicalResult MapAddOp::verifySymbolUses(SymbolTableCollection &symbols) {
  FailureOr<MapOp> map = lookupMap(*this, getMapAttr(), symbols);
  if (failed(map) || failed(verifyMapArgument(*this, "key", getKey().getType(),
                                              map->getKeySize())))
    return failure();
  return verifyMapArgument(*this, "value", getDelta().getType(),
                           map->getValueSize());
}

LogicalResult TailCallOp::verifySymbolUses(SymbolTableCollection &symbols) {
  FailureOr<MapOp> map = lookupMap(*this, getMapAttr(), symbols);
  if (failed(map))
    return failure();
  if (map->getMapType() != "prog-array")
    return emitOpError("needs a map of type prog-array, not ")
           << map->getMapType();
  return success();
}

LogicalResult HelperCallOp::verify() {
  const uapi::Helper *helper = uapi::lookupHelperByCName(getHelper());
  if (!helper)
    return emitOpError("unknown helper \"") << getHelper() << '"';
  if (getArgs().size() > uapi::Helper::MaxArgs)
    return emitOpError("a helper takes at most ")
           << unsigned(uapi::Helper::MaxArgs) << " arguments";
  if (!helper->isUndocumented && (getArgs().size() < helper->minArgs() ||
                                  getArgs().size() > helper->maxArgs()))
    return emitOpError("helper ")
           << getHelper() << " takes " << helper->minArgs() << " to "
           << helper->maxArgs() << " arguments, not " << getArgs().size();
  return success();
}

LogicalResult IndexOp::verify() {
  if (getCount() < 1)
    return emitOpError("an array has at least 1 element, not ") << getCount();
  return success();
}

/// Which instructions make sense is for the bpf dialect to say; this is what an
/// instruction has room for.
LogicalResult AsmOp::verify() {
  if (!llvm::isUInt<8>(getCode()))
    return emitOpError("the opcode is from 0 to 255, not ") << getCode();
  for (int32_t reg : {getDst(), getSrc()})
    if (reg < 0 || reg > BPF_REG_10)
      return emitOpError("registers are from 0 to 10, not ") << reg;
  if (!llvm::isInt<16>(getOff()))
    return emitOpError("the offset is from -32768 to 32767, not ") << getOff();
  return success();
}

//===----------------------------------------------------------------------===//
// Memory
//===----------------------------------------------------------------------===//

LogicalResult AllocaOp::verify() {
  Type type = getElemType();
  if (isa<PtrType>(type) || type.isInteger(8) || type.isInteger(16) ||
      type.isInteger(32) || type.isInteger(64))
    return success();
  if (auto array = dyn_cast<ArrayType>(type))
    if (isa<IntegerType>(array.getElement()) && isDataType(array.getElement()))
      return success();
  return emitOpError("cannot hold a value of type ") << type;
}

LogicalResult MemSetOp::verify() {
  return getSize() >= 0 ? success() : emitOpError("negative size");
}

LogicalResult MemCpyOp::verify() {
  return getSize() >= 0 ? success() : emitOpError("negative size");
}

LogicalResult CtxLoadOp::verify() {
  Type type = getType();
  if (isa<IntegerType>(type) && int64_t(getSizeInBytes(type)) != getSize())
    return emitOpError("a field of ")
           << getSize() << " bytes cannot be read as " << type;
  if (getSize() != 1 && getSize() != 2 && getSize() != 4 && getSize() != 8)
    return emitOpError("cannot read a field of ") << getSize() << " bytes";
  return success();
}

LogicalResult AtomicRMWOp::verify() {
  if (getKind() == AtomicKind::Xchg && !getOld())
    return emitOpError("xchg has a result");
  if (getOld() && getOld().getType() != getValue().getType())
    return emitOpError("the result has to be of the operand's type");
  return success();
}

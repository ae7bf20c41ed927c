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

#define GET_OP_CLASSES
#include "Whistler/Dialect/Whistler/IR/WhistlerOps.cpp.inc"

//===----------------------------------------------------------------------===//
// Maps and programs
//===----------------------------------------------------------------------===//

/// `type`, if present, has to be an integer type that is `size` bytes wide.
static LogicalResult verifyEntryType(MapOp op, StringRef what,
                                     std::optional<Type> type, uint32_t size) {
  if (!type)
    return success();
  auto intType = dyn_cast<IntegerType>(*type);
  if (!intType || intType.getWidth() != 8 * size)
    return op.emitOpError() << what << " type " << *type
                            << " is not an integer of " << size << " bytes";
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

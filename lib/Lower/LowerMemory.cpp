//===- LowerMemory.cpp - memory and context ---------------------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Loads, stores, atomic updates, header fields and the program's context.
//
//===----------------------------------------------------------------------===//

#include "LoweringScopes.h"

#include "llvm/ADT/StringSwitch.h"

using namespace whistler;
using namespace mlir::whistler;
namespace arith = mlir::arith;

/// How many bytes `memset` and `memcpy` may cover: they become single stores.
static constexpr int64_t maxBlockSize = 4096;

//===----------------------------------------------------------------------===//
// Loads and stores
//===----------------------------------------------------------------------===//

mlir::Value ProgramLowering::loadScalar(Value pointer, int32_t offset,
                                        ScalarType type) {
  Value value = create<LoadOp>(getIntType(type.bits), pointer, offset);
  return extend(value, type.isSigned);
}

void ProgramLowering::storeScalar(Value value, Value pointer, int32_t offset,
                                  ScalarType type) {
  create<StoreOp>(truncate(value, type.bits), pointer, offset);
}

Result ProgramLowering::lowerLoad(const Call &call) {
  std::optional<ScalarType> type = parseType(call.args[0]);
  auto address = lowerAddress(call.args[1],
                              call.args.size() == 3 ? call.args[2] : nullptr);
  if (!type || !address)
    return failed();
  if (getSpace(address->first) == AddressSpace::Ctx) {
    error(call.args[1], "the context is read with `ctx-load` and `ctx`");
    return failed();
  }
  return loadScalar(address->first, address->second, *type);
}

Result ProgramLowering::lowerStore(const Call &call) {
  std::optional<ScalarType> type = parseType(call.args[0]);
  auto address = lowerAddress(call.args[1], call.args[2]);
  Result value = lowerInteger(call.args[3]);
  if (!type || !address || !value)
    return failed();
  if (getSpace(address->first) == AddressSpace::Ctx) {
    error(call.args[1], "the context is written with `(setf (ctx field) "
                        "value)`");
    return failed();
  }
  storeScalar(*value, address->first, address->second, *type);
  return value;
}

Result ProgramLowering::lowerStackAddr(const Call &call) {
  const Symbol *name = expandSymbol(call.args[0])->getSymbol();
  Variable *variable = name ? lookupVariable(name) : nullptr;
  if (variable)
    return variable->isBroken ? failed() : Result(variable->slot);
  std::vector<std::string> names = getVariableNames();
  error(call.args[0], "`stack-addr` takes the name of a variable" +
                          (name ? getSuggestion(name, names) : ""));
  return failed();
}

Result ProgramLowering::lowerMemset(const Call &call) {
  auto address = lowerAddress(call.args[0], call.args[1]);
  Result value = lowerInteger(call.args[2]);
  std::optional<int64_t> size = requireConstantIn(
      call.args[3], env, "the size of `memset`", 0, maxBlockSize);
  if (!address || !value || !size)
    return failed();
  create<MemSetOp>(address->first, address->second, truncate(*value, 8),
                   int32_t(*size));
  return makeConstant(0);
}

Result ProgramLowering::lowerMemcpy(const Call &call) {
  auto dst = lowerAddress(call.args[0], call.args[1]);
  auto src = lowerAddress(call.args[2], call.args[3]);
  std::optional<int64_t> size = requireConstantIn(
      call.args[4], env, "the size of `memcpy`", 0, maxBlockSize);
  if (!dst || !src || !size)
    return failed();
  create<MemCpyOp>(dst->first, dst->second, src->first, src->second,
                   int32_t(*size));
  return makeConstant(0);
}

//===----------------------------------------------------------------------===//
// Atomics
//===----------------------------------------------------------------------===//

/// The type of an atomic access, `u64` where `form` is null.
static std::optional<ScalarType> getAtomicType(const Form *form,
                                               std::optional<ScalarType> type,
                                               DiagnosticEngine &diags) {
  if (!form)
    return ScalarType{64, false};
  if (type && type->bits < 32) {
    diags.error(form->getRange(), "atomic operations are on `u32` and `u64`");
    return std::nullopt;
  }
  return type;
}

Result ProgramLowering::lowerAtomic(const Call &call) {
  llvm::StringRef name = call.name;
  name.consume_front("ATOMIC-");
  bool yieldsOld = name.consume_front("FETCH-") || name == "XCHG";
  auto kind = llvm::StringSwitch<AtomicKind>(name)
                  .Case("ADD", AtomicKind::Add)
                  .Case("OR", AtomicKind::Or)
                  .Case("AND", AtomicKind::And)
                  .Case("XOR", AtomicKind::Xor)
                  .Default(AtomicKind::Xchg);
  const Form *typeForm = call.args.size() == 4 ? call.args[3] : nullptr;
  std::optional<ScalarType> type =
      typeForm ? parseType(typeForm) : std::nullopt;
  type = getAtomicType(typeForm, type, env.diags);
  auto address = lowerAddress(call.args[0], call.args[1]);
  Result value = lowerInteger(call.args[2]);
  if (!type || !address || !value)
    return failed();
  Type intType = getIntType(type->bits);
  auto rmw =
      create<AtomicRMWOp>(yieldsOld ? intType : Type(), kind, address->first,
                          address->second, truncate(*value, type->bits));
  return yieldsOld ? extend(rmw.getOld(), type->isSigned) : makeConstant(0);
}

Result ProgramLowering::lowerAtomicCmpXchg(const Call &call) {
  const Form *typeForm = call.args.size() == 5 ? call.args[4] : nullptr;
  std::optional<ScalarType> type =
      typeForm ? parseType(typeForm) : std::nullopt;
  type = getAtomicType(typeForm, type, env.diags);
  auto address = lowerAddress(call.args[0], call.args[1]);
  Result expected = lowerInteger(call.args[2]);
  Result value = lowerInteger(call.args[3]);
  if (!type || !address || !expected || !value)
    return failed();
  Value old = create<AtomicCmpXchgOp>(
      getIntType(type->bits), address->first, address->second,
      truncate(*expected, type->bits), truncate(*value, type->bits));
  return extend(old, type->isSigned);
}

//===----------------------------------------------------------------------===//
// Header fields
//===----------------------------------------------------------------------===//

mlir::Value ProgramLowering::readAccessor(Value pointer,
                                          const Accessor &accessor) {
  if (accessor.isAddress)
    return addOffset(pointer, accessor.offset);
  Value bytes =
      create<LoadOp>(getIntType(accessor.type.bits), pointer, accessor.offset);
  if (accessor.isNetOrder)
    bytes = create<ByteSwapOp>(bytes);
  Value value = extend(bytes, accessor.type.isSigned);
  if (!accessor.isPartial())
    return value;
  if (accessor.shift != 0)
    value = create<arith::ShRUIOp>(value, makeConstant(accessor.shift));
  return create<arith::AndIOp>(value, makeConstant(int64_t(accessor.mask)));
}

void ProgramLowering::writeAccessor(Value value, Value pointer,
                                    const Accessor &accessor) {
  if (accessor.isPartial()) {
    // The other bits of the bytes that the field shares stay as they are.
    Accessor whole = accessor;
    whole.shift = 0;
    whole.mask = ~uint64_t(0) >> (64 - accessor.type.bits);
    Value old = readAccessor(pointer, whole);
    auto others = int64_t(~(accessor.mask << accessor.shift));
    value = create<arith::AndIOp>(value, makeConstant(int64_t(accessor.mask)));
    value = create<arith::ShLIOp>(value, makeConstant(accessor.shift));
    old = create<arith::AndIOp>(old, makeConstant(others));
    value = create<arith::OrIOp>(old, value);
  }
  Value bytes = truncate(value, accessor.type.bits);
  if (accessor.isNetOrder)
    bytes = create<ByteSwapOp>(bytes);
  create<StoreOp>(bytes, pointer, accessor.offset);
}

Result ProgramLowering::lowerAccessor(const Call &call,
                                      const Accessor &accessor) {
  if (!checkArity(call, 1, 1, "(" + call.getName() + " ptr)"))
    return failed();
  Result pointer = lowerPointer(call.args[0]);
  return pointer ? Result(readAccessor(*pointer, accessor)) : failed();
}

//===----------------------------------------------------------------------===//
// Context
//===----------------------------------------------------------------------===//

/// What a pointer in the context points to.
static std::optional<AddressSpace> getFieldSpace(uapi::FieldKind kind) {
  switch (kind) {
  case uapi::FieldKind::Packet:
    return AddressSpace::Packet;
  case uapi::FieldKind::PacketEnd:
    return AddressSpace::PacketEnd;
  case uapi::FieldKind::PacketMeta:
    return AddressSpace::PacketMeta;
  case uapi::FieldKind::Pointer:
    return AddressSpace::Kernel;
  case uapi::FieldKind::Scalar:
  case uapi::FieldKind::Struct:
    return std::nullopt;
  }
  llvm_unreachable("unknown kind of field");
}

/// How relocations name a field: "struct:field", or "struct:field[index]".
/// Nothing where they are not wanted, or the kernel's struct differs from the
/// UAPI's: it calls the registers in pt_regs otherwise.
mlir::StringAttr ProgramLowering::getFieldName(const uapi::ContextField &field,
                                               int32_t offset) {
  const uapi::ContextStruct *context = uapi::getContextStruct(type.kind);
  if (!env.options.relocateContext || !context || context->name == "pt_regs")
    return {};
  std::string name = (context->name + ":" + field.cName).str();
  if (field.count != 0)
    name += "[" + std::to_string((offset - field.offset) / field.size) + "]";
  return builder.getStringAttr(name);
}

mlir::Value ProgramLowering::readContextField(const uapi::ContextField &field,
                                              int32_t offset, bool byName) {
  std::optional<AddressSpace> space = getFieldSpace(field.kind);
  Type resultType =
      space ? Type(getPtrType(*space)) : getIntType(8 * field.size);
  Value value = create<CtxLoadOp>(
      resultType, prog.getContextArgument(), offset, int32_t(field.size),
      byName ? getFieldName(field, offset) : mlir::StringAttr());
  return space ? value : extend(value, field.isSigned);
}

/// Finds the field that `(ctx field [index])` names, and its offset.
const uapi::ContextField *ProgramLowering::parseContextField(const Form *form,
                                                             int32_t &offset) {
  const Form *nameForm = listElement(form, 1);
  const Symbol *name = nameForm->getSymbol();
  const uapi::ContextStruct *context = uapi::getContextStruct(type.kind);
  if (!context) {
    error(form, "the context of a program of type `:" + type.name +
                    "` has no named fields; `(ctx-load type offset)` reads it");
    return nullptr;
  }
  const uapi::ContextField *field =
      name ? context->lookup(name->getName()) : nullptr;
  if (!field) {
    std::vector<std::string> names;
    for (const uapi::ContextField &candidate : context->fields)
      names.push_back(candidate.name.str());
    error(nameForm, "the context of a program of type `:" + type.name +
                        "`, a `struct " + context->name + "`, has no field `" +
                        getText(nameForm) + "`" +
                        (name ? getSuggestion(name, names) : ""));
    return nullptr;
  }
  const Form *indexForm = listElement(form, 2);
  if (field->kind == uapi::FieldKind::Struct || (field->count && !indexForm) ||
      (!field->count && indexForm)) {
    error(indexForm ? indexForm : nameForm,
          field->count ? "`" + field->name + "` is an array of " +
                             llvm::Twine(field->count) + "; `(ctx " +
                             field->name + " index)` reads an element"
          : indexForm
              ? "`" + field->name + "` is not an array and takes no index"
              : "`" + field->name + "` is a struct; `(ctx-load type " +
                    llvm::Twine(field->offset) + ")` reads from it");
    return nullptr;
  }
  int64_t index = 0;
  if (indexForm) {
    std::optional<int64_t> value = requireConstantIn(
        indexForm, env, "the index of a context field", 0, field->count - 1);
    if (!value)
      return nullptr;
    index = *value;
  }
  offset = int32_t(field->offset + index * field->size);
  return field;
}

Result ProgramLowering::lowerCtx(const Call &call) {
  int32_t offset;
  const uapi::ContextField *field = parseContextField(call.form, offset);
  if (!field)
    return failed();
  if (!uapi::isFieldReadable(type.kind, *field)) {
    error(call.args[0], "no supported kernel lets a program of type `:" +
                            type.name + "` read `" + field->name + "`");
    return failed();
  }
  return readContextField(*field, offset, /*byName=*/true);
}

Result ProgramLowering::lowerCtxLoad(const Call &call) {
  std::optional<ScalarType> scalar = parseType(call.args[0]);
  std::optional<int64_t> offset = requireConstantIn(
      call.args[1], env, "the offset of `ctx-load`", 0, INT16_MAX);
  if (!scalar || !offset)
    return failed();
  // A field that holds a pointer yields one, however it is read.
  if (const uapi::ContextStruct *context = uapi::getContextStruct(type.kind))
    for (const uapi::ContextField &field : context->fields)
      if (field.offset == *offset && getFieldSpace(field.kind) &&
          field.size == scalar->getBytes())
        return readContextField(field, int32_t(*offset), /*byName=*/false);
  Value value = create<CtxLoadOp>(
      getIntType(scalar->bits), prog.getContextArgument(), int32_t(*offset),
      int32_t(scalar->getBytes()), mlir::StringAttr());
  return extend(value, scalar->isSigned);
}

Result ProgramLowering::lowerCtxPtr(const Call &call) {
  return Value(prog.getContextArgument());
}

/// The context's field of that kind, which has to be there.
Result ProgramLowering::readPacketField(const Form *form,
                                        uapi::FieldKind kind) {
  if (!checkPacketAccess(form))
    return failed();
  for (const uapi::ContextField &field :
       uapi::getContextStruct(type.kind)->fields)
    if (field.kind == kind)
      return readContextField(field, int32_t(field.offset), /*byName=*/true);
  llvm_unreachable("a program type with packet access has these fields");
}

/// `xdp-data` and `xdp-data-end`.
Result ProgramLowering::lowerXdpData(const Call &call) {
  return readPacketField(call.form, call.name == "XDP-DATA"
                                        ? uapi::FieldKind::Packet
                                        : uapi::FieldKind::PacketEnd);
}

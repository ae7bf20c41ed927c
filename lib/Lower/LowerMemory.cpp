//===- LowerMemory.cpp - memory and context ---------------------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Loads, stores, atomic updates and header fields.
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

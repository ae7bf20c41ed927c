//===- LowerRingbuf.cpp - ring buffers --------------------------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Records of ring buffers: reserved, filled, and submitted or discarded.
//
//===----------------------------------------------------------------------===//

#include "LoweringScopes.h"

#include <linux/bpf.h>

using namespace whistler;
using namespace mlir::whistler;

/// The largest record: what the length in a record's header has bits for
/// (RINGBUF_MAX_RECORD_SZ in kernel/bpf/ringbuf.c).
static constexpr int64_t maxRecordSize = UINT32_MAX / 4;

/// The map that a form names, which has to be a ring buffer. Also checks that
/// the program may use it.
const MapInfo *ProgramLowering::parseRingbuf(const Form *form,
                                             llvm::StringRef what) {
  const uapi::Helper &helper = *uapi::lookupHelper("ringbuf-reserve");
  const MapInfo *map = parseMap(form);
  if (!checkHelperUse(helper, form->getRange(), nullptr))
    return nullptr;
  bool isRingbuf = map && checkMapType(*map, form, what, helper.cName);
  return isRingbuf ? map : nullptr;
}

/// The size of a record: a constant, or the name of a type, which is what the
/// record then holds.
std::optional<int64_t> ProgramLowering::parseRecordSize(const Form *form,
                                                        Type &recordType) {
  const Symbol *name = form->getSymbol();
  const StructInfo *info = name ? env.lookupStruct(name) : nullptr;
  if (info && !lookupVariable(name)) {
    std::optional<Type> parsed = parseSizedType(form, env);
    if (!parsed)
      return std::nullopt;
    recordType = *parsed;
    return info->size;
  }
  bool isUnknown = name && !lookupVariable(name) && !env.lookupConstant(name) &&
                   !lookupSymbolMacro(name) && !env.isMacroCall(form);
  if (isUnknown) {
    if (!env.isBroken(name))
      error(form, "the size of a record is a constant or the name of a struct, "
                  "and `" +
                      getText(form) + "` is neither" +
                      getSuggestion(name, env.getTypeNames()));
    return std::nullopt;
  }
  // `(sizeof S)` says as much.
  if (listOperator(form) && listOperator(form)->is("SIZEOF") &&
      properListLength(form) == 2)
    if (std::optional<Type> parsed = parseSizedType(listElement(form, 1), env))
      recordType = *parsed;
  return requireConstantIn(form, env, "the size of a record", 1, maxRecordSize);
}

mlir::Value ProgramLowering::reserveRecord(const MapInfo &map, int64_t size,
                                           Type recordType) {
  Value mapAddress = create<MapRefOp>(getPtrType(AddressSpace::Map), map.cName);
  Value record =
      create<HelperCallOp>(
          getPtrType(AddressSpace::Ringbuf), "ringbuf_reserve",
          mlir::ValueRange{mapAddress, makeConstant(size), makeConstant(0)})
          .getResult();
  return withPointee(record, recordType);
}

void ProgramLowering::releaseRecord(llvm::StringRef helper, Value record,
                                    Value flags) {
  create<HelperCallOp>(getIntType(64), helper, mlir::ValueRange{record, flags});
}

void ProgramLowering::discardRecords(size_t numKept) {
  for (Value record :
       llvm::reverse(llvm::ArrayRef(openRecords).drop_front(numKept)))
    releaseRecord("ringbuf_discard", record, makeConstant(0));
}

/// `(ringbuf-reserve map size)`: the record's address, or null.
Result ProgramLowering::lowerRingbufReserve(const Call &call) {
  const MapInfo *map = parseRingbuf(call.args[0], call.getName());
  Type recordType;
  std::optional<int64_t> size = parseRecordSize(call.args[1], recordType);
  // The helper's flags, of which there are none.
  Result flags =
      call.args.size() == 3 ? lowerInteger(call.args[2]) : makeConstant(0);
  if (!map || !size || !flags)
    return failed();
  return reserveRecord(*map, *size, recordType);
}

/// `ringbuf-submit` and `ringbuf-discard`.
Result ProgramLowering::lowerRingbufRelease(const Call &call) {
  Result record = lowerPointer(call.args[0]);
  Result flags =
      call.args.size() == 2 ? lowerInteger(call.args[1]) : makeConstant(0);
  if (!record || !flags)
    return failed();
  AddressSpace space = getSpace(*record);
  if (space != AddressSpace::Ringbuf && space != AddressSpace::Any) {
    error(call.args[0], "`" + getText(call.args[0]) +
                            "` is no record of a ring buffer; "
                            "`ringbuf-reserve` gives one out");
    return failed();
  }
  releaseRecord(call.name == "RINGBUF-SUBMIT" ? "ringbuf_submit"
                                              : "ringbuf_discard",
                *record, *flags);
  return makeConstant(0);
}

/// `(ringbuf-output map ptr size [flags])`.
Result ProgramLowering::lowerRingbufOutput(const Call &call) {
  const MapInfo *map = parseRingbuf(call.args[0], call.getName());
  Result data = lowerPointer(call.args[1]);
  Result size = lowerInteger(call.args[2]);
  Result flags =
      call.args.size() == 4 ? lowerInteger(call.args[3]) : makeConstant(0);
  if (!map || !data || !size || !flags)
    return failed();
  Value mapAddress =
      create<MapRefOp>(getPtrType(AddressSpace::Map), map->cName);
  return create<HelperCallOp>(
             getIntType(64), "ringbuf_output",
             mlir::ValueRange{mapAddress, *data, *size, *flags})
      .getResult();
}

/// `(with-ringbuf (var map size) body...)`: the record is submitted when the
/// body ends, and discarded where control leaves it earlier. Without room in
/// the buffer the body is skipped.
Result ProgramLowering::lowerWithRingbuf(const Call &call) {
  std::optional<llvm::SmallVector<const Form *>> head =
      getElements(call.args[0], env.diags, "`(var map size)`");
  if (!head)
    return failed();
  if (head->size() != 3 || (*head)[0]->isList()) {
    error(call.args[0], "`with-ringbuf` is written `(with-ringbuf (var map "
                        "size) body...)`");
    return failed();
  }
  std::optional<Binding> binding = parseBinding((*head)[0]);
  const MapInfo *map = parseRingbuf((*head)[1], call.getName());
  Type recordType;
  std::optional<int64_t> size = parseRecordSize((*head)[2], recordType);
  if (!binding || !map || !size)
    return failed();
  Value record = reserveRecord(*map, *size, recordType);
  Block *reserved = createBlock(), *full = createBlock();
  branchOnValue(record, reserved, full);
  startBlock(reserved);
  NameScope names(*this);
  bindValue(binding->name->getSymbol(), record);
  openRecords.push_back(record);
  Result value = lowerBody(call.args.drop_front(), call.mode);
  openRecords.pop_back();
  releaseRecord("ringbuf_submit", record, makeConstant(0));
  return joinWith(call, value, full);
}

//===- LowerKernel.cpp - reading the kernel's memory ------------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Fields of kernel structs and tracepoint records, wherever the kernel has them
// that the program is loaded into.
//
//===----------------------------------------------------------------------===//

#include "KernelField.h"
#include "LoweringScopes.h"

using namespace whistler;
using namespace mlir::whistler;
namespace arith = mlir::arith;

//===----------------------------------------------------------------------===//
// Reading
//===----------------------------------------------------------------------===//

mlir::Value ProgramLowering::getScratchSlot(unsigned bits) {
  Value &slot = scratchSlots[bits];
  if (!slot) {
    mlir::OpBuilder::InsertionGuard guard(builder);
    builder.setInsertionPointToStart(&region.front());
    slot = create<AllocaOp>(getPtrType(AddressSpace::Stack), getIntType(bits));
  }
  return slot;
}

mlir::Value ProgramLowering::getKernelAddress(const KernelField &field) {
  if (field.isWholeStruct())
    return field.base;
  return create<FieldAddrOp>(field.base, field.getOffset(), field.subject);
}

/// The integer that is at an address in the kernel, 0 where that cannot be
/// read.
mlir::Value ProgramLowering::probeRead(Value address, unsigned bytes) {
  Value slot = getScratchSlot(8 * bytes);
  create<HelperCallOp>(getIntType(64), "probe_read_kernel",
                       mlir::ValueRange{slot, makeConstant(bytes), address});
  return create<LoadOp>(getIntType(8 * bytes), slot, 0);
}

/// A bitfield: the bytes that hold it in the running kernel, shifted to the
/// left and back as BPF_CORE_READ_BITFIELD_PROBED of libbpf's bpf_core_read.h
/// does.
mlir::Value ProgramLowering::readKernelBitfield(const KernelField &field) {
  auto query = [&](CoreQuery kind) -> Value {
    return create<CoreQueryOp>(getIntType(64), kind, field.subject);
  };
  Value slot = getScratchSlot(64);
  // The helper may write fewer bytes.
  create<StoreOp>(makeConstant(0), slot, 0);
  Value base = convertToPointer(field.base, AddressSpace::Kernel);
  Value address = create<PtrAddOp>(base, query(CoreQuery::FieldByteOffset));
  create<HelperCallOp>(
      getIntType(64), "probe_read_kernel",
      mlir::ValueRange{slot, query(CoreQuery::FieldByteSize), address});
  Value bits = create<LoadOp>(getIntType(64), slot, 0);
  bits = create<arith::ShLIOp>(bits, query(CoreQuery::FieldLShiftU64));
  Value right = query(CoreQuery::FieldRShiftU64);
  if (ScalarType::get(field.type)->isSigned)
    return create<arith::ShRSIOp>(bits, right);
  return create<arith::ShRUIOp>(bits, right);
}

/// The value of a scalar or pointer; the address of anything else. What the
/// verifier trusts is loaded directly, all else through a helper.
mlir::Value ProgramLowering::readKernelField(const KernelField &field) {
  auto pointer = llvm::dyn_cast<PointerType>(field.type);
  std::optional<ScalarType> scalar = ScalarType::get(field.type);
  if (!pointer && !scalar)
    return withPointee(getKernelAddress(field), field.type);
  if (field.bitWidth != 0)
    return readKernelBitfield(field);
  if (getSpace(field.base) != AddressSpace::BTF) {
    Value bits =
        probeRead(getKernelAddress(field), scalar ? scalar->getBytes() : 8);
    if (scalar)
      return extend(bits, scalar->isSigned);
    return withPointee(
        create<IntToPtrOp>(getPtrType(AddressSpace::Kernel), bits),
        pointer.getPointee());
  }
  Type loaded =
      scalar ? getIntType(scalar->bits) : Type(getPtrType(AddressSpace::BTF));
  mlir::StringAttr subject;
  if (!field.isWholeStruct())
    subject = builder.getStringAttr(field.subject);
  Value value = create<LoadOp>(loaded, field.base, field.getOffset(), subject);
  return scalar ? extend(value, scalar->isSigned)
                : withPointee(value, pointer.getPointee());
}

//===----------------------------------------------------------------------===//
// Selecting
//===----------------------------------------------------------------------===//

/// The element with a run-time index: the distance from the array's start is
/// computed.
std::optional<ProgramLowering::KernelField>
ProgramLowering::selectComputed(const KernelField &array, uint64_t stride,
                                Type elementType, const Form *indexForm) {
  Result index = lowerInteger(indexForm);
  if (!index)
    return std::nullopt;
  if (!array.base) {
    error(indexForm, "the index has to be a constant here");
    return std::nullopt;
  }
  // The verifier follows trusted pointers to constant places only.
  Value start = convertToPointer(getKernelAddress(array), AddressSpace::Kernel);
  Value bytes = create<arith::MulIOp>(*index, makeConstant(int64_t(stride)));
  KernelField element;
  element.base = create<PtrAddOp>(start, bytes);
  element.type = elementType;
  return element;
}

/// The element of an array that an index selects. The loader moves one with a
/// constant index together with the array.
std::optional<ProgramLowering::KernelField>
ProgramLowering::selectElement(const KernelField &array,
                               const Form *indexForm) {
  auto type = llvm::dyn_cast<mlir::whistler::ArrayType>(array.type);
  if (!type) {
    error(indexForm, "`" + getText(indexForm) +
                         "` is an index, and the field is not an array");
    return std::nullopt;
  }
  uint64_t stride = env.getSize(type.getElement()).value_or(0);
  unsigned errorsBefore = env.diags.getNumErrors();
  std::optional<llvm::APSInt> constant = evaluateConstant(indexForm, env);
  if (env.diags.getNumErrors() != errorsBefore)
    return std::nullopt;
  if (!constant)
    return selectComputed(array, stride, type.getElement(), indexForm);
  bool isInside = !constant->isNegative() && constant->isIntN(31) &&
                  (type.getCount() == 0 ||
                   constant->getExtValue() < int64_t(type.getCount()));
  if (!isInside) {
    error(indexForm, "the index " + getText(indexForm) +
                         " is outside of the array, which has " +
                         getCount(type.getCount(), "element"));
    return std::nullopt;
  }
  KernelField element = array;
  element.type = type.getElement();
  auto index = uint64_t(constant->getExtValue());
  element.subject += "[" + std::to_string(index) + "]";
  element.bitOffset += uint32_t(8 * index * stride);
  return element;
}

/// The field of a struct, or the element of an array, that `form` names.
std::optional<ProgramLowering::KernelField>
ProgramLowering::selectField(const KernelField &from, const Form *form) {
  if (llvm::isa<mlir::whistler::ArrayType>(from.type))
    return selectElement(from, form);
  const Symbol *name = form->getSymbol();
  auto structType = llvm::dyn_cast<StructType>(from.type);
  StructInfo *info =
      structType ? env.kernel->lookupStruct(structType.getTag()) : nullptr;
  if (!info) {
    error(form,
          "there are no fields behind a `" + getTypeName(from.type, env) + "`");
    return std::nullopt;
  }
  unsigned errorsBefore = env.diags.getNumErrors();
  const StructField *field =
      name ? env.kernel->importField(*info, name->getName(), form,
                                     /*isNamed=*/false)
           : nullptr;
  if (!field) {
    if (env.diags.getNumErrors() == errorsBefore)
      error(form,
            "`struct " + info->tag + "` has no field `" + getText(form) + "`" +
                (name ? getSuggestion(name, env.kernel->getFieldNames(*info))
                      : std::string()));
    return std::nullopt;
  }
  KernelField result = from;
  // A struct at a computed address starts a path of its own.
  if (result.isWholeStruct())
    result.subject = info->tag + ":" + field->cName;
  else
    result.subject += "." + field->cName;
  result.bitOffset += field->bitOffset;
  result.bitWidth = field->bitWidth;
  result.type = field->type;
  return result;
}

std::optional<ProgramLowering::KernelField>
ProgramLowering::selectPath(KernelField field,
                            llvm::ArrayRef<const Form *> path) {
  for (const Form *form : path) {
    if (auto pointer = llvm::dyn_cast<PointerType>(field.type)) {
      auto pointee = llvm::dyn_cast<StructType>(pointer.getPointee());
      if (!pointee || !field.base) {
        error(form, pointee ? "the path leads through a pointer; ask about the "
                              "struct that it points to"
                            : "there are no fields behind a `" +
                                  getTypeName(field.type, env) + "`");
        return std::nullopt;
      }
      KernelField target;
      target.base = readKernelField(field);
      target.type = pointee;
      field = target;
    }
    std::optional<KernelField> next = selectField(field, form);
    if (!next)
      return std::nullopt;
    field = *next;
  }
  return field;
}

//===----------------------------------------------------------------------===//
// Accessors
//===----------------------------------------------------------------------===//

/// A pointer to a kernel struct; helpers and contexts also give out addresses
/// as numbers.
mlir::Value ProgramLowering::lowerKernelPointer(const Form *form,
                                                const StructInfo &info,
                                                llvm::StringRef accessor) {
  Result value = lowerValue(form);
  if (!value)
    return Value();
  Value pointer = *value;
  if (!isPointer(pointer))
    return create<IntToPtrOp>(getPtrType(AddressSpace::Kernel), pointer);
  return checkPointee(pointer, info, form, accessor) ? pointer : Value();
}

/// Whether the program may read the kernel's memory.
bool ProgramLowering::checkKernelAccess(const Form *form) {
  return checkHelperUse(*uapi::lookupHelper("probe-read-kernel"),
                        listElement(form, 0)->getRange(), nullptr);
}

std::optional<ProgramLowering::KernelField>
ProgramLowering::lowerKernelField(const Form *form, const StructOperator &op) {
  std::string name = getLispName(listOperator(form));
  std::optional<size_t> length = properListLength(form);
  if (!length || *length < 2 || *length > 3) {
    error(listElement(form, 0),
          "`" + name + "` is written `(" + name + " ptr [index])`");
    return std::nullopt;
  }
  KernelField field;
  field.base = lowerKernelPointer(listElement(form, 1), *op.info, name);
  if (!field.base || !checkKernelAccess(form))
    return std::nullopt;
  field.subject = op.info->tag + ":" + op.field->cName;
  field.bitOffset = op.field->bitOffset;
  field.bitWidth = op.field->bitWidth;
  field.type = op.field->type;
  return *length == 2 ? std::optional(field)
                      : selectElement(field, listElement(form, 2));
}

Result ProgramLowering::lowerKernelOperator(const Call &call,
                                            const StructOperator &op) {
  std::optional<KernelField> field = lowerKernelField(call.form, op);
  if (!field)
    return failed();
  if (op.kind != StructOperator::Address)
    return readKernelField(*field);
  if (field->bitWidth == 0)
    return withPointee(getKernelAddress(*field), field->type);
  error(call.form, "a bitfield has no address");
  return failed();
}

/// `(core-read ptr struct field...)`: follows a chain of fields, through
/// structs, arrays and pointers.
Result ProgramLowering::lowerCoreRead(const Call &call) {
  StructInfo *info = parseKernelStruct(call.args[1]);
  if (!info) {
    (void)lowerValue(call.args[0]);
    return failed();
  }
  KernelField start;
  start.base = lowerKernelPointer(call.args[0], *info, call.getName());
  start.type = StructType::get(builder.getContext(), info->tag);
  if (!start.base || !checkKernelAccess(call.form))
    return failed();
  std::optional<KernelField> field = selectPath(start, call.args.drop_front(2));
  return field ? Result(readKernelField(*field)) : failed();
}

//===----------------------------------------------------------------------===//
// Tracepoints
//===----------------------------------------------------------------------===//

TracepointInfo *ProgramLowering::getTracepoint() {
  auto prog = llvm::dyn_cast<ProgOp>(bodyOp);
  if (!prog || type->kind != uapi::ProgramKind::Tracepoint)
    return nullptr;
  return env.lookupTracepoint(uapi::classifySection(prog.getSection()).target);
}

/// Reports an operator `tp-FIELD` that means nothing in this program.
void ProgramLowering::reportNoTracepointField(const Call &call,
                                              const TracepointInfo *info) {
  const Form *op = listElement(call.form, 0);
  if (env.isBroken(listOperator(call.form)))
    return;
  if (!info) {
    error(op, "`" + call.getName() +
                  "` reads the record of a tracepoint, and this program is for "
                  "none that `deftracepoint` names");
    return;
  }
  std::vector<std::string> names;
  for (const std::string &known : env.kernel->getFieldNames(*info))
    if (info->isOpen || info->named.contains(known))
      names.push_back("tp-" + known);
  error(op, "the tracepoint's record has no field for `" + call.getName() +
                "`" + getSuggestion(listOperator(call.form), names));
}

std::optional<Result> ProgramLowering::lowerTracepointField(const Call &call) {
  llvm::StringRef name = call.name;
  if (!name.consume_front("TP-") || !env.hasTracepoints())
    return std::nullopt;
  TracepointInfo *info = getTracepoint();
  const StructField *found = nullptr;
  if (info && (info->isOpen || info->named.contains(name.lower())))
    found = env.kernel->lookupTracepointField(*info, name, call.form);
  if (!found) {
    reportNoTracepointField(call, info);
    return failed();
  }
  if (!checkArity(call, 0, 1, "(" + call.getName() + " [index])"))
    return failed();
  KernelField field;
  field.base = context;
  if (info->record)
    field.subject = info->record->tag + ":" + found->cName;
  field.bitOffset = found->bitOffset;
  field.type = found->type;
  if (!call.args.empty()) {
    if (!requireConstant(call.args[0], env, "the index"))
      return failed();
    std::optional<KernelField> element = selectElement(field, call.args[0]);
    if (!element)
      return failed();
    field = *element;
  }
  return readRecordField(field, bool(info->record));
}

/// A field of the context; the address of one that is an array or struct.
mlir::Value ProgramLowering::readRecordField(const KernelField &field,
                                             bool isRelocated) {
  mlir::StringAttr subject;
  if (isRelocated)
    subject = builder.getStringAttr(field.subject);
  if (std::optional<ScalarType> scalar = ScalarType::get(field.type)) {
    Value value =
        create<CtxLoadOp>(getIntType(scalar->bits), context, field.getOffset(),
                          int32_t(scalar->getBytes()), subject);
    return extend(value, scalar->isSigned);
  }
  if (llvm::isa<PointerType>(field.type)) {
    Value bits = create<CtxLoadOp>(getIntType(64), context, field.getOffset(),
                                   /*size=*/8, subject);
    return create<IntToPtrOp>(getPtrType(AddressSpace::Kernel), bits);
  }
  if (!isRelocated)
    return withPointee(addOffset(context, field.getOffset()), field.type);
  return withPointee(
      create<FieldAddrOp>(context, field.getOffset(), field.subject),
      field.type);
}

//===- LowerContext.cpp - the program's context -----------------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Fields of the context, and the arguments that tracing programs find there.
//
//===----------------------------------------------------------------------===//

#include "LoweringScopes.h"

#include "llvm/ADT/StringSwitch.h"

using namespace whistler;
using namespace mlir::whistler;

bool ProgramLowering::checkContext(const Form *form) {
  if (context)
    return true;
  const Form *op = listOperator(form) ? listElement(form, 0) : form;
  error(op, "a function has no context of its own; give it a parameter such as "
            "`(ctx (ptr xdp-md))`");
  return false;
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
  const uapi::ContextStruct *layout = uapi::getContextStruct(type->kind);
  if (!env.options.relocateContext || !layout || layout->name == "pt_regs")
    return {};
  std::string name = (layout->name + ":" + field.cName).str();
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
      resultType, context, offset, int32_t(field.size),
      byName ? getFieldName(field, offset) : mlir::StringAttr());
  return space ? value : extend(value, field.isSigned);
}

/// Finds the field that `(ctx field [index])` names, and its offset.
const uapi::ContextField *ProgramLowering::parseContextField(const Form *form,
                                                             int32_t &offset) {
  if (!checkContext(form))
    return nullptr;
  const Form *nameForm = listElement(form, 1);
  const Symbol *name = nameForm->getSymbol();
  const uapi::ContextStruct *layout = uapi::getContextStruct(type->kind);
  if (!layout) {
    error(form, "the context of a program of type `:" + type->name +
                    "` has no named fields; `(ctx-load type offset)` reads it");
    return nullptr;
  }
  const uapi::ContextField *field =
      name ? layout->lookup(name->getName()) : nullptr;
  if (!field) {
    std::vector<std::string> names;
    for (const uapi::ContextField &candidate : layout->fields)
      names.push_back(candidate.name.str());
    error(nameForm, "the context of a program of type `:" + type->name +
                        "`, a `struct " + layout->name + "`, has no field `" +
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
  if (!uapi::isFieldReadable(type->kind, *field)) {
    error(call.args[0], "no supported kernel lets a program of type `:" +
                            type->name + "` read `" + field->name + "`");
    return failed();
  }
  return readContextField(*field, offset, /*byName=*/true);
}

Result ProgramLowering::lowerCtxLoad(const Call &call) {
  if (!checkContext(call.form))
    return failed();
  std::optional<ScalarType> scalar = parseType(call.args[0]);
  std::optional<int64_t> offset = requireConstantIn(
      call.args[1], env, "the offset of `ctx-load`", 0, INT16_MAX);
  if (!scalar || !offset)
    return failed();
  // A field that holds a pointer yields one, however it is read.
  if (const uapi::ContextStruct *layout = uapi::getContextStruct(type->kind))
    for (const uapi::ContextField &field : layout->fields)
      if (field.offset == *offset && getFieldSpace(field.kind) &&
          field.size == scalar->getBytes())
        return readContextField(field, int32_t(*offset), /*byName=*/false);
  Value value =
      create<CtxLoadOp>(getIntType(scalar->bits), context, int32_t(*offset),
                        int32_t(scalar->getBytes()), mlir::StringAttr());
  return extend(value, scalar->isSigned);
}

Result ProgramLowering::lowerCtxPtr(const Call &call) {
  if (!checkContext(call.form))
    return failed();
  return context;
}

/// The context's field of that kind, which has to be there.
Result ProgramLowering::readPacketField(const Form *form,
                                        uapi::FieldKind kind) {
  if (!checkPacketAccess(form))
    return failed();
  for (const uapi::ContextField &field :
       uapi::getContextStruct(type->kind)->fields)
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

//===----------------------------------------------------------------------===//
// Arguments of what is traced
//===----------------------------------------------------------------------===//

/// The registers that hold a function's arguments.
static constexpr uapi::CallRegister argumentRegisters[] = {
    uapi::CallRegister::Parm1, uapi::CallRegister::Parm2,
    uapi::CallRegister::Parm3, uapi::CallRegister::Parm4,
    uapi::CallRegister::Parm5, uapi::CallRegister::Parm6};

/// How a program finds the arguments of what it is attached to.
enum class ProgramLowering::ArgumentKind {
  None,
  /// An array of 64-bit values, of which the verifier knows the types.
  Typed,
  /// An array of 64-bit numbers.
  Raw,
  /// The registers at the call.
  Registers,
  /// The registers at the return, where only the result is left.
  ReturnRegisters,
};

ProgramLowering::ArgumentKind
ProgramLowering::getArgumentKind(uapi::ProgramKind kind) {
  using uapi::ProgramKind;
  switch (kind) {
  case ProgramKind::TpBtf:
  case ProgramKind::Fentry:
  case ProgramKind::Fexit:
  case ProgramKind::LSM:
    return ArgumentKind::Typed;
  case ProgramKind::RawTracepoint:
    return ArgumentKind::Raw;
  case ProgramKind::Kprobe:
  case ProgramKind::Uprobe:
    return ArgumentKind::Registers;
  case ProgramKind::Kretprobe:
  case ProgramKind::Uretprobe:
    return ArgumentKind::ReturnRegisters;
  default:
    return ArgumentKind::None;
  }
}

mlir::Value ProgramLowering::readCallRegister(uapi::CallRegister reg) {
  return create<CtxLoadOp>(getIntType(64), context,
                           int32_t(uapi::getCallRegisterOffset(reg)),
                           /*size=*/8, mlir::StringAttr());
}

/// The argument at a position, as the 64 bits that are there.
mlir::Value ProgramLowering::readRawArgument(ArgumentKind kind,
                                             unsigned index) {
  if (kind == ArgumentKind::Registers)
    return readCallRegister(argumentRegisters[index]);
  if (kind == ArgumentKind::ReturnRegisters)
    return readCallRegister(uapi::CallRegister::ReturnValue);
  return create<CtxLoadOp>(getIntType(64), context, int32_t(8 * index),
                           /*size=*/8, mlir::StringAttr());
}

/// Binds a name to the argument at a position.
bool ProgramLowering::bindArgument(const Form *form, ArgumentKind kind,
                                   unsigned index) {
  if (properListLength(form) != 2) {
    error(form, "an argument is written `(name type)`");
    return false;
  }
  std::optional<Binding> binding = parseBinding(listElement(form, 0));
  std::optional<mlir::Type> argType = parseDataType(listElement(form, 1), env);
  if (!binding || !argType)
    return false;
  LocationScope scope(*this, form);
  const Symbol *name = binding->name->getSymbol();
  if (lookupVariable(name)) {
    error(binding->name,
          "there is an argument `" + getText(binding->name) + "` already");
    return false;
  }
  auto pointer = llvm::dyn_cast<PointerType>(*argType);
  if (!pointer) {
    std::optional<ScalarType> scalar = ScalarType::get(*argType);
    if (!scalar) {
      error(listElement(form, 1), "arguments are scalars and pointers; `(ptr " +
                                      getText(listElement(form, 1)) +
                                      ")` points to one of these");
      return false;
    }
    bindValue(name, readRawArgument(kind, index), *scalar);
    return true;
  }
  Value value;
  if (kind == ArgumentKind::Typed) {
    // Of a pointer to no known struct the verifier may know more.
    bool isTrusted = llvm::isa<StructType>(pointer.getPointee());
    value = create<CtxLoadOp>(
        getPtrType(isTrusted ? AddressSpace::BTF : AddressSpace::Kernel),
        context, int32_t(8 * index), /*size=*/8, mlir::StringAttr());
  } else {
    value = create<IntToPtrOp>(getPtrType(AddressSpace::Kernel),
                               readRawArgument(kind, index));
  }
  bindValue(name, withPointee(value, pointer.getPointee()));
  return true;
}

/// `:args ((name type) ...)`: binds the arguments of the function or tracepoint
/// that the program is attached to, by position. In a `:fexit` program the
/// result follows them; in a `:kretprobe` it is all that is left.
bool ProgramLowering::bindArguments(const Form *args) {
  ArgumentKind kind = getArgumentKind(type->kind);
  if (kind == ArgumentKind::None) {
    error(args, "a program of type `:" + type->name +
                    "` is attached to nothing that has arguments; leave out "
                    "`:args`");
    return false;
  }
  std::optional<llvm::SmallVector<const Form *>> elements =
      getElements(args, env.diags, "a list of arguments, `((name type) ...)`");
  if (!elements)
    return false;
  // What bpf_ctx_convert and the BPF trampoline pass at most, and what the
  // calling convention has registers for.
  size_t limit = kind == ArgumentKind::Registers         ? 6
                 : kind == ArgumentKind::ReturnRegisters ? 1
                                                         : 12;
  if (elements->size() > limit) {
    error((*elements)[limit],
          kind == ArgumentKind::ReturnRegisters
              ? "at a return there is only the result"
              : "at most " + getCount(limit, "argument") + " can be read");
    return false;
  }
  bool isValid = true;
  for (auto [index, element] : llvm::enumerate(*elements))
    isValid &= bindArgument(element, kind, unsigned(index));
  return isValid;
}

/// `(pt-regs-parm1)` ... `(pt-regs-ret)`.
Result ProgramLowering::lowerCallRegister(const Call &call) {
  using uapi::CallRegister;
  if (!checkContext(call.form))
    return failed();
  ArgumentKind kind = getArgumentKind(type->kind);
  if (kind != ArgumentKind::Registers &&
      kind != ArgumentKind::ReturnRegisters) {
    error(listElement(call.form, 0),
          "a program of type `:" + type->name + "` is given no registers" +
              (kind == ArgumentKind::None ? ""
                                          : "; `:args` names the arguments"));
    return failed();
  }
  auto reg = llvm::StringSwitch<CallRegister>(call.name)
                 .Case("PT-REGS-PARM1", CallRegister::Parm1)
                 .Case("PT-REGS-PARM2", CallRegister::Parm2)
                 .Case("PT-REGS-PARM3", CallRegister::Parm3)
                 .Case("PT-REGS-PARM4", CallRegister::Parm4)
                 .Case("PT-REGS-PARM5", CallRegister::Parm5)
                 .Case("PT-REGS-PARM6", CallRegister::Parm6)
                 .Case("PT-REGS-RET", CallRegister::ReturnValue)
                 .Case("PT-REGS-SP", CallRegister::StackPointer)
                 .Case("PT-REGS-FP", CallRegister::FramePointer)
                 .Default(CallRegister::InstructionPointer);
  return readCallRegister(reg);
}

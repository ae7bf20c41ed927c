//===- LowerStructs.cpp - structs and global variables ----------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// What `defstruct` and `defglobal` define, in program bodies.
//
//===----------------------------------------------------------------------===//

#include "LoweringScopes.h"

#include "mlir/IR/Matchers.h"
#include "llvm/Support/MathExtras.h"

using namespace whistler;
using namespace mlir::whistler;
namespace arith = mlir::arith;

/// MAX_BPF_STACK of include/linux/filter.h, in bytes.
static constexpr uint32_t maxStackSize = 512;

//===----------------------------------------------------------------------===//
// Memory with a type
//===----------------------------------------------------------------------===//

mlir::Value ProgramLowering::createStackSlot(uint64_t size) {
  // Of whole words, so that stores can be as wide as there are.
  Type word = builder.getIntegerType(64, /*isSigned=*/false);
  return create<AllocaOp>(
      getPtrType(AddressSpace::Stack),
      mlir::whistler::ArrayType::get(
          builder.getContext(), uint32_t(llvm::divideCeil(size, 8)), word));
}

mlir::Value ProgramLowering::getAddress(const TypedAddress &address) {
  return withPointee(addOffset(address.pointer, address.offset), address.type);
}

mlir::Value ProgramLowering::readTyped(const TypedAddress &address) {
  if (std::optional<ScalarType> scalar = ScalarType::get(address.type))
    return loadScalar(address.pointer, address.offset, *scalar);
  if (auto pointer = llvm::dyn_cast<PointerType>(address.type)) {
    Value value = create<LoadOp>(getPtrType(AddressSpace::Kernel),
                                 address.pointer, address.offset);
    return withPointee(value, pointer.getPointee());
  }
  return getAddress(address);
}

/// Whether an address is that of a field in the kernel which only a helper
/// reads.
static bool isInKernel(mlir::Value pointer) {
  while (auto add = pointer.getDefiningOp<PtrAddOp>())
    pointer = add.getBase();
  bool isNumber = pointer.getDefiningOp<IntToPtrOp>() != nullptr;
  auto field = pointer.getDefiningOp<FieldAddrOp>();
  return isNumber ||
         (field && field.getType().getSpace() == AddressSpace::Kernel);
}

/// Stores a value, or copies a struct from the address that is the value. Gives
/// what is stored.
mlir::Value ProgramLowering::writeTyped(const TypedAddress &address,
                                        Value value, const Form *form) {
  if (std::optional<ScalarType> scalar = ScalarType::get(address.type)) {
    if (!checkInteger(value, form))
      return Value();
    storeScalar(value, address.pointer, address.offset, *scalar);
    return normalize(value, *scalar);
  }
  if (auto pointer = llvm::dyn_cast<PointerType>(address.type)) {
    Value stored = convertToPointee(value, pointer, form, "this");
    if (stored)
      create<StoreOp>(stored, address.pointer, address.offset);
    return stored;
  }
  if (!isPointer(value) || getPointee(value) != address.type) {
    bool isArray = llvm::isa<mlir::whistler::ArrayType>(address.type);
    error(form, "a `" + getTypeName(address.type, env) +
                    "` is set from the address of another one, and `" +
                    getText(form) + "` is none" +
                    (isArray ? "; with an index an element is set" : ""));
    return Value();
  }
  uint64_t size = *env.getSize(address.type);
  if (!isInKernel(value)) {
    create<MemCpyOp>(address.pointer, address.offset, value, 0, int32_t(size));
    return value;
  }
  if (!checkKernelAccess(form))
    return Value();
  Value target = addOffset(address.pointer, address.offset);
  create<HelperCallOp>(
      getIntType(64), "probe_read_kernel",
      mlir::ValueRange{target, makeConstant(int64_t(size)), value});
  return value;
}

Place ProgramLowering::makeMemoryPlace(Value pointer, int32_t offset,
                                       Type memoryType) {
  TypedAddress address{pointer, offset, memoryType};
  return {[=] { return readTyped(address); },
          [=](Value value, const Form *form) {
            return writeTyped(address, value, form);
          },
          memoryType};
}

//===----------------------------------------------------------------------===//
// Fields
//===----------------------------------------------------------------------===//

bool ProgramLowering::checkPointee(Value pointer, const StructInfo &info,
                                   const Form *form, llvm::StringRef accessor) {
  Type pointee = getPointee(pointer);
  Type wanted = StructType::get(builder.getContext(), info.tag);
  // An array of them starts with one.
  if (auto array =
          llvm::dyn_cast_if_present<mlir::whistler::ArrayType>(pointee))
    pointee = array.getElement();
  if (!pointee || pointee == wanted)
    return true;
  error(form, "`" + getText(form) + "` points to a `" +
                  getTypeName(pointee, env) + "`, and `" + accessor +
                  "` takes a pointer to a `" + info.name + "`");
  return false;
}

/// The element of an array that an index selects. A constant index has to be
/// within the array; of any other, it is found out later whether it is.
std::optional<ProgramLowering::TypedAddress>
ProgramLowering::lowerElement(const Form *indexForm, TypedAddress array,
                              llvm::StringRef name) {
  auto type = llvm::dyn_cast<mlir::whistler::ArrayType>(array.type);
  if (!type) {
    error(indexForm, "`" + name + "` is not an array and takes no index");
    return std::nullopt;
  }
  Result index = lowerInteger(indexForm);
  if (!index)
    return std::nullopt;
  uint64_t stride = *env.getSize(type.getElement());
  // The last field of a struct may be an array that has as many elements as
  // there is room for: only the verifier knows.
  uint64_t count = type.getCount();
  llvm::APInt constant;
  if (mlir::matchPattern(*index, mlir::m_ConstantInt(&constant))) {
    bool isInside = count == 0
                        ? constant.isSignedIntN(24) && constant.isNonNegative()
                        : constant.ult(count);
    if (!isInside) {
      error(
          indexForm,
          "the index " + getText(indexForm) + " is outside of the array `" +
              name + "`" +
              (count == 0 ? "" : ", which has " + getCount(count, "element")));
      return std::nullopt;
    }
    return TypedAddress{
        array.pointer, int32_t(array.offset + constant.getZExtValue() * stride),
        type.getElement()};
  }
  LocationScope scope(*this, indexForm);
  Value element = *index;
  if (count != 0)
    element = create<IndexOp>(element, int64_t(count));
  Value bytes = create<arith::MulIOp>(element, makeConstant(int64_t(stride)));
  return TypedAddress{create<PtrAddOp>(array.pointer, bytes), array.offset,
                      type.getElement()};
}

std::optional<ProgramLowering::TypedAddress>
ProgramLowering::lowerFieldAddress(const Form *form, const StructOperator &op) {
  std::string name = getLispName(listOperator(form));
  std::optional<size_t> length = properListLength(form);
  bool isArray = llvm::isa<mlir::whistler::ArrayType>(op.field->type);
  if (!length || *length < 2 || *length > 3) {
    error(listElement(form, 0), "`" + name + "` is written `(" + name +
                                    (isArray ? " ptr [index])`" : " ptr)`"));
    return std::nullopt;
  }
  Result pointer = lowerPointer(listElement(form, 1));
  if (!pointer || !checkPointee(*pointer, *op.info, listElement(form, 1), name))
    return std::nullopt;
  TypedAddress field{*pointer, op.field->getOffset(), op.field->type};
  if (*length == 2)
    return field;
  return lowerElement(listElement(form, 2), field,
                      op.info->name + "-" + op.field->name);
}

Place ProgramLowering::makeStructPlace(const Form *form,
                                       const StructOperator &op) {
  if (op.info->isKernel) {
    error(form, "the kernel's memory is not for programs to write");
    return {};
  }
  std::optional<TypedAddress> address = lowerFieldAddress(form, op);
  if (!address)
    return {};
  return makeMemoryPlace(address->pointer, address->offset, address->type);
}

Result ProgramLowering::lowerStructOperator(const Call &call,
                                            const StructOperator &op) {
  if (op.info->isKernel)
    return lowerKernelOperator(call, op);
  if (op.kind == StructOperator::Make)
    return lowerMake(call, *op.info);
  std::optional<TypedAddress> address = lowerFieldAddress(call.form, op);
  if (!address)
    return failed();
  return op.kind == StructOperator::Address ? getAddress(*address)
                                            : readTyped(*address);
}

/// `(make-S :field value ...)`: a struct on the stack, zero but for the fields
/// that are given.
Result ProgramLowering::lowerMake(const Call &call, StructInfo &info) {
  std::vector<llvm::StringRef> names;
  for (const StructField &field : info.fields)
    names.push_back(field.name);
  KeywordArguments values(call.args, names, "`" + call.getName() + "`",
                          env.diags);
  bool isValid = values.isValid();
  if (info.size > maxStackSize) {
    error(call.form, "a `" + info.name + "` has " + llvm::Twine(info.size) +
                         " bytes, and the stack of a program " +
                         llvm::Twine(maxStackSize) +
                         "; keep it in a map, such as a `:percpu-array` of one "
                         "entry");
    return failed();
  }
  Value slot = createStackSlot(info.size);
  create<MemSetOp>(slot, 0, makeConstant(0, 8), int32_t(info.size));
  // In the order of the source.
  for (size_t index = 0; index + 1 < call.args.size(); index += 2) {
    const Form *valueForm = call.args[index + 1];
    Result value = lowerValue(valueForm);
    const Symbol *key = call.args[index]->getSymbol();
    const StructField *field = key ? info.lookup(key->getName()) : nullptr;
    isValid &= value.has_value();
    if (!value || !field)
      continue;
    LocationScope scope(*this, valueForm);
    isValid &= bool(
        writeTyped({slot, field->getOffset(), field->type}, *value, valueForm));
  }
  if (!isValid)
    return failed();
  return withPointee(slot, StructType::get(builder.getContext(), info.tag));
}

Result ProgramLowering::lowerSizeof(const Call &call) {
  std::optional<uint64_t> size = requireConstant(call.form, env, "a size");
  return size ? makeConstant(int64_t(*size)) : failed();
}

//===----------------------------------------------------------------------===//
// Arrays
//===----------------------------------------------------------------------===//

/// The element that `(aref ptr index...)` names. A pointer to something that is
/// no array points to the first of several, as in C.
std::optional<ProgramLowering::TypedAddress>
ProgramLowering::lowerArrayElement(const Form *form) {
  const Form *pointerForm = listElement(form, 1);
  Result pointer = lowerPointer(pointerForm);
  if (!pointer)
    return std::nullopt;
  Type pointee = getPointee(*pointer);
  if (!pointee) {
    error(pointerForm, "it is not known what `" + getText(pointerForm) +
                           "` points to; `(load type ptr offset)` reads from "
                           "it");
    return std::nullopt;
  }
  AddressSpace space = getSpace(*pointer);
  if (space == AddressSpace::Kernel || space == AddressSpace::BTF) {
    error(pointerForm, "`aref` reads the program's own memory; of an array in "
                       "the kernel, `(STRUCT-FIELD ptr index)` reads an "
                       "element");
    return std::nullopt;
  }
  if (!llvm::isa<mlir::whistler::ArrayType>(pointee))
    pointee = mlir::whistler::ArrayType::get(builder.getContext(), 0, pointee);
  std::optional<TypedAddress> address = TypedAddress{*pointer, 0, pointee};
  for (const Form *index : llvm::drop_begin(listElements(form), 2))
    if (address)
      address = lowerElement(index, *address, getText(pointerForm));
  return address;
}

Place ProgramLowering::makeArrayPlace(const Form *form) {
  std::optional<TypedAddress> address = lowerArrayElement(form);
  if (!address)
    return {};
  return makeMemoryPlace(address->pointer, address->offset, address->type);
}

Result ProgramLowering::lowerAref(const Call &call) {
  std::optional<TypedAddress> address = lowerArrayElement(call.form);
  return address ? Result(readTyped(*address)) : failed();
}

//===----------------------------------------------------------------------===//
// Globals
//===----------------------------------------------------------------------===//

mlir::Value ProgramLowering::readGlobal(const GlobalInfo &global) {
  Value pointer =
      create<GlobalAddrOp>(getPtrType(AddressSpace::MapValue), global.cName);
  return readTyped({pointer, 0, global.type});
}

Place ProgramLowering::makeGlobalPlace(const Form *form,
                                       const GlobalInfo &global) {
  Value pointer =
      create<GlobalAddrOp>(getPtrType(AddressSpace::MapValue), global.cName);
  TypedAddress address{pointer, 0, global.type};
  std::string name = getText(form);
  bool isConstant = global.isConstant;
  return {[=] { return readTyped(address); },
          [=](Value value, const Form *valueForm) -> Value {
            if (isConstant) {
              error(form,
                    "`" + name + "` is constant: only the loader sets it");
              return Value();
            }
            return writeTyped(address, value, valueForm);
          },
          global.type};
}

/// `(global-ptr name)`.
Result ProgramLowering::lowerGlobalPtr(const Call &call) {
  const Form *form = expandSymbol(call.args[0]);
  const Symbol *name = form->getSymbol();
  const GlobalInfo *global =
      name && !lookupVariable(name) ? env.lookupGlobal(name) : nullptr;
  if (global) {
    Value pointer =
        create<GlobalAddrOp>(getPtrType(AddressSpace::MapValue), global->cName);
    return withPointee(pointer, global->type);
  }
  if (!name || !env.isBroken(name))
    error(call.args[0], "`global-ptr` takes the name of a global variable" +
                            (name && lookupVariable(name)
                                 ? "; `(stack-addr " + getText(form) +
                                       ")` is the address "
                                       "of a local one"
                             : name ? getSuggestion(name, env.getGlobalNames())
                                    : std::string()));
  return failed();
}

mlir::Value ProgramLowering::getStringAddress(const StringForm *string) {
  std::string bytes = string->getValue().str() + '\0';
  auto module = bodyOp->getParentOfType<mlir::ModuleOp>();
  mlir::OpBuilder moduleBuilder(bodyOp);
  mlir::Type type = mlir::whistler::ArrayType::get(
      builder.getContext(), uint32_t(bytes.size()),
      getDataType({8, false}, builder.getContext()));
  unsigned number = 0;
  std::string name;
  for (auto global : module.getOps<GlobalOp>()) {
    if (!global.getSymName().starts_with(".str"))
      continue;
    ++number;
    if (global.getInit() == llvm::StringRef(bytes))
      name = global.getSymName().str();
  }
  // Names with a dot are none that a source could give.
  if (name.empty()) {
    name = ".str." + std::to_string(number);
    GlobalOp::create(moduleBuilder, getLoc(), name, /*is_local=*/true, type,
                     ".rodata.str1.1", builder.getStringAttr(bytes));
  }
  Value pointer =
      create<GlobalAddrOp>(getPtrType(AddressSpace::MapValue), name);
  return withPointee(pointer, type);
}

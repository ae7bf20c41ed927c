//===- LowerPlaces.cpp - assignment -----------------------------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// setf, setq, incf and decf, on every kind of place.
//
//===----------------------------------------------------------------------===//

#include "LoweringScopes.h"

#include "Whistler/UAPI/Constants.h"

#include "mlir/Dialect/ControlFlow/IR/ControlFlowOps.h"

using namespace whistler;
using namespace mlir::whistler;
namespace arith = mlir::arith;

//===----------------------------------------------------------------------===//
// setf
//===----------------------------------------------------------------------===//

Result ProgramLowering::lowerSetf(const Call &call) {
  if (call.args.size() % 2 != 0) {
    error(call.args.back(), "`" + call.getName() +
                                "` takes pairs of place and value, and this "
                                "place has no value");
    return failed();
  }
  Result value = call.mode == Mode::Value ? makeConstant(0) : Value();
  bool hasFailed = false;
  for (size_t index = 0; index < call.args.size(); index += 2) {
    const Form *place = call.args[index];
    if (call.name == "SETQ" && !place->getSymbol()) {
      error(place, "`setq` sets variables; `setf` sets other places");
      return failed();
    }
    value = assign(place, call.args[index + 1], call.mode);
    hasFailed |= !value;
  }
  return hasFailed ? failed() : value;
}

Result ProgramLowering::assign(const Form *place, const Form *valueForm,
                               Mode mode) {
  // How a place is set may be defined for what is read by a macro (CLHS 5.1.2).
  const Form *modification = env.forms.makeList(
      {env.forms.makeSymbol("SETF"), place, valueForm}, place->getRange());
  if (std::optional<Result> result = lowerUserPlace(place, modification, mode))
    return *result;
  if (env.isMacroCall(place)) {
    MacroExpansion expansion(place, env);
    return expansion.getForm() ? assign(expansion.getForm(), valueForm, mode)
                               : failed();
  }
  if (const Form *expansion = expandSymbol(place); expansion != place) {
    MacroCallScope call(env.diags, place->getRange(), place->str());
    return assign(expansion, valueForm, mode);
  }
  const Symbol *name = place->getSymbol();
  if (!name || (!lookupVariable(name) && env.lookupGlobal(name)))
    return assignCall(place, valueForm);
  Variable *variable = lookupVariable(name);
  if (!variable)
    reportNoVariable(place);
  Result value = lowerValue(valueForm);
  if (!variable || !value)
    return failed();
  Value stored = writeVariable(*lookupVariable(name), *value, valueForm);
  return stored ? Result(stored) : failed();
}

void ProgramLowering::reportNoVariable(const Form *form) {
  const Symbol *name = form->getSymbol();
  std::string text = "`" + getText(form) + "`";
  if (env.isBroken(name))
    return;
  std::vector<std::string> names = getVariableNames();
  llvm::append_range(names, env.getGlobalNames());
  if (env.lookupConstant(name))
    error(form, text + " is a constant and cannot be set");
  else if (env.lookupMap(name))
    error(form, text + " is a map; `(setf (getmap " + getText(form) +
                    " key) value)` sets an entry");
  else
    error(form, "there is no variable " + text +
                    (name->isKeyword() ? "" : getSuggestion(name, names)));
}

/// Reports a place that is no variable and cannot be set, or changed by `verb`.
void ProgramLowering::reportNoPlace(const Form *place, llvm::StringRef verb) {
  const Symbol *op = listOperator(place);
  if (op && op->isLanguageName()) {
    std::string name = op->getName().lower();
    if (env.isBroken(op))
      return;
    if (op->is("GETMAP") || op->is("CTX") || op->is("AREF")) {
      error(listElement(place, 0),
            "this place is written `" + lookupForm(op->getName())->usage + "`");
      return;
    }
    std::optional<Accessor> accessor = env.lookupAccessor(op);
    if (accessor && accessor->isAddress) {
      error(place, "`" + name +
                       "` yields the address of a field that is no scalar; "
                       "`memcpy` and `store` write there");
      return;
    }
    if (accessor) {
      error(listElement(place, 0),
            "this place is written `(" + name + " ptr)`");
      return;
    }
    std::optional<StructOperator> structOp = env.lookupStructOperator(op);
    if (structOp && structOp->kind == StructOperator::Address) {
      error(place, "`" + name + "` yields an address; `(setf (" +
                       structOp->info->name + "-" + structOp->field->name +
                       " ptr) value)` sets the field");
      return;
    }
    if (op->is("LOAD")) {
      error(place, "`load` only reads; `(store type ptr offset value)` writes");
      return;
    }
    bool isKnown = isForm(op->getName()) || uapi::lookupHelper(name) ||
                   structOp || env.lookupFunction(op) ||
                   (op->getName().starts_with("TP-") && env.hasTracepoints());
    if (!isKnown) {
      (void)lowerUnknownOperator(place, op);
      return;
    }
  }
  error(place, "`" + getText(place) + "` is not a place that can be " + verb +
                   "; there are variables, `(getmap map key)`, `(ctx field)` "
                   "and fields of headers and structs such as `(ipv4-ttl "
                   "ip)`");
}

/// The context field that a place `(ctx field [index])` names; reports one that
/// programs cannot write.
const uapi::ContextField *ProgramLowering::parseWritableField(const Form *place,
                                                              int32_t &offset) {
  const uapi::ContextField *field = parseContextField(place, offset);
  if (!field || uapi::isFieldWritable(type->kind, *field))
    return field;
  error(listElement(place, 1),
        "the kernel lets programs of type `:" + type->name + "` read `" +
            field->name + "` only");
  return nullptr;
}

void ProgramLowering::writeContextField(Value value,
                                        const uapi::ContextField &field,
                                        int32_t offset) {
  create<CtxStoreOp>(truncate(value, 8 * field.size), context, offset,
                     getFieldName(field, offset));
}

/// Lowers a form that modifies `place`, if user code has defined how that is
/// done; gives nothing if it has not.
std::optional<Result> ProgramLowering::lowerUserPlace(const Form *place,
                                                      const Form *modification,
                                                      Mode mode) {
  const Symbol *op = listOperator(place);
  bool isBuiltIn = !op || (op->isLanguageName() && isForm(op->getName())) ||
                   env.lookupAccessor(op);
  if (isBuiltIn)
    return std::nullopt;
  std::optional<const Form *> expansion =
      env.lisp.expandModification(modification, env.localMacros);
  if (!expansion)
    return failed();
  if (!*expansion)
    return std::nullopt;
  MacroCallScope call(env.diags, modification->getRange(), getLispName(op));
  return lower(*expansion, mode);
}

//===----------------------------------------------------------------------===//
// Places
//===----------------------------------------------------------------------===//

/// `(ctx field [index])`.
Place ProgramLowering::makeContextPlace(const Form *form) {
  int32_t offset;
  const uapi::ContextField *field = parseWritableField(form, offset);
  if (!field)
    return {};
  return {[=] { return readContextField(*field, offset, /*byName=*/true); },
          [=](Value value, const Form *valueForm) -> Value {
            if (!checkInteger(value, valueForm))
              return Value();
            writeContextField(value, *field, offset);
            return normalize(value, {8 * field->size, /*isSigned=*/false});
          }};
}

/// `(HEADER-FIELD ptr)`.
Place ProgramLowering::makeHeaderPlace(const Form *form,
                                       const Accessor &accessor) {
  Result pointer = lowerPointer(listElement(form, 1));
  if (!pointer)
    return {};
  Value base = *pointer;
  return {[=] { return readAccessor(base, accessor); },
          [=](Value value, const Form *valueForm) -> Value {
            if (!checkInteger(value, valueForm))
              return Value();
            writeAccessor(value, base, accessor);
            if (accessor.isPartial())
              return create<arith::AndIOp>(
                  value, makeConstant(int64_t(accessor.mask)));
            return normalize(value, accessor.type);
          }};
}

std::optional<Place> ProgramLowering::lowerPlace(const Form *form) {
  if (const Symbol *name = form->getSymbol()) {
    const GlobalInfo *global = env.lookupGlobal(name);
    return global ? std::optional(makeGlobalPlace(form, *global))
                  : std::nullopt;
  }
  const Symbol *op = listOperator(form);
  std::optional<size_t> length = properListLength(form);
  if (!op || !length)
    return std::nullopt;
  if (op->is("CTX") && (*length == 2 || *length == 3))
    return makeContextPlace(form);
  if (op->is("AREF") && *length >= 3)
    return makeArrayPlace(form);
  std::optional<StructOperator> structOp = env.lookupStructOperator(op);
  if (structOp && structOp->kind == StructOperator::Field)
    return makeStructPlace(form, *structOp);
  std::optional<Accessor> accessor = env.lookupAccessor(op);
  if (accessor && length == 2 && !accessor->isAddress)
    return makeHeaderPlace(form, *accessor);
  return std::nullopt;
}

/// Sets a place that is no local variable.
Result ProgramLowering::assignCall(const Form *place, const Form *valueForm) {
  const Symbol *op = listOperator(place);
  std::optional<size_t> length = properListLength(place);
  if (op && op->is("GETMAP") && length == 3) {
    std::optional<MapAccess> access =
        lowerMapAccess(listElement(place, 1), listElement(place, 2),
                       "(setf (getmap ...))", "map_update_elem");
    if (!access) {
      (void)lowerValue(valueForm);
      return failed();
    }
    Value value = lowerMapArgument(valueForm, *access->map, /*isKey=*/false);
    if (!value)
      return failed();
    update(*access, value, makeConstant(*uapi::lookupConstant("BPF_ANY")));
    return isPointer(value)
               ? value
               : extend(value, access->map->getScalarValueType().isSigned);
  }
  std::optional<Place> target = lowerPlace(place);
  if (!target)
    reportNoPlace(place, "set");
  bool isBroken = !target || !target->write;
  Result value = isBroken ? lowerInteger(valueForm) : lowerValue(valueForm);
  if (isBroken || !value)
    return failed();
  Value stored = target->write(*value, valueForm);
  return stored ? Result(stored) : failed();
}

//===----------------------------------------------------------------------===//
// incf and decf
//===----------------------------------------------------------------------===//

Result ProgramLowering::lowerIncf(const Call &call) {
  if (std::optional<Result> result =
          lowerUserPlace(call.args[0], call.form, call.mode))
    return *result;
  if (env.isMacroCall(call.args[0])) {
    MacroExpansion expansion(call.args[0], env);
    if (!expansion.getForm())
      return failed();
    llvm::SmallVector<const Form *> args(call.args);
    args[0] = expansion.getForm();
    return lowerIncf({call.form, call.name, args, call.mode});
  }
  const Form *place = expandSymbol(call.args[0]);
  if (std::optional<Result> result =
          lowerUserPlace(place, call.form, call.mode))
    return *result;
  bool isNegative = call.name == "DECF";
  const Form *deltaForm = call.args.size() == 2 ? call.args[1] : nullptr;
  const Symbol *op = listOperator(place);
  if (op && op->is("GETMAP"))
    return incrementMap(place, deltaForm, isNegative);

  // The place's own parts are evaluated before the delta (CLHS 5.1.1.1).
  auto change = [&](Value old) -> Value {
    Result delta = deltaForm ? lowerInteger(deltaForm) : makeConstant(1);
    if (!delta)
      return Value();
    if (!isPointer(old))
      return isNegative ? Value(create<arith::SubIOp>(old, *delta))
                        : Value(create<arith::AddIOp>(old, *delta));
    if (!deltaForm && getSpace(old) == AddressSpace::MapValue)
      env.diags.warning(place->getRange(),
                        "`" + getText(place) +
                            "` is the address of the map's value, and this "
                            "moves it by a byte; `(atomic-add " +
                            getText(place) + " 0 " + (isNegative ? "-1" : "1") +
                            ")` changes the value, and with a 1 written behind "
                            "it the address is meant");
    Value bytes = isNegative
                      ? Value(create<arith::SubIOp>(makeConstant(0), *delta))
                      : *delta;
    return create<PtrAddOp>(old, bytes);
  };
  if (const Symbol *name = place->getSymbol(); name && lookupVariable(name)) {
    if (lookupVariable(name)->isBroken) {
      (void)change(makeConstant(0));
      return failed();
    }
    Value value = change(readVariable(*lookupVariable(name)));
    if (!value)
      return failed();
    Value stored = writeVariable(*lookupVariable(name), value, place);
    return stored ? Result(stored) : failed();
  }
  std::optional<Place> target = lowerPlace(place);
  if (!target || !target->write) {
    (void)change(makeConstant(0));
    if (!target && place->getSymbol())
      reportNoVariable(place);
    else if (!target)
      reportNoPlace(place, "counted");
    return failed();
  }
  if (target->type &&
      llvm::isa<StructType, mlir::whistler::ArrayType>(target->type)) {
    (void)change(makeConstant(0));
    error(place, "`" + getText(place) + "` is a `" +
                     getTypeName(target->type, env) +
                     "`; only integers and pointers are counted");
    return failed();
  }
  Value value = change(target->read());
  if (!value)
    return failed();
  Value stored = target->write(value, place);
  return stored ? Result(stored) : failed();
}

/// Adds to a map's value.
Result ProgramLowering::incrementMap(const Form *place, const Form *deltaForm,
                                     bool isNegative) {
  if (properListLength(place) != 3) {
    reportNoPlace(place, "counted");
    return failed();
  }
  std::optional<MapAccess> access =
      lowerMapAccess(listElement(place, 1), listElement(place, 2),
                     isNegative ? "(decf (getmap ...))" : "(incf (getmap ...))",
                     "map_update_elem");
  if (!access) {
    // The delta's errors are reported all the same.
    if (deltaForm)
      (void)lowerValue(deltaForm);
    return failed();
  }
  const MapInfo &map = *access->map;
  if (map.valueSize != 4 && map.valueSize != 8) {
    error(listElement(place, 1),
          "only values of 4 or 8 bytes can be added to atomically, and those "
          "of this map have " +
              llvm::Twine(map.valueSize));
    return failed();
  }
  ScalarType type = map.getScalarValueType();
  Result amount = deltaForm ? lowerInteger(deltaForm) : makeConstant(1);
  if (!amount)
    return failed();
  Value delta = *amount;
  if (isNegative)
    delta = create<arith::SubIOp>(makeConstant(0), delta);
  delta = truncate(delta, type.bits);

  create<MapAddOp>(map.cName, access->key, delta);
  return makeConstant(0);
}

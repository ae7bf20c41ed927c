//===- Model.cpp - what a module declares -----------------------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Collects constants, enumerations and the names of maps, programs and globals.
//
//===----------------------------------------------------------------------===//

#include "Model.h"

#include "llvm/ADT/StringSet.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace whistler;
using namespace whistler::bindings;
using llvm::dyn_cast;
using llvm::FailureOr;
using llvm::LogicalResult;
using llvm::StringRef;
using llvm::success;
using llvm::Twine;
using mlir::failed;
using mlir::failure;
using mlir::ModuleOp;
using mlir::Operation;
using mlir::Type;
using mlir::whistler::ArrayType;
using mlir::whistler::DefineOp;
using mlir::whistler::EnumeratorAttr;
using mlir::whistler::EnumOp;
using mlir::whistler::EnumType;
using mlir::whistler::GlobalOp;
using mlir::whistler::MapOp;
using mlir::whistler::PointerType;
using mlir::whistler::ProgOp;
using mlir::whistler::StructType;

std::string Integer::str() const {
  return isNegative ? std::to_string(int64_t(bits)) : std::to_string(bits);
}

std::string bindings::describeType(Type type, const Model &model) {
  return llvm::TypeSwitch<Type, std::string>(type)
      .Case([&](ArrayType t) {
        return "array of " + std::to_string(t.getCount()) + " " +
               describeType(t.getElement(), model);
      })
      .Case([&](StructType t) -> std::string {
        mlir::whistler::StructOp op = model.types.lookupStruct(t.getTag());
        // What is not in the model may have any tag.
        if (!op || op.getIsKernel())
          return "kernel struct";
        return (op.getIsUnion() ? "union " : "struct ") + t.getTag().str();
      })
      .Case([](PointerType) { return std::string("pointer"); })
      .Default([](Type t) {
        mlir::IntegerType storage = getStorage(t);
        return (storage.isSigned() ? "i" : "u") +
               std::to_string(storage.getWidth());
      });
}

//===----------------------------------------------------------------------===//
// Constants
//===----------------------------------------------------------------------===//

/// Names a constant that `op` declares.
static FailureOr<std::string> nameValue(StringRef name, NameFunction *function,
                                        const Twine &what, Operation *op,
                                        Model &model) {
  FailureOr<std::string> result =
      makeName(name, function, model.style, what, op);
  if (failed(result) || failed(model.values.claim(*result, what, op)))
    return failure();
  return result;
}

static LogicalResult collectConstants(ModuleOp module, Model &model) {
  for (DefineOp op : module.getOps<DefineOp>()) {
    FailureOr<std::string> name =
        nameValue(op.getName(), model.style.constant,
                  "the constant `" + op.getName() + "`", op, model);
    if (failed(name))
      return failure();
    int64_t value = op.getValue();
    model.constants.push_back(
        {*name, {uint64_t(value), value < 0 && !op.getIsUnsigned()}});
  }
  return success();
}

static LogicalResult addEnumeration(EnumOp op, Model &model) {
  std::string what = ("the enumeration `" + op.getTag() + "`").str();
  if (!isCIdentifier(op.getTag()))
    return op.emitError("the tag of an enumeration has to be a C identifier");
  FailureOr<std::string> name =
      makeName(op.getTag(), model.style.type, model.style, what, op);
  if (failed(name) || failed(model.claimTag(*name, what, op)))
    return failure();
  Enumeration result{*name, op.getTag(), getStorage(op.getUnderlying()), {}};
  for (auto attr : op.getEnumerators().getAsRange<EnumeratorAttr>()) {
    if (!isCIdentifier(attr.getName()))
      return op.emitError("the name of an enumerator has to be a C identifier");
    FailureOr<std::string> enumerator =
        nameValue(attr.getName(), model.style.enumerator,
                  "the enumerator `" + attr.getName() + "`", op, model);
    if (failed(enumerator))
      return failure();
    bool isNegative = attr.getValue() < 0 && result.underlying.isSigned();
    // As many bits as the enumeration has.
    uint64_t bits = uint64_t(attr.getValue());
    if (!isNegative)
      bits &= ~uint64_t(0) >> (64 - result.underlying.getWidth());
    result.enumerators.push_back({*enumerator, {bits, isNegative}});
  }
  model.enumerations.push_back(std::move(result));
  return success();
}

/// Those that the structs have in them, in the order of the module.
static LogicalResult collectEnumerations(ModuleOp module, Model &model) {
  llvm::StringSet<llvm::MallocAllocator> used;
  for (const Record &record : model.records)
    for (const Member &member : record.members)
      if (auto type = dyn_cast<EnumType>(getInnermost(member.type)))
        used.insert(type.getTag());
  for (EnumOp op : module.getOps<EnumOp>())
    if (used.contains(op.getTag()) && failed(addEnumeration(op, model)))
      return failure();
  return success();
}

const Enumeration *Model::lookupEnumeration(EnumType type) const {
  auto it = llvm::find_if(enumerations, [&](const Enumeration &e) {
    return e.tag == type.getTag();
  });
  return it == enumerations.end() ? nullptr : &*it;
}

//===----------------------------------------------------------------------===//
// Objects
//===----------------------------------------------------------------------===//

/// Adds what `kind` and its suffix say that `op` is.
static LogicalResult addObject(Operation *op, StringRef kind, StringRef suffix,
                               std::string description, uint32_t entries,
                               Model &model) {
  StringRef symbol = mlir::SymbolTable::getSymbolName(op).getValue();
  if (!isCIdentifier(symbol))
    return op->emitError() << "the name of a " << kind
                           << " has to be a C identifier";
  std::string what = ("the name of the " + kind + " `" + symbol + "`").str();
  FailureOr<std::string> name =
      nameValue((symbol + suffix).str(), model.style.object, what, op, model);
  if (failed(name))
    return failure();
  ObjectName object{*name, symbol, std::move(description), std::nullopt};
  if (entries != 0) {
    FailureOr<std::string> count =
        nameValue((symbol + suffix + "_entries").str(), model.style.number,
                  "the size of the " + kind + " `" + symbol + "`", op, model);
    if (failed(count))
      return failure();
    object.entries = Constant{*count, {entries, false}};
  }
  model.objects.push_back(std::move(object));
  return success();
}

static std::string describeEntry(StringRef role, uint32_t size,
                                 std::optional<Type> type, const Model &model) {
  if (size == 0)
    return "";
  return (", " + role + " ").str() +
         (type ? describeType(*type, model) : std::to_string(size) + " bytes");
}

static std::string describeMap(MapOp map, const Model &model) {
  return ("map of type " + map.getMapType()).str() +
         describeEntry("key", map.getKeySize(), map.getKeyType(), model) +
         describeEntry("value", map.getValueSize(), map.getValueType(), model);
}

static LogicalResult collectObjects(ModuleOp module, Model &model) {
  for (MapOp op : module.getOps<MapOp>())
    if (failed(addObject(op, "map", "_map", describeMap(op, model),
                         op.getMaxEntries(), model)))
      return failure();
  for (ProgOp op : module.getOps<ProgOp>())
    if (failed(addObject(op, "program", "_prog",
                         ("program of type " + op.getProgramType()).str(), 0,
                         model)))
      return failure();
  for (GlobalOp op : module.getOps<GlobalOp>())
    if (!op.getIsLocal() &&
        failed(addObject(op, "global", "_var",
                         "global, " + describeType(op.getType(), model), 0,
                         model)))
      return failure();
  return success();
}

LogicalResult bindings::collectDeclarations(ModuleOp module, Model &model) {
  return success(succeeded(collectConstants(module, model)) &&
                 succeeded(collectRecords(module, model)) &&
                 succeeded(collectEnumerations(module, model)) &&
                 succeeded(collectObjects(module, model)));
}

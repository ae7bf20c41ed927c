//===- LowerMaps.cpp - map access -------------------------------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Lookups, updates and deletions.
//
//===----------------------------------------------------------------------===//

#include "LoweringScopes.h"

#include "Whistler/UAPI/Constants.h"

#include "mlir/Dialect/ControlFlow/IR/ControlFlowOps.h"

using namespace whistler;
using namespace mlir::whistler;

//===----------------------------------------------------------------------===//
// Arguments
//===----------------------------------------------------------------------===//

const MapInfo *ProgramLowering::parseMap(const Form *form) {
  form = expandSymbol(form);
  const Symbol *name = form->getSymbol();
  const MapInfo *map = name ? env.lookupMap(name) : nullptr;
  if (!map && name && (env.isBroken(name) || env.hasUnreadForms))
    return nullptr;
  if (!map && name && lookupVariable(name)) {
    error(form, "`" + getText(form) +
                    "` is a variable, and the name of a map is needed; "
                    "`(map-lookup-elem " +
                    getText(form) +
                    " key-ptr)` looks a key up in a map "
                    "whose address a variable holds");
    return nullptr;
  }
  if (!map)
    error(form, name ? "there is no map `" + getText(form) + "`" +
                           getSuggestion(name, env.getMapNames())
                     : "the name of a map is needed, and this is `" +
                           getText(form) + "`");
  return map;
}

/// Checks that a pointer is one to a map's keys or values, as far as it is
/// known what it points to.
bool ProgramLowering::checkEntryPointer(Value pointer, uint32_t size,
                                        Type entryType, const Form *form,
                                        llvm::StringRef what) {
  Type pointee = getPointee(pointer);
  auto alloca = pointer.getDefiningOp<AllocaOp>();
  if (alloca && !pointee && size > 8) {
    error(form, "a variable has 8 bytes, and the " + what +
                    "s of this map have " + llvm::Twine(size));
    return false;
  }
  std::optional<uint64_t> pointeeSize =
      pointee ? env.getSize(pointee) : std::nullopt;
  if (!pointeeSize)
    return true;
  bool isOtherStruct = llvm::isa<StructType>(pointee) && entryType &&
                       llvm::isa<StructType>(entryType) && pointee != entryType;
  if (isOtherStruct) {
    error(form, "`" + getText(form) + "` is a `" + getTypeName(pointee, env) +
                    "`, and the " + what + "s of this map are of type `" +
                    getTypeName(entryType, env) + "`");
    return false;
  }
  bool hasRightSize = llvm::isa<StructType>(pointee) ? *pointeeSize == size
                                                     : *pointeeSize >= size;
  if (hasRightSize)
    return true;
  error(form, "`" + getText(form) + "` is a `" + getTypeName(pointee, env) +
                  "` of " + getCount(*pointeeSize, "byte") + ", and the " +
                  what + "s of this map have " + llvm::Twine(size));
  return false;
}

/// `value` as a key or value of `size` bytes: an integer of that size, or the
/// address of the bytes. Empty after an error.
mlir::Value ProgramLowering::convertMapArgument(Value value, uint32_t size,
                                                Type entryType,
                                                const Form *form,
                                                llvm::StringRef what) {
  if (isPointer(value))
    return checkEntryPointer(value, size, entryType, form, what) ? value
                                                                 : Value();
  if (size == 1 || size == 2 || size == 4 || size == 8)
    return truncate(value, 8 * size);
  if (size > 8) {
    error(form, "an integer has at most 8 bytes, and the " + what +
                    "s of this map have " + llvm::Twine(size) +
                    "; pass the address of the " + what);
    return Value();
  }
  // The low bytes of an integer come first in memory.
  Value slot =
      create<AllocaOp>(getPtrType(AddressSpace::Stack), value.getType());
  create<StoreOp>(value, slot, 0);
  return slot;
}

mlir::Value ProgramLowering::lowerMapArgument(const Form *form,
                                              const MapInfo &map, bool isKey,
                                              bool hasToBePointer) {
  Result value = hasToBePointer ? lowerPointer(form) : lowerValue(form);
  if (!value)
    return Value();
  return isKey
             ? convertMapArgument(*value, map.keySize, map.keyType, form, "key")
             : convertMapArgument(*value, map.valueSize, map.valueType, form,
                                  "value");
}

/// Whether a map's entries can be looked up by key; reports one whose cannot.
bool ProgramLowering::checkHashLike(const MapInfo &map, const Form *form,
                                    llvm::StringRef what) {
  switch (map.type->shape) {
  case uapi::MapShape::Array:
  case uapi::MapShape::Hash:
    return true;
  case uapi::MapShape::Queue:
    error(form, "`" + what + "` needs a map with keys; a map of type `:" +
                    map.type->name +
                    "` is used with `map-push-elem`, "
                    "`map-pop-elem` and `map-peek-elem`");
    return false;
  case uapi::MapShape::Ring:
  case uapi::MapShape::Storage:
  case uapi::MapShape::Object:
    break;
  }
  if (map.keySize != 0)
    return true;
  error(form, "`" + what + "` needs a map with keys, and a map of type `:" +
                  map.type->name + "` has none");
  return false;
}

/// `` `a`, `b` or `c` ``, with `prefix` in front of each name.
static std::string joinNames(llvm::ArrayRef<std::string> names,
                             llvm::StringRef prefix, llvm::StringRef last) {
  std::string text;
  for (auto [index, name] : llvm::enumerate(names)) {
    if (index != 0)
      text += index + 1 == names.size() ? (" " + last + " ").str() : ", ";
    text += ("`" + prefix + name + "`").str();
  }
  return text;
}

/// Whether the kernel's `helper` takes a map of that type; reports one that it
/// does not, for `what` the source calls it.
bool ProgramLowering::checkMapType(const MapInfo &map, const Form *form,
                                   llvm::StringRef what,
                                   llvm::StringRef helper) {
  // Longer lists tell less than what the map is for.
  constexpr size_t maxTypes = 4;
  llvm::SmallVector<llvm::StringRef> types = uapi::getMapTypesOf(helper);
  if (types.empty() || llvm::is_contained(types, map.type->name))
    return true;
  if (types.size() <= maxTypes) {
    auto names = llvm::map_to_vector(types, std::mem_fn(&llvm::StringRef::str));
    error(form, "`" + what + "` needs a map of type " +
                    joinNames(names, ":", "or") +
                    ", and this one's is `:" + map.type->name + "`");
    return false;
  }
  auto users = llvm::map_to_vector(
      uapi::getHelpersFor(*map.type), [](llvm::StringRef user) {
        const uapi::Helper *known = uapi::lookupHelperByCName(user);
        return (known ? known->name : user).str();
      });
  error(form, "no kernel lets `" + what +
                  "` use a map of type `:" + map.type->name + "`" +
                  (users.empty() ? std::string()
                                 : "; such a map is used with " +
                                       joinNames(users, "", "and")));
  return false;
}

std::optional<ProgramLowering::MapAccess>
ProgramLowering::lowerMapAccess(const Form *mapForm, const Form *keyForm,
                                llvm::StringRef what, llvm::StringRef helper) {
  const MapInfo *map = parseMap(mapForm);
  if (!map) {
    // The key's errors are reported all the same.
    (void)lowerValue(keyForm);
    return std::nullopt;
  }
  if (!checkHashLike(*map, mapForm, "getmap") ||
      !checkMapType(*map, mapForm, what, helper))
    return std::nullopt;
  Value key = lowerMapArgument(keyForm, *map, /*isKey=*/true);
  return key ? std::optional(MapAccess{map, key}) : std::nullopt;
}

//===----------------------------------------------------------------------===//
// Operations
//===----------------------------------------------------------------------===//

mlir::Value ProgramLowering::lookup(const MapAccess &access) {
  Value pointer = create<MapLookupOp>(getPtrType(AddressSpace::MapValue),
                                      access.map->cName, access.key);
  return withPointee(pointer, access.map->valueType);
}

/// The result of an operation on a map, 0 or a negative error number. Kernels
/// before 6.4 put the verifier's choice of function in the helper's place
/// (do_misc_fixups in kernel/bpf/verifier.c), and that returns an `int`.
mlir::Value ProgramLowering::extendMapResult(Value result) {
  return extend(truncate(result, 32), /*isSigned=*/true);
}

mlir::Value ProgramLowering::update(const MapAccess &access, Value value,
                                    Value flags) {
  return extendMapResult(create<MapUpdateOp>(getIntType(64), access.map->cName,
                                             access.key, value, flags));
}

/// The value of an entry, 0 where there is none; the address of a value that is
/// not a scalar.
mlir::Value ProgramLowering::getMapValue(const MapAccess &access,
                                         const Form *form) {
  Value pointer = lookup(access);
  if (!access.map->hasScalarValue() || access.map->innerMap)
    return pointer;
  llvm::SmallVector<Edge> edges;
  Block *found = createBlock(), *absent = createBlock();
  branchOnValue(pointer, found, absent);
  startBlock(found);
  endWithEdge(edges, loadScalar(pointer, 0, access.map->getScalarValueType()));
  startBlock(absent);
  endWithEdge(edges, makeConstant(0));
  return *join(edges, Mode::Value, form);
}

Result ProgramLowering::lowerGetmap(const Call &call) {
  std::optional<MapAccess> access =
      lowerMapAccess(call.args[0], call.args[1], "getmap", "map_lookup_elem");
  return access ? Result(getMapValue(*access, call.form)) : failed();
}

/// The map that a call names first, if it has keys and `helper` takes it. The
/// other arguments' errors are reported in any case.
const MapInfo *ProgramLowering::parseKeyedMap(const Call &call,
                                              llvm::StringRef helper) {
  const MapInfo *map = parseMap(call.args[0]);
  if (map && checkHashLike(*map, call.args[0], call.getName()) &&
      checkMapType(*map, call.args[0], call.getName(), helper))
    return map;
  for (const Form *arg : call.args.drop_front())
    (void)lowerValue(arg);
  return nullptr;
}

/// `map-lookup` and `map-lookup-ptr`.
Result ProgramLowering::lowerMapLookup(const Call &call) {
  const MapInfo *map = parseKeyedMap(call, "map_lookup_elem");
  if (!map)
    return failed();
  Value key = lowerMapArgument(call.args[1], *map, /*isKey=*/true,
                               call.name.ends_with("-PTR"));
  return key ? Result(lookup({map, key})) : failed();
}

/// `map-update` and `map-update-ptr`.
Result ProgramLowering::lowerMapUpdate(const Call &call) {
  const MapInfo *map = parseKeyedMap(call, "map_update_elem");
  if (!map)
    return failed();
  bool takesPointers = call.name.ends_with("-PTR");
  Value key =
      lowerMapArgument(call.args[1], *map, /*isKey=*/true, takesPointers);
  Value value =
      lowerMapArgument(call.args[2], *map, /*isKey=*/false, takesPointers);
  Result flags = call.args.size() == 4
                     ? lowerInteger(call.args[3])
                     : makeConstant(*uapi::lookupConstant("BPF_ANY"));
  if (!key || !value || !flags)
    return failed();
  return update({map, key}, value, *flags);
}

/// `map-delete`, `map-delete-ptr` and `remmap`.
Result ProgramLowering::lowerMapDelete(const Call &call) {
  const MapInfo *map = parseKeyedMap(call, "map_delete_elem");
  if (!map)
    return failed();
  Value key = lowerMapArgument(call.args[1], *map, /*isKey=*/true,
                               call.name.ends_with("-PTR"));
  if (!key)
    return failed();
  return extendMapResult(create<MapDeleteOp>(getIntType(64), map->cName, key));
}

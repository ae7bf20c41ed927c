//===- MapDefinitions.cpp - maps that BTF defines ---------------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Reads the variables of the section .maps the way libbpf's
// parse_btf_map_def() does.
//
//===----------------------------------------------------------------------===//

#include "Whistler/Interpreter/Object.h"
#include "Whistler/Target/BTF/Reader.h"

#include "llvm/ADT/StringSwitch.h"
#include "llvm/DebugInfo/BTF/BTF.h"

using namespace llvm;
using namespace whistler::interp;
using whistler::btf::Reader;
using whistler::btf::TypeId;

/// Types may refer to one another in circles; none that means something is
/// nested deeper.
static constexpr unsigned maxDepth = 32;

static constexpr uint32_t pointerBytes = 8;

/// The type behind typedefs and qualifiers.
static TypeId strip(const Reader &types, TypeId id) {
  for (unsigned depth = 0; depth != maxDepth; ++depth)
    switch (types.kind(id)) {
    case BTF::BTF_KIND_TYPEDEF:
    case BTF::BTF_KIND_VOLATILE:
    case BTF::BTF_KIND_CONST:
    case BTF::BTF_KIND_RESTRICT:
    case BTF::BTF_KIND_TYPE_TAG:
      id = {types.type(id).Type};
      break;
    default:
      return id;
    }
  return {};
}

/// Bytes of a type; none for what has no size.
static uint32_t sizeOf(const Reader &types, TypeId id, unsigned depth = 0) {
  id = strip(types, id);
  if (depth == maxDepth)
    return 0;
  const BTF::CommonType &type = types.type(id);
  switch (type.getKind()) {
  case BTF::BTF_KIND_PTR:
    return pointerBytes;
  case BTF::BTF_KIND_ARRAY: {
    const BTF::BTFArray &array = cast<BTF::ArrayType>(&type)->getArray();
    return array.Nelems * sizeOf(types, {array.ElemType}, depth + 1);
  }
  case BTF::BTF_KIND_INT:
  case BTF::BTF_KIND_STRUCT:
  case BTF::BTF_KIND_UNION:
  case BTF::BTF_KIND_ENUM:
  case BTF::BTF_KIND_ENUM64:
  case BTF::BTF_KIND_FLOAT:
    return type.Size;
  default:
    return 0;
  }
}

/// The array that a member's type is or points to, or null.
static const BTF::BTFArray *arrayOf(const Reader &types, TypeId id) {
  id = strip(types, id);
  if (types.kind(id) == BTF::BTF_KIND_PTR)
    id = strip(types, {types.type(id).Type});
  const auto *array = dyn_cast<BTF::ArrayType>(&types.type(id));
  return array ? &array->getArray() : nullptr;
}

static MapDefinition readDefinition(const Reader &types, TypeId id,
                                    unsigned depth = 0);

/// What `values` says: of the maps in a map of maps, a prototype; of a program
/// array, that it holds functions.
static void readValues(const Reader &types, TypeId member, unsigned depth,
                       MapDefinition &map) {
  map.valueSize = sizeof(uint32_t);
  const BTF::BTFArray *array = arrayOf(types, member);
  if (!array || depth)
    return;
  TypeId pointer = strip(types, {array->ElemType});
  TypeId target = strip(types, {types.type(pointer).Type});
  if (types.kind(target) == BTF::BTF_KIND_STRUCT)
    map.inner.push_back(readDefinition(types, target, depth + 1));
}

static MapDefinition readDefinition(const Reader &types, TypeId id,
                                    unsigned depth) {
  MapDefinition map;
  const auto *definition =
      dyn_cast<BTF::StructType>(&types.type(strip(types, id)));
  if (!definition)
    return map;
  for (const BTF::BTFMember &member : definition->members()) {
    StringRef name = types.string(member.NameOff);
    uint32_t *number = StringSwitch<uint32_t *>(name)
                           .Case("type", &map.type)
                           .Case("key_size", &map.keySize)
                           .Case("value_size", &map.valueSize)
                           .Case("max_entries", &map.maxEntries)
                           .Case("map_flags", &map.flags)
                           .Default(nullptr);
    if (number) {
      if (const BTF::BTFArray *array = arrayOf(types, {member.Type}))
        *number = array->Nelems;
    } else if (name == "values") {
      map.valuesOffset = member.Offset / 8;
      readValues(types, {member.Type}, depth, map);
    } else if (name == "key" || name == "value") {
      TypeId pointer = strip(types, {member.Type});
      uint32_t size = sizeOf(types, {types.type(pointer).Type});
      (name == "key" ? map.keySize : map.valueSize) = size;
    }
  }
  return map;
}

Expected<std::vector<MapDefinition>>
whistler::interp::readMapDefinitions(StringRef file) {
  std::vector<MapDefinition> result;
  auto types = Reader::create(
      MemoryBuffer::getMemBuffer(file, "", /*RequiresNullTerminator=*/false));
  if (!types)
    return types.takeError();
  std::optional<TypeId> section =
      (*types)->find(BTF::BTF_KIND_DATASEC, ".maps");
  if (!section)
    return result;
  const BTF::CommonType &data = (*types)->type(*section);
  ArrayRef variables(reinterpret_cast<const BTF::BTFDataSec *>(&data + 1),
                     data.getVlen());
  for (const BTF::BTFDataSec &item : variables) {
    TypeId variable{item.Type};
    MapDefinition map =
        readDefinition(**types, {(*types)->type(variable).Type});
    map.name = (*types)->name(variable).str();
    result.push_back(std::move(map));
  }
  return result;
}

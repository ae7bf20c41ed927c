//===- Maps.cpp - maps of the interpreter -----------------------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// What all maps have in common, and which class does which map type.
//
//===----------------------------------------------------------------------===//

#include "MapImpl.h"
#include "Whistler/UAPI/MapTypes.h"

#include <cerrno>
#include <linux/bpf.h>

using namespace llvm;
using namespace whistler;
using namespace whistler::interp;

Value::Value(Memory &memory, ArrayRef<uint8_t> initial, bool isWritable)
    : bytes(initial), memory(memory) {
  Region region;
  region.kind = RegionKind::MapValue;
  region.isWritable = isWritable;
  region.end = bytes.size();
  region.bytes = bytes.data();
  address = memory.add(region);
}

Value::~Value() { memory.remove(address); }

Map::Map(Memory &memory, const MapDefinition &definition, uint32_t number)
    : memory(memory), definition(definition), number(number) {
  Region region;
  region.kind = RegionKind::Map;
  region.index = number;
  handle = memory.add(region);
}

Map::~Map() { memory.remove(handle); }

int64_t Map::update(const uint8_t *, const uint8_t *, uint64_t) {
  return -EOPNOTSUPP;
}

int64_t Map::remove(const uint8_t *) { return -EINVAL; }

int64_t Map::push(const uint8_t *, uint64_t) { return -EOPNOTSUPP; }

int64_t Map::pop(uint8_t *, bool) { return -EOPNOTSUPP; }

std::optional<Bytes> Map::get(const uint8_t *) { return std::nullopt; }

template <typename MapClass>
static std::unique_ptr<Map> make(Memory &memory, const MapDefinition &map,
                                 uint32_t number) {
  return std::make_unique<MapClass>(memory, map, number);
}

namespace {
struct Maker {
  uint32_t type;
  std::unique_ptr<Map> (*make)(Memory &, const MapDefinition &, uint32_t);
};
} // namespace

static constexpr Maker makers[] = {
    {BPF_MAP_TYPE_ARRAY, make<ArrayMap>},
    {BPF_MAP_TYPE_PERCPU_ARRAY, make<ArrayMap>},
    {BPF_MAP_TYPE_HASH, make<HashMap>},
    {BPF_MAP_TYPE_PERCPU_HASH, make<HashMap>},
    {BPF_MAP_TYPE_LRU_HASH, make<HashMap>},
    {BPF_MAP_TYPE_LRU_PERCPU_HASH, make<HashMap>},
    {BPF_MAP_TYPE_LPM_TRIE, make<TrieMap>},
    {BPF_MAP_TYPE_QUEUE, make<QueueMap>},
    {BPF_MAP_TYPE_STACK, make<QueueMap>},
    {BPF_MAP_TYPE_RINGBUF, make<RingMap>},
    {BPF_MAP_TYPE_PERF_EVENT_ARRAY, make<PerfMap>},
    {BPF_MAP_TYPE_PROG_ARRAY, make<ReferenceMap>},
    {BPF_MAP_TYPE_ARRAY_OF_MAPS, make<ReferenceMap>},
    {BPF_MAP_TYPE_HASH_OF_MAPS, make<ReferenceMap>},
    {BPF_MAP_TYPE_DEVMAP, make<ReferenceMap>},
    {BPF_MAP_TYPE_DEVMAP_HASH, make<ReferenceMap>},
    {BPF_MAP_TYPE_CPUMAP, make<ReferenceMap>},
    {BPF_MAP_TYPE_XSKMAP, make<ReferenceMap>},
};

/// Arrays take their memory at once; a larger one is a mistake.
static constexpr uint64_t maxArrayBytes = uint64_t(1) << 30;

Expected<std::unique_ptr<Map>>
Map::create(Memory &memory, const MapDefinition &definition, uint32_t number) {
  const uapi::MapType *type = uapi::lookupMapTypeByValue(definition.type);
  auto sizeError = [&](StringRef what, uint64_t size) {
    return createStringError("the map '" + definition.name + "' has " + what +
                             " of " + Twine(size) +
                             " bytes, which its type does not take");
  };
  if (type && !type->key.allows(definition.keySize))
    return sizeError("keys", definition.keySize);
  if (type && !type->valueSize.allows(definition.valueSize))
    return sizeError("values", definition.valueSize);
  uint64_t total = uint64_t(definition.maxEntries) * definition.valueSize;
  if (type && type->shape == uapi::MapShape::Array && total > maxArrayBytes)
    return sizeError("an array", total);
  for (const Maker &maker : makers)
    if (maker.type == definition.type)
      return maker.make(memory, definition, number);
  return createStringError("the map '" + definition.name + "' is of " +
                           (type ? "the type " + type->enumerator.str()
                                 : "type " + std::to_string(definition.type)) +
                           ", which the interpreter does not have");
}

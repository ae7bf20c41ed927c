//===- IndexedMaps.cpp - arrays, and maps of kernel objects -----*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Maps whose entries are there from the start, and those that user space fills
// with numbers of programs, maps or devices.
//
//===----------------------------------------------------------------------===//

#include "MapImpl.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Endian.h"
#include <cerrno>
#include <cstring>
#include <linux/bpf.h>

using namespace llvm;
using namespace whistler::interp;
using support::endian::read32le;

static Bytes keyOf(uint32_t index) {
  Bytes key(sizeof(index));
  support::endian::write32le(key.data(), index);
  return key;
}

//===----------------------------------------------------------------------===//
// ArrayMap
//===----------------------------------------------------------------------===//

ArrayMap::ArrayMap(Memory &memory, const MapDefinition &definition,
                   uint32_t number)
    : Map(memory, definition, number), contents(definition.contents),
      addresses(definition.maxEntries) {
  contents.resize(size_t(definition.maxEntries) * definition.valueSize);
}

ArrayMap::~ArrayMap() {
  for (uint64_t address : addresses)
    if (address)
      memory.remove(address);
}

uint64_t ArrayMap::lookup(const uint8_t *key) {
  uint32_t index = read32le(key);
  if (index >= addresses.size())
    return 0;
  uint64_t &address = addresses[index];
  if (!address) {
    Region region;
    region.kind = RegionKind::MapValue;
    region.isWritable = !definition.isReadOnly;
    region.end = definition.valueSize;
    region.bytes = contents.data() + size_t(index) * definition.valueSize;
    address = memory.add(region);
  }
  return address;
}

int64_t ArrayMap::update(const uint8_t *key, const uint8_t *value,
                         uint64_t flags) {
  if ((flags & ~uint64_t(BPF_F_LOCK)) > BPF_EXIST)
    return -EINVAL;
  uint32_t index = read32le(key);
  if (index >= addresses.size())
    return -E2BIG;
  if (flags & BPF_NOEXIST)
    return -EEXIST;
  std::memmove(contents.data() + size_t(index) * definition.valueSize, value,
               definition.valueSize);
  return 0;
}

std::optional<Bytes> ArrayMap::get(const uint8_t *key) {
  uint32_t index = read32le(key);
  if (index >= addresses.size())
    return std::nullopt;
  auto start = contents.begin() + size_t(index) * definition.valueSize;
  return Bytes(start, start + definition.valueSize);
}

std::vector<Bytes> ArrayMap::keys() const {
  std::vector<Bytes> result;
  for (uint32_t index = 0; index != addresses.size(); ++index)
    result.push_back(keyOf(index));
  return result;
}

//===----------------------------------------------------------------------===//
// ReferenceMap
//===----------------------------------------------------------------------===//

ReferenceMap::ReferenceMap(Memory &memory, const MapDefinition &definition,
                           uint32_t number)
    : Map(memory, definition, number) {}

bool ReferenceMap::isIndexed() const {
  return getType() != BPF_MAP_TYPE_HASH_OF_MAPS &&
         getType() != BPF_MAP_TYPE_DEVMAP_HASH;
}

int64_t ReferenceMap::update(const uint8_t *key, const uint8_t *value,
                             uint64_t flags) {
  StringRef text = toStringRef({key, definition.keySize});
  bool exists = entries.contains(text);
  if (flags > BPF_EXIST)
    return -EINVAL;
  if (isIndexed() ? read32le(key) >= definition.maxEntries
                  : !exists && entries.size() >= definition.maxEntries)
    return -E2BIG;
  if (flags == BPF_NOEXIST && (exists || isIndexed()))
    return -EEXIST;
  if (flags == BPF_EXIST && !exists && !isIndexed())
    return -ENOENT;
  entries[text] = Bytes(value, value + definition.valueSize);
  return 0;
}

int64_t ReferenceMap::remove(const uint8_t *key) {
  return entries.erase(toStringRef({key, definition.keySize})) ? 0 : -ENOENT;
}

std::optional<Bytes> ReferenceMap::get(const uint8_t *key) {
  auto found = entries.find(toStringRef({key, definition.keySize}));
  if (found == entries.end())
    return std::nullopt;
  return found->second;
}

std::vector<Bytes> ReferenceMap::keys() const {
  std::vector<Bytes> result;
  for (const auto &entry : entries)
    result.emplace_back(arrayRefFromStringRef(entry.first()));
  llvm::sort(result);
  return result;
}

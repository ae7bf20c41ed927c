//===- KeyedMaps.cpp - hash tables and tries --------------------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Maps whose entries come and go by key: kernel/bpf/hashtab.c and
// kernel/bpf/lpm_trie.c tell how.
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

/// Whether flags forbid an update of an entry that exists or does not.
static int64_t checkFlags(uint64_t flags, bool exists) {
  if ((flags & ~uint64_t(BPF_F_LOCK)) > BPF_EXIST)
    return -EINVAL;
  if (exists && (flags & BPF_NOEXIST))
    return -EEXIST;
  if (!exists && (flags & BPF_EXIST))
    return -ENOENT;
  return 0;
}

//===----------------------------------------------------------------------===//
// HashMap
//===----------------------------------------------------------------------===//

HashMap::HashMap(Memory &memory, const MapDefinition &definition,
                 uint32_t number)
    : Map(memory, definition, number),
      isLRU(getType() == BPF_MAP_TYPE_LRU_HASH ||
            getType() == BPF_MAP_TYPE_LRU_PERCPU_HASH),
      isPerCPU(getType() == BPF_MAP_TYPE_PERCPU_HASH ||
               getType() == BPF_MAP_TYPE_LRU_PERCPU_HASH) {}

StringRef HashMap::text(const uint8_t *key) const {
  return toStringRef({key, definition.keySize});
}

uint64_t HashMap::lookup(const uint8_t *key) {
  auto found = index.find(text(key));
  if (found == index.end())
    return 0;
  if (isLRU)
    entries.splice(entries.end(), entries, found->second);
  return found->second->value->address;
}

void HashMap::insert(const uint8_t *key, const uint8_t *value) {
  entries.push_back({Bytes(key, key + definition.keySize),
                     std::make_unique<Value>(
                         memory, ArrayRef(value, definition.valueSize), true)});
  index[text(key)] = std::prev(entries.end());
}

void HashMap::erase(Position position) {
  index.erase(text(position->key.data()));
  deleted.push_back(std::move(position->value));
  entries.erase(position);
}

int64_t HashMap::update(const uint8_t *key, const uint8_t *value,
                        uint64_t flags) {
  auto found = index.find(text(key));
  bool exists = found != index.end();
  if (int64_t error = checkFlags(flags, exists))
    return error;
  // Values of per-CPU maps, and those under a lock, are written in place.
  if (exists && (isPerCPU || (flags & BPF_F_LOCK))) {
    std::memmove(found->second->value->bytes.data(), value,
                 definition.valueSize);
    return 0;
  }
  if (exists)
    erase(found->second);
  else if (entries.size() >= definition.maxEntries && isLRU)
    erase(entries.begin());
  else if (entries.size() >= definition.maxEntries)
    return -E2BIG;
  insert(key, value);
  return 0;
}

int64_t HashMap::remove(const uint8_t *key) {
  auto found = index.find(text(key));
  if (found == index.end())
    return -ENOENT;
  erase(found->second);
  return 0;
}

std::optional<Bytes> HashMap::get(const uint8_t *key) {
  auto found = index.find(text(key));
  if (found == index.end())
    return std::nullopt;
  return found->second->value->bytes;
}

std::vector<Bytes> HashMap::keys() const {
  std::vector<Bytes> result;
  for (const Entry &entry : entries)
    result.push_back(entry.key);
  return result;
}

//===----------------------------------------------------------------------===//
// TrieMap
//===----------------------------------------------------------------------===//

static constexpr uint32_t lengthBytes = sizeof(uint32_t);

TrieMap::TrieMap(Memory &memory, const MapDefinition &definition,
                 uint32_t number)
    : Map(memory, definition, number),
      maxLength((definition.keySize - lengthBytes) * 8) {}

/// Clears the bits of `bytes` behind the first `length`.
static void clearBehind(Bytes &bytes, uint32_t length) {
  for (uint32_t at = 0; at != bytes.size(); ++at) {
    uint32_t kept = std::min<uint32_t>(8, length - std::min(length, at * 8));
    bytes[at] &= 0xff00 >> kept;
  }
}

std::optional<TrieMap::Prefix> TrieMap::prefixOf(const uint8_t *key) const {
  uint32_t length = read32le(key);
  if (length > maxLength)
    return std::nullopt;
  Bytes bytes(key + lengthBytes, key + definition.keySize);
  clearBehind(bytes, length);
  return Prefix(length, std::move(bytes));
}

Value *TrieMap::findLongest(const uint8_t *key) {
  std::optional<Prefix> prefix = prefixOf(key);
  if (!prefix)
    return nullptr;
  for (;; --prefix->first) {
    clearBehind(prefix->second, prefix->first);
    auto found = entries.find(*prefix);
    if (found != entries.end())
      return found->second.get();
    if (!prefix->first)
      return nullptr;
  }
}

uint64_t TrieMap::lookup(const uint8_t *key) {
  Value *value = findLongest(key);
  return value ? value->address : 0;
}

int64_t TrieMap::update(const uint8_t *key, const uint8_t *value,
                        uint64_t flags) {
  if (flags > BPF_EXIST)
    return -EINVAL;
  std::optional<Prefix> prefix = prefixOf(key);
  if (!prefix)
    return -EINVAL;
  auto found = entries.find(*prefix);
  bool exists = found != entries.end();
  if (int64_t error = checkFlags(flags, exists))
    return error;
  if (exists)
    deleted.push_back(std::move(found->second));
  else if (entries.size() >= definition.maxEntries)
    return -ENOSPC;
  entries[*prefix] = std::make_unique<Value>(
      memory, ArrayRef(value, definition.valueSize), true);
  return 0;
}

int64_t TrieMap::remove(const uint8_t *key) {
  std::optional<Prefix> prefix = prefixOf(key);
  if (!prefix)
    return -EINVAL;
  auto found = entries.find(*prefix);
  if (found == entries.end())
    return -ENOENT;
  deleted.push_back(std::move(found->second));
  entries.erase(found);
  return 0;
}

std::optional<Bytes> TrieMap::get(const uint8_t *key) {
  Value *value = findLongest(key);
  if (!value)
    return std::nullopt;
  return value->bytes;
}

std::vector<Bytes> TrieMap::keys() const {
  std::vector<Bytes> result;
  for (const auto &[prefix, value] : entries) {
    Bytes &key = result.emplace_back(lengthBytes);
    support::endian::write32le(key.data(), prefix.first);
    llvm::append_range(key, prefix.second);
  }
  return result;
}

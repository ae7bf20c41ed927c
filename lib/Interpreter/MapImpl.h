//===- MapImpl.h - kinds of maps --------------------------------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// One class for each way in which maps keep their entries.
//
//===----------------------------------------------------------------------===//

#ifndef WHISTLER_LIB_INTERPRETER_MAPIMPL_H
#define WHISTLER_LIB_INTERPRETER_MAPIMPL_H

#include "Whistler/Interpreter/Maps.h"

namespace whistler::interp {

/// Entries by index; all exist from the start.
class ArrayMap : public Map {
public:
  ArrayMap(Memory &memory, const MapDefinition &definition, uint32_t number);
  ~ArrayMap() override;

  uint64_t lookup(const uint8_t *key) override;
  int64_t update(const uint8_t *key, const uint8_t *value,
                 uint64_t flags) override;
  std::optional<Bytes> get(const uint8_t *key) override;
  std::vector<Bytes> keys() const override;

private:
  /// The values one behind the other, and the addresses of those that were
  /// looked up.
  Bytes contents;
  std::vector<uint64_t> addresses;
};

/// Entries that are numbers of kernel objects, set by user space: programs,
/// maps, devices, processors.
class ReferenceMap : public Map {
public:
  ReferenceMap(Memory &memory, const MapDefinition &definition,
               uint32_t number);

  int64_t update(const uint8_t *key, const uint8_t *value,
                 uint64_t flags) override;
  int64_t remove(const uint8_t *key) override;
  std::optional<Bytes> get(const uint8_t *key) override;
  std::vector<Bytes> keys() const override;

private:
  bool isIndexed() const;

  llvm::StringMap<Bytes> entries;
};

/// Entries by key. Replacing an entry makes a new value, as the kernel does: a
/// pointer to the old one remains usable until the program ends.
class HashMap : public Map {
public:
  HashMap(Memory &memory, const MapDefinition &definition, uint32_t number);

  uint64_t lookup(const uint8_t *key) override;
  int64_t update(const uint8_t *key, const uint8_t *value,
                 uint64_t flags) override;
  int64_t remove(const uint8_t *key) override;
  std::optional<Bytes> get(const uint8_t *key) override;
  std::vector<Bytes> keys() const override;
  void endRun() override { deleted.clear(); }

private:
  struct Entry {
    Bytes key;
    std::unique_ptr<Value> value;
  };
  using Position = std::list<Entry>::iterator;

  llvm::StringRef text(const uint8_t *key) const;
  void insert(const uint8_t *key, const uint8_t *value);
  void erase(Position position);

  bool isLRU;
  bool isPerCPU;
  /// The entry used last comes last.
  std::list<Entry> entries;
  llvm::StringMap<Position> index;
  std::vector<std::unique_ptr<Value>> deleted;
};

/// Entries by the longest matching prefix.
class TrieMap : public Map {
public:
  TrieMap(Memory &memory, const MapDefinition &definition, uint32_t number);

  uint64_t lookup(const uint8_t *key) override;
  int64_t update(const uint8_t *key, const uint8_t *value,
                 uint64_t flags) override;
  int64_t remove(const uint8_t *key) override;
  std::optional<Bytes> get(const uint8_t *key) override;
  std::vector<Bytes> keys() const override;
  void endRun() override { deleted.clear(); }

private:
  /// Prefix length and the bytes with all bits behind the prefix cleared.
  using Prefix = std::pair<uint32_t, Bytes>;

  std::optional<Prefix> prefixOf(const uint8_t *key) const;
  Value *findLongest(const uint8_t *key);

  uint32_t maxLength;
  std::map<Prefix, std::unique_ptr<Value>> entries;
  std::vector<std::unique_ptr<Value>> deleted;
};

/// A queue, or a stack: the same but for the end that values are taken from.
class QueueMap : public Map {
public:
  QueueMap(Memory &memory, const MapDefinition &definition, uint32_t number);

  int64_t update(const uint8_t *key, const uint8_t *value,
                 uint64_t flags) override;
  int64_t push(const uint8_t *value, uint64_t flags) override;
  int64_t pop(uint8_t *value, bool takes) override;

private:
  std::deque<Bytes> values;
};

} // namespace whistler::interp

#endif // WHISTLER_LIB_INTERPRETER_MAPIMPL_H

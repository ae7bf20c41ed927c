//===- Maps.h - maps of the interpreter -------------------------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Maps with the kernel's behaviour, on one CPU.
//
//===----------------------------------------------------------------------===//

#ifndef WHISTLER_INTERPRETER_MAPS_H
#define WHISTLER_INTERPRETER_MAPS_H

#include "Whistler/Interpreter/Memory.h"
#include "Whistler/Interpreter/Object.h"

#include "llvm/ADT/StringMap.h"
#include <deque>
#include <list>
#include <memory>
#include <optional>

namespace whistler::interp {

using Bytes = std::vector<uint8_t>;

/// One map. Keys and values are as large as the definition says; results are 0
/// or a negative error number, as the kernel's.
class Map {
public:
  /// Makes an empty map, `number` being its place among the maps.
  static llvm::Expected<std::unique_ptr<Map>>
  create(Memory &memory, const MapDefinition &definition, uint32_t number);

  virtual ~Map();

  const MapDefinition &getDefinition() const { return definition; }
  uint32_t getType() const { return definition.type; }
  uint32_t getNumber() const { return number; }
  /// What an instruction that refers to the map loads.
  uint64_t getHandle() const { return handle; }

  /// The address of the key's value, 0 where there is none.
  virtual uint64_t lookup(const uint8_t *key) { return 0; }
  /// Stores a value.
  virtual int64_t update(const uint8_t *key, const uint8_t *value,
                         uint64_t flags);
  virtual int64_t remove(const uint8_t *key);
  virtual int64_t push(const uint8_t *value, uint64_t flags);
  /// Writes the next value and takes it out, where `takes` says so.
  virtual int64_t pop(uint8_t *value, bool takes);

  /// The value of a key, without any effect.
  virtual std::optional<Bytes> get(const uint8_t *key);
  /// All keys. The order is the same in each run.
  virtual std::vector<Bytes> keys() const { return {}; }
  /// Takes out all records, of maps that have such.
  virtual std::vector<Bytes> takeRecords() { return {}; }

  /// Lets go of values that were deleted while a program could still use them.
  virtual void endRun() {}

protected:
  Map(Memory &memory, const MapDefinition &definition, uint32_t number);

  Memory &memory;
  const MapDefinition &definition;

private:
  uint32_t number;
  uint64_t handle;
};

/// A value with an address of its own.
class Value {
public:
  Value(Memory &memory, llvm::ArrayRef<uint8_t> initial, bool isWritable);
  ~Value();
  Value(const Value &) = delete;
  Value &operator=(const Value &) = delete;

  Bytes bytes;
  uint64_t address;

private:
  Memory &memory;
};

/// A ring buffer: records are reserved, and then submitted or discarded.
class RingMap : public Map {
public:
  RingMap(Memory &memory, const MapDefinition &definition, uint32_t number);

  /// The address of a new record, 0 where there is no room.
  uint64_t reserve(uint64_t size);
  /// Ends the reservation of the record at that address; false where there is
  /// none.
  bool commit(uint64_t address, bool isDiscarded);
  /// Whether a record was reserved and neither submitted nor discarded.
  bool hasOpenRecord() const;
  /// What bpf_ringbuf_query answers.
  uint64_t query(uint64_t flags) const;

  std::vector<Bytes> takeRecords() override;
  void endRun() override;
  static bool classof(const Map *map);

private:
  struct Record {
    std::unique_ptr<Value> value;
    bool isOpen = true;
    bool isDiscarded = false;
    uint64_t room = 0;
  };
  std::deque<Record> records;
  uint64_t size;
  uint64_t producer = 0;
  uint64_t consumer = 0;
};

/// A perf event array: what programs put out, in order. The first taking of
/// records makes it listen.
class PerfMap : public Map {
public:
  PerfMap(Memory &memory, const MapDefinition &definition, uint32_t number)
      : Map(memory, definition, number) {}

  /// Keeps a record; false while nobody listens.
  bool output(llvm::ArrayRef<uint8_t> record) {
    if (isOpen)
      records.emplace_back(record);
    return isOpen;
  }
  std::vector<Bytes> takeRecords() override;
  static bool classof(const Map *map);

private:
  std::vector<Bytes> records;
  bool isOpen = false;
};

} // namespace whistler::interp

#endif // WHISTLER_INTERPRETER_MAPS_H

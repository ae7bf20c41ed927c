//===- EclHashTable.cpp - hash tables that are the same in each run -------===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// ECL's tables are walked in the order of addresses, which differ between runs
// of a process, and with them the code of a macro that walks a table. Tables
// that user code makes are walked in the order in which keys were entered.
//
// A table's functions are called through pointers in it, and everything else
// looks at its array of entries from the first to the last. So the entries
// stand there in order, and behind them in the same block is the index to them:
//
//   entry[size]   uint32 used   uint32 index[capacity]
//
// `used` is the number of entries that have been taken, removed ones included.
// An index holds the number of an entry plus one, or 0. It is searched
// linearly, and never more than half full.
//
//===----------------------------------------------------------------------===//

#include "EclHashTable.h"

#include "llvm/Support/MathExtras.h"

#include <algorithm>
#include <cstring>

using namespace whistler;
using Entry = ecl_hashtable_entry;

static constexpr cl_index minimumSize = 16;

//===----------------------------------------------------------------------===//
// Layout
//===----------------------------------------------------------------------===//

static cl_index getCapacity(cl_index size) {
  return llvm::PowerOf2Ceil(2 * size);
}

static uint32_t &getUsed(cl_object table) {
  return *reinterpret_cast<uint32_t *>(table->hash.data + table->hash.size);
}

static uint32_t *getIndex(cl_object table) { return &getUsed(table) + 1; }

static Entry *allocateBlock(cl_index size) {
  // Zero is a free entry and an unused place in the index.
  size_t bytes =
      size * sizeof(Entry) + (1 + getCapacity(size)) * sizeof(uint32_t);
  return static_cast<Entry *>(ecl_alloc(bytes));
}

//===----------------------------------------------------------------------===//
// Keys
//===----------------------------------------------------------------------===//

static size_t hashKey(cl_object table, cl_object key) {
  size_t hash = reinterpret_cast<uintptr_t>(key);
  switch (table->hash.test) {
  case ecl_htt_eq:
    break;
  case ecl_htt_eql:
    if (ECL_IMMEDIATE(key) == 0 && key->d.t <= t_last_number)
      hash = ecl_fixnum(si_hash_eql(1, key));
    break;
  case ecl_htt_equal:
    hash = ecl_fixnum(si_hash_equal(1, key));
    break;
  default:
    hash = ecl_fixnum(si_hash_equalp(1, key));
    break;
  }
  return (hash * size_t(0x9E3779B97F4A7C15)) >> 20;
}

static bool areSame(cl_object table, cl_object left, cl_object right) {
  if (left == right)
    return true;
  switch (table->hash.test) {
  case ecl_htt_eq:
    return false;
  case ecl_htt_eql:
    return ecl_eql(left, right);
  case ecl_htt_equal:
    return ecl_equal(left, right);
  default:
    return ecl_equalp(left, right);
  }
}

/// The entry of a key, or null.
static Entry *findEntry(cl_object table, cl_object key) {
  const uint32_t *index = getIndex(table);
  size_t mask = getCapacity(table->hash.size) - 1;
  for (size_t i = hashKey(table, key);; ++i) {
    uint32_t number = index[i & mask];
    if (number == 0)
      return nullptr;
    Entry *entry = &table->hash.data[number - 1];
    if (entry->key != OBJNULL && areSame(table, entry->key, key))
      return entry;
  }
}

/// Adds a key that is not in the table, where there is room.
static void appendEntry(cl_object table, cl_object key, cl_object value) {
  uint32_t *index = getIndex(table);
  size_t mask = getCapacity(table->hash.size) - 1;
  size_t place = hashKey(table, key);
  while (index[place & mask] != 0)
    ++place;
  uint32_t number = getUsed(table)++;
  table->hash.data[number] = {key, value};
  index[place & mask] = number + 1;
  ++table->hash.entries;
}

/// Moves the entries to a new block with room for more.
static void rebuild(cl_object table) {
  cl_index oldSize = table->hash.size;
  cl_index newSize = table->hash.entries > oldSize / 2 ? 2 * oldSize : oldSize;
  const Entry *oldEntries = table->hash.data;
  Entry *newEntries = allocateBlock(newSize);
  table->hash.data = newEntries;
  table->hash.size = newSize;
  table->hash.entries = 0;
  for (cl_index i = 0; i != oldSize; ++i)
    if (oldEntries[i].key != OBJNULL)
      appendEntry(table, oldEntries[i].key, oldEntries[i].value);
}

//===----------------------------------------------------------------------===//
// The table's functions
//===----------------------------------------------------------------------===//

static cl_object getValue(cl_object key, cl_object table,
                          cl_object defaultValue) {
  Entry *entry = table->hash.entries ? findEntry(table, key) : nullptr;
  return entry ? entry->value : defaultValue;
}

static cl_object setValue(cl_object key, cl_object table, cl_object value) {
  if (table->hash.entries == 0) {
    // CLRHASH knows nothing of the index.
    memset(&getUsed(table), 0,
           (1 + getCapacity(table->hash.size)) * sizeof(uint32_t));
  } else if (Entry *entry = findEntry(table, key)) {
    entry->value = value;
    return table;
  }
  if (getUsed(table) == table->hash.size)
    rebuild(table);
  appendEntry(table, key, value);
  return table;
}

static bool removeKey(cl_object key, cl_object table) {
  Entry *entry = table->hash.entries ? findEntry(table, key) : nullptr;
  if (!entry)
    return false;
  *entry = {OBJNULL, OBJNULL};
  --table->hash.entries;
  return true;
}

cl_object ecl::orderHashTable(cl_object table) {
  cl_object lock = table->hash.sync_lock;
  bool isPlain = table->hash.weak == ecl_htt_not_weak &&
                 (lock == OBJNULL || lock == ECL_NIL) &&
                 table->hash.test <= ecl_htt_equalp;
  if (!isPlain)
    return table;
  table->hash.size = std::max(table->hash.size, minimumSize);
  Entry *oldEntries = table->hash.data;
  cl_index oldSize = table->hash.entries ? table->hash.size : 0;
  table->hash.data = allocateBlock(table->hash.size);
  table->hash.entries = 0;
  for (cl_index i = 0; i != oldSize; ++i)
    if (oldEntries[i].key != OBJNULL)
      appendEntry(table, oldEntries[i].key, oldEntries[i].value);
  table->hash.get = table->hash.get_unsafe = getValue;
  table->hash.set = table->hash.set_unsafe = setValue;
  table->hash.rem = table->hash.rem_unsafe = removeKey;
  return table;
}

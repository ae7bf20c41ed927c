//===- RootedTable.h - a map from Lisp objects ------------------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// A hash table by address whose keys the collector sees.
//
//===----------------------------------------------------------------------===//

#ifndef WHISTLER_LIB_LISP_ROOTEDTABLE_H
#define WHISTLER_LIB_LISP_ROOTEDTABLE_H

#include "EclLibrary.h"
#include <cstddef>
#include <cstdint>

namespace whistler::ecl {

/// Maps Lisp objects by identity to pointers. The collector does not move
/// objects, and it keeps the keys: their addresses are not used again while the
/// table exists. Memory of the C++ heap would not do that.
template <typename T> class RootedTable {
public:
  RootedTable() = default;
  RootedTable(const RootedTable &) = delete;
  RootedTable &operator=(const RootedTable &) = delete;
  ~RootedTable() {
    if (entries)
      ecl_free_uncollectable(entries);
  }

  /// The value of `key`, or null.
  const T *lookup(cl_object key) const {
    return entries ? find(entries, capacity, key)->value : nullptr;
  }

  /// Enters or replaces a value. May be unwound by ECL, which leaves the table
  /// as it was.
  void insert(cl_object key, const T *value) {
    if (2 * (numEntries + 1) > capacity)
      grow();
    Entry *entry = find(entries, capacity, key);
    if (!entry->key)
      ++numEntries;
    *entry = {key, value};
  }

private:
  struct Entry {
    cl_object key;
    const T *value;
  };

  static constexpr size_t initialCapacity = 1024;

  static Entry *find(Entry *entries, size_t capacity, cl_object key) {
    // Objects are aligned to 16 bytes; the multiplier spreads what is left.
    size_t hash =
        (reinterpret_cast<uintptr_t>(key) >> 4) * size_t(0x9E3779B97F4A7C15);
    for (size_t i = hash >> 20;; ++i) {
      Entry *entry = &entries[i & (capacity - 1)];
      if (!entry->key || entry->key == key)
        return entry;
    }
  }

  void grow() {
    size_t newCapacity = capacity ? 2 * capacity : initialCapacity;
    auto *newEntries = static_cast<Entry *>(
        ecl_alloc_uncollectable(newCapacity * sizeof(Entry)));
    for (size_t i = 0; i != newCapacity; ++i)
      newEntries[i] = {};
    for (size_t i = 0; i != capacity; ++i)
      if (entries[i].key)
        *find(newEntries, newCapacity, entries[i].key) = entries[i];
    Entry *oldEntries = entries;
    entries = newEntries;
    capacity = newCapacity;
    if (oldEntries)
      ecl_free_uncollectable(oldEntries);
  }

  Entry *entries = nullptr;
  size_t capacity = 0;
  size_t numEntries = 0;
};

} // namespace whistler::ecl

#endif // WHISTLER_LIB_LISP_ROOTEDTABLE_H

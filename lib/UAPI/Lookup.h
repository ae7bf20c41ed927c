//===- Lookup.h - Finding rows of constant tables ---------------*- C++ -*-===//
// SPDX-License-Identifier: MIT
//===----------------------------------------------------------------------===//
//
// Name look-ups that the UAPI tables share.
//
//===----------------------------------------------------------------------===//

#ifndef WHISTLER_LIB_UAPI_LOOKUP_H
#define WHISTLER_LIB_UAPI_LOOKUP_H

#include "Whistler/UAPI/ProgramTypes.h"

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringRef.h"

#include <algorithm>
#include <string>

namespace whistler::uapi {

/// The row of that name in a table sorted by name without letter case, or null.
template <typename Row>
const Row *lookupByName(llvm::ArrayRef<Row> table, llvm::StringRef name) {
  const Row *row = llvm::lower_bound(
      table, name, [](const Row &entry, llvm::StringRef wanted) {
        return entry.name.compare_insensitive(wanted) < 0;
      });
  bool found = row != table.end() && row->name.equals_insensitive(name);
  return found ? row : nullptr;
}

/// The same for a short table in any order.
template <typename Row>
const Row *scanForName(llvm::ArrayRef<Row> table, llvm::StringRef name) {
  const Row *row = llvm::find_if(table, [&](const Row &entry) {
    return entry.name.equals_insensitive(name);
  });
  return row == table.end() ? nullptr : row;
}

/// "map_lookup_elem" as "map-lookup-elem".
inline std::string hyphenate(llvm::StringRef name) {
  std::string result = name.str();
  std::replace(result.begin(), result.end(), '_', '-');
  return result;
}

/// The bit of a program kind in the recorded masks.
constexpr uint32_t kindBit(ProgramKind kind) {
  static_assert(NumProgramKinds <= 32, "masks have 32 bits");
  return uint32_t(1) << unsigned(kind);
}

} // namespace whistler::uapi

#endif // WHISTLER_LIB_UAPI_LOOKUP_H

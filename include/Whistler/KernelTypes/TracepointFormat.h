//===- TracepointFormat.h - The format files of tracefs ---------*- C++ -*-===//
// SPDX-License-Identifier: MIT
//===----------------------------------------------------------------------===//
//
// Reads how the record of a tracepoint is laid out.
//
//===----------------------------------------------------------------------===//

#ifndef WHISTLER_KERNELTYPES_TRACEPOINTFORMAT_H
#define WHISTLER_KERNELTYPES_TRACEPOINTFORMAT_H

#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"
#include <cstdint>
#include <string>
#include <vector>

namespace whistler {

/// A `field:` line of a format file.
struct TracepointField {
  std::string Name;
  /// The C type without an array's bounds: "pid_t", "const char *". What stands
  /// before the `[]` of a dynamic array is its element.
  std::string Type;
  uint32_t ByteOffset = 0; ///< From the start of the record.
  uint32_t ByteSize = 0;   ///< Of the field in the record, the whole array.
  bool IsSigned = false;
  /// Whether the field is an array in the record.
  bool IsArray = false;
  /// Whether the field is a word that tells where in the record the data lies:
  /// the offset in bits 0-15, the size in bits 16-31. With `__rel_loc` the
  /// offset counts from behind the word, else (`__data_loc`) from the start of
  /// the record.
  bool IsDataLoc = false;
  bool IsRelative = false; ///< `__rel_loc`.
};

/// What a format file says. `Fields` starts with those that all events have
/// (`common_type` and so on); programs may read these too.
struct TracepointFormat {
  std::string Name;
  std::string Path; ///< Of the file, if it was read from one.
  uint32_t Id = 0;  ///< What perf events take as `config`.
  std::vector<TracepointField> Fields;

  /// The field of that name, or null.
  const TracepointField *find(llvm::StringRef Field) const;
  /// Bytes up to the end of the last field.
  uint32_t byteSize() const;
};

/// Where the kernel has its format files.
inline constexpr llvm::StringLiteral TracepointRoot =
    "/sys/kernel/tracing/events";

/// Takes the text of a format file apart.
llvm::Expected<TracepointFormat> parseTracepointFormat(llvm::StringRef Text);

/// Reads ROOT/CATEGORY/EVENT/format. An error names the file.
llvm::Expected<TracepointFormat>
readTracepointFormat(llvm::StringRef Category, llvm::StringRef Event,
                     llvm::StringRef Root = TracepointRoot);

/// The names of the categories under `Root`, or of the events in a category;
/// sorted, empty when the folder cannot be read.
std::vector<std::string>
tracepointCategories(llvm::StringRef Root = TracepointRoot);
std::vector<std::string>
tracepointEvents(llvm::StringRef Category,
                 llvm::StringRef Root = TracepointRoot);

} // namespace whistler

#endif // WHISTLER_KERNELTYPES_TRACEPOINTFORMAT_H

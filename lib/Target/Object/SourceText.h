//===- SourceText.h - the source lines of locations -------------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Finds file, line, column and text of an instruction's location.
//
//===----------------------------------------------------------------------===//

#ifndef WHISTLER_LIB_TARGET_OBJECT_SOURCETEXT_H
#define WHISTLER_LIB_TARGET_OBJECT_SOURCETEXT_H

#include "mlir/IR/Location.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/Support/MemoryBuffer.h"

#include <vector>

namespace llvm {
class SourceMgr;
} // namespace llvm

namespace whistler {

/// Line and column count from 1.
struct SourcePlace {
  llvm::StringRef file;
  /// The line without its end; empty where the file is not to be had.
  llvm::StringRef text;
  unsigned line;
  unsigned column;
};

/// Keeps files split into lines.
class SourceText {
public:
  explicit SourceText(const llvm::SourceMgr *sources);

  /// The place of `loc`; nothing for a location that is in no file.
  std::optional<SourcePlace> lookup(mlir::Location loc);

private:
  struct File {
    std::unique_ptr<llvm::MemoryBuffer> owned;
    llvm::SmallVector<llvm::StringRef> lines;
  };
  const File &getFile(llvm::StringRef name);

  llvm::StringMap<File> files;
};

} // namespace whistler

#endif // WHISTLER_LIB_TARGET_OBJECT_SOURCETEXT_H

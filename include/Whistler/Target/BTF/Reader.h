//===- Reader.h - Reading BTF, the kernel's own included --------*- C++ -*-===//
// SPDX-License-Identifier: MIT
//===----------------------------------------------------------------------===//
//
// Indexes the types of raw BTF, or of an ELF file's .BTF section.
//
//===----------------------------------------------------------------------===//

#ifndef WHISTLER_TARGET_BTF_READER_H
#define WHISTLER_TARGET_BTF_READER_H

#include "Whistler/Target/BTF/Builder.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/Support/MemoryBuffer.h"
#include <array>
#include <memory>
#include <optional>

namespace whistler::btf {

/// The types of one BTF file.
///
/// Everything is checked when the file is opened: the extent of each type, that
/// each name lies in the string table, and that each id names a type. What the
/// accessors return can be followed without further checks. What is not
/// checked is whether types make sense together: a typedef may name itself, a
/// struct contain itself, and whoever follows ids has to bound the depth.
///
/// Names are views of the file's bytes and live as long as the Reader.
/// Split BTF (of kernel modules, which refers to that of the kernel) is not
/// read: its ids are out of range here. Not for several threads at once: the
/// indices by name are made when they are first asked for.
class Reader {
public:
  /// Reads a file: raw BTF as in /sys/kernel/btf/vmlinux, or an ELF file with a
  /// .BTF section. Errors name the file.
  static llvm::Expected<std::unique_ptr<Reader>> open(llvm::StringRef Path);

  /// The same with the file's contents. Errors do not name the file.
  static llvm::Expected<std::unique_ptr<Reader>>
  create(std::unique_ptr<llvm::MemoryBuffer> File);

  /// The number of types, `void` not counted: also the highest id.
  uint32_t typeCount() const { return Offsets.size() - 1; }

  /// The header of a type; for void one of the kind BTF_KIND_UNKN. LLVM's
  /// casts give the members of arrays, structs and enums.
  const llvm::BTF::CommonType &type(TypeId Id) const;

  /// The BTF_KIND_* of a type, BTF_KIND_UNKN of void.
  uint32_t kind(TypeId Id) const { return type(Id).getKind(); }

  /// The name of a type, "" when it has none.
  llvm::StringRef name(TypeId Id) const { return string(type(Id).NameOff); }

  /// The string at an offset that the file's types hold.
  llvm::StringRef string(uint32_t Offset) const {
    return Strings.data() + Offset;
  }

  /// The word after an integer's header (BTF_INT_ENCODING and so on).
  uint32_t intWord(TypeId Int) const;

  /// The parameters of a BTF_KIND_FUNC_PROTO. In a variadic one the last has
  /// neither name nor type.
  llvm::ArrayRef<llvm::BTF::BTFParam> params(TypeId Proto) const;

  /// The type with the lowest id that has this BTF_KIND_* and name. Searches a
  /// few times, then makes an index of the kind.
  std::optional<TypeId> find(uint32_t Kind, llvm::StringRef Name) const;

  /// The names of all types of a kind that have one, in the order of their ids.
  std::vector<llvm::StringRef> names(uint32_t Kind) const;

private:
  /// The types of one kind by their names.
  struct NameIndex {
    unsigned Searches = 0; ///< That were done without the index.
    llvm::DenseMap<llvm::StringRef, uint32_t> Ids;
  };

  Reader() = default;
  /// Finds the section in the file and takes its header apart.
  llvm::Error readHeader(llvm::StringRef Section);
  /// Fills Offsets.
  llvm::Error indexTypes();
  /// Checks each name and id within one type.
  llvm::Error checkReferences(TypeId Id) const;
  /// Whether the string at `Offset` is `Text`.
  bool isString(uint32_t Offset, llvm::StringRef Text) const;

  std::unique_ptr<llvm::MemoryBuffer> File;
  llvm::StringRef Types;         ///< The type subsection, 4-byte aligned.
  llvm::StringRef Strings;       ///< The string subsection, ends in NUL.
  std::vector<uint32_t> Offsets; ///< By id, in Types; that of void is unused.
  mutable std::array<NameIndex, 32> Indices; ///< By kind.
};

} // namespace whistler::btf

#endif // WHISTLER_TARGET_BTF_READER_H

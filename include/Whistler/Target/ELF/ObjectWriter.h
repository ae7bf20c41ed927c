//===- ObjectWriter.h - Writing BPF relocatable objects ---------*- C++ -*-===//
// SPDX-License-Identifier: MIT
//===----------------------------------------------------------------------===//
//
// Lays out sections, symbols and relocations as a little-endian EM_BPF object.
//
//===----------------------------------------------------------------------===//

#ifndef WHISTLER_TARGET_ELF_OBJECTWRITER_H
#define WHISTLER_TARGET_ELF_OBJECTWRITER_H

#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/BinaryFormat/ELF.h"
#include "llvm/Support/Error.h"
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace llvm {
class raw_ostream;
} // namespace llvm

namespace whistler::elf {

/// A handle to a section of one ObjectWriter; its value is the section's index
/// in the section header table.
struct SectionId {
  uint32_t Index = 0;
};

/// A handle to a symbol of one ObjectWriter. It is no index into the symbol
/// table: that is only known once all local symbols are.
struct SymbolId {
  uint32_t Handle = 0;
};

/// What a section is for; decides its type, flags and alignment.
enum class SectionKind : uint8_t {
  Program,  ///< Instructions: `.text` or a program section. 8-aligned.
  Data,     ///< `.data`, `.data.*`. 8-aligned.
  ReadOnly, ///< `.rodata`, `.rodata.*`. 8-aligned.
  Strings,  ///< `.rodata.str1.1`: NUL-terminated strings, which may be merged.
  Zeroed,   ///< `.bss`: has a size but no bytes in the file. 8-aligned.
  License,  ///< `license`: a NUL-terminated string.
  Maps,     ///< `.maps`: one variable for each BTF-defined map. 8-aligned.
  BTF,      ///< `.BTF`, `.BTF.ext`: not part of the program. 4-aligned.
};

/// A symbol. The defaults are those of a global data object.
struct Symbol {
  std::string Name;
  std::optional<SectionId> Section; ///< None: undefined here.
  uint64_t Value = 0;               ///< Bytes from the start of the section.
  uint64_t Size = 0;                ///< In bytes.
  uint8_t Type = llvm::ELF::STT_OBJECT;
  uint8_t Binding = llvm::ELF::STB_GLOBAL;
  uint8_t Visibility = llvm::ELF::STV_DEFAULT;
};

/// Writes one object.
///
/// The same calls in the same order give the same bytes. Nothing fails before
/// write(), which reports the first thing that is wrong: a name that cannot
/// stand in a string table, two sections or two global symbols of one name, a
/// symbol or relocation outside its section.
class ObjectWriter {
public:
  /// Adds the section `Name` with a copy of `Bytes`. Not for Zeroed.
  SectionId addSection(llvm::StringRef Name, SectionKind Kind,
                       llvm::StringRef Bytes);
  SectionId addSection(llvm::StringRef Name, SectionKind Kind,
                       llvm::ArrayRef<uint8_t> Bytes) {
    return addSection(Name, Kind, llvm::toStringRef(Bytes));
  }

  /// Adds a section of `ByteSize` zero bytes that take no space in the file.
  SectionId addZeroed(llvm::StringRef Name, uint64_t ByteSize);

  /// Adds a section with every property given. `Type` and `Flags` are those of
  /// llvm::ELF (SHT_*, SHF_*); `Align` is a power of two.
  SectionId addSection(llvm::StringRef Name, uint32_t Type, uint64_t Flags,
                       uint64_t Align, llvm::StringRef Bytes);

  SymbolId addSymbol(Symbol NewSymbol);

  /// A program or subprogram: `Size` bytes of instructions at `Value`.
  SymbolId addFunction(llvm::StringRef Name, SectionId Section, uint64_t Value,
                       uint64_t Size, bool IsGlobal = true);

  /// A map, global variable or licence: `Size` bytes at `Value`.
  SymbolId addObject(llvm::StringRef Name, SectionId Section, uint64_t Value,
                     uint64_t Size, bool IsGlobal = true);

  /// The section's own nameless symbol, for relocations relative to its start;
  /// made at the first call.
  SymbolId sectionSymbol(SectionId Section);

  /// Adds a relocation of the instruction or word at `Offset` bytes. `Type` is
  /// one of llvm::ELF::R_BPF_*:
  ///  * R_BPF_64_64: a 16-byte load of the symbol's address: a map, or data
  ///    (for data the first slot's immediate is the offset from the symbol);
  ///  * R_BPF_64_32: a call of a subprogram: the immediate is -1 when `Target`
  ///    is its FUNC symbol, (its offset / 8) - 1 when it is the section symbol
  ///    (libbpf's bpf_object__reloc_code()).
  void addRelocation(SectionId Section, uint64_t Offset, uint32_t Type,
                     SymbolId Target);

  /// Writes the object.
  llvm::Error write(llvm::raw_ostream &OS) const;
  /// Replaces the contents of `Out` by the object.
  llvm::Error write(llvm::SmallVectorImpl<char> &Out) const;

private:
  struct Relocation {
    uint64_t Offset;
    uint32_t Type;
    SymbolId Target;
  };
  struct Section {
    std::string Name;
    uint32_t Type;
    uint64_t Flags;
    uint64_t Align;
    std::string Bytes;
    uint64_t Size;      ///< That of Bytes, except in a section of zeros.
    uint64_t EntrySize; ///< Bytes of an entry, where all have the same size.
    std::optional<SymbolId> OwnSymbol;
    std::vector<Relocation> Relocations;
  };
  class Layout;

  Section &at(SectionId Id);
  llvm::Error checkSections() const;
  llvm::Error checkSymbols() const;
  llvm::Error checkRelocations() const;

  std::vector<Section> Sections;
  std::vector<Symbol> Symbols;
};

} // namespace whistler::elf

#endif // WHISTLER_TARGET_ELF_OBJECTWRITER_H

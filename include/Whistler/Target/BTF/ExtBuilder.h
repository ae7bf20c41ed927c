//===- ExtBuilder.h - Building the .BTF.ext section -------------*- C++ -*-===//
// SPDX-License-Identifier: MIT
//===----------------------------------------------------------------------===//
//
// Collects function, line and CO-RE records and serialises them as .BTF.ext.
//
//===----------------------------------------------------------------------===//

#ifndef WHISTLER_TARGET_BTF_EXTBUILDER_H
#define WHISTLER_TARGET_BTF_EXTBUILDER_H

#include "Whistler/Target/BTF/Builder.h"
#include <array>
#include <map>

namespace whistler::btf {

/// Where in the source an instruction comes from.
struct SourceLine {
  llvm::StringRef File;
  llvm::StringRef Text; ///< The source line; a line end is cut off.
  uint32_t Line = 0;    ///< From 1; 0 for none. Saturates at MaxLine.
  uint32_t Column = 0;  ///< From 1; 0 for none. Saturates at MaxColumn.
};

/// The line number has 22 bits and the column 10 (Documentation/bpf/btf.rst,
/// BPF_LINE_INFO_LINE_NUM and BPF_LINE_INFO_LINE_COL).
inline constexpr uint32_t MaxLine = (1u << 22) - 1;
inline constexpr uint32_t MaxColumn = (1u << 10) - 1;

/// Builds one .BTF.ext section.
///
/// Records may be added in any order. Offsets are in bytes from the start of
/// the ELF section with the given name, multiples of 8, and must be those of an
/// instruction's first slot (the kernel's check_btf_line() rejects the second
/// slot of a 16-byte load): the caller guarantees the latter.
///
/// What the kernel asks of line records is guaranteed here:
///  * offsets rise strictly: of several records at one offset the last added
///    counts; a record that repeats its predecessor is left out;
///  * each function has one at its first instruction: when there is none, the
///    function's next record is taken for it, and a function without any gets
///    line 0 of no file. (check_btf_line(): a program has either no line
///    information, or every one of its subprograms starts with a record.)
///
/// Mistakes are remembered in the Builder of the types, and write() returns the
/// first.
class ExtBuilder {
public:
  /// `Types` owns the string table and must outlive this object.
  explicit ExtBuilder(Builder &Types) : Types(Types) {}

  /// The function `Func` (from Builder::addFunc) starts at `Offset`. The kernel
  /// wants this of every function of a program, or of none (check_btf_func()).
  void addFunction(llvm::StringRef Section, uint32_t Offset, TypeId Func);

  /// The instruction at `Offset`, and those after it up to the next record,
  /// come from `Source`.
  void addLine(llvm::StringRef Section, uint32_t Offset,
               const SourceLine &Source);

  /// The instruction at `Offset` is to be adapted to the running kernel's
  /// layout of `Type`; `Access` is the path in it, e.g. "0:1:2". At most one
  /// for each instruction.
  void addRelocation(llvm::StringRef Section, uint32_t Offset, TypeId Type,
                     llvm::StringRef Access,
                     llvm::BTF::PatchableRelocKind Kind);

  /// Whether there is nothing to write. An object then needs no .BTF.ext.
  bool empty() const { return Sections.empty(); }

  /// Replaces the contents of `Out` by the section, or returns the first
  /// mistake made in this object or its Builder.
  llvm::Error write(llvm::SmallVectorImpl<char> &Out) const;

private:
  /// What follows the offset in a record; unused words are 0.
  using RecordWords = std::array<uint32_t, 3>;
  /// Keyed by the instruction's offset in bytes.
  using Records = std::map<uint32_t, RecordWords>;
  struct Section {
    uint32_t NameOffset;
    Records Functions, Lines, Relocations;
  };

  /// The records of the ELF section `Name`, after checking that one may be at
  /// `Offset`.
  Section &at(llvm::StringRef Name, uint32_t Offset);
  /// The line records of `From` with those added and left out as promised
  /// above.
  static Records completedLines(const Section &From);
  /// Appends one subsection to `Out`.
  static void writeRecords(llvm::SmallVectorImpl<char> &Out,
                           llvm::ArrayRef<Section> Sections,
                           Records Section::*List, unsigned RecordSize);

  Builder &Types;
  std::vector<Section> Sections; ///< In the order of their first mention.
  llvm::StringMap<unsigned> SectionIndex; ///< Name to place in Sections.
};

} // namespace whistler::btf

#endif // WHISTLER_TARGET_BTF_EXTBUILDER_H

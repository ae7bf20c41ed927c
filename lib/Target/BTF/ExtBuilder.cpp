//===- ExtBuilder.cpp - Building the .BTF.ext section -----------*- C++ -*-===//
// SPDX-License-Identifier: MIT
//===----------------------------------------------------------------------===//
//
// Orders and completes the records of .BTF.ext and writes them.
//
//===----------------------------------------------------------------------===//

#include "Whistler/Target/BTF/ExtBuilder.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/EndianStream.h"
#include "llvm/Support/raw_ostream.h"
#include <algorithm>

using namespace llvm;
using namespace whistler::btf;

/// The bytes of one instruction slot: every record's offset is a multiple.
static constexpr uint32_t SlotSize = 8;

ExtBuilder::Section &ExtBuilder::at(StringRef Name, uint32_t Offset) {
  if (Offset % SlotSize != 0)
    Types.fail("a .BTF.ext record of the section '" + Name + "' is at byte " +
               Twine(Offset) + ", which is not the start of an instruction");
  auto [It, IsNew] = SectionIndex.try_emplace(Name, Sections.size());
  if (IsNew)
    Sections.push_back({Types.addString(Name), {}, {}, {}});
  return Sections[It->second];
}

void ExtBuilder::addFunction(StringRef Section, uint32_t Offset, TypeId Func) {
  if (Types.kindOf(Func) != BTF::BTF_KIND_FUNC)
    Types.fail("the function at byte " + Twine(Offset) + " of the section '" +
               Section + "' has a type that is no function");
  RecordWords Words = {Func.Value, 0, 0};
  if (!at(Section, Offset).Functions.try_emplace(Offset, Words).second)
    Types.fail("two functions at byte " + Twine(Offset) + " of the section '" +
               Section + "'");
}

void ExtBuilder::addLine(StringRef Section, uint32_t Offset,
                         const SourceLine &Source) {
  uint32_t Line = std::min(Source.Line, MaxLine);
  uint32_t Column = std::min(Source.Column, MaxColumn);
  at(Section, Offset).Lines[Offset] = {
      Types.addString(Source.File), Types.addString(Source.Text.rtrim("\r\n")),
      Line << 10 | Column};
}

void ExtBuilder::addRelocation(StringRef Section, uint32_t Offset, TypeId Type,
                               StringRef Access, BTF::PatchableRelocKind Kind) {
  // libbpf's bpf_core_parse_spec() takes neither void nor an empty path.
  if (Access.empty())
    Types.fail("a CO-RE relocation needs an access path, such as \"0\"");
  RecordWords Words = {Types.useNonVoid(Type, "CO-RE relocation"),
                       Types.addString(Access), uint32_t(Kind)};
  if (!at(Section, Offset).Relocations.try_emplace(Offset, Words).second)
    Types.fail("two CO-RE relocations at byte " + Twine(Offset) +
               " of the section '" + Section + "'");
}

ExtBuilder::Records ExtBuilder::completedLines(const Section &From) {
  Records Lines = From.Lines;
  for (auto It = From.Functions.begin(); It != From.Functions.end(); ++It) {
    auto NextFunction = std::next(It);
    auto Line = Lines.lower_bound(It->first);
    bool HasLine =
        Line != Lines.end() && (NextFunction == From.Functions.end() ||
                                Line->first < NextFunction->first);
    Lines.try_emplace(It->first, HasLine ? Line->second : RecordWords{});
  }
  const RecordWords *InForce = nullptr;
  for (auto It = Lines.begin(); It != Lines.end();) {
    bool Repeats = InForce && It->second == *InForce;
    if (Repeats && !From.Functions.count(It->first)) {
      It = Lines.erase(It);
      continue;
    }
    InForce = &It->second;
    ++It;
  }
  return Lines;
}

void ExtBuilder::writeRecords(SmallVectorImpl<char> &Out,
                              ArrayRef<Section> Sections,
                              Records Section::*List, unsigned RecordSize) {
  auto HasRecords = [&](const Section &S) { return !(S.*List).empty(); };
  // libbpf ignores a subsection of length 0 but refuses one that holds nothing
  // but the record size (btf_ext_setup_info()).
  if (none_of(Sections, HasRecords))
    return;
  raw_svector_ostream OS(Out);
  support::endian::Writer W(OS, endianness::little);
  W.write<uint32_t>(RecordSize);
  for (const Section &S : make_filter_range(Sections, HasRecords)) {
    W.write<uint32_t>(S.NameOffset);
    W.write<uint32_t>((S.*List).size());
    for (const auto &[Offset, Words] : S.*List) {
      W.write<uint32_t>(Offset);
      W.write<uint32_t>(
          ArrayRef(Words).take_front(RecordSize / sizeof(uint32_t) - 1));
    }
  }
}

// The section (Documentation/bpf/btf.rst, ".BTF.ext section"):
//
//   0   u16 magic, u8 version, u8 flags
//   4   u32 header length (32)
//   8   u32 offset, u32 length of the function records
//   16  u32 offset, u32 length of the line records
//   24  u32 offset, u32 length of the CO-RE relocations
//   32  the three subsections in this order, each either empty or
//         u32 record size, then for each ELF section
//         u32 section name, u32 number of records, records
//
// Offsets count from the end of the header, names are offsets in .BTF's
// strings. A record starts with the instruction's byte offset in its section.
Error ExtBuilder::write(SmallVectorImpl<char> &Out) const {
  if (!Types.FirstMistake.empty())
    return createStringError(Types.FirstMistake);
  std::vector<Section> Complete = Sections;
  if (any_of(Complete, [](const Section &S) { return !S.Lines.empty(); }))
    for (Section &S : Complete)
      S.Lines = completedLines(S);

  SmallVector<char> Body;
  SmallVector<uint32_t, 4> Ends;
  writeRecords(Body, Complete, &Section::Functions, BTF::BPFFuncInfoSize);
  Ends.push_back(Body.size());
  writeRecords(Body, Complete, &Section::Lines, BTF::BPFLineInfoSize);
  Ends.push_back(Body.size());
  writeRecords(Body, Complete, &Section::Relocations, BTF::BPFFieldRelocSize);
  Ends.push_back(Body.size());

  Out.clear();
  raw_svector_ostream OS(Out);
  support::endian::Writer W(OS, endianness::little);
  W.write<uint16_t>(BTF::MAGIC);
  W.write<uint8_t>(BTF::VERSION);
  W.write<uint8_t>(0);
  W.write<uint32_t>(BTF::ExtHeaderSize);
  uint32_t Start = 0;
  for (uint32_t End : Ends) {
    W.write<uint32_t>(Start);
    W.write<uint32_t>(End - Start);
    Start = End;
  }
  OS << StringRef(Body.data(), Body.size());
  return Error::success();
}

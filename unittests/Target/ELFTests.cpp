//===- ELFTests.cpp - Tests of the object writer ----------------*- C++ -*-===//
// SPDX-License-Identifier: MIT
//===----------------------------------------------------------------------===//
//
// Reads objects back with LLVM's own readers and checks every refusal.
//
//===----------------------------------------------------------------------===//

#include "Whistler/Target/ELF/ObjectWriter.h"
#include "XdpCounter.h"
#include "llvm/DebugInfo/BTF/BTFParser.h"
#include "llvm/Object/ELFObjectFile.h"
#include "gtest/gtest.h"

using namespace llvm;
using namespace whistler;
using elf::ObjectWriter;
using elf::SectionKind;
using ELFFile = object::ELFFile<object::ELF64LE>;

static StringRef stringOf(ArrayRef<char> Bytes) {
  return {Bytes.data(), Bytes.size()};
}

static ELFFile parse(ArrayRef<char> Bytes) {
  return cantFail(ELFFile::create(stringOf(Bytes)));
}

static std::string mistakeOf(const ObjectWriter &Object) {
  SmallVector<char> Out;
  return toString(Object.write(Out));
}

TEST(ELFObjectWriter, CounterHasItsSections) {
  SmallVector<char> Bytes;
  ASSERT_EQ(toString(buildXdpCounter(Bytes)), "");
  ELFFile File = parse(Bytes);
  EXPECT_EQ(File.getHeader().e_machine, ELF::EM_BPF);
  EXPECT_EQ(File.getHeader().e_type, ELF::ET_REL);
  std::vector<std::string> Names;
  for (const auto &Section : cantFail(File.sections())) {
    Names.push_back(cantFail(File.getSectionName(Section)).str());
    EXPECT_EQ(Section.sh_offset % std::max<uint64_t>(Section.sh_addralign, 1),
              0u);
  }
  EXPECT_EQ(Names, (std::vector<std::string>{"", "xdp", ".maps", "license",
                                             ".BTF", ".BTF.ext", ".relxdp",
                                             ".symtab", ".strtab"}));
}

TEST(ELFObjectWriter, CounterRelocatesItsMap) {
  SmallVector<char> Bytes;
  ASSERT_EQ(toString(buildXdpCounter(Bytes)), "");
  auto Object = cantFail(object::ObjectFile::createELFObjectFile(
      MemoryBufferRef(stringOf(Bytes), "counter.o")));
  unsigned Count = 0;
  for (const object::SectionRef &Section : Object->sections())
    for (const object::RelocationRef &Relocation : Section.relocations()) {
      ++Count;
      EXPECT_EQ(Relocation.getOffset(), 24u);
      EXPECT_EQ(Relocation.getType(), ELF::R_BPF_64_64);
      EXPECT_EQ(cantFail(Relocation.getSymbol()->getName()), "pkt_count");
      EXPECT_EQ(cantFail(cantFail(Section.getRelocatedSection())->getName()),
                "xdp");
    }
  EXPECT_EQ(Count, 1u);
}

TEST(ELFObjectWriter, CounterHasReadableBTF) {
  SmallVector<char> Bytes;
  ASSERT_EQ(toString(buildXdpCounter(Bytes)), "");
  auto Object = cantFail(object::ObjectFile::createELFObjectFile(
      MemoryBufferRef(stringOf(Bytes), "counter.o")));
  BTFParser Parser;
  ASSERT_EQ(toString(Parser.parse(*Object)), "");
  uint64_t Program = 0;
  for (const object::SectionRef &Section : Object->sections())
    if (cantFail(Section.getName()) == "xdp")
      Program = Section.getIndex();
  const BTF::BPFLineInfo *Line = Parser.findLineInfo({72, Program});
  ASSERT_NE(Line, nullptr);
  EXPECT_EQ(Parser.findString(Line->FileNameOff), "count.lisp");
  EXPECT_EQ(Parser.findString(Line->LineOff), "  XDP_PASS)");
  EXPECT_EQ(Line->getLine(), 5u);
  EXPECT_EQ(Line->getCol(), 3u);
  const BTF::CommonType *Last = Parser.findType(Parser.typesCount() - 1);
  ASSERT_NE(Last, nullptr);
  EXPECT_EQ(Last->getKind(), BTF::BTF_KIND_FUNC);
  EXPECT_EQ(Parser.findString(Last->NameOff), "count");
}

TEST(ELFObjectWriter, SameInputSameBytes) {
  SmallVector<char> First, Second;
  ASSERT_EQ(toString(buildXdpCounter(First)), "");
  ASSERT_EQ(toString(buildXdpCounter(Second)), "");
  EXPECT_EQ(First, Second);
}

TEST(ELFObjectWriter, LocalSymbolsComeFirst) {
  ObjectWriter Object;
  elf::SectionId Text =
      Object.addSection(".text", SectionKind::Program, std::string(16, '\0'));
  Object.addFunction("global", Text, 0, 8);
  elf::SymbolId Local = Object.addFunction("local", Text, 8, 8,
                                           /*IsGlobal=*/false);
  Object.addRelocation(Text, 0, ELF::R_BPF_64_32, Local);
  Object.addRelocation(Text, 8, ELF::R_BPF_64_32, Object.sectionSymbol(Text));
  Object.sectionSymbol(Text);
  SmallVector<char> Bytes;
  ASSERT_EQ(toString(Object.write(Bytes)), "");
  ELFFile File = parse(Bytes);
  auto Sections = cantFail(File.sections());
  const auto &Table = Sections[3];
  EXPECT_EQ(Table.sh_type, ELF::SHT_SYMTAB);
  EXPECT_EQ(Table.sh_info, 3u);
  auto Symbols = cantFail(File.symbols(&Table));
  ASSERT_EQ(Symbols.size(), 4u);
  StringRef Strings = cantFail(File.getStringTableForSymtab(Table));
  EXPECT_EQ(cantFail(Symbols[1].getName(Strings)), "local");
  EXPECT_EQ(Symbols[2].getType(), ELF::STT_SECTION);
  EXPECT_EQ(cantFail(Symbols[3].getName(Strings)), "global");
  auto Relocations = cantFail(File.rels(Sections[2]));
  EXPECT_EQ(Relocations[0].getSymbol(false), 1u);
  EXPECT_EQ(Relocations[1].getSymbol(false), 2u);
}

TEST(ELFObjectWriter, ZeroedSectionTakesNoSpace) {
  ObjectWriter Object;
  elf::SectionId Bss = Object.addZeroed(".bss", 1 << 20);
  Object.addObject("big", Bss, 0, 1 << 20);
  SmallVector<char> Bytes;
  ASSERT_EQ(toString(Object.write(Bytes)), "");
  EXPECT_LT(Bytes.size(), 1024u);
  const auto &Section = cantFail(parse(Bytes).sections())[1];
  EXPECT_EQ(Section.sh_type, ELF::SHT_NOBITS);
  EXPECT_EQ(Section.sh_size, 1u << 20);
}

TEST(ELFObjectWriter, StringsMayBeMerged) {
  ObjectWriter Object;
  Object.addSection(".rodata.str1.1", SectionKind::Strings,
                    StringRef("abc", 4));
  SmallVector<char> Bytes;
  ASSERT_EQ(toString(Object.write(Bytes)), "");
  const auto &Section = cantFail(parse(Bytes).sections())[1];
  EXPECT_EQ(Section.sh_flags,
            uint64_t(ELF::SHF_ALLOC | ELF::SHF_MERGE | ELF::SHF_STRINGS));
  EXPECT_EQ(Section.sh_entsize, 1u);
  EXPECT_EQ(Section.sh_addralign, 1u);
}

TEST(ELFObjectWriter, UndefinedSymbol) {
  ObjectWriter Object;
  elf::Symbol Extern;
  Extern.Name = "bpf_kfunc";
  Extern.Type = ELF::STT_NOTYPE;
  Object.addSymbol(Extern);
  SmallVector<char> Bytes;
  ASSERT_EQ(toString(Object.write(Bytes)), "");
  ELFFile File = parse(Bytes);
  auto Symbols = cantFail(File.symbols(&cantFail(File.sections())[1]));
  EXPECT_TRUE(Symbols[1].isUndefined());
}

TEST(ELFObjectWriter, RefusesNamesThatNoTableHolds) {
  ObjectWriter Section;
  Section.addSection(StringRef("x\0p", 3), SectionKind::Program, StringRef());
  EXPECT_EQ(mistakeOf(Section),
            "the name of the section 'x...' contains a NUL byte; remove it");

  ObjectWriter Symbols;
  elf::SectionId Text =
      Symbols.addSection(".text", SectionKind::Program, StringRef());
  Symbols.addFunction(StringRef("f\0g", 3), Text, 0, 0);
  EXPECT_EQ(mistakeOf(Symbols),
            "the name of the symbol 'f...' contains a NUL byte; remove it");

  ObjectWriter Nameless;
  Nameless.addSection("", SectionKind::Program, StringRef());
  EXPECT_EQ(mistakeOf(Nameless), "a section has no name");
}

TEST(ELFObjectWriter, RefusesDoubleNames) {
  ObjectWriter Sections;
  Sections.addSection("xdp", SectionKind::Program, StringRef());
  Sections.addSection("xdp", SectionKind::Program, StringRef());
  EXPECT_EQ(mistakeOf(Sections), "two sections are named 'xdp'");

  ObjectWriter Own;
  Own.addSection(".symtab", SectionKind::Data, StringRef());
  EXPECT_EQ(mistakeOf(Own), "two sections are named '.symtab'");

  ObjectWriter Symbols;
  elf::SectionId Text =
      Symbols.addSection(".text", SectionKind::Program, StringRef());
  Symbols.addFunction("f", Text, 0, 0);
  Symbols.addFunction("f", Text, 0, 0);
  EXPECT_EQ(mistakeOf(Symbols), "two global symbols are named 'f'");
}

TEST(ELFObjectWriter, RefusesWhatLiesOutside) {
  ObjectWriter Symbols;
  elf::SectionId Text =
      Symbols.addSection(".text", SectionKind::Program, std::string(8, '\0'));
  elf::SymbolId F = Symbols.addFunction("f", Text, 0, 8);
  EXPECT_EQ(mistakeOf(Symbols), "");
  Symbols.addRelocation(Text, 0, ELF::R_BPF_64_64, F);
  EXPECT_EQ(mistakeOf(Symbols),
            "a relocation is at byte 0, beyond the section '.text'");
  Symbols.addFunction("g", Text, 8, 1);
  EXPECT_EQ(mistakeOf(Symbols),
            "the symbol 'g' ends beyond its section '.text'");
}

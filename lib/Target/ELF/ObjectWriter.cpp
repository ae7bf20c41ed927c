//===- ObjectWriter.cpp - Writing BPF relocatable objects -------*- C++ -*-===//
// SPDX-License-Identifier: MIT
//===----------------------------------------------------------------------===//
//
// Checks an object's parts, gives each its place in the file, and writes it.
//
//===----------------------------------------------------------------------===//

#include "Whistler/Target/ELF/ObjectWriter.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/MC/StringTableBuilder.h"
#include "llvm/Object/ELFTypes.h"
#include "llvm/Support/MathExtras.h"
#include "llvm/Support/raw_ostream.h"

using namespace llvm;
using namespace whistler::elf;
using Header = object::ELF64LE::Ehdr;
using SectionHeader = object::ELF64LE::Shdr;
using SymbolEntry = object::ELF64LE::Sym;
using RelocationEntry = object::ELF64LE::Rel;

/// Alignment of all tables of 64-bit entries in the file.
static constexpr uint64_t TableAlign = 8;
static constexpr StringRef SymbolTableName = ".symtab";
static constexpr StringRef StringTableName = ".strtab";

namespace {
/// What a SectionKind stands for.
struct SectionTraits {
  uint32_t Type;
  uint64_t Flags;
  uint64_t Align;
  uint64_t EntrySize = 0;
};

/// How many bytes a relocation is about.
struct RelocationTraits {
  uint32_t Type;
  uint64_t Width;
};
} // namespace

/// Indexed by SectionKind. Types and flags are clang's. libbpf takes a section
/// for a program when it is executable, for data by its name and for
/// uninitialised data when it is SHT_NOBITS (bpf_object__elf_collect()).
static constexpr SectionTraits KindTable[] = {
    /*Program*/ {ELF::SHT_PROGBITS, ELF::SHF_ALLOC | ELF::SHF_EXECINSTR, 8},
    /*Data*/ {ELF::SHT_PROGBITS, ELF::SHF_ALLOC | ELF::SHF_WRITE, 8},
    /*ReadOnly*/ {ELF::SHT_PROGBITS, ELF::SHF_ALLOC, 8},
    /*Strings*/
    {ELF::SHT_PROGBITS, ELF::SHF_ALLOC | ELF::SHF_MERGE | ELF::SHF_STRINGS, 1,
     /*EntrySize=*/1},
    /*Zeroed*/ {ELF::SHT_NOBITS, ELF::SHF_ALLOC | ELF::SHF_WRITE, 8},
    /*License*/ {ELF::SHT_PROGBITS, ELF::SHF_ALLOC | ELF::SHF_WRITE, 1},
    /*Maps*/ {ELF::SHT_PROGBITS, ELF::SHF_ALLOC | ELF::SHF_WRITE, 8},
    /*BTF*/ {ELF::SHT_PROGBITS, 0, 4},
};

/// R_BPF_64_64 spans both slots of a 16-byte load.
static constexpr RelocationTraits RelocationTable[] = {
    {ELF::R_BPF_64_64, 16},      {ELF::R_BPF_64_32, 8},
    {ELF::R_BPF_64_ABS64, 8},    {ELF::R_BPF_64_ABS32, 4},
    {ELF::R_BPF_64_NODYLD32, 4},
};

static std::string relocationSectionName(StringRef Name) {
  return (".rel" + Name).str();
}

//===----------------------------------------------------------------------===//
// Collecting
//===----------------------------------------------------------------------===//

ObjectWriter::Section &ObjectWriter::at(SectionId Id) {
  assert(Id.Index != 0 && Id.Index <= Sections.size() && "foreign section");
  return Sections[Id.Index - 1];
}

SectionId ObjectWriter::addSection(StringRef Name, SectionKind Kind,
                                   StringRef Bytes) {
  const SectionTraits &Traits = KindTable[static_cast<size_t>(Kind)];
  SectionId Id =
      addSection(Name, Traits.Type, Traits.Flags, Traits.Align, Bytes);
  Sections.back().EntrySize = Traits.EntrySize;
  return Id;
}

SectionId ObjectWriter::addZeroed(StringRef Name, uint64_t ByteSize) {
  SectionId Id = addSection(Name, SectionKind::Zeroed, StringRef());
  Sections.back().Size = ByteSize;
  return Id;
}

SectionId ObjectWriter::addSection(StringRef Name, uint32_t Type,
                                   uint64_t Flags, uint64_t Align,
                                   StringRef Bytes) {
  Sections.push_back({Name.str(), Type, Flags, Align, Bytes.str(), Bytes.size(),
                      /*EntrySize=*/0, /*OwnSymbol=*/std::nullopt,
                      /*Relocations=*/{}});
  // Section header 0 is the null section.
  return {uint32_t(Sections.size())};
}

SymbolId ObjectWriter::addSymbol(Symbol NewSymbol) {
  Symbols.push_back(std::move(NewSymbol));
  return {uint32_t(Symbols.size() - 1)};
}

SymbolId ObjectWriter::addFunction(StringRef Name, SectionId Section,
                                   uint64_t Value, uint64_t Size,
                                   bool IsGlobal) {
  uint8_t Binding = IsGlobal ? ELF::STB_GLOBAL : ELF::STB_LOCAL;
  return addSymbol({Name.str(), Section, Value, Size, ELF::STT_FUNC, Binding});
}

SymbolId ObjectWriter::addObject(StringRef Name, SectionId Section,
                                 uint64_t Value, uint64_t Size, bool IsGlobal) {
  uint8_t Binding = IsGlobal ? ELF::STB_GLOBAL : ELF::STB_LOCAL;
  return addSymbol(
      {Name.str(), Section, Value, Size, ELF::STT_OBJECT, Binding});
}

SymbolId ObjectWriter::sectionSymbol(SectionId Section) {
  std::optional<SymbolId> &Own = at(Section).OwnSymbol;
  if (!Own)
    Own = addSymbol({"", Section, 0, 0, ELF::STT_SECTION, ELF::STB_LOCAL});
  return *Own;
}

void ObjectWriter::addRelocation(SectionId Section, uint64_t Offset,
                                 uint32_t Type, SymbolId Target) {
  at(Section).Relocations.push_back({Offset, Type, Target});
}

//===----------------------------------------------------------------------===//
// Checking
//===----------------------------------------------------------------------===//

/// A string table ends each string at its first NUL.
static Error checkName(StringRef Name, StringRef What) {
  if (Name.empty())
    return createStringError("a " + What + " has no name");
  size_t Nul = Name.find('\0');
  if (Nul == StringRef::npos)
    return Error::success();
  return createStringError("the name of the " + What + " '" +
                           Name.take_front(Nul) +
                           "...' contains a NUL byte; remove it");
}

Error ObjectWriter::checkSections() const {
  StringSet<> Names;
  Names.insert(SymbolTableName);
  Names.insert(StringTableName);
  for (const Section &S : Sections) {
    if (Error E = checkName(S.Name, "section"))
      return E;
    bool IsNew = Names.insert(S.Name).second;
    if (!S.Relocations.empty())
      IsNew &= Names.insert(relocationSectionName(S.Name)).second;
    if (!IsNew)
      return createStringError("two sections are named '" + S.Name + "'");
    if (!isPowerOf2_64(S.Align))
      return createStringError("the alignment of the section '" + S.Name +
                               "' is not a power of two");
    if (S.Type == ELF::SHT_NOBITS && !S.Bytes.empty())
      return createStringError("the section '" + S.Name +
                               "' holds only zeros but was given bytes");
  }
  // Every section may need a second one, and three are always there.
  if (Sections.size() * 2 + 3 >= ELF::SHN_LORESERVE)
    return createStringError("the object has too many sections");
  return Error::success();
}

Error ObjectWriter::checkSymbols() const {
  StringSet<> Globals;
  for (const Symbol &S : Symbols) {
    if (S.Type != ELF::STT_SECTION)
      if (Error E = checkName(S.Name, "symbol"))
        return E;
    bool IsGlobal = S.Binding != ELF::STB_LOCAL;
    if (IsGlobal && !Globals.insert(S.Name).second)
      return createStringError("two global symbols are named '" + S.Name + "'");
    if (!S.Section)
      continue;
    uint64_t Limit = Sections[S.Section->Index - 1].Size;
    if (S.Value > Limit || S.Size > Limit - S.Value)
      return createStringError("the symbol '" + S.Name +
                               "' ends beyond its section '" +
                               Sections[S.Section->Index - 1].Name + "'");
  }
  return Error::success();
}

Error ObjectWriter::checkRelocations() const {
  for (const Section &S : Sections)
    for (const Relocation &R : S.Relocations) {
      const RelocationTraits *Traits =
          find_if(RelocationTable,
                  [&](const RelocationTraits &T) { return T.Type == R.Type; });
      if (Traits == std::end(RelocationTable))
        return createStringError("a relocation of the section '" + S.Name +
                                 "' has the unknown type " + Twine(R.Type));
      if (R.Offset > S.Bytes.size() ||
          Traits->Width > S.Bytes.size() - R.Offset)
        return createStringError("a relocation is at byte " + Twine(R.Offset) +
                                 ", beyond the section '" + S.Name + "'");
    }
  return Error::success();
}

//===----------------------------------------------------------------------===//
// Writing
//===----------------------------------------------------------------------===//

namespace {
/// One section as it will stand in the file.
struct PlacedSection {
  std::string Name;
  SectionHeader Shdr;
  std::string Bytes;
};
} // namespace

template <typename Entry> static std::string tableBytes(ArrayRef<Entry> Table) {
  return {reinterpret_cast<const char *>(Table.data()),
          Table.size() * sizeof(Entry)};
}

static SectionHeader makeHeader(uint32_t Type, uint64_t Flags, uint64_t Align,
                                uint64_t Size) {
  SectionHeader Shdr = {};
  Shdr.sh_type = Type;
  Shdr.sh_flags = Flags;
  Shdr.sh_addralign = Align;
  Shdr.sh_size = Size;
  return Shdr;
}

// The file:
//
//   0     ELF header
//   64    the sections in the order they were added, each at its alignment
//   ..    .rel<section> for each that has relocations, in the same order
//   ..    .symtab: null, the local symbols, the global symbols; both in the
//         order they were added, as libbpf does not ask for any other
//   ..    .strtab: names of sections and symbols, in one table
//   ..    section headers: null, then the sections in the order of the file
//
// All gaps are zero.
class ObjectWriter::Layout {
public:
  explicit Layout(const ObjectWriter &Object);
  void write(raw_ostream &OS);

private:
  void orderSymbols();
  void placeRelocations(uint32_t SymbolTableIndex);
  void placeSymbolTable(uint32_t StringTableIndex);
  void placeStringTable();
  uint64_t assignOffsets();
  Header makeFileHeader(uint64_t SectionTableOffset) const;

  const ObjectWriter &Object;
  StringTableBuilder Strings{StringTableBuilder::ELF};
  std::vector<PlacedSection> Placed;
  /// Handles of Object.Symbols as they stand in the symbol table, and for each
  /// handle its index there.
  std::vector<uint32_t> Order, IndexOf;
  uint32_t LocalCount = 0;
};

ObjectWriter::Layout::Layout(const ObjectWriter &Object) : Object(Object) {
  orderSymbols();
  size_t RelocatedCount = count_if(
      Object.Sections, [](const Section &S) { return !S.Relocations.empty(); });
  uint32_t SymbolTableIndex = 1 + Object.Sections.size() + RelocatedCount;
  for (const Section &S : Object.Sections) {
    Placed.push_back(
        {S.Name, makeHeader(S.Type, S.Flags, S.Align, S.Size), S.Bytes});
    Placed.back().Shdr.sh_entsize = S.EntrySize;
  }
  placeRelocations(SymbolTableIndex);

  // StringTableBuilder keeps references: all names must be in place before the
  // first one is added.
  Placed.push_back({SymbolTableName.str(), {}, {}});
  Placed.push_back({StringTableName.str(), {}, {}});
  for (const PlacedSection &P : Placed)
    Strings.add(P.Name);
  for (const Symbol &S : Object.Symbols)
    Strings.add(S.Name);
  Strings.finalize();
  placeSymbolTable(SymbolTableIndex + 1);
  placeStringTable();
  for (PlacedSection &P : Placed)
    P.Shdr.sh_name = Strings.getOffset(P.Name);
}

void ObjectWriter::Layout::orderSymbols() {
  auto Append = [&](bool WantLocal) {
    for (auto [Handle, S] : enumerate(Object.Symbols))
      if ((S.Binding == ELF::STB_LOCAL) == WantLocal)
        Order.push_back(Handle);
  };
  Append(/*WantLocal=*/true);
  LocalCount = Order.size();
  Append(/*WantLocal=*/false);
  IndexOf.resize(Order.size());
  for (auto [Index, Handle] : enumerate(Order))
    IndexOf[Handle] = Index + 1;
}

void ObjectWriter::Layout::placeRelocations(uint32_t SymbolTableIndex) {
  for (auto [Index, S] : enumerate(Object.Sections)) {
    if (S.Relocations.empty())
      continue;
    std::vector<RelocationEntry> Table;
    for (const Relocation &R : S.Relocations) {
      RelocationEntry &Entry = Table.emplace_back();
      Entry.r_offset = R.Offset;
      Entry.setSymbolAndType(IndexOf[R.Target.Handle], R.Type,
                             /*IsMips64EL=*/false);
    }
    std::string Bytes = tableBytes<RelocationEntry>(Table);
    SectionHeader Shdr =
        makeHeader(ELF::SHT_REL, ELF::SHF_INFO_LINK, TableAlign, Bytes.size());
    Shdr.sh_link = SymbolTableIndex;
    Shdr.sh_info = Index + 1;
    Shdr.sh_entsize = sizeof(RelocationEntry);
    Placed.push_back({relocationSectionName(S.Name), Shdr, std::move(Bytes)});
  }
}

void ObjectWriter::Layout::placeSymbolTable(uint32_t StringTableIndex) {
  std::vector<SymbolEntry> Table(1);
  Table.front() = {};
  for (uint32_t Handle : Order) {
    const Symbol &S = Object.Symbols[Handle];
    SymbolEntry Entry = {};
    // A section symbol goes by its section's name.
    Entry.st_name = S.Name.empty() ? 0 : Strings.getOffset(S.Name);
    Entry.setBindingAndType(S.Binding, S.Type);
    Entry.setVisibility(S.Visibility);
    Entry.st_shndx = S.Section ? S.Section->Index : unsigned(ELF::SHN_UNDEF);
    Entry.st_value = S.Value;
    Entry.st_size = S.Size;
    Table.push_back(Entry);
  }
  PlacedSection &Target = Placed[Placed.size() - 2];
  Target.Bytes = tableBytes<SymbolEntry>(Table);
  Target.Shdr = makeHeader(ELF::SHT_SYMTAB, 0, TableAlign, Target.Bytes.size());
  Target.Shdr.sh_link = StringTableIndex;
  // One more than the index of the last local symbol.
  Target.Shdr.sh_info = LocalCount + 1;
  Target.Shdr.sh_entsize = sizeof(SymbolEntry);
}

void ObjectWriter::Layout::placeStringTable() {
  PlacedSection &Target = Placed.back();
  raw_string_ostream OS(Target.Bytes);
  Strings.write(OS);
  Target.Shdr = makeHeader(ELF::SHT_STRTAB, 0, 1, Target.Bytes.size());
}

/// Gives every section its offset in the file and returns that of the section
/// headers.
uint64_t ObjectWriter::Layout::assignOffsets() {
  uint64_t Offset = sizeof(Header);
  for (PlacedSection &P : Placed) {
    Offset = alignTo(Offset, P.Shdr.sh_addralign);
    P.Shdr.sh_offset = Offset;
    Offset += P.Bytes.size();
  }
  return alignTo(Offset, TableAlign);
}

Header ObjectWriter::Layout::makeFileHeader(uint64_t SectionTableOffset) const {
  Header Ehdr = {};
  copy(ArrayRef(ELF::ElfMagic, 4), Ehdr.e_ident);
  Ehdr.e_ident[ELF::EI_CLASS] = ELF::ELFCLASS64;
  Ehdr.e_ident[ELF::EI_DATA] = ELF::ELFDATA2LSB;
  Ehdr.e_ident[ELF::EI_VERSION] = ELF::EV_CURRENT;
  Ehdr.e_ident[ELF::EI_OSABI] = ELF::ELFOSABI_NONE;
  Ehdr.e_type = ELF::ET_REL;
  Ehdr.e_machine = ELF::EM_BPF;
  Ehdr.e_version = ELF::EV_CURRENT;
  Ehdr.e_shoff = SectionTableOffset;
  Ehdr.e_ehsize = sizeof(Header);
  Ehdr.e_shentsize = sizeof(SectionHeader);
  Ehdr.e_shnum = Placed.size() + 1;
  Ehdr.e_shstrndx = Placed.size();
  return Ehdr;
}

void ObjectWriter::Layout::write(raw_ostream &OS) {
  uint64_t SectionTableOffset = assignOffsets();
  uint64_t Written = 0;
  auto PutAt = [&](uint64_t Offset, StringRef Bytes) {
    OS.write_zeros(Offset - Written) << Bytes;
    Written = Offset + Bytes.size();
  };
  PutAt(0, tableBytes<Header>(makeFileHeader(SectionTableOffset)));
  for (const PlacedSection &P : Placed)
    PutAt(P.Shdr.sh_offset, P.Bytes);
  std::vector<SectionHeader> Table(1);
  Table.front() = {};
  for (const PlacedSection &P : Placed)
    Table.push_back(P.Shdr);
  PutAt(SectionTableOffset, tableBytes<SectionHeader>(Table));
}

Error ObjectWriter::write(raw_ostream &OS) const {
  if (Error E = checkSections())
    return E;
  if (Error E = checkSymbols())
    return E;
  if (Error E = checkRelocations())
    return E;
  Layout(*this).write(OS);
  return Error::success();
}

Error ObjectWriter::write(SmallVectorImpl<char> &Out) const {
  Out.clear();
  raw_svector_ostream OS(Out);
  return write(OS);
}

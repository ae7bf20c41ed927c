//===- Reader.cpp - Reading BTF, the kernel's own included ------*- C++ -*-===//
// SPDX-License-Identifier: MIT
//===----------------------------------------------------------------------===//
//
// Checks a BTF file once, and then hands out views of its bytes.
//
//===----------------------------------------------------------------------===//

#include "Whistler/Target/BTF/Reader.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/BinaryFormat/ELF.h"
#include "llvm/Object/ELF.h"
#include "llvm/Support/Alignment.h"
#include "llvm/Support/SwapByteOrder.h"
#include <cstring>
#include <tuple>

using namespace llvm;
using namespace whistler::btf;

namespace {

/// What follows the header of a type of one kind (include/uapi/linux/btf.h).
struct KindLayout {
  uint8_t FixedWords; ///< Words that are always there.
  uint8_t EntryWords; ///< Words for each of `vlen` entries.
  bool HasType;       ///< The header's third word is an id, not a size.
  /// Which of the fixed words or of an entry's words, as bits, are offsets of
  /// names and which are ids.
  uint8_t NameWords, IdWords;
};

} // namespace

static constexpr KindLayout Layouts[] = {
    {0, 0, false, 0, 0},      // UNKN
    {1, 0, false, 0, 0},      // INT: encoding
    {0, 0, true, 0, 0},       // PTR
    {3, 0, false, 0, 0b11},   // ARRAY: element, index, count
    {0, 3, false, 0b1, 0b10}, // STRUCT: name, type, offset
    {0, 3, false, 0b1, 0b10}, // UNION: the same
    {0, 2, false, 0b1, 0},    // ENUM: name, value
    {0, 0, false, 0, 0},      // FWD
    {0, 0, true, 0, 0},       // TYPEDEF
    {0, 0, true, 0, 0},       // VOLATILE
    {0, 0, true, 0, 0},       // CONST
    {0, 0, true, 0, 0},       // RESTRICT
    {0, 0, true, 0, 0},       // FUNC
    {0, 2, true, 0b1, 0b10},  // FUNC_PROTO: name, type
    {1, 0, true, 0, 0},       // VAR: linkage
    {0, 3, false, 0, 0b1},    // DATASEC: variable, offset, size
    {0, 0, false, 0, 0},      // FLOAT
    {1, 0, true, 0, 0},       // DECL_TAG: component
    {0, 0, true, 0, 0},       // TYPE_TAG
    {0, 3, false, 0b1, 0},    // ENUM64: name, low and high half
};
static_assert(std::size(Layouts) == BTF::BTF_KIND_ENUM64 + 1);

/// The words behind a type's header.
static ArrayRef<uint32_t> trailingWords(const BTF::CommonType &Type,
                                        size_t Count) {
  return {reinterpret_cast<const uint32_t *>(&Type + 1), Count};
}

static size_t trailingCount(const BTF::CommonType &Type) {
  const KindLayout &Layout = Layouts[Type.getKind()];
  return Layout.FixedWords + size_t(Layout.EntryWords) * Type.getVlen();
}

static Error corrupt(const Twine &Text) {
  return createStringError("the BTF is damaged: " + Text);
}

//===----------------------------------------------------------------------===//
// Opening
//===----------------------------------------------------------------------===//

/// The contents of the .BTF section of an ELF file.
template <class ELFT> static Expected<StringRef> sectionIn(StringRef Bytes) {
  Expected<object::ELFFile<ELFT>> Elf = object::ELFFile<ELFT>::create(Bytes);
  if (!Elf)
    return Elf.takeError();
  Expected<typename ELFT::ShdrRange> Sections = Elf->sections();
  if (!Sections)
    return Sections.takeError();
  for (const typename ELFT::Shdr &Section : *Sections) {
    Expected<StringRef> Name = Elf->getSectionName(Section);
    if (!Name)
      return Name.takeError();
    if (*Name != ".BTF")
      continue;
    Expected<ArrayRef<uint8_t>> Contents = Elf->getSectionContents(Section);
    if (!Contents)
      return Contents.takeError();
    return toStringRef(*Contents);
  }
  return createStringError("the ELF file has no .BTF section");
}

static Expected<StringRef> findSection(StringRef Bytes) {
  if (!Bytes.starts_with(ELF::ElfMagic))
    return Bytes;
  auto [Class, Encoding] = object::getElfArchType(Bytes);
  bool IsLittle = Encoding == ELF::ELFDATA2LSB;
  if (Class == ELF::ELFCLASS64)
    return IsLittle ? sectionIn<object::ELF64LE>(Bytes)
                    : sectionIn<object::ELF64BE>(Bytes);
  return IsLittle ? sectionIn<object::ELF32LE>(Bytes)
                  : sectionIn<object::ELF32BE>(Bytes);
}

Expected<std::unique_ptr<Reader>> Reader::open(StringRef Path) {
  ErrorOr<std::unique_ptr<MemoryBuffer>> File =
      MemoryBuffer::getFile(Path, /*IsText=*/false,
                            /*RequiresNullTerminator=*/false);
  if (!File)
    return createFileError(Path, File.getError());
  Expected<std::unique_ptr<Reader>> Result = create(std::move(*File));
  if (!Result)
    return createFileError(Path, Result.takeError());
  return Result;
}

Expected<std::unique_ptr<Reader>>
Reader::create(std::unique_ptr<MemoryBuffer> File) {
  Expected<StringRef> Section = findSection(File->getBuffer());
  if (!Section)
    return Section.takeError();
  // The types are read in place, as words.
  if (!isAddrAligned(Align(4), Section->data())) {
    std::unique_ptr<MemoryBuffer> Copy =
        MemoryBuffer::getMemBufferCopy(*Section);
    File = std::move(Copy);
    Section = File->getBuffer();
  }
  std::unique_ptr<Reader> Result(new Reader());
  Result->File = std::move(File);
  if (Error E = Result->readHeader(*Section))
    return E;
  if (Error E = Result->indexTypes())
    return E;
  for (uint32_t Id = 1; Id <= Result->typeCount(); ++Id)
    if (Error E = Result->checkReferences({Id}))
      return E;
  return Result;
}

/// The `Length` bytes at `Offset`, if they are there.
static std::optional<StringRef> slice(StringRef Bytes, uint64_t Offset,
                                      uint64_t Length) {
  if (Offset > Bytes.size() || Length > Bytes.size() - Offset)
    return std::nullopt;
  return Bytes.substr(Offset, Length);
}

Error Reader::readHeader(StringRef Section) {
  BTF::Header Header;
  if (Section.size() < sizeof(Header))
    return createStringError("this is no BTF: it has " + Twine(Section.size()) +
                             " bytes");
  std::memcpy(&Header, Section.data(), sizeof(Header));
  if (Header.Magic == byteswap(uint16_t(BTF::MAGIC)))
    return createStringError(
        "the BTF is for a machine with the other byte order");
  if (Header.Magic != BTF::MAGIC)
    return createStringError("this is no BTF: it does not start with the "
                             "bytes 9f eb");
  if (Header.Version != BTF::VERSION)
    return createStringError("the BTF has version " +
                             Twine(unsigned(Header.Version)) +
                             ", and only version 1 is known");
  if (Header.HdrLen < sizeof(Header) ||
      (uint64_t(Header.HdrLen) + Header.TypeOff) % 4 || Header.TypeLen % 4)
    return corrupt("its header has impossible lengths");
  std::optional<StringRef> TypePart =
      slice(Section, uint64_t(Header.HdrLen) + Header.TypeOff, Header.TypeLen);
  std::optional<StringRef> StringPart =
      slice(Section, uint64_t(Header.HdrLen) + Header.StrOff, Header.StrLen);
  if (!TypePart || !StringPart)
    return corrupt("its types or strings lie outside the file");
  if (StringPart->empty() || StringPart->front() || StringPart->back())
    return corrupt("its strings do not start and end with a NUL byte");
  Types = *TypePart;
  Strings = *StringPart;
  return Error::success();
}

Error Reader::indexTypes() {
  constexpr size_t HeaderWords = sizeof(BTF::CommonType) / sizeof(uint32_t);
  const auto *Words = reinterpret_cast<const uint32_t *>(Types.data());
  size_t Count = Types.size() / sizeof(uint32_t);
  // Six words are a usual size; a wrong guess costs a copy.
  Offsets.reserve(Count / 6 + 1);
  Offsets.push_back(0);
  for (size_t At = 0; At != Count;) {
    size_t Left = Count - At;
    const auto *Type = reinterpret_cast<const BTF::CommonType *>(Words + At);
    if (Left < HeaderWords)
      return corrupt("type " + Twine(Offsets.size()) + " is cut off");
    if (Type->getKind() == BTF::BTF_KIND_UNKN ||
        Type->getKind() >= std::size(Layouts))
      return corrupt("type " + Twine(Offsets.size()) + " has the kind " +
                     Twine(Type->getKind()) + ", which is unknown");
    size_t Size = HeaderWords + trailingCount(*Type);
    if (Left < Size)
      return corrupt("type " + Twine(Offsets.size()) + " is cut off");
    Offsets.push_back(At * sizeof(uint32_t));
    At += Size;
  }
  return Error::success();
}

Error Reader::checkReferences(TypeId Id) const {
  const BTF::CommonType &Type = type(Id);
  const KindLayout &Layout = Layouts[Type.getKind()];
  auto IsName = [&](uint32_t Word) { return Word < Strings.size(); };
  auto IsId = [&](uint32_t Word) { return Word <= typeCount(); };
  bool IsGood = IsName(Type.NameOff) && (!Layout.HasType || IsId(Type.Type));
  size_t Stride = std::max<size_t>(Layout.FixedWords, Layout.EntryWords);
  ArrayRef<uint32_t> Words = trailingWords(Type, trailingCount(Type));
  if (Layout.NameWords | Layout.IdWords)
    for (; !Words.empty(); Words = Words.drop_front(Stride))
      for (size_t I = 0; I != 2; ++I)
        IsGood &= (!(Layout.NameWords >> I & 1) || IsName(Words[I])) &&
                  (!(Layout.IdWords >> I & 1) || IsId(Words[I]));
  if (!IsGood)
    return corrupt("type " + Twine(Id.Value) +
                   " refers to a name or a type that does not exist");
  return Error::success();
}

//===----------------------------------------------------------------------===//
// Reading
//===----------------------------------------------------------------------===//

const BTF::CommonType &Reader::type(TypeId Id) const {
  static const BTF::CommonType Void = {};
  if (Id.isVoid())
    return Void;
  return *reinterpret_cast<const BTF::CommonType *>(Types.data() +
                                                    Offsets[Id.Value]);
}

uint32_t Reader::intWord(TypeId Int) const {
  assert(kind(Int) == BTF::BTF_KIND_INT);
  return trailingWords(type(Int), 1)[0];
}

ArrayRef<BTF::BTFParam> Reader::params(TypeId Proto) const {
  assert(kind(Proto) == BTF::BTF_KIND_FUNC_PROTO);
  const BTF::CommonType &Type = type(Proto);
  return {reinterpret_cast<const BTF::BTFParam *>(&Type + 1), Type.getVlen()};
}

/// An index costs as much as some searches.
static constexpr unsigned SearchesWithoutIndex = 3;

std::optional<TypeId> Reader::find(uint32_t Kind, StringRef Name) const {
  if (Name.empty())
    return std::nullopt;
  auto [Searches, Index] = std::tie(Indices[Kind].Searches, Indices[Kind].Ids);
  if (Searches < SearchesWithoutIndex) {
    ++Searches;
    for (uint32_t Id = 1; Id <= typeCount(); ++Id)
      if (kind({Id}) == Kind && isString(type({Id}).NameOff, Name))
        return TypeId{Id};
    return std::nullopt;
  }
  if (Index.empty())
    for (uint32_t Id = 1; Id <= typeCount(); ++Id)
      if (kind({Id}) == Kind && type({Id}).NameOff)
        Index.try_emplace(name({Id}), Id);
  auto Found = Index.find(Name);
  if (Found == Index.end())
    return std::nullopt;
  return TypeId{Found->second};
}

bool Reader::isString(uint32_t Offset, StringRef Text) const {
  StringRef Rest = Strings.substr(Offset);
  return Rest.size() > Text.size() && !Rest[Text.size()] &&
         Rest.starts_with(Text);
}

std::vector<StringRef> Reader::names(uint32_t Kind) const {
  std::vector<StringRef> Result;
  for (uint32_t Id = 1; Id <= typeCount(); ++Id)
    if (kind({Id}) == Kind && !name({Id}).empty())
      Result.push_back(name({Id}));
  return Result;
}

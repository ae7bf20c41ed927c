//===- Builder.cpp - Building the .BTF section of a BPF object --*- C++ -*-===//
// SPDX-License-Identifier: MIT
//===----------------------------------------------------------------------===//
//
// Interns BTF types and strings, checks what the kernel checks, and writes
// them.
//
//===----------------------------------------------------------------------===//

#include "Whistler/Target/BTF/Builder.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/EndianStream.h"
#include "llvm/Support/raw_ostream.h"

using namespace llvm;
using namespace whistler::btf;

/// Bit 31 of `info`: a union (FWD), a signed type (ENUM), bitfields (STRUCT).
static constexpr uint32_t KindFlag = 1u << 31;

/// `info` of struct btf_type: vlen in bits 0-15, kind in 24-28, kind_flag
/// in 31.
static uint32_t info(uint32_t Kind, size_t Vlen = 0, bool Flag = false) {
  return Kind << 24 | uint32_t(Vlen) | (Flag ? KindFlag : 0);
}

static StringRef bytesOf(ArrayRef<uint32_t> Words) {
  return {reinterpret_cast<const char *>(Words.data()),
          Words.size() * sizeof(uint32_t)};
}

/// The kernel's btf_name_valid_identifier() of the oldest supported kernels;
/// newer ones allow dots as well.
static bool isIdentifier(StringRef Name) {
  auto IsBody = [](char C) { return isAlnum(C) || C == '_'; };
  return !Name.empty() && !isDigit(Name.front()) && all_of(Name, IsBody);
}

// Offset 0 of the string subsection must be the empty string (btf.rst).
Builder::Builder() : Strings(1, '\0') {}

void Builder::fail(const Twine &Message) {
  if (FirstMistake.empty())
    FirstMistake = Message.str();
}

//===----------------------------------------------------------------------===//
// Strings and types in general
//===----------------------------------------------------------------------===//

uint32_t Builder::addString(StringRef Text) {
  if (Text.empty())
    return 0;
  if (Text.contains('\0')) {
    fail("a BTF string contains a NUL byte: '" +
         Text.take_until([](char C) { return C == '\0'; }) + "...'");
    return 0;
  }
  auto [It, IsNew] = StringIndex.try_emplace(Text, Strings.size());
  if (IsNew) {
    Strings += Text;
    Strings += '\0';
  }
  return It->second;
}

uint32_t Builder::addIdentifier(StringRef Name, StringRef What,
                                bool MayBeEmpty) {
  if (!(Name.empty() && MayBeEmpty) && !isIdentifier(Name))
    fail("the name '" + Name + "' of a " + What +
         " is no C identifier, and the kernel would reject its BTF");
  return addString(Name);
}

TypeId Builder::append(ArrayRef<uint32_t> Words) {
  Types.emplace_back(Words.begin(), Words.end());
  return {typeCount()};
}

TypeId Builder::intern(ArrayRef<uint32_t> Words) {
  auto [It, IsNew] = TypeIndex.try_emplace(bytesOf(Words), typeCount() + 1);
  return IsNew ? append(Words) : TypeId{It->second};
}

uint32_t Builder::kindOf(TypeId Type) const {
  if (Type.isVoid() || Type.Value > typeCount())
    return BTF::BTF_KIND_UNKN;
  return Types[Type.Value - 1][1] >> 24 & 0x1f;
}

uint32_t Builder::use(TypeId Type) {
  if (Type.Value > typeCount())
    fail("BTF type id " + Twine(Type.Value) + " does not exist");
  return Type.Value;
}

uint32_t Builder::useNonVoid(TypeId Type, StringRef What) {
  if (Type.isVoid())
    fail("the type of a " + What + " may not be void");
  return use(Type);
}

//===----------------------------------------------------------------------===//
// Integers, pointers, arrays, qualifiers
//===----------------------------------------------------------------------===//

TypeId Builder::addInt(StringRef Name, unsigned ByteSize,
                       IntEncoding Encoding) {
  // btf_int_check_meta() takes 128 bits at most.
  if (!isPowerOf2_32(ByteSize) || ByteSize > 16)
    fail("the integer '" + Name + "' cannot have " + Twine(ByteSize) +
         " bytes: 1, 2, 4, 8 or 16 is possible");
  // The name need not be an identifier: "unsigned int" is usual.
  if (Name.empty())
    fail("an integer type has no name");
  return intern({addString(Name), info(BTF::BTF_KIND_INT), ByteSize,
                 uint32_t(Encoding) << 24 | ByteSize * 8});
}

TypeId Builder::addScalar(unsigned ByteSize, bool IsSigned) {
  struct Names {
    unsigned ByteSize;
    StringRef Unsigned, Signed;
  };
  static constexpr Names Table[] = {
      {1, "unsigned char", "signed char"},
      {2, "unsigned short", "short"},
      {4, "unsigned int", "int"},
      {8, "unsigned long long", "long long"},
  };
  const Names *Row =
      find_if(Table, [&](const Names &N) { return N.ByteSize == ByteSize; });
  if (Row == std::end(Table)) {
    fail("no scalar has " + Twine(ByteSize) +
         " bytes: 1, 2, 4 or 8 is possible");
    return {};
  }
  return IsSigned ? addInt(Row->Signed, ByteSize, IntEncoding::Signed)
                  : addInt(Row->Unsigned, ByteSize);
}

TypeId Builder::addOpaque(uint32_t ByteSize) {
  if (ByteSize <= 8 && isPowerOf2_32(ByteSize))
    return addScalar(ByteSize);
  return addArray(addScalar(1), ByteSize);
}

TypeId Builder::addPointer(TypeId Pointee) {
  return intern({0, info(BTF::BTF_KIND_PTR), use(Pointee)});
}

TypeId Builder::addTypedef(StringRef Name, TypeId Type) {
  return intern(
      {addIdentifier(Name, "typedef"), info(BTF::BTF_KIND_TYPEDEF), use(Type)});
}

TypeId Builder::addArray(TypeId Element, uint32_t Count) {
  TypeId Index = addInt("__ARRAY_SIZE_TYPE__", 4);
  return intern({0, info(BTF::BTF_KIND_ARRAY), 0,
                 useNonVoid(Element, "array element"), Index.Value, Count});
}

//===----------------------------------------------------------------------===//
// Structs, unions, enums
//===----------------------------------------------------------------------===//

TypeId Builder::addForward(Composite Kind, StringRef Name) {
  return intern({addIdentifier(Name, "forward declaration"),
                 info(BTF::BTF_KIND_FWD, 0, Kind == Composite::Union), 0});
}

SmallVector<uint32_t> Builder::encodeComposite(Composite Kind,
                                               uint32_t NameOffset,
                                               uint32_t ByteSize,
                                               ArrayRef<Member> Members) {
  if (Members.size() > BTF::MAX_VLEN)
    fail("a struct or union has " + Twine(Members.size()) +
         " members; BTF can count up to " + Twine(unsigned(BTF::MAX_VLEN)));
  // With kind_flag set every member, bitfield or not, has the split offset
  // word: size in bits 24-31, offset in 0-23 (btf.rst, BTF_KIND_STRUCT).
  bool HasBitFields =
      any_of(Members, [](const Member &M) { return M.BitFieldSize != 0; });
  SmallVector<uint32_t> Words = {
      NameOffset, info(uint32_t(Kind), Members.size(), HasBitFields), ByteSize};
  uint32_t Previous = 0;
  for (const Member &M : Members) {
    if (HasBitFields && M.BitOffset >> 24)
      fail("member '" + M.Name +
           "' lies too far from the start of a struct "
           "with bitfields");
    // What btf_struct_check_meta() checks.
    if (M.BitOffset < Previous ||
        (Kind == Composite::Union && M.BitOffset != 0) ||
        (uint64_t(M.BitOffset) + M.BitFieldSize + 7) / 8 > ByteSize)
      fail("member '" + M.Name + "' is at bit " + Twine(M.BitOffset) +
           ", which is out of order or beyond the " + Twine(ByteSize) +
           " bytes");
    Previous = M.BitOffset;
    Words.append({addIdentifier(M.Name, "member", /*MayBeEmpty=*/true),
                  useNonVoid(M.Type, "member"),
                  uint32_t(M.BitFieldSize) << 24 | M.BitOffset});
  }
  return Words;
}

TypeId Builder::addComposite(Composite Kind, StringRef Name, uint32_t ByteSize,
                             ArrayRef<Member> Members) {
  uint32_t NameOffset = addIdentifier(Name, "struct", /*MayBeEmpty=*/true);
  return intern(encodeComposite(Kind, NameOffset, ByteSize, Members));
}

TypeId Builder::declareComposite(Composite Kind, StringRef Name) {
  TypeId Type = append({addIdentifier(Name, "struct", /*MayBeEmpty=*/true),
                        info(uint32_t(Kind)), 0});
  Undefined.push_back(Type.Value);
  return Type;
}

void Builder::defineComposite(TypeId Declared, uint32_t ByteSize,
                              ArrayRef<Member> Members) {
  auto *It = find(Undefined, Declared.Value);
  if (It == Undefined.end())
    return fail("BTF type id " + Twine(Declared.Value) +
                " is not a struct that waits for its definition");
  Undefined.erase(It);
  uint32_t NameOffset = Types[Declared.Value - 1][0];
  Types[Declared.Value - 1] = encodeComposite(
      static_cast<Composite>(kindOf(Declared)), NameOffset, ByteSize, Members);
}

bool Builder::needsEnum64(bool IsSigned, ArrayRef<Enumerator> Values) {
  return any_of(Values, [&](const Enumerator &E) {
    return IsSigned ? !isInt<32>(E.Value) : !isUInt<32>(E.Value);
  });
}

TypeId Builder::addEnum(StringRef Name, unsigned ByteSize, bool IsSigned,
                        ArrayRef<Enumerator> Values) {
  if (!isPowerOf2_32(ByteSize) || ByteSize > 8)
    fail("the enum '" + Name + "' cannot have " + Twine(ByteSize) + " bytes");
  if (Values.size() > BTF::MAX_VLEN)
    fail("the enum '" + Name + "' has too many constants for BTF");
  bool IsWide = needsEnum64(IsSigned, Values);
  uint32_t Kind = IsWide ? BTF::BTF_KIND_ENUM64 : BTF::BTF_KIND_ENUM;
  SmallVector<uint32_t> Words = {
      addIdentifier(Name, "enum", /*MayBeEmpty=*/true),
      info(Kind, Values.size(), IsSigned), ByteSize};
  for (const Enumerator &E : Values) {
    Words.append({addIdentifier(E.Name, "enum constant"), Lo_32(E.Value)});
    if (IsWide)
      Words.push_back(Hi_32(E.Value));
  }
  return intern(Words);
}

//===----------------------------------------------------------------------===//
// Functions, variables, sections
//===----------------------------------------------------------------------===//

TypeId Builder::addFuncProto(TypeId Result, ArrayRef<Param> Params,
                             bool IsVariadic) {
  SmallVector<uint32_t> Words = {
      0, info(BTF::BTF_KIND_FUNC_PROTO, Params.size() + IsVariadic),
      use(Result)};
  for (const Param &P : Params)
    Words.append({addIdentifier(P.Name, "parameter", /*MayBeEmpty=*/true),
                  useNonVoid(P.Type, "parameter")});
  if (IsVariadic)
    Words.append({0, 0});
  return intern(Words);
}

TypeId Builder::addFunc(StringRef Name, TypeId Proto, FuncLinkage Linkage) {
  uint32_t NameOffset = addIdentifier(Name, "function");
  if (kindOf(Proto) != BTF::BTF_KIND_FUNC_PROTO) {
    fail("the type of the function '" + Name + "' is no function prototype");
    return {};
  }
  // btf_func_check() wants a name for each parameter that has a type.
  ArrayRef<uint32_t> Words = Types[Proto.Value - 1];
  for (size_t I = 3; I + 1 < Words.size(); I += 2)
    if (Words[I] == 0 && Words[I + 1] != 0)
      fail("the function '" + Name + "' has a parameter without a name");
  return append(
      {NameOffset, info(BTF::BTF_KIND_FUNC, uint32_t(Linkage)), Proto.Value});
}

TypeId Builder::addVar(StringRef Name, TypeId Type, VarLinkage Linkage) {
  return append({addIdentifier(Name, "variable"), info(BTF::BTF_KIND_VAR),
                 useNonVoid(Type, "variable"), uint32_t(Linkage)});
}

TypeId Builder::addDataSec(StringRef Name, uint32_t ByteSize,
                           ArrayRef<DataSecEntry> Entries) {
  if (Name.empty() || ByteSize == 0)
    fail("the section '" + Name + "' needs a name and a size in BTF");
  if (Entries.size() > BTF::MAX_VLEN)
    fail("the section '" + Name + "' has too many variables for BTF");
  SmallVector<DataSecEntry> Sorted(Entries);
  sort(Sorted, [](const DataSecEntry &A, const DataSecEntry &B) {
    return A.Offset < B.Offset;
  });
  SmallVector<uint32_t> Words = {
      addString(Name), info(BTF::BTF_KIND_DATASEC, Sorted.size()), ByteSize};
  uint64_t End = 0;
  for (const DataSecEntry &E : Sorted) {
    if (kindOf(E.Var) != BTF::BTF_KIND_VAR)
      fail("the section '" + Name + "' lists something that is no variable");
    // What btf_datasec_check_meta() checks.
    if (E.Size == 0 || E.Offset < End || uint64_t(E.Offset) + E.Size > ByteSize)
      fail("a variable at " + Twine(E.Offset) + " in the section '" + Name +
           "' is empty, overlaps another, or lies outside");
    End = uint64_t(E.Offset) + E.Size;
    Words.append({E.Var.Value, E.Offset, E.Size});
  }
  return append(Words);
}

//===----------------------------------------------------------------------===//
// Output
//===----------------------------------------------------------------------===//

// The section (Documentation/bpf/btf.rst, "BTF Type and String Encoding"):
//
//   0   u16 magic, u8 version, u8 flags
//   4   u32 header length (24)
//   8   u32 offset of the types, counted from the end of the header (0)
//   12  u32 length of the types
//   16  u32 offset of the strings (directly behind the types)
//   20  u32 length of the strings
//   24  types: for each, u32 name, u32 info, u32 size or type, then the words
//       that its kind asks for
//   ..  strings, each closed by NUL; the first is empty
Error Builder::write(SmallVectorImpl<char> &Out) const {
  if (!FirstMistake.empty())
    return createStringError(FirstMistake);
  if (!Undefined.empty())
    return createStringError(
        "the struct '" +
        StringRef(Strings.c_str() + Types[Undefined.front() - 1][0]) +
        "' is declared for BTF but never defined");
  uint32_t TypesLength = 0;
  for (ArrayRef<uint32_t> Words : Types)
    TypesLength += bytesOf(Words).size();

  Out.clear();
  raw_svector_ostream OS(Out);
  support::endian::Writer W(OS, endianness::little);
  W.write<uint16_t>(BTF::MAGIC);
  W.write<uint8_t>(BTF::VERSION);
  W.write<uint8_t>(0);
  W.write<uint32_t>(BTF::HeaderSize);
  W.write<uint32_t>(0);
  W.write<uint32_t>(TypesLength);
  W.write<uint32_t>(TypesLength);
  W.write<uint32_t>(Strings.size());
  for (ArrayRef<uint32_t> Words : Types)
    W.write<uint32_t>(Words);
  OS << Strings;
  return Error::success();
}

//===- KernelTypes.cpp - What a kernel's types look like --------*- C++ -*-===//
// SPDX-License-Identifier: MIT
//===----------------------------------------------------------------------===//
//
// Follows the ids of BTF from names to layouts.
//
//===----------------------------------------------------------------------===//

#include "Whistler/KernelTypes/KernelTypes.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/Support/MathExtras.h"

using namespace llvm;
using namespace whistler;
using btf::TypeId;

/// Bit 31 of BTF's info word: a signed enum, a union (FWD), members with a
/// bitfield size (STRUCT, UNION).
static constexpr uint32_t KindFlag = 1u << 31;

/// How many types may be in a row before one is taken for endless: the kernel's
/// MAX_RESOLVE_DEPTH.
static constexpr unsigned MaxDepth = 32;

/// eBPF runs on 64-bit kernels, or in their BTF's terms, with this `void *`.
static constexpr uint64_t PointerSize = 8;

static bool hasFlag(const BTF::CommonType &Type) {
  return Type.Info & KindFlag;
}

static bool isComposite(uint32_t Kind) {
  return Kind == BTF::BTF_KIND_STRUCT || Kind == BTF::BTF_KIND_UNION;
}

static bool isEnum(uint32_t Kind) {
  return Kind == BTF::BTF_KIND_ENUM || Kind == BTF::BTF_KIND_ENUM64;
}

//===----------------------------------------------------------------------===//
// Loading
//===----------------------------------------------------------------------===//

Error KernelTypes::load() const {
  if (!Loaded) {
    Loaded = true;
    Expected<std::unique_ptr<btf::Reader>> Result = btf::Reader::open(Path);
    if (Result)
      Types = std::move(*Result);
    else
      Failure = toString(Result.takeError());
  }
  if (!Types)
    return createStringError(Failure.empty() ? "there is no BTF" : Failure);
  return Error::success();
}

const btf::Reader *KernelTypes::reader() const {
  consumeError(load());
  return Types.get();
}

//===----------------------------------------------------------------------===//
// Types
//===----------------------------------------------------------------------===//

TypeId KernelTypes::strip(TypeId Id, KernelType *Seen) const {
  for (unsigned Depth = 0; Depth != MaxDepth; ++Depth) {
    const BTF::CommonType &Type = Types->type(Id);
    switch (Type.getKind()) {
    case BTF::BTF_KIND_TYPEDEF:
      if (Seen && Seen->TypedefName.empty())
        Seen->TypedefName = Types->name(Id);
      break;
    case BTF::BTF_KIND_TYPE_TAG:
      // With the flag it is an attribute of another sort
      // (Documentation/bpf/btf.rst, BTF_KIND_TYPE_TAG).
      if (Seen && Seen->AddressTag.empty() && !hasFlag(Type))
        Seen->AddressTag = Types->name(Id);
      break;
    case BTF::BTF_KIND_VOLATILE:
    case BTF::BTF_KIND_CONST:
    case BTF::BTF_KIND_RESTRICT:
      break;
    default:
      return Id;
    }
    Id = {Type.Type};
  }
  return {};
}

uint64_t KernelTypes::sizeOf(TypeId Id) const {
  uint64_t Count = 1;
  for (unsigned Depth = 0; Depth != MaxDepth; ++Depth) {
    Id = strip(Id);
    const BTF::CommonType &Type = Types->type(Id);
    switch (Type.getKind()) {
    case BTF::BTF_KIND_PTR:
      return SaturatingMultiply(Count, PointerSize);
    case BTF::BTF_KIND_INT:
    case BTF::BTF_KIND_ENUM:
    case BTF::BTF_KIND_ENUM64:
    case BTF::BTF_KIND_FLOAT:
    case BTF::BTF_KIND_STRUCT:
    case BTF::BTF_KIND_UNION:
      return SaturatingMultiply(Count, uint64_t(Type.Size));
    case BTF::BTF_KIND_ARRAY: {
      const BTF::BTFArray &Array = cast<BTF::ArrayType>(Type).getArray();
      Count = SaturatingMultiply(Count, uint64_t(Array.Nelems));
      Id = {Array.ElemType};
      break;
    }
    default:
      return 0;
    }
  }
  return 0;
}

void KernelTypes::describePointee(KernelType &Pointer) const {
  KernelType Seen;
  TypeId Pointee = strip(Pointer.Target, &Seen);
  Pointer.AddressTag = Seen.AddressTag;
  const BTF::CommonType &Type = Types->type(Pointee);
  bool IsForward = Type.getKind() == BTF::BTF_KIND_FWD;
  if (!IsForward && !isComposite(Type.getKind()))
    return;
  Pointer.Tag = Types->name(Pointee);
  Pointer.IsUnion =
      IsForward ? hasFlag(Type) : Type.getKind() == BTF::BTF_KIND_UNION;
}

KernelType KernelTypes::resolve(TypeId Id) const {
  using Kind = KernelType::Kind;
  KernelType Result;
  if (!reader())
    return Result;
  Result.Id = strip(Id, &Result);
  Result.AddressTag = {};
  const BTF::CommonType &Type = Types->type(Result.Id);
  Result.ByteSize = sizeOf(Result.Id);
  switch (Type.getKind()) {
  case BTF::BTF_KIND_UNKN:
    return Result;
  case BTF::BTF_KIND_INT:
    Result.TypeKind = Kind::Integer;
    Result.IsSigned =
        Types->intWord(Result.Id) >> 24 & unsigned(BTF::INT_SIGNED);
    return Result;
  case BTF::BTF_KIND_FLOAT:
    Result.TypeKind = Kind::Float;
    return Result;
  case BTF::BTF_KIND_PTR:
    Result.TypeKind = Kind::Pointer;
    Result.Target = {Type.Type};
    describePointee(Result);
    return Result;
  case BTF::BTF_KIND_ARRAY: {
    const BTF::BTFArray &Array = cast<BTF::ArrayType>(Type).getArray();
    Result.TypeKind = Kind::Array;
    Result.Count = Array.Nelems;
    Result.Target = {Array.ElemType};
    return Result;
  }
  default:
    break;
  }
  Result.TypeKind = isComposite(Type.getKind()) ? Kind::Struct
                    : isEnum(Type.getKind())    ? Kind::Enum
                                                : Kind::Opaque;
  Result.IsUnion = Type.getKind() == BTF::BTF_KIND_UNION;
  Result.IsSigned = isEnum(Type.getKind()) && hasFlag(Type);
  Result.Tag = Types->name(Result.Id);
  return Result;
}

std::optional<KernelType> KernelTypes::findOf(ArrayRef<uint32_t> Kinds,
                                              StringRef Name) const {
  if (!reader())
    return std::nullopt;
  for (uint32_t Kind : Kinds)
    if (std::optional<TypeId> Id = Types->find(Kind, Name))
      return resolve(*Id);
  return std::nullopt;
}

std::optional<KernelType> KernelTypes::findStruct(StringRef Tag) const {
  return findOf({BTF::BTF_KIND_STRUCT, BTF::BTF_KIND_UNION}, Tag);
}

std::optional<KernelType> KernelTypes::findEnum(StringRef Tag) const {
  return findOf({BTF::BTF_KIND_ENUM, BTF::BTF_KIND_ENUM64}, Tag);
}

std::optional<KernelType> KernelTypes::findTypedef(StringRef Name) const {
  return findOf({BTF::BTF_KIND_TYPEDEF}, Name);
}

std::optional<KernelType>
KernelTypes::findTracepointRecord(StringRef Event) const {
  return findStruct(("trace_event_raw_" + Event).str());
}

//===----------------------------------------------------------------------===//
// Fields
//===----------------------------------------------------------------------===//

namespace {

/// A member with a name, wherever in anonymous structs it stands.
struct PlacedMember {
  const BTF::CommonType &Owner; ///< The struct or union it is declared in.
  const BTF::BTFMember &Member;
  uint64_t OwnerOffset; ///< Bits from the start of the outermost struct.
};

/// Visits the fields of a struct, looking through anonymous members.
struct FieldWalk {
  const btf::Reader &Types;
  /// Removes typedefs and qualifiers.
  function_ref<TypeId(TypeId)> Strip;
  /// Is given each field; the walk ends when it returns true.
  function_ref<bool(const PlacedMember &)> Visit;
  /// Members that may be looked at: damaged BTF can have structs in each other.
  unsigned Left = 4 * BTF::MAX_VLEN;

  /// Whether `Visit` ended the walk.
  bool run(TypeId Struct, uint64_t Base, unsigned Depth = 0);
};

} // namespace

/// The bit offset of a member in its own struct.
static uint64_t bitOffsetOf(const BTF::CommonType &Owner,
                            const BTF::BTFMember &Member) {
  return hasFlag(Owner) ? Member.Offset & 0xffffff : Member.Offset;
}

bool FieldWalk::run(TypeId Struct, uint64_t Base, unsigned Depth) {
  const auto *Type = dyn_cast<BTF::StructType>(&Types.type(Struct));
  if (!Type || Depth == MaxDepth)
    return false;
  for (const BTF::BTFMember &Member : Type->members()) {
    if (!Left--) {
      Left = 0;
      return false;
    }
    if (!Types.string(Member.NameOff).empty()) {
      if (Visit({*Type, Member, Base}))
        return true;
      continue;
    }
    TypeId Inner = Strip({Member.Type});
    if (run(Inner, Base + bitOffsetOf(*Type, Member), Depth + 1))
      return true;
  }
  return false;
}

/// Bits of a bitfield, and what its type adds to its offset.
static std::pair<unsigned, unsigned> bitFieldOf(const btf::Reader &Types,
                                                const PlacedMember &Place,
                                                const KernelType &Type) {
  if (hasFlag(Place.Owner))
    return {Place.Member.Offset >> 24, 0};
  if (!Type.isInteger())
    return {0, 0};
  // Without the flag a bitfield has an integer type of its own, narrower than
  // its bytes (BTF_INT_BITS and BTF_INT_OFFSET in uapi/linux/btf.h).
  uint32_t Word = Types.intWord(Type.Id);
  unsigned Bits = Word & 0xff, Offset = Word >> 16 & 0xff;
  if (Bits == Type.ByteSize * 8 && !Offset)
    return {0, 0};
  return {Bits, Offset};
}

std::optional<KernelField> KernelTypes::findField(TypeId Struct,
                                                  StringRef Name) const {
  std::vector<KernelField> Found = collectFields(Struct, Name);
  if (Found.empty())
    return std::nullopt;
  return Found.front();
}

std::vector<KernelField> KernelTypes::fields(TypeId Struct) const {
  return collectFields(Struct, std::nullopt);
}

std::vector<KernelField>
KernelTypes::collectFields(TypeId Struct, std::optional<StringRef> Name) const {
  std::vector<KernelField> Result;
  if (!reader())
    return Result;
  auto Strip = [&](TypeId Id) { return strip(Id); };
  auto Visit = [&](const PlacedMember &Place) {
    StringRef MemberName = Types->string(Place.Member.NameOff);
    if (Name && *Name != MemberName)
      return false;
    KernelField Field;
    Field.Name = MemberName;
    Field.Type = resolve({Place.Member.Type});
    auto [Width, Shift] = bitFieldOf(*Types, Place, Field.Type);
    Field.BitWidth = Width;
    Field.BitOffset =
        Place.OwnerOffset + bitOffsetOf(Place.Owner, Place.Member) + Shift;
    Result.push_back(Field);
    return Name.has_value();
  };
  FieldWalk{*Types, Strip, Visit}.run(Struct, 0);
  return Result;
}

//===----------------------------------------------------------------------===//
// Enums
//===----------------------------------------------------------------------===//

std::vector<KernelEnumerator> KernelTypes::enumerators(TypeId Enum) const {
  std::vector<KernelEnumerator> Result;
  if (!reader())
    return Result;
  const BTF::CommonType &Type = Types->type(Enum);
  if (const auto *Narrow = dyn_cast<BTF::EnumType>(&Type))
    for (const BTF::BTFEnum &E : Narrow->values())
      Result.push_back(
          {Types->string(E.NameOff),
           hasFlag(Type) ? int64_t(E.Val) : int64_t(uint32_t(E.Val)), Enum});
  if (const auto *Wide = dyn_cast<BTF::Enum64Type>(&Type))
    for (const BTF::BTFEnum64 &E : Wide->values())
      Result.push_back({Types->string(E.NameOff),
                        int64_t(Make_64(E.Val_Hi32, E.Val_Lo32)), Enum});
  return Result;
}

std::optional<KernelEnumerator>
KernelTypes::findEnumerator(StringRef Name) const {
  if (!reader() || Name.empty())
    return std::nullopt;
  if (Enumerators.empty())
    for (uint32_t Id = 1; Id <= Types->typeCount(); ++Id)
      if (isEnum(Types->kind({Id})))
        for (const KernelEnumerator &E : enumerators({Id}))
          Enumerators.try_emplace(E.Name, Id);
  auto Found = Enumerators.find(Name);
  if (Found == Enumerators.end())
    return std::nullopt;
  for (const KernelEnumerator &E : enumerators({Found->second}))
    if (E.Name == Name)
      return E;
  return std::nullopt;
}

//===----------------------------------------------------------------------===//
// Functions
//===----------------------------------------------------------------------===//

std::optional<KernelFunction>
KernelTypes::describeFunction(StringRef Name, TypeId Proto,
                              unsigned Skip) const {
  if (Types->kind(Proto) != BTF::BTF_KIND_FUNC_PROTO)
    return std::nullopt;
  KernelFunction Result;
  Result.Name = Name;
  Result.Result = resolve({Types->type(Proto).Type});
  ArrayRef<BTF::BTFParam> Params = Types->params(Proto);
  if (!Params.empty() && !Params.back().Type) {
    Result.IsVariadic = true;
    Params = Params.drop_back();
  }
  for (const BTF::BTFParam &P :
       Params.drop_front(std::min<size_t>(Skip, Params.size())))
    Result.Params.push_back({Types->string(P.NameOff), resolve({P.Type})});
  return Result;
}

std::optional<KernelFunction> KernelTypes::findFunction(StringRef Name) const {
  if (!reader())
    return std::nullopt;
  std::optional<TypeId> Id = Types->find(BTF::BTF_KIND_FUNC, Name);
  if (!Id)
    return std::nullopt;
  return describeFunction(Types->name(*Id), {Types->type(*Id).Type},
                          /*Skip=*/0);
}

/// What names the types of raw tracepoints (include/trace/bpf_probe.h).
static constexpr StringLiteral RawTracepointPrefix = "btf_trace_";

std::optional<KernelFunction>
KernelTypes::findRawTracepoint(StringRef Name) const {
  std::optional<KernelType> Pointer =
      findTypedef((RawTracepointPrefix + Name).str());
  if (!Pointer || !Pointer->isPointer())
    return std::nullopt;
  // The first parameter is the probe's own data.
  StringRef TypeName = Pointer->TypedefName;
  std::optional<KernelFunction> Result =
      describeFunction(TypeName.drop_front(RawTracepointPrefix.size()),
                       strip(Pointer->Target), /*Skip=*/1);
  if (!Result)
    return std::nullopt;
  // include/linux/tracepoint.h, __DEFINE_TRACE_EXT: same parameters, with
  // names.
  std::optional<KernelFunction> Caller =
      findFunction(("__traceiter_" + Name).str());
  if (Caller && Caller->Params.size() == Result->Params.size() + 1)
    for (auto [Param, Named] :
         zip_equal(Result->Params, drop_begin(Caller->Params)))
      if (Param.Name.empty())
        Param.Name = Named.Name;
  return Result;
}

//===----------------------------------------------------------------------===//
// Names
//===----------------------------------------------------------------------===//

std::vector<StringRef> KernelTypes::namesOf(ArrayRef<uint32_t> Kinds) const {
  std::vector<StringRef> Result;
  if (reader())
    for (uint32_t Kind : Kinds)
      append_range(Result, Types->names(Kind));
  return Result;
}

std::vector<StringRef> KernelTypes::structNames() const {
  return namesOf({BTF::BTF_KIND_STRUCT, BTF::BTF_KIND_UNION});
}

std::vector<StringRef> KernelTypes::enumNames() const {
  return namesOf({BTF::BTF_KIND_ENUM, BTF::BTF_KIND_ENUM64});
}

std::vector<StringRef> KernelTypes::functionNames() const {
  return namesOf({BTF::BTF_KIND_FUNC});
}

std::vector<StringRef> KernelTypes::fieldNames(TypeId Struct) const {
  std::vector<StringRef> Result;
  for (const KernelField &Field : fields(Struct))
    Result.push_back(Field.Name);
  return Result;
}

std::vector<StringRef> KernelTypes::enumeratorNames() const {
  std::vector<StringRef> Result;
  if (reader())
    for (uint32_t Id = 1; Id <= Types->typeCount(); ++Id)
      for (const KernelEnumerator &E : enumerators({Id}))
        Result.push_back(E.Name);
  return Result;
}

std::vector<StringRef> KernelTypes::rawTracepointNames() const {
  std::vector<StringRef> Result;
  for (StringRef Name : namesOf({BTF::BTF_KIND_TYPEDEF}))
    if (Name.consume_front(RawTracepointPrefix))
      Result.push_back(Name);
  return Result;
}

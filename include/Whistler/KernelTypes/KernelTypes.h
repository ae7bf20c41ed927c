//===- KernelTypes.h - What a kernel's types look like ----------*- C++ -*-===//
// SPDX-License-Identifier: MIT
//===----------------------------------------------------------------------===//
//
// Answers questions about structs, enums and functions of a kernel by their C
// names.
//
//===----------------------------------------------------------------------===//

#ifndef WHISTLER_KERNELTYPES_KERNELTYPES_H
#define WHISTLER_KERNELTYPES_KERNELTYPES_H

#include "Whistler/Target/BTF/Reader.h"
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace whistler {

/// A type with typedefs, `const`, `volatile`, `restrict` and tags removed.
struct KernelType {
  enum class Kind : uint8_t {
    /// Nothing: the result of a function, or what a `void *` points to.
    Void,
    /// An integer, `char` and `bool` included.
    Integer,
    Enum,
    Float,
    /// A struct or union; `Id` serves to ask for its fields.
    Struct,
    /// A pointer. `Tag` is that of the struct or union it points to, "" when it
    /// points to anything else, as function pointers and `char *` do.
    Pointer,
    /// `Count` elements of the type that KernelTypes::target gives.
    Array,
    /// A function, a struct that is only declared, or anything without a size.
    Opaque,
  };

  Kind TypeKind = Kind::Void;
  bool IsSigned = false; ///< Of integers and enums.
  /// Of structs, and of pointers about what they point to.
  bool IsUnion = false;
  uint64_t ByteSize = 0; ///< Of the whole type; 0 for Void and Opaque.
  uint64_t Count = 0;    ///< Elements of an array.
  llvm::StringRef Tag;   ///< C tag of a struct, union, enum; see Pointer. Empty
                         ///< for types without one.
  /// The typedef's name that the type was first met under ("pid_t"), or "".
  llvm::StringRef TypedefName;
  /// The first tag of what a pointer points to: "user", "rcu" ..., or "". Only
  /// kernels built by compilers that record those have them.
  llvm::StringRef AddressTag;
  btf::TypeId Id;     ///< The type without typedefs.
  btf::TypeId Target; ///< A pointer's or an array's, typedefs included.

  bool isStruct() const { return TypeKind == Kind::Struct; }
  bool isInteger() const { return TypeKind == Kind::Integer; }
  bool isPointer() const { return TypeKind == Kind::Pointer; }
};

/// A field of a struct or union, or of an anonymous one within it.
struct KernelField {
  llvm::StringRef Name;
  uint64_t BitOffset = 0; ///< From the start of the struct that was asked.
  unsigned BitWidth = 0;  ///< Bits of a bitfield; 0 for other fields.
  KernelType Type;        ///< Of a bitfield: the declared type.
};

/// A constant of an enum, with the enum that it belongs to.
struct KernelEnumerator {
  llvm::StringRef Name;
  /// An unsigned value above INT64_MAX has the bits of the int64_t.
  int64_t Value = 0;
  btf::TypeId Enum;
};

struct KernelParam {
  llvm::StringRef Name; ///< May be empty.
  KernelType Type;
};

/// A function, or what a program at a raw tracepoint is given.
struct KernelFunction {
  llvm::StringRef Name;
  std::vector<KernelParam> Params;
  KernelType Result;
  bool IsVariadic = false;
};

/// The types of one kernel, read when the first question is asked.
///
/// Where the file cannot be read, every question is answered as for a kernel
/// without types, and load() says why; so a user of this class calls load()
/// before telling anybody that a name does not exist.
///
/// Fields of types without a tag: `page.ent.flags`, with `ent` an anonymous
/// struct, is asked for in two steps. findField(page, "ent") gives a field
/// whose type has the kind Struct and no tag; its Type.Id is what the next
/// findField takes. Members that have no name themselves are looked through,
/// so that their fields are found in the struct around them, with offsets from
/// the start of that.
class KernelTypes {
public:
  static constexpr llvm::StringLiteral RunningKernel =
      "/sys/kernel/btf/vmlinux";

  /// `Path` names raw BTF or an ELF file with a .BTF section.
  explicit KernelTypes(std::string Path = RunningKernel.str())
      : Path(std::move(Path)) {}
  explicit KernelTypes(std::unique_ptr<btf::Reader> Types)
      : Loaded(true), Types(std::move(Types)) {}

  /// Reads the file, if that was not tried before. The error is the same each
  /// time.
  llvm::Error load() const;

  /// The types; null when there are none.
  const btf::Reader *reader() const;

  const std::string &path() const { return Path; }

  /// The type with this id without typedefs and qualifiers.
  KernelType resolve(btf::TypeId Id) const;
  /// What a pointer points to, or the element of an array.
  KernelType target(const KernelType &Type) const {
    return resolve(Type.Target);
  }

  /// The struct or union with this tag; a struct if there are both.
  std::optional<KernelType> findStruct(llvm::StringRef Tag) const;
  std::optional<KernelType> findEnum(llvm::StringRef Tag) const;
  /// What a typedef stands for.
  std::optional<KernelType> findTypedef(llvm::StringRef Name) const;

  /// The field of that name. `Struct` is a KernelType::Id of a struct or union.
  std::optional<KernelField> findField(btf::TypeId Struct,
                                       llvm::StringRef Name) const;
  /// All fields that findField finds, in the order of the declaration. Without
  /// padding, that is, bitfields without a name.
  std::vector<KernelField> fields(btf::TypeId Struct) const;

  /// The constants of an enum; `Enum` is a KernelType::Id.
  std::vector<KernelEnumerator> enumerators(btf::TypeId Enum) const;
  /// The constant of that name, of whichever enum. Of several the one in the
  /// enum with the lowest id.
  std::optional<KernelEnumerator> findEnumerator(llvm::StringRef Name) const;

  /// A function of the kernel that has BTF, as fentry programs and kprobes may
  /// name it.
  std::optional<KernelFunction> findFunction(llvm::StringRef Name) const;

  /// The arguments that a program at the raw tracepoint `Name` gets: the
  /// parameters of the type `btf_trace_<Name>` after the first. That type has
  /// no parameter names; they are taken from the function that calls the
  /// tracepoint's probes, where the kernel describes it.
  std::optional<KernelFunction> findRawTracepoint(llvm::StringRef Name) const;

  /// The record that programs at the tracepoint `Event` get as context:
  /// `trace_event_raw_<Event>`. Events that share a class have only that of the
  /// class; the tracepoint's format file knows more (TracepointFormat.h).
  std::optional<KernelType> findTracepointRecord(llvm::StringRef Event) const;

  /// All names of one sort, for suggestions. They may have duplicates.
  std::vector<llvm::StringRef> structNames() const;
  std::vector<llvm::StringRef> fieldNames(btf::TypeId Struct) const;
  std::vector<llvm::StringRef> enumNames() const;
  std::vector<llvm::StringRef> enumeratorNames() const;
  std::vector<llvm::StringRef> functionNames() const;
  std::vector<llvm::StringRef> rawTracepointNames() const;

private:
  /// The id behind typedefs, qualifiers and tags, void for one that never ends.
  /// Notes the typedef and the tag on the way in `Seen`, if given.
  btf::TypeId strip(btf::TypeId Id, KernelType *Seen = nullptr) const;
  /// Fills in what a pointer points to.
  void describePointee(KernelType &Pointer) const;
  /// Bytes of a type; 0 when it has none.
  uint64_t sizeOf(btf::TypeId Id) const;
  /// The first type of one of these BTF_KIND_* that has the name.
  std::optional<KernelType> findOf(llvm::ArrayRef<uint32_t> Kinds,
                                   llvm::StringRef Name) const;
  /// The names of all types of these BTF_KIND_*.
  std::vector<llvm::StringRef> namesOf(llvm::ArrayRef<uint32_t> Kinds) const;
  /// All fields, or the first that is called `Name`.
  std::vector<KernelField>
  collectFields(btf::TypeId Struct, std::optional<llvm::StringRef> Name) const;
  /// A prototype without its first `Skip` parameters; nothing if `Proto` is
  /// none.
  std::optional<KernelFunction> describeFunction(llvm::StringRef Name,
                                                 btf::TypeId Proto,
                                                 unsigned Skip) const;

  std::string Path;
  mutable bool Loaded = false;
  mutable std::string Failure; ///< Why there are no types.
  mutable std::unique_ptr<btf::Reader> Types;
  /// Enumerator to enum; made when first asked for.
  mutable llvm::DenseMap<llvm::StringRef, uint32_t> Enumerators;
};

} // namespace whistler

#endif // WHISTLER_KERNELTYPES_KERNELTYPES_H

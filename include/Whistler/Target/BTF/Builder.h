//===- Builder.h - Building the .BTF section of a BPF object ----*- C++ -*-===//
// SPDX-License-Identifier: MIT
//===----------------------------------------------------------------------===//
//
// Collects BTF types and strings and serialises them as a .BTF section.
//
//===----------------------------------------------------------------------===//

#ifndef WHISTLER_TARGET_BTF_BUILDER_H
#define WHISTLER_TARGET_BTF_BUILDER_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/DebugInfo/BTF/BTF.h"
#include "llvm/Support/Error.h"
#include <cstdint>
#include <string>
#include <vector>

namespace whistler::btf {

/// A handle to a type of one Builder. Its value is the BTF type id; the default
/// handle is id 0, which BTF defines as `void`.
struct TypeId {
  uint32_t Value = 0;

  bool isVoid() const { return Value == 0; }
  friend bool operator==(TypeId A, TypeId B) { return A.Value == B.Value; }
  friend bool operator!=(TypeId A, TypeId B) { return A.Value != B.Value; }
};

/// How the bits of an integer are to be read (BTF_INT_ENCODING).
enum class IntEncoding : uint8_t {
  Unsigned = 0,
  Signed = llvm::BTF::INT_SIGNED,
  Char = llvm::BTF::INT_CHAR,
  Bool = llvm::BTF::INT_BOOL,
};

/// Linkage of a function (stored in the vlen bits of BTF_KIND_FUNC).
enum class FuncLinkage : uint8_t {
  Static = llvm::BTF::FUNC_STATIC,
  Global = llvm::BTF::FUNC_GLOBAL,
  Extern = llvm::BTF::FUNC_EXTERN,
};

/// Linkage of a variable (the word that follows BTF_KIND_VAR).
enum class VarLinkage : uint8_t {
  Static = llvm::BTF::VAR_STATIC,
  Global = llvm::BTF::VAR_GLOBAL_ALLOCATED,
  Extern = llvm::BTF::VAR_GLOBAL_EXTERNAL,
};

/// The two kinds of composite type.
enum class Composite : uint8_t {
  Struct = llvm::BTF::BTF_KIND_STRUCT,
  Union = llvm::BTF::BTF_KIND_UNION,
};

/// A member of a struct or union.
struct Member {
  llvm::StringRef Name; ///< Empty for an anonymous struct or union.
  TypeId Type;
  uint32_t BitOffset = 0;   ///< From the start of the composite, in bits.
  uint8_t BitFieldSize = 0; ///< In bits; 0 for a member that is no bitfield.
};

/// A constant of an enum. An unsigned value above INT64_MAX is passed as the
/// int64_t with the same bits.
struct Enumerator {
  llvm::StringRef Name;
  int64_t Value;
};

/// A parameter of a function prototype.
struct Param {
  llvm::StringRef Name; ///< May be empty.
  TypeId Type;
};

/// The place of one variable in its section.
struct DataSecEntry {
  TypeId Var;          ///< What Builder::addVar returned.
  uint32_t Offset = 0; ///< In bytes from the start of the section.
  uint32_t Size = 0;   ///< In bytes.
};

/// Builds one .BTF section.
///
/// Types that are equal word by word become one entry and share one handle:
/// integers, pointers, arrays, qualifiers, prototypes, enums, and composites
/// with the same name and members. Declared composites (declareComposite),
/// functions, variables and sections always make a new entry, because each
/// stands for one thing in the program.
///
/// Nothing here fails at once: the first mistake is remembered, and write()
/// returns it. The mistakes that are noticed are those which the kernel or
/// libbpf would reject or which would damage the section.
class Builder {
public:
  Builder();

  /// Interns `Text` in the string table and returns its offset, 0 for "".
  /// `Text` may hold any bytes but NUL. .BTF.ext refers to this table too.
  uint32_t addString(llvm::StringRef Text);

  /// An integer of `ByteSize` bytes (1, 2, 4, 8 or 16). `Name` is a C type name
  /// such as "unsigned int"; it may not be empty.
  TypeId addInt(llvm::StringRef Name, unsigned ByteSize,
                IntEncoding Encoding = IntEncoding::Unsigned);

  /// The integer of `ByteSize` bytes (1, 2, 4 or 8) under the name that clang
  /// gives it: "unsigned char" ... "long long".
  TypeId addScalar(unsigned ByteSize, bool IsSigned = false);

  /// A type for `ByteSize` bytes of which nothing else is known: the unsigned
  /// scalar for 1, 2, 4 and 8 bytes, otherwise an array of unsigned char.
  TypeId addOpaque(uint32_t ByteSize);

  TypeId addPointer(TypeId Pointee);
  TypeId addTypedef(llvm::StringRef Name, TypeId Type);

  /// `Count` elements; the index type is clang's `__ARRAY_SIZE_TYPE__`.
  TypeId addArray(TypeId Element, uint32_t Count);

  /// A struct or union that is declared but defined nowhere in this object.
  TypeId addForward(Composite Kind, llvm::StringRef Name);

  /// A complete struct or union of `ByteSize` bytes. `Name` may be empty.
  /// Members of a struct must come in the order of their offsets. At most
  /// llvm::BTF::MAX_VLEN members.
  TypeId addComposite(Composite Kind, llvm::StringRef Name, uint32_t ByteSize,
                      llvm::ArrayRef<Member> Members);
  TypeId addStruct(llvm::StringRef Name, uint32_t ByteSize,
                   llvm::ArrayRef<Member> Members) {
    return addComposite(Composite::Struct, Name, ByteSize, Members);
  }
  TypeId addUnion(llvm::StringRef Name, uint32_t ByteSize,
                  llvm::ArrayRef<Member> Members) {
    return addComposite(Composite::Union, Name, ByteSize, Members);
  }

  /// Reserves the handle of a composite whose members need that handle, e.g. a
  /// list node with a pointer to its own type. It must be completed by
  /// defineComposite before write().
  TypeId declareComposite(Composite Kind, llvm::StringRef Name);

  /// Completes a composite of declareComposite, once.
  void defineComposite(TypeId Declared, uint32_t ByteSize,
                       llvm::ArrayRef<Member> Members);

  /// An enum of `ByteSize` bytes (1, 2, 4 or 8). Becomes BTF_KIND_ENUM64 only
  /// when a value does not fit 32 bits: kernels before 6.0 know no ENUM64.
  TypeId addEnum(llvm::StringRef Name, unsigned ByteSize, bool IsSigned,
                 llvm::ArrayRef<Enumerator> Values);

  /// Whether addEnum makes a BTF_KIND_ENUM64 of an enum with these values.
  static bool needsEnum64(bool IsSigned, llvm::ArrayRef<Enumerator> Values);

  /// A function type. A variadic one ends in a parameter without name and type.
  TypeId addFuncProto(TypeId Result, llvm::ArrayRef<Param> Params,
                      bool IsVariadic = false);

  /// A function that exists in the object (or, as Extern, in the kernel).
  TypeId addFunc(llvm::StringRef Name, TypeId Proto, FuncLinkage Linkage);

  /// A variable. It must also be listed in a section by addDataSec.
  TypeId addVar(llvm::StringRef Name, TypeId Type, VarLinkage Linkage);

  /// The variables of the ELF section `Name`, which is `ByteSize` > 0 bytes
  /// long. They are sorted by offset here and may not overlap.
  TypeId addDataSec(llvm::StringRef Name, uint32_t ByteSize,
                    llvm::ArrayRef<DataSecEntry> Entries);

  /// The number of types, `void` not counted: also the highest id.
  uint32_t typeCount() const { return Types.size(); }

  /// Replaces the contents of `Out` by the section, or returns the first
  /// mistake made. Everything of .BTF.ext must have been added by then, because
  /// its strings are in this section.
  llvm::Error write(llvm::SmallVectorImpl<char> &Out) const;

private:
  friend class ExtBuilder;

  /// Remembers `Message` unless an earlier mistake is remembered already.
  void fail(const llvm::Twine &Message);
  /// Interns a name that the kernel wants to be an identifier. `What` it names
  /// is for the message.
  uint32_t addIdentifier(llvm::StringRef Name, llvm::StringRef What,
                         bool MayBeEmpty = false);
  /// Makes a new type of its words (struct btf_type and what follows it).
  TypeId append(llvm::ArrayRef<uint32_t> Words);
  /// Finds the type of these words, or makes it.
  TypeId intern(llvm::ArrayRef<uint32_t> Words);
  /// The BTF_KIND_* of a type, BTF_KIND_UNKN of void.
  uint32_t kindOf(TypeId Type) const;
  /// The id as it is written, after checking that the type exists. `What` it is
  /// for appears in the message when it may not be void and is.
  uint32_t use(TypeId Type);
  uint32_t useNonVoid(TypeId Type, llvm::StringRef What);
  llvm::SmallVector<uint32_t> encodeComposite(Composite Kind,
                                              uint32_t NameOffset,
                                              uint32_t ByteSize,
                                              llvm::ArrayRef<Member> Members);

  std::string Strings;                   ///< The string subsection.
  llvm::StringMap<uint32_t> StringIndex; ///< Text to offset in Strings.
  std::vector<llvm::SmallVector<uint32_t>> Types; ///< Words of id 1, 2 ...
  llvm::StringMap<uint32_t> TypeIndex; ///< A type's words, as bytes, to its id.
  llvm::SmallVector<uint32_t> Undefined; ///< Declared, not yet defined.
  std::string FirstMistake;
};

} // namespace whistler::btf

#endif // WHISTLER_TARGET_BTF_BUILDER_H

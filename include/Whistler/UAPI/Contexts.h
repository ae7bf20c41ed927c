//===- Contexts.h - Program contexts ----------------------------*- C++ -*-===//
// SPDX-License-Identifier: MIT
//===----------------------------------------------------------------------===//
//
// The structs that program contexts point to, as the UAPI headers lay them
// out.
//
//===----------------------------------------------------------------------===//

#ifndef WHISTLER_UAPI_CONTEXTS_H
#define WHISTLER_UAPI_CONTEXTS_H

#include "Whistler/UAPI/ProgramTypes.h"

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"

#include <cstdint>

namespace whistler::uapi {

/// What loading a context field yields.
enum class FieldKind : uint8_t {
  Scalar,
  /// A pointer to the packet's first byte, behind its last, or to the metadata
  /// in front of it. In UAPI most are 32 bits wide, yet the load yields a
  /// pointer.
  Packet,
  PacketEnd,
  PacketMeta,
  /// A pointer to the kernel object that ContextField::pointee names.
  Pointer,
  /// A struct by value, whose own fields ContextField::pointee's struct has.
  Struct,
};

/// One member of a context struct, those of anonymous unions included.
struct ContextField {
  /// "ingress-ifindex" and "ingress_ifindex".
  llvm::StringRef name;
  llvm::StringRef cName;
  /// The member's C type without array bounds: "__u32", "struct bpf_sock *".
  llvm::StringRef type;
  /// Bytes from the start of the struct.
  uint32_t offset;
  /// Bytes of the member, or of one element of an array.
  uint32_t size;
  /// Elements of an array, 0 for a plain member.
  uint32_t count;
  FieldKind kind;
  bool isSigned;
  /// "bpf_sock" for that struct or a pointer to it, else empty.
  llvm::StringRef pointee;
  /// Program kinds, as bits, that some recorded kernel lets access the field
  /// as a whole; see isFieldReadable and isFieldWritable.
  uint32_t readableBy;
  uint32_t writableBy;

  /// Bytes of the whole member.
  uint32_t totalSize() const { return count ? size * count : size; }
};

/// A context struct. The fields are in declaration order; members of a union
/// share an offset. That is all that a BTF struct type needs.
struct ContextStruct {
  llvm::StringRef name;
  uint32_t size;
  llvm::ArrayRef<ContextField> fields;

  /// The field of that Lisp name ("ingress-ifindex") or C name, in any letter
  /// case, or null.
  const ContextField *lookup(llvm::StringRef name) const;
};

/// All context structs.
llvm::ArrayRef<ContextStruct> getContextStructs();

/// The struct of that C name ("xdp_md"), or null.
const ContextStruct *lookupContextStruct(llvm::StringRef name);

/// The struct that the context of such a program points to, or null where it
/// has no fixed one.
const ContextStruct *getContextStruct(ProgramKind kind);

/// Whether some recorded kernel lets a program of that kind read or write the
/// field at its own width; for an array, its first element. Writing may also
/// need an expected attach type, which decides more than the program kind.
bool isFieldReadable(ProgramKind kind, const ContextField &field);
bool isFieldWritable(ProgramKind kind, const ContextField &field);

/// The registers of a probed function's call, as the architecture's calling
/// convention has them.
enum class CallRegister : uint8_t {
  Parm1,
  Parm2,
  Parm3,
  Parm4,
  Parm5,
  Parm6,
  ReturnValue,
  StackPointer,
  FramePointer,
  InstructionPointer,
};

/// Byte offset of that register, 8 bytes wide, in the context of a probe.
uint32_t getCallRegisterOffset(CallRegister reg);

} // namespace whistler::uapi

#endif // WHISTLER_UAPI_CONTEXTS_H

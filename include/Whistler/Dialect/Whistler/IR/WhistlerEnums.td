//===- WhistlerEnums.td - enumerations of the dialect ------*- tablegen -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// What pointers point to, and the kinds of atomic updates.
//
//===----------------------------------------------------------------------===//

#ifndef WHISTLER_DIALECT_WHISTLER_IR_WHISTLERENUMS_TD
#define WHISTLER_DIALECT_WHISTLER_IR_WHISTLERENUMS_TD

include "mlir/IR/EnumAttr.td"

class Whistler_Enum<string name, string summary, list<I32EnumCase> cases>
    : I32Enum<name, summary, cases> {
  let cppNamespace = "::mlir::whistler";
}

def Whistler_AddressSpace : Whistler_Enum<"AddressSpace",
    "what a pointer points to, as the verifier sees it", [
  I32EnumCase<"Ctx", 0, "ctx">, I32EnumCase<"Packet", 1, "packet">,
  I32EnumCase<"PacketMeta", 2, "packet_meta">,
  I32EnumCase<"PacketEnd", 3, "packet_end">,
  I32EnumCase<"MapValue", 4, "map_value">, I32EnumCase<"Stack", 5, "stack">,
  I32EnumCase<"Ringbuf", 6, "ringbuf">, I32EnumCase<"Kernel", 7, "kernel">,
  I32EnumCase<"Map", 8, "map">, I32EnumCase<"Any", 9, "any">,
  I32EnumCase<"BTF", 10, "btf">, I32EnumCase<"Func", 11, "func">]>;

def Whistler_AtomicKind : Whistler_Enum<"AtomicKind",
    "what an atomic update does to memory", [
  I32EnumCase<"Add", 0, "add">, I32EnumCase<"Or", 1, "or">,
  I32EnumCase<"And", 2, "and">, I32EnumCase<"Xor", 3, "xor">,
  I32EnumCase<"Xchg", 4, "xchg">]>;

/// What the loader finds out about the running kernel's types: libbpf's
/// `enum bpf_core_relo_kind`, under the names that it prints.
def Whistler_CoreQuery : Whistler_Enum<"CoreQuery",
    "a question about the target kernel's types", [
  I32EnumCase<"FieldByteOffset", 0, "byte_off">,
  I32EnumCase<"FieldByteSize", 1, "byte_sz">,
  I32EnumCase<"FieldExists", 2, "field_exists">,
  I32EnumCase<"FieldSigned", 3, "signed">,
  I32EnumCase<"FieldLShiftU64", 4, "lshift_u64">,
  I32EnumCase<"FieldRShiftU64", 5, "rshift_u64">,
  I32EnumCase<"TypeExists", 8, "type_exists">,
  I32EnumCase<"TypeSize", 9, "type_size">,
  I32EnumCase<"EnumValueExists", 10, "enumval_exists">,
  I32EnumCase<"EnumValue", 11, "enumval_value">]>;

def Whistler_PtrPredicate : Whistler_Enum<"PtrPredicate",
    "how two pointers are compared", [
  I32EnumCase<"Eq", 0, "eq">, I32EnumCase<"Ne", 1, "ne">,
  I32EnumCase<"Lt", 2, "lt">, I32EnumCase<"Le", 3, "le">,
  I32EnumCase<"Gt", 4, "gt">, I32EnumCase<"Ge", 5, "ge">]>;

#endif // WHISTLER_DIALECT_WHISTLER_IR_WHISTLERENUMS_TD

//===- BPFEnums.td - enumerations of the bpf dialect -------*- tablegen -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Registers, operations, conditions and access sizes. The numbers of the
// operations are not the encoding: that takes them from the UAPI header.
//
//===----------------------------------------------------------------------===//

#ifndef WHISTLER_DIALECT_BPF_IR_BPFENUMS_TD
#define WHISTLER_DIALECT_BPF_IR_BPFENUMS_TD

include "mlir/IR/EnumAttr.td"

class BPF_Enum<string name, string summary, list<I32EnumCase> cases>
    : I32Enum<name, summary, cases> {
  let cppNamespace = "::mlir::bpf";
}

def BPF_Register : BPF_Enum<"Register", "a machine register", [
  I32EnumCase<"R0", 0, "r0">, I32EnumCase<"R1", 1, "r1">,
  I32EnumCase<"R2", 2, "r2">, I32EnumCase<"R3", 3, "r3">,
  I32EnumCase<"R4", 4, "r4">, I32EnumCase<"R5", 5, "r5">,
  I32EnumCase<"R6", 6, "r6">, I32EnumCase<"R7", 7, "r7">,
  I32EnumCase<"R8", 8, "r8">, I32EnumCase<"R9", 9, "r9">,
  I32EnumCase<"R10", 10, "r10">]>;

def BPF_Width : BPF_Enum<"Width", "the width an operation works at, in bits", [
  I32EnumCase<"W32", 32, "w32">, I32EnumCase<"W64", 64, "w64">]>;

def BPF_AluOp : BPF_Enum<"AluOp", "a two-operand arithmetic operation", [
  I32EnumCase<"Add", 0, "add">, I32EnumCase<"Sub", 1, "sub">,
  I32EnumCase<"Mul", 2, "mul">, I32EnumCase<"Div", 3, "div">,
  I32EnumCase<"Mod", 4, "mod">, I32EnumCase<"Or", 5, "or">,
  I32EnumCase<"And", 6, "and">, I32EnumCase<"Xor", 7, "xor">,
  I32EnumCase<"Lsh", 8, "lsh">, I32EnumCase<"Rsh", 9, "rsh">,
  I32EnumCase<"Arsh", 10, "arsh">, I32EnumCase<"SDiv", 11, "sdiv">,
  I32EnumCase<"SMod", 12, "smod">]>;

def BPF_EndianOp : BPF_Enum<"EndianOp", "a byte order conversion", [
  I32EnumCase<"Be16", 0, "be16">, I32EnumCase<"Be32", 1, "be32">,
  I32EnumCase<"Be64", 2, "be64">, I32EnumCase<"Le16", 3, "le16">,
  I32EnumCase<"Le32", 4, "le32">, I32EnumCase<"Le64", 5, "le64">,
  I32EnumCase<"Bswap16", 6, "bswap16">, I32EnumCase<"Bswap32", 7, "bswap32">,
  I32EnumCase<"Bswap64", 8, "bswap64">]>;

def BPF_Condition : BPF_Enum<"Condition", "what a conditional jump tests", [
  I32EnumCase<"Eq", 0, "eq">, I32EnumCase<"Ne", 1, "ne">,
  I32EnumCase<"Gt", 2, "gt">, I32EnumCase<"Ge", 3, "ge">,
  I32EnumCase<"Lt", 4, "lt">, I32EnumCase<"Le", 5, "le">,
  I32EnumCase<"Set", 6, "set">, I32EnumCase<"Sgt", 7, "sgt">,
  I32EnumCase<"Sge", 8, "sge">, I32EnumCase<"Slt", 9, "slt">,
  I32EnumCase<"Sle", 10, "sle">]>;

def BPF_LoadKind : BPF_Enum<"LoadKind",
    "the size of a load in bits, and how it is extended", [
  I32EnumCase<"U8", 0, "u8">, I32EnumCase<"U16", 1, "u16">,
  I32EnumCase<"U32", 2, "u32">, I32EnumCase<"U64", 3, "u64">,
  I32EnumCase<"S8", 4, "s8">, I32EnumCase<"S16", 5, "s16">,
  I32EnumCase<"S32", 6, "s32">]>;

def BPF_StoreSize : BPF_Enum<"StoreSize", "the size of a store in bits", [
  I32EnumCase<"B8", 8, "b8">, I32EnumCase<"B16", 16, "b16">,
  I32EnumCase<"B32", 32, "b32">, I32EnumCase<"B64", 64, "b64">]>;

def BPF_AtomicOp : BPF_Enum<"AtomicOp", "an atomic read-modify-write", [
  I32EnumCase<"Add", 0, "add">, I32EnumCase<"Or", 1, "or">,
  I32EnumCase<"And", 2, "and">, I32EnumCase<"Xor", 3, "xor">]>;

/// libbpf's `enum bpf_core_relo_kind`, with its numbers, under the names that
/// it prints. Those that need the ids of types are left out.
def BPF_CoreKind : BPF_Enum<"CoreKind",
    "a question about the running kernel's types", [
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

#endif // WHISTLER_DIALECT_BPF_IR_BPFENUMS_TD

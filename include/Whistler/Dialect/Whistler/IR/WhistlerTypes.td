//===- WhistlerTypes.td - types of the dialect -------------*- tablegen -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Pointers, and the types of what is in memory.
//
//===----------------------------------------------------------------------===//

#ifndef WHISTLER_DIALECT_WHISTLER_IR_WHISTLERTYPES_TD
#define WHISTLER_DIALECT_WHISTLER_IR_WHISTLERTYPES_TD

include "Whistler/Dialect/Whistler/IR/WhistlerDialect.td"
include "Whistler/Dialect/Whistler/IR/WhistlerEnums.td"
include "mlir/IR/AttrTypeBase.td"
include "mlir/IR/BuiltinTypeInterfaces.td"
include "mlir/IR/CommonTypeConstraints.td"

def Whistler_PtrType : TypeDef<Whistler_Dialect, "Ptr"> {
  let mnemonic = "ptr";
  let summary = "a 64-bit pointer";
  let description = [{
    The parameter tells what the pointer points to, which decides how it may
    be used: `!whistler.ptr<packet>` is the start of a packet access,
    `!whistler.ptr<map_value>` a place in a map's value, or null.
  }];
  let parameters = (ins EnumParameter<Whistler_AddressSpace>:$space);
  let assemblyFormat = "`<` $space `>`";
}

//===----------------------------------------------------------------------===//
// Types of memory
//===----------------------------------------------------------------------===//

// Maps, globals and the fields of structs have types that only describe bytes:
// signed and unsigned integers, and the following. No value has such a type.

def Whistler_StructType : TypeDef<Whistler_Dialect, "Struct"> {
  let mnemonic = "struct";
  let summary = "a struct or union, by its tag";
  let description = [{
    `!whistler.struct<"ct_key">` is what the module's `whistler.struct "ct_key"`
    says. Tags have a namespace of their own, as in C.
  }];
  let parameters = (ins StringRefParameter<>:$tag);
  let assemblyFormat = "`<` $tag `>`";
}

def Whistler_EnumType : TypeDef<Whistler_Dialect, "Enum"> {
  let mnemonic = "enum";
  let summary = "an enumeration, by its tag";
  let description = [{
    `!whistler.enum<"pid_type", ui32>` is an enumeration that is kept as a
    `ui32`. Its enumerators, if any are known, are in the module's
    `whistler.enum "pid_type"`.
  }];
  let parameters = (ins StringRefParameter<>:$tag, "::mlir::Type":$underlying);
  let assemblyFormat = "`<` $tag `,` $underlying `>`";
}

def Whistler_ArrayType : TypeDef<Whistler_Dialect, "Array"> {
  let mnemonic = "array";
  let summary = "elements one behind the other";
  let description = [{
    `!whistler.array<16 x ui8>`. The count is 0 only for a struct's last field.
  }];
  let parameters = (ins "uint32_t":$count, "::mlir::Type":$element);
  let assemblyFormat = "`<` $count `x` $element `>`";
}

def Whistler_PointerType : TypeDef<Whistler_Dialect, "Pointer"> {
  let mnemonic = "pointer";
  let summary = "the 8 bytes of a pointer in memory";
  let description = [{
    `!whistler.pointer<!whistler.struct<"task_struct">>`, or
    `!whistler.pointer<none>` for C's `void *`. The struct need not be in the
    module.
  }];
  let parameters = (ins "::mlir::Type":$pointee);
  let assemblyFormat = "`<` $pointee `>`";
}

class Whistler_PtrTo<string space> : Type<
    CPred<"::llvm::isa<::mlir::whistler::PtrType>($_self) && "
          "::llvm::cast<::mlir::whistler::PtrType>($_self).getSpace() == "
          "::mlir::whistler::AddressSpace::" # space>,
    "pointer to " # space, "::mlir::whistler::PtrType">;

def Whistler_CtxPtr : Whistler_PtrTo<"Ctx">,
    BuildableType<"::mlir::whistler::PtrType::get($_builder.getContext(), "
                  "::mlir::whistler::AddressSpace::Ctx)">;
def Whistler_StackPtr : Whistler_PtrTo<"Stack">,
    BuildableType<"::mlir::whistler::PtrType::get($_builder.getContext(), "
                  "::mlir::whistler::AddressSpace::Stack)">;
def Whistler_MapPtr : Whistler_PtrTo<"Map">,
    BuildableType<"::mlir::whistler::PtrType::get($_builder.getContext(), "
                  "::mlir::whistler::AddressSpace::Map)">;
def Whistler_MapValuePtr : Whistler_PtrTo<"MapValue">,
    BuildableType<"::mlir::whistler::PtrType::get($_builder.getContext(), "
                  "::mlir::whistler::AddressSpace::MapValue)">;

def Whistler_FuncPtr : Whistler_PtrTo<"Func">,
    BuildableType<"::mlir::whistler::PtrType::get($_builder.getContext(), "
                  "::mlir::whistler::AddressSpace::Func)">;

/// The widths that memory is accessed at.
def Whistler_MemInt : AnyTypeOf<[I8, I16, I32, I64]>;
/// What a load yields and a store takes. Pointers are 8 bytes in memory.
def Whistler_MemType : AnyTypeOf<[I8, I16, I32, I64, Whistler_PtrType]>;
/// A map key or value: the scalar itself, or the address of the bytes.
def Whistler_MapArgument : AnyTypeOf<[I8, I16, I32, I64, Whistler_PtrType]>;

#endif // WHISTLER_DIALECT_WHISTLER_IR_WHISTLERTYPES_TD

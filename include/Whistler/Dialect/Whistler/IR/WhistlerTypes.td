//===- WhistlerTypes.td - types of the dialect -------------*- tablegen -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Pointers.
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

/// The widths that memory is accessed at.
def Whistler_MemInt : AnyTypeOf<[I8, I16, I32, I64]>;
/// What a load yields and a store takes. Pointers are 8 bytes in memory.
def Whistler_MemType : AnyTypeOf<[I8, I16, I32, I64, Whistler_PtrType]>;
/// A map key or value: the scalar itself, or the address of the bytes.
def Whistler_MapArgument : AnyTypeOf<[I8, I16, I32, I64, Whistler_PtrType]>;

#endif // WHISTLER_DIALECT_WHISTLER_IR_WHISTLERTYPES_TD

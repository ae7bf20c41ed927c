//===- WhistlerOpBase.td - what operations share -----------*- tablegen -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Base classes, effects and the properties that operations have.
//
//===----------------------------------------------------------------------===//

#ifndef WHISTLER_DIALECT_WHISTLER_IR_WHISTLEROPBASE_TD
#define WHISTLER_DIALECT_WHISTLER_IR_WHISTLEROPBASE_TD

include "Whistler/Dialect/Whistler/IR/WhistlerAttrs.td"
include "Whistler/Dialect/Whistler/IR/WhistlerDialect.td"
include "Whistler/Dialect/Whistler/IR/WhistlerEnums.td"
include "Whistler/Dialect/Whistler/IR/WhistlerTypes.td"
include "mlir/IR/BuiltinAttributes.td"
include "mlir/IR/OpBase.td"
include "mlir/IR/Properties.td"
include "mlir/IR/SymbolInterfaces.td"
include "mlir/Interfaces/InferIntRangeInterface.td"
include "mlir/Interfaces/InferTypeOpInterface.td"
include "mlir/Interfaces/MemorySlotInterfaces.td"
include "mlir/Interfaces/SideEffectInterfaces.td"

class Whistler_Op<string opMnemonic, list<Trait> traits = []>
    : Op<Whistler_Dialect, opMnemonic, traits>;

/// An operation that names the map it works on.
class Whistler_MapUserOp<string opMnemonic, list<Trait> traits = []>
    : Whistler_Op<opMnemonic, traits # [
        DeclareOpInterfaceMethods<SymbolUserOpInterface>]>;

/// The context's fields, as a resource of their own: what is written through a
/// pointer never changes them.
def Whistler_CtxResource : Resource<"::mlir::whistler::CtxResource">;

/// Of what may read and write memory and the context.
def Whistler_AnyEffect : MemoryEffects<[
    MemRead, MemWrite, MemRead<Whistler_CtxResource>,
    MemWrite<Whistler_CtxResource>]>;

def Whistler_Int16 : IntProp<"int16_t">;
def Whistler_Int32 : IntProp<"int32_t">;
def Whistler_Int64 : IntProp<"int64_t">;

#endif // WHISTLER_DIALECT_WHISTLER_IR_WHISTLEROPBASE_TD

//===- BPFOpBase.td - what operations have in common -------*- tablegen -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Properties, and the classes that the operations of the dialect are made from.
//
//===----------------------------------------------------------------------===//

#ifndef WHISTLER_DIALECT_BPF_IR_BPFOPBASE_TD
#define WHISTLER_DIALECT_BPF_IR_BPFOPBASE_TD

include "Whistler/Dialect/BPF/IR/BPFAttrs.td"
include "Whistler/Dialect/BPF/IR/BPFDialect.td"
include "Whistler/Dialect/BPF/IR/BPFEnums.td"
include "Whistler/Dialect/BPF/IR/BPFInterfaces.td"
include "Whistler/Dialect/BPF/IR/BPFTypes.td"
include "mlir/IR/Properties.td"
include "mlir/IR/SymbolInterfaces.td"
include "mlir/Interfaces/ControlFlowInterfaces.td"
include "mlir/Interfaces/SideEffectInterfaces.td"

/// The generic form of an operation has it as a 64-bit integer.
def BPF_Int16 : IntProp<"int16_t"> {
  let convertToAttribute = [{
    return ::mlir::IntegerAttr::get(::mlir::IntegerType::get($_ctxt, 64),
                                    $_storage);
  }];
  let convertFromAttribute = [{
    auto attr = ::llvm::dyn_cast_if_present<::mlir::IntegerAttr>($_attr);
    if (!attr || !attr.getValue().isSignedIntN(16)) {
      $_diag() << "expected an offset from -32768 to 32767";
      return ::mlir::failure();
    }
    $_storage = static_cast<int16_t>(attr.getValue().getSExtValue());
    return ::mlir::success();
  }];
}
def BPF_Int32 : IntProp<"int32_t">;
def BPF_Int64 : IntProp<"int64_t">;

class BPF_Op<string opMnemonic, list<Trait> traits = []>
    : Op<BPF_Dialect, opMnemonic, traits>;

/// An operation on registers. Its memory effects follow from what it is and
/// from whether its registers are virtual: see `getRegisterOpEffects`.
class BPF_RegisterOp<string opMnemonic, list<Trait> traits = []>
    : BPF_Op<opMnemonic, traits # [
        DeclareOpInterfaceMethods<MemoryEffectsOpInterface>]> {
  let extraClassDefinition = [{
    void $cppClass::getEffects(
        ::llvm::SmallVectorImpl<::mlir::MemoryEffects::EffectInstance>
            &effects) {
      ::mlir::bpf::getRegisterOpEffects(*this, effects);
    }
  }];
}

/// An instruction.
class BPF_Instruction<string opMnemonic, list<Trait> traits = []>
    : BPF_RegisterOp<opMnemonic, traits # [
        DeclareOpInterfaceMethods<BPF_InstructionInterface, ["encode"]>]>;

/// An instruction that overwrites registers beside those of its results.
class BPF_ClobberingInstruction<string opMnemonic, list<Trait> traits = []>
    : BPF_RegisterOp<opMnemonic, traits # [
        DeclareOpInterfaceMethods<BPF_InstructionInterface,
                                  ["encode", "getClobbers"]>]>;

/// An instruction that overwrites its operand `lhs` with its result.
class BPF_TiedInstruction<string opMnemonic, list<Trait> traits = []>
    : BPF_RegisterOp<opMnemonic, traits # [
        DeclareOpInterfaceMethods<BPF_InstructionInterface,
                                  ["encode", "getTiedOperand"]>]> {
  let extraClassDefinition = [{
    void $cppClass::getEffects(
        ::llvm::SmallVectorImpl<::mlir::MemoryEffects::EffectInstance>
            &effects) {
      ::mlir::bpf::getRegisterOpEffects(*this, effects);
    }
    ::mlir::OpOperand *$cppClass::getTiedOperand() { return &getLhsMutable(); }
  }];
}

#endif // WHISTLER_DIALECT_BPF_IR_BPFOPBASE_TD

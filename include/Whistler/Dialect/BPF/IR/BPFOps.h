//===- BPFOps.h - operations of the bpf dialect -----------------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// The operations, their interface, and questions that passes ask about them.
//
//===----------------------------------------------------------------------===//

#ifndef WHISTLER_DIALECT_BPF_IR_BPFOPS_H
#define WHISTLER_DIALECT_BPF_IR_BPFOPS_H

#include "Whistler/Dialect/BPF/IR/BPFDialect.h"
#include "Whistler/Dialect/BPF/IR/Encoding.h"
#include "mlir/Bytecode/BytecodeOpInterface.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/OpDefinition.h"
#include "mlir/IR/OpImplementation.h"
#include "mlir/IR/SymbolTable.h"
#include "mlir/Interfaces/ControlFlowInterfaces.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"

namespace mlir::bpf {
/// Appends the effects of an operation on registers: those on memory follow
/// from its kind, those on registers from whether they are machine registers.
void getRegisterOpEffects(
    Operation *op,
    llvm::SmallVectorImpl<MemoryEffects::EffectInstance> &effects);
} // namespace mlir::bpf

#include "Whistler/Dialect/BPF/IR/BPFInterfaces.h.inc"

#define GET_OP_CLASSES
#include "Whistler/Dialect/BPF/IR/BPFOps.h.inc"

namespace mlir::bpf {

/// The machine registers, as something that operations read and write. Only
/// operations on machine registers have this effect; those on virtual ones are
/// ordinary SSA operations.
struct RegisterResource : SideEffects::Resource::Base<RegisterResource> {
  llvm::StringRef getName() final { return "<Registers>"; }
};

/// The machine register that `operand` must be in by its operation's rule: the
/// arguments of a call, the value of an exit, what a compare-and-exchange
/// expects. None where any register will do.
std::optional<Register> getRequiredRegister(OpOperand &operand);

/// Whether the loader may change the immediate of `op` to what it finds out
/// about the kernel, so that nothing follows from the one in the attribute.
bool isRelocated(Operation *op);

/// The offset of the access to memory that `use` is the base of; none for other
/// uses, and where the loader fills in the offset.
std::optional<int16_t> getAccessOffset(OpOperand &use);

/// Changes the offset of `access`, which has one.
void setAccessOffset(Operation *access, int16_t offset);

/// The number of bytes that a load of `kind` reads.
int64_t getNumBytes(LoadKind kind);

/// The number of bytes that a store of `size` writes.
int64_t getNumBytes(StoreSize size);

/// The machine registers that a raw instruction reads.
RegisterSet getReadRegisters(RawOp op);

/// Whether the operands of `op` may change places.
bool isCommutative(AluOp op);

/// The condition that holds exactly where `condition` does not; none for
/// `set`, whose negation the instruction set lacks.
std::optional<Condition> getNegation(Condition condition);

} // namespace mlir::bpf

#endif // WHISTLER_DIALECT_BPF_IR_BPFOPS_H

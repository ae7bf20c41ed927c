//===- InstructionSelector.h - instructions for one body --------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Walks the blocks of a program or function in reverse post order and emits
// instructions.
//
//===----------------------------------------------------------------------===//

#ifndef WHISTLER_LIB_CONVERSION_WHISTLERTOBPF_INSTRUCTIONSELECTOR_H
#define WHISTLER_LIB_CONVERSION_WHISTLERTOBPF_INSTRUCTIONSELECTOR_H

#include "Whistler/Dialect/BPF/IR/BPFOps.h"
#include "Whistler/Dialect/Whistler/IR/WhistlerDialect.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/ControlFlow/IR/ControlFlowOps.h"
#include "mlir/IR/Builders.h"
#include "mlir/IR/Matchers.h"
#include "llvm/ADT/DenseMap.h"

namespace mlir::whistler {

/// What an instruction set version has; named as clang's -mcpu does.
struct CPUFeatures {
  /// v2: jumps on less, and on less or equal.
  bool hasLessJumps = false;
  /// v3: 32-bit jumps, and atomic operations other than addition.
  bool hasJump32 = false;
  /// v4: sign-extending loads and moves, unconditional byte swaps.
  bool hasSignExtension = false;

  /// The features of `name`, "v1" to "v4"; none for another name.
  static std::optional<CPUFeatures> get(StringRef name);
};

/// Selects the instructions of one program or function.
///
/// Every value has one register, but for those that cost nothing to make again
/// where they are used: constants, null, and addresses of maps, of functions
/// and of stack slots. Comparisons are selected with the branch that uses them,
/// and constant pointer arithmetic with the accesses that do.
class InstructionSelector {
public:
  InstructionSelector(bpf::FuncOp func, CPUFeatures features)
      : func(func), features(features), builder(func.getContext()) {}

  /// Fills the function with the instructions for `source`, a program or
  /// function. Reports an operation that there are no instructions for.
  LogicalResult run(Operation *source);

private:
  using Address = std::pair<Value, int16_t>;

  // InstructionSelector.cpp: values and dispatch.
  void createBlocks(Region &source);
  void receiveArguments(Block &entry, Block *created);
  /// Reports an operation on values that there are no registers for.
  LogicalResult checkOperands(Operation *op);
  LogicalResult select(Operation *op);
  bool isSelectedAtUses(Operation *op);
  bool isFoldedIntoAccesses(PtrAddOp op);
  std::optional<Address> getSlotPlace(PtrAddOp op);

  bpf::RegType getVirtualType() { return bpf::RegType::get(func.getContext()); }
  bpf::RegType getMachineType(bpf::Register reg) {
    return bpf::RegType::get(func.getContext(), reg);
  }

  template <typename OpTy, typename... Args> OpTy emit(Args &&...args) {
    return OpTy::create(builder, loc, std::forward<Args>(args)...);
  }

  /// A register that holds `value`.
  Value getRegister(Value value) {
    return getRegister(value, getVirtualType());
  }
  /// `value` in a register of `type`; a copy where `type` is a machine
  /// register.
  Value getRegister(Value value, bpf::RegType type);
  Value getRegister(Value value, bpf::Register reg) {
    return getRegister(value, getMachineType(reg));
  }
  SmallVector<Value> getRegisters(ValueRange values);
  /// Makes a value that is selected at its uses, or returns null for others.
  Value materialize(Value value, bpf::RegType type);
  Value emitConstant(const APInt &value, bpf::RegType type);
  void define(Value value, Value reg) { registers[value] = reg; }

  // SelectArithmetic.cpp.
  /// A register with the integer `value` extended to 64 bits.
  Value getZeroExtended(Value value);
  Value getSignExtended(Value value);
  Value emitBinary(bpf::AluOp op, bpf::Width width, Value lhs, Value rhs,
                   const std::optional<APInt> &constant);
  LogicalResult selectBinary(Operation *op, bpf::AluOp aluOp);
  LogicalResult selectShift(Operation *op, bpf::AluOp aluOp);
  LogicalResult selectDivision(Operation *op, bpf::AluOp aluOp);
  LogicalResult selectSub(arith::SubIOp op);
  LogicalResult selectTrunc(arith::TruncIOp op);
  LogicalResult selectByteSwap(ByteSwapOp op);
  LogicalResult selectPtrAdd(PtrAddOp op);
  LogicalResult selectCoreQuery(CoreQueryOp op);

  // SelectMemory.cpp.
  Address getAddress(Value pointer, int64_t offset);
  std::optional<Value> selectGlobalPlace(PtrAddOp op);
  LogicalResult selectFieldAddr(FieldAddrOp op);
  LogicalResult selectAlloca(AllocaOp op);
  LogicalResult selectLoad(LoadOp op);
  LogicalResult selectStore(StoreOp op);
  LogicalResult selectCtxLoad(CtxLoadOp op);
  LogicalResult selectCtxStore(CtxStoreOp op);
  LogicalResult selectAtomicRMW(AtomicRMWOp op);
  LogicalResult selectAtomicCmpXchg(AtomicCmpXchgOp op);

  // SelectCalls.cpp.
  /// Calls the helper of that C name. `args` are whistler values, or registers;
  /// the result goes to `result` if it is used.
  void emitCall(StringRef helper, ArrayRef<Value> args, Value result);
  LogicalResult selectCall(CallOp op);
  /// `args` in the registers of a call's arguments. They are whistler values,
  /// or registers.
  SmallVector<Value> getArguments(ArrayRef<Value> args);
  void defineResult(Value result, Value r0);
  LogicalResult selectMapOp(Operation *op, StringRef helper, StringRef map,
                            ValueRange args);
  LogicalResult selectTailCall(TailCallOp op);
  LogicalResult selectAsm(AsmOp op);

  // SelectControlFlow.cpp.
  struct Comparison;
  LogicalResult selectCondBranch(cf::CondBranchOp op);
  Comparison getComparison(Value condition);
  Comparison getIntegerComparison(arith::CmpIOp op);
  Comparison getPointerComparison(PtrCmpOp op);
  std::optional<Comparison> getBitTest(arith::CmpIOp op);
  void legalize(Comparison &comparison);

  bpf::FuncOp func;
  CPUFeatures features;
  OpBuilder builder;
  /// Where the operation that is being selected comes from.
  Location loc = builder.getUnknownLoc();
  DenseMap<Value, Value> registers;
  DenseMap<Value, Value> slots;
  DenseMap<Block *, Block *> blocks;
};

/// The constant that `value` is, if it is one.
inline std::optional<APInt> getConstant(Value value) {
  APInt constant;
  if (matchPattern(value, m_ConstantInt(&constant)))
    return constant;
  return std::nullopt;
}

} // namespace mlir::whistler

#endif // WHISTLER_LIB_CONVERSION_WHISTLERTOBPF_INSTRUCTIONSELECTOR_H

//===- SelectArithmetic.cpp - arithmetic instructions -----------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Integer and pointer arithmetic, extensions and byte swaps.
//
//===----------------------------------------------------------------------===//

#include "InstructionSelector.h"

using namespace mlir;
using namespace mlir::whistler;
using bpf::AluOp;
using bpf::Width;

/// 32-bit arithmetic serves every width up to 32: the bits above are ignored.
static Width getWidth(Type type) {
  return type.isInteger(64) ? Width::W64 : Width::W32;
}

/// Whether an instruction of `width` can hold `constant` as its immediate.
static bool fitsImmediate(const APInt &constant, Width width) {
  return width == Width::W32 || constant.isSignedIntN(32);
}

/// The immediate for `constant`. A truth value is 0 or 1, and never -1.
static int32_t getImmediate(const APInt &constant) {
  return static_cast<int32_t>(constant.getBitWidth() == 1
                                  ? constant.getZExtValue()
                                  : constant.getSExtValue());
}

//===----------------------------------------------------------------------===//
// Extensions
//===----------------------------------------------------------------------===//

/// Whether the register of `value` is zero above the value's width. The
/// kernel's instruction set document says so for narrow loads, 32-bit
/// arithmetic and the narrow byte swaps.
static bool isZeroExtended(Value value) {
  Type type = value.getType();
  if (type.isInteger(64) || type.isInteger(1))
    return true;
  Operation *op = value.getDefiningOp();
  // A logical shift to the right clears what is above its operand.
  if (isa_and_nonnull<LoadOp, CtxLoadOp, ByteSwapOp, UDivOp, UModOp,
                      AtomicRMWOp, AtomicCmpXchgOp, arith::ExtUIOp,
                      arith::ShRUIOp>(op))
    return true;
  if (auto mask = dyn_cast_if_present<arith::AndIOp>(op))
    if (std::optional<APInt> bits = getConstant(mask.getRhs()))
      if (bits->isNonNegative())
        return true;
  if (std::optional<APInt> constant = getConstant(value))
    return constant->isNonNegative();
  return type.isInteger(32) &&
         isa_and_nonnull<arith::AddIOp, arith::SubIOp, arith::MulIOp,
                         arith::AndIOp, arith::OrIOp, arith::XOrIOp,
                         arith::ShLIOp, arith::ShRUIOp, arith::ShRSIOp>(op);
}

Value InstructionSelector::getZeroExtended(Value value) {
  Value reg = getRegister(value);
  if (isZeroExtended(value))
    return reg;
  unsigned bits = value.getType().getIntOrFloatBitWidth();
  if (bits == 32)
    return emit<bpf::MovOp>(getVirtualType(), Width::W32, reg);
  return emit<bpf::AluImmOp>(getVirtualType(), AluOp::And, Width::W64, reg,
                             int32_t(llvm::maskTrailingOnes<uint32_t>(bits)));
}

Value InstructionSelector::getSignExtended(Value value) {
  Value reg = getRegister(value);
  unsigned bits = value.getType().getIntOrFloatBitWidth();
  // All constants are sign-extended but truth values.
  if (bits == 64 || (bits > 1 && getConstant(value)))
    return reg;
  if (features.hasSignExtension && bits >= 8) {
    auto kind = bits == 8    ? bpf::LoadKind::S8
                : bits == 16 ? bpf::LoadKind::S16
                             : bpf::LoadKind::S32;
    return emit<bpf::MovSxOp>(getVirtualType(), Width::W64, kind, reg);
  }
  int32_t shift = 64 - int32_t(bits);
  Value high =
      emit<bpf::AluImmOp>(getVirtualType(), AluOp::Lsh, Width::W64, reg, shift);
  return emit<bpf::AluImmOp>(getVirtualType(), AluOp::Arsh, Width::W64, high,
                             shift);
}

LogicalResult InstructionSelector::selectTrunc(arith::TruncIOp op) {
  Value reg = getRegister(op.getIn());
  if (op.getType().isInteger(1))
    reg = emit<bpf::AluImmOp>(getVirtualType(), AluOp::And, Width::W64, reg, 1);
  define(op, reg);
  return success();
}

//===----------------------------------------------------------------------===//
// Arithmetic
//===----------------------------------------------------------------------===//

/// `lhs` is a register; `rhs` is one too, and is ignored where `constant` fits
/// the instruction.
Value InstructionSelector::emitBinary(AluOp op, Width width, Value lhs,
                                      Value rhs,
                                      const std::optional<APInt> &constant) {
  if (constant && fitsImmediate(*constant, width))
    return emit<bpf::AluImmOp>(getVirtualType(), op, width, lhs,
                               getImmediate(*constant));
  return emit<bpf::AluRegOp>(getVirtualType(), op, width, lhs,
                             getRegister(rhs));
}

LogicalResult InstructionSelector::selectBinary(Operation *op, AluOp aluOp) {
  Value lhs = op->getOperand(0), rhs = op->getOperand(1);
  // Sums and differences of truth values are modulo 2.
  if (aluOp == AluOp::Add && lhs.getType().isInteger(1))
    aluOp = AluOp::Xor;
  // Without canonicalization a constant may stand on the left.
  if (getConstant(lhs) && !getConstant(rhs))
    std::swap(lhs, rhs);
  std::optional<APInt> constant = getConstant(rhs);
  // The JITs make of a multiplication what it says, three cycles for one, and
  // the immediate of a shift is never too wide.
  if (aluOp == AluOp::Mul && constant && !lhs.getType().isInteger(1) &&
      constant->isPowerOf2()) {
    aluOp = AluOp::Lsh;
    constant = APInt(constant->getBitWidth(), constant->logBase2());
  }
  define(op->getResult(0), emitBinary(aluOp, getWidth(lhs.getType()),
                                      getRegister(lhs), rhs, constant));
  return success();
}

LogicalResult InstructionSelector::selectSub(arith::SubIOp op) {
  if (op.getType().isInteger(1))
    return selectBinary(op, AluOp::Xor);
  Width width = getWidth(op.getType());
  std::optional<APInt> lhs = getConstant(op.getLhs());
  if (lhs && lhs->isZero()) {
    define(op,
           emit<bpf::NegOp>(getVirtualType(), width, getRegister(op.getRhs())));
    return success();
  }
  std::optional<APInt> rhs = getConstant(op.getRhs());
  // Addition of the negated constant is what the verifier follows best.
  if (rhs && fitsImmediate(-*rhs, width)) {
    define(op,
           emit<bpf::AluImmOp>(getVirtualType(), AluOp::Add, width,
                               getRegister(op.getLhs()), getImmediate(-*rhs)));
    return success();
  }
  define(op, emitBinary(AluOp::Sub, width, getRegister(op.getLhs()),
                        op.getRhs(), std::nullopt));
  return success();
}

/// The amount that a shift's count is masked to is what the instruction itself
/// masks it to.
static Value skipCountMask(Value count) {
  auto mask = count.getDefiningOp<arith::AndIOp>();
  if (!mask)
    return count;
  std::optional<APInt> bits = getConstant(mask.getRhs());
  unsigned width = count.getType().getIntOrFloatBitWidth();
  return width >= 32 && bits && *bits == width - 1 ? mask.getLhs() : count;
}

LogicalResult InstructionSelector::selectShift(Operation *op, AluOp aluOp) {
  Value lhs = op->getOperand(0), count = skipCountMask(op->getOperand(1));
  // 0 is the only count that is less than the width of a truth value.
  if (lhs.getType().isInteger(1)) {
    define(op->getResult(0), getRegister(lhs));
    return success();
  }
  Width width = getWidth(lhs.getType());
  // Bits above a narrow value must not be shifted into it.
  bool isNarrow = lhs.getType().getIntOrFloatBitWidth() < 32;
  Value reg = isNarrow && aluOp == AluOp::Rsh    ? getZeroExtended(lhs)
              : isNarrow && aluOp == AluOp::Arsh ? getSignExtended(lhs)
                                                 : getRegister(lhs);
  std::optional<APInt> constant = getConstant(count);
  // An immediate count is not masked by the instruction.
  if (constant && count != op->getOperand(1))
    *constant &= lhs.getType().getIntOrFloatBitWidth() - 1;
  if (constant && constant->uge(width == Width::W64 ? 64 : 32))
    return op->emitOpError("shifts by more than the width of its operand");
  define(op->getResult(0), emitBinary(aluOp, width, reg, count, constant));
  return success();
}

LogicalResult InstructionSelector::selectDivision(Operation *op, AluOp aluOp) {
  Value lhs = op->getOperand(0), rhs = op->getOperand(1);
  if (std::optional<unsigned> shift = getDivisionShift(rhs)) {
    bool isQuotient = aluOp == AluOp::Div;
    define(op->getResult(0),
           emit<bpf::AluImmOp>(
               getVirtualType(), isQuotient ? AluOp::Rsh : AluOp::And,
               getWidth(lhs.getType()), getRegister(lhs),
               isQuotient ? int32_t(*shift) : int32_t((1u << *shift) - 1)));
    return success();
  }
  std::optional<APInt> constant = getConstant(rhs);
  // The verifier refuses an immediate 0; what the language says of it can only
  // be had from a register. It takes immediates for unsigned 32-bit ones at
  // w32, but sign-extends them at w64.
  if (constant && constant->isZero())
    constant.reset();
  define(op->getResult(0), emitBinary(aluOp, getWidth(lhs.getType()),
                                      getRegister(lhs), rhs, constant));
  return success();
}

LogicalResult InstructionSelector::selectByteSwap(ByteSwapOp op) {
  // The target is little-endian, where a conversion to big endian is a swap.
  auto kind = op.getType().isInteger(16)   ? bpf::EndianOp::Be16
              : op.getType().isInteger(32) ? bpf::EndianOp::Be32
                                           : bpf::EndianOp::Be64;
  define(op, emit<bpf::EndianRegOp>(getVirtualType(), kind,
                                    getRegister(op.getValue())));
  return success();
}

/// The bpf dialect's name for a question about the kernel's types. Both have
/// libbpf's numbers.
static bpf::CoreKind getCoreKind(CoreQuery query) {
  std::optional<bpf::CoreKind> kind =
      bpf::symbolizeCoreKind(static_cast<uint32_t>(query));
  assert(kind && "the enumerations have come apart");
  return *kind;
}

LogicalResult InstructionSelector::selectCoreQuery(CoreQueryOp op) {
  auto core = bpf::CoreAttr::get(op.getContext(), getCoreKind(op.getQuery()),
                                 op.getSubject());
  // Only enumerators may need more than 32 bits.
  if (op.getQuery() == CoreQuery::EnumValue)
    define(op, emit<bpf::LdImm64Op>(getVirtualType(), 0, core));
  else
    define(op, emit<bpf::MovImmOp>(getVirtualType(), Width::W64, 0, core));
  return success();
}

LogicalResult InstructionSelector::selectPtrAdd(PtrAddOp op) {
  if (std::optional<Value> place = selectGlobalPlace(op)) {
    define(op, *place);
    return success();
  }
  define(op, emitBinary(AluOp::Add, Width::W64, getRegister(op.getBase()),
                        op.getOffset(), getConstant(op.getOffset())));
  return success();
}

//===- SelectMemory.cpp - loads, stores and atomics -------------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Accesses to memory and to the context.
//
//===----------------------------------------------------------------------===//

#include "InstructionSelector.h"

using namespace mlir;
using namespace mlir::whistler;

static bpf::LoadKind getLoadKind(unsigned bytes) {
  switch (bytes) {
  case 1:
    return bpf::LoadKind::U8;
  case 2:
    return bpf::LoadKind::U16;
  case 4:
    return bpf::LoadKind::U32;
  default:
    return bpf::LoadKind::U64;
  }
}

static bpf::StoreSize getStoreSize(Type type) {
  return static_cast<bpf::StoreSize>(8 * getSizeInBytes(type));
}

/// The base and offset for an access at `offset` bytes from `pointer`, with
/// constant pointer arithmetic absorbed as far as the instruction can hold it.
/// A pointer that has a register of its own is used as it is.
InstructionSelector::Address InstructionSelector::getAddress(Value pointer,
                                                             int64_t offset) {
  Value base = pointer;
  int64_t sum = offset;
  while (auto add = base.getDefiningOp<PtrAddOp>()) {
    if (registers.contains(add))
      break;
    std::optional<APInt> amount = getConstant(add.getOffset());
    if (!amount || !llvm::isInt<16>(sum + amount->getSExtValue()))
      break;
    sum += amount->getSExtValue();
    base = add.getBase();
  }
  if (!llvm::isInt<16>(sum)) {
    Value reg =
        emit<bpf::AluImmOp>(getVirtualType(), bpf::AluOp::Add, bpf::Width::W64,
                            getRegister(base), int32_t(sum));
    return {reg, int16_t(0)};
  }
  if (Value slot = slots.lookup(base))
    return {slot, int16_t(sum)};
  return {getRegister(base), int16_t(sum)};
}

/// The register with a place at a constant distance from the start of a global
/// variable, if `op` is that and the place is in the variable.
std::optional<Value> InstructionSelector::selectGlobalPlace(PtrAddOp op) {
  auto address = op.getBase().getDefiningOp<GlobalAddrOp>();
  std::optional<APInt> offset = getConstant(op.getOffset());
  if (!address || !offset || !offset->isSignedIntN(32))
    return std::nullopt;
  auto global = SymbolTable::lookupNearestSymbolFrom<GlobalOp>(
      op, address.getGlobalAttr());
  auto module = op->getParentOfType<ModuleOp>();
  std::optional<uint64_t> size =
      global ? TypeTable(module).getSize(global.getType()) : std::nullopt;
  // The kernel refuses an address behind the section, even an unused one.
  if (!size || offset->uge(*size))
    return std::nullopt;
  return emit<bpf::LdGlobalOp>(getVirtualType(), address.getGlobal(),
                               int32_t(offset->getSExtValue()));
}

LogicalResult InstructionSelector::selectFieldAddr(FieldAddrOp op) {
  auto core = bpf::CoreAttr::get(op.getContext(),
                                 bpf::CoreKind::FieldByteOffset, op.getField());
  define(op,
         emit<bpf::AluImmOp>(getVirtualType(), bpf::AluOp::Add, bpf::Width::W64,
                             getRegister(op.getBase()), op.getOffset(), core));
  return success();
}

LogicalResult InstructionSelector::selectAlloca(AllocaOp op) {
  Type type = op.getElemType();
  auto array = dyn_cast<ArrayType>(type);
  int64_t alignment = getSizeInBytes(array ? array.getElement() : type);
  slots[op] = emit<bpf::SlotOp>(int64_t(getSizeInBytes(type)), alignment);
  return success();
}

LogicalResult InstructionSelector::selectLoad(LoadOp op) {
  if (op.getField()) {
    if (!llvm::isInt<16>(op.getOffset()))
      return op.emitOpError("offset is out of an instruction's range");
    Value base = getRegister(op.getBase());
    define(op, emit<bpf::LoadOp>(
                   getVirtualType(), getLoadKind(getSizeInBytes(op.getType())),
                   base, int16_t(op.getOffset()), op.getFieldAttr()));
    return success();
  }
  auto [base, offset] = getAddress(op.getBase(), op.getOffset());
  define(op, emit<bpf::LoadOp>(getVirtualType(),
                               getLoadKind(getSizeInBytes(op.getType())), base,
                               offset, /*field=*/StringAttr()));
  return success();
}

LogicalResult InstructionSelector::selectStore(StoreOp op) {
  bpf::StoreSize size = getStoreSize(op.getValue().getType());
  std::optional<APInt> constant = getConstant(op.getValue());
  if (op.getValue().getDefiningOp<NullOp>())
    constant = APInt::getZero(64);
  if (constant && constant->isSignedIntN(32)) {
    auto [base, offset] = getAddress(op.getBase(), op.getOffset());
    emit<bpf::StoreImmOp>(size, int32_t(constant->getSExtValue()), base,
                          offset);
    return success();
  }
  Value value = getRegister(op.getValue());
  auto [base, offset] = getAddress(op.getBase(), op.getOffset());
  emit<bpf::StoreOp>(size, value, base, offset, /*field=*/StringAttr());
  return success();
}

LogicalResult InstructionSelector::selectCtxLoad(CtxLoadOp op) {
  if (!llvm::isInt<16>(op.getOffset()))
    return op.emitOpError("offset is out of an instruction's range");
  define(op, emit<bpf::LoadOp>(getVirtualType(), getLoadKind(op.getSize()),
                               getRegister(op.getCtx()),
                               int16_t(op.getOffset()), op.getFieldAttr()));
  return success();
}

LogicalResult InstructionSelector::selectCtxStore(CtxStoreOp op) {
  if (!llvm::isInt<16>(op.getOffset()))
    return op.emitOpError("offset is out of an instruction's range");
  // Kernels before 6.7 refuse to store an immediate to the context.
  Value value = getRegister(op.getValue());
  emit<bpf::StoreOp>(getStoreSize(op.getValue().getType()), value,
                     getRegister(op.getCtx()), int16_t(op.getOffset()),
                     op.getFieldAttr());
  return success();
}

static std::optional<bpf::AtomicOp> getAtomicOp(AtomicKind kind) {
  switch (kind) {
  case AtomicKind::Add:
    return bpf::AtomicOp::Add;
  case AtomicKind::Or:
    return bpf::AtomicOp::Or;
  case AtomicKind::And:
    return bpf::AtomicOp::And;
  case AtomicKind::Xor:
    return bpf::AtomicOp::Xor;
  case AtomicKind::Xchg:
    return std::nullopt;
  }
  llvm_unreachable("unknown atomic kind");
}

LogicalResult InstructionSelector::selectAtomicRMW(AtomicRMWOp op) {
  bool yieldsOld = op.getKind() == AtomicKind::Xchg ||
                   (op.getOld() && !op.getOld().use_empty());
  bool needsV3 = yieldsOld || op.getKind() != AtomicKind::Add;
  if (needsV3 && !features.hasJump32)
    return op.emitError("atomic operations other than an addition without "
                        "result need --mcpu=v3 or newer");
  Value value = getRegister(op.getValue());
  auto [base, offset] = getAddress(op.getBase(), op.getOffset());
  bpf::StoreSize size = getStoreSize(op.getValue().getType());
  std::optional<bpf::AtomicOp> atomicOp = getAtomicOp(op.getKind());
  if (yieldsOld)
    define(op.getOld(), emit<bpf::AtomicFetchOp>(getVirtualType(), atomicOp,
                                                 size, value, base, offset));
  else
    emit<bpf::AtomicMemOp>(*atomicOp, size, value, base, offset);
  return success();
}

LogicalResult InstructionSelector::selectAtomicCmpXchg(AtomicCmpXchgOp op) {
  if (!features.hasJump32)
    return op.emitError("a compare-and-exchange needs --mcpu=v3 or newer");
  Value value = getRegister(op.getValue());
  auto [base, offset] = getAddress(op.getBase(), op.getOffset());
  Value expected = getRegister(op.getExpected(), bpf::Register::R0);
  Value old = emit<bpf::AtomicCmpXchgOp>(getMachineType(bpf::Register::R0),
                                         getStoreSize(op.getType()), expected,
                                         value, base, offset);
  define(op, emit<bpf::MovOp>(getVirtualType(), bpf::Width::W64, old));
  return success();
}

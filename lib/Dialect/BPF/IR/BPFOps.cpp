//===- BPFOps.cpp - operations of the bpf dialect ---------------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// What operations tell passes: effects, clobbers, successors, and registers
// that the instruction set prescribes.
//
//===----------------------------------------------------------------------===//

#include "Whistler/Dialect/BPF/IR/BPFOps.h"
#include "Whistler/Dialect/BPF/IR/Opcodes.h"
#include "mlir/IR/OpImplementation.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace mlir::bpf;

#include "Whistler/Dialect/BPF/IR/BPFInterfaces.cpp.inc"

/// Parses the operation of an atomic fetch, which may be missing.
static ParseResult parseFetchedOp(OpAsmParser &parser,
                                  std::optional<AtomicOp> &op) {
  StringRef name;
  SmallVector<StringRef> names;
  for (unsigned number = 0; number <= getMaxEnumValForAtomicOp(); ++number)
    names.push_back(stringifyAtomicOp(static_cast<AtomicOp>(number)));
  if (succeeded(parser.parseOptionalKeyword(&name, names)))
    op = symbolizeAtomicOp(name);
  return success();
}

static void printFetchedOp(OpAsmPrinter &printer, Operation *,
                           std::optional<AtomicOp> op) {
  if (op)
    printer << stringifyAtomicOp(*op);
}

#define GET_OP_CLASSES
#include "Whistler/Dialect/BPF/IR/BPFOps.cpp.inc"

//===----------------------------------------------------------------------===//
// Effects
//===----------------------------------------------------------------------===//

static bool readsMemory(Operation *op) {
  return isa<LoadOp, AtomicMemOp, AtomicFetchOp, AtomicCmpXchgOp, CallOp,
             CallFuncOp, RawOp>(op);
}

static bool writesMemory(Operation *op) {
  return isa<StoreOp, StoreImmOp, AtomicMemOp, AtomicFetchOp, AtomicCmpXchgOp,
             CallOp, CallFuncOp, RawOp>(op);
}

void bpf::getRegisterOpEffects(
    Operation *op, SmallVectorImpl<MemoryEffects::EffectInstance> &effects) {
  if (readsMemory(op))
    effects.emplace_back(MemoryEffects::Read::get());
  if (writesMemory(op))
    effects.emplace_back(MemoryEffects::Write::get());
  auto isMachineRegister = [](Value value) {
    return getMachineRegister(value).has_value();
  };
  auto instruction = dyn_cast<InstructionOpInterface>(op);
  if (isa<RawOp>(op) || llvm::any_of(op->getOperands(), isMachineRegister))
    effects.emplace_back(MemoryEffects::Read::get(), RegisterResource::get());
  if (llvm::any_of(op->getResults(), isMachineRegister) ||
      (instruction && !instruction.getClobbers().empty()))
    effects.emplace_back(MemoryEffects::Write::get(), RegisterResource::get());
}

void SlotOp::getEffects(
    SmallVectorImpl<MemoryEffects::EffectInstance> &effects) {
  // Two slots are never the same one, but an unused one may go.
  effects.emplace_back(MemoryEffects::Allocate::get(),
                       getOperation()->getResult(0));
}

//===----------------------------------------------------------------------===//
// Registers
//===----------------------------------------------------------------------===//

std::optional<Register> bpf::getRequiredRegister(OpOperand &operand) {
  using Result = std::optional<Register>;
  unsigned index = operand.getOperandNumber();
  return TypeSwitch<Operation *, Result>(operand.getOwner())
      .Case<CallOp, CallFuncOp>(
          [&](Operation *) { return getArgumentRegister(index); })
      .Case([](ExitOp) { return Register::R0; })
      .Case([&](AtomicCmpXchgOp) {
        return index == 0 ? Result(Register::R0) : std::nullopt;
      })
      .Default(Result());
}

RegisterSet CallOp::getClobbers() { return callClobbers; }
RegisterSet CallFuncOp::getClobbers() { return callClobbers; }

/// The parts of a raw instruction's opcode.
static unsigned getOpcodeClass(RawOp op) { return BPF_CLASS(op.getCode()); }
static unsigned getOpcodeMode(RawOp op) { return BPF_MODE(op.getCode()); }
static bool isRawCall(RawOp op) {
  return getOpcodeClass(op) == BPF_JMP && BPF_OP(op.getCode()) == BPF_CALL;
}

/// Whether the instruction reads the packet in the manner of classic BPF, which
/// is compiled to a call.
static bool isRawPacketLoad(RawOp op) {
  return getOpcodeClass(op) == BPF_LD &&
         (getOpcodeMode(op) == BPF_ABS || getOpcodeMode(op) == BPF_IND);
}

static bool isRawAtomic(RawOp op) {
  return getOpcodeClass(op) == BPF_STX && getOpcodeMode(op) == BPF_ATOMIC;
}

RegisterSet RawOp::getClobbers() {
  if (isRawCall(*this) || isRawPacketLoad(*this))
    return callClobbers;
  auto dst = static_cast<Register>(getDstReg());
  auto src = static_cast<Register>(getSrcReg());
  switch (getOpcodeClass(*this)) {
  case BPF_LD:
  case BPF_LDX:
  case BPF_ALU:
  case BPF_ALU64:
    return {dst};
  case BPF_STX:
    if (!isRawAtomic(*this))
      return {};
    if (getImm() == BPF_CMPXCHG)
      return {Register::R0};
    if (getImm() == BPF_LOAD_ACQ)
      return {dst};
    return getImm() & BPF_FETCH ? RegisterSet{src} : RegisterSet{};
  default:
    return {};
  }
}

RegisterSet bpf::getReadRegisters(RawOp op) {
  auto dst = static_cast<Register>(op.getDstReg());
  auto src = static_cast<Register>(op.getSrcReg());
  RegisterSet sources;
  if (BPF_SRC(op.getCode()) == BPF_X)
    sources.insert(src);
  switch (getOpcodeClass(op)) {
  case BPF_LD:
    // The context is implicitly in r6.
    return isRawPacketLoad(op) ? RegisterSet{Register::R6, src} : RegisterSet{};
  case BPF_LDX:
    return {src};
  case BPF_ST:
    return {dst};
  case BPF_STX:
    return isRawAtomic(op) && op.getImm() == BPF_CMPXCHG
               ? RegisterSet{dst, src, Register::R0}
               : RegisterSet{dst, src};
  case BPF_ALU:
  case BPF_ALU64:
    return BPF_OP(op.getCode()) == BPF_MOV ? sources
                                           : sources | RegisterSet{dst};
  default:
    // How many arguments the helper takes is not known here.
    return isRawCall(op) ? RegisterSet{Register::R1, Register::R2, Register::R3,
                                       Register::R4, Register::R5}
                         : RegisterSet{};
  }
}

bool bpf::isRelocated(Operation *op) {
  return TypeSwitch<Operation *, bool>(op)
      .Case<MovImmOp, AluImmOp, LdImm64Op>(
          [](auto imm) { return bool(imm.getCore()); })
      .Default(false);
}

int64_t bpf::getNumBytes(LoadKind kind) {
  // The kinds are in order, first of unsigned numbers, then of signed ones.
  return int64_t(1) << (static_cast<unsigned>(kind) % 4);
}

int64_t bpf::getNumBytes(StoreSize size) {
  return static_cast<int64_t>(size) / 8;
}

std::optional<int16_t> bpf::getAccessOffset(OpOperand &use) {
  using Result = std::optional<int16_t>;
  auto getPlain = [&](auto access) {
    return &access.getBaseMutable() == &use ? Result(access.getOffset())
                                            : Result();
  };
  return TypeSwitch<Operation *, Result>(use.getOwner())
      .Case<LoadOp, StoreOp>([&](auto access) {
        return access.getField() ? Result() : getPlain(access);
      })
      .Case<StoreImmOp, AtomicMemOp, AtomicFetchOp, AtomicCmpXchgOp>(getPlain)
      .Default(Result());
}

void bpf::setAccessOffset(Operation *access, int16_t offset) {
  TypeSwitch<Operation *>(access)
      .Case<LoadOp, StoreOp, StoreImmOp, AtomicMemOp, AtomicFetchOp,
            AtomicCmpXchgOp>([&](auto op) { op.setOffset(offset); })
      .Default([](Operation *) { llvm_unreachable("not an access"); });
}

//===----------------------------------------------------------------------===//
// Operators
//===----------------------------------------------------------------------===//

bool bpf::isCommutative(AluOp op) {
  switch (op) {
  case AluOp::Add:
  case AluOp::Mul:
  case AluOp::Or:
  case AluOp::And:
  case AluOp::Xor:
    return true;
  default:
    return false;
  }
}

std::optional<Condition> bpf::getNegation(Condition condition) {
  switch (condition) {
  case Condition::Eq:
    return Condition::Ne;
  case Condition::Ne:
    return Condition::Eq;
  case Condition::Gt:
    return Condition::Le;
  case Condition::Ge:
    return Condition::Lt;
  case Condition::Lt:
    return Condition::Ge;
  case Condition::Le:
    return Condition::Gt;
  case Condition::Sgt:
    return Condition::Sle;
  case Condition::Sge:
    return Condition::Slt;
  case Condition::Slt:
    return Condition::Sge;
  case Condition::Sle:
    return Condition::Sgt;
  case Condition::Set:
    return std::nullopt;
  }
  llvm_unreachable("unknown condition");
}

//===----------------------------------------------------------------------===//
// Branches
//===----------------------------------------------------------------------===//

// Allocation may leave a block argument and what is passed for it in different
// registers; `bpf-lower-parallel-moves` brings them together.
static bool areBothRegisters(Type lhs, Type rhs) {
  return isa<RegType>(lhs) && isa<RegType>(rhs);
}

bool JaOp::areTypesCompatible(Type lhs, Type rhs) {
  return areBothRegisters(lhs, rhs);
}
bool JCondOp::areTypesCompatible(Type lhs, Type rhs) {
  return areBothRegisters(lhs, rhs);
}
bool JCondImmOp::areTypesCompatible(Type lhs, Type rhs) {
  return areBothRegisters(lhs, rhs);
}

SuccessorOperands JaOp::getSuccessorOperands(unsigned index) {
  return SuccessorOperands(getDestOperandsMutable());
}
SuccessorOperands JCondOp::getSuccessorOperands(unsigned index) {
  return SuccessorOperands(index == 0 ? getTrueOperandsMutable()
                                      : getFalseOperandsMutable());
}
SuccessorOperands JCondImmOp::getSuccessorOperands(unsigned index) {
  return SuccessorOperands(index == 0 ? getTrueOperandsMutable()
                                      : getFalseOperandsMutable());
}

//===- BPFEncoding.cpp - operations to instruction fields -------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// The `encode` method of each instruction. The layout is that of the kernel's
// `Documentation/bpf/standardization/instruction-set.rst`; the numbers come
// from the UAPI.
//
//===----------------------------------------------------------------------===//

#include "Whistler/Dialect/BPF/IR/BPFOps.h"
#include "Whistler/Dialect/BPF/IR/Opcodes.h"

using namespace mlir;
using namespace mlir::bpf;

InstructionEmitter::~InstructionEmitter() = default;

//===----------------------------------------------------------------------===//
// Fields
//===----------------------------------------------------------------------===//

/// The number of the machine register that `value` is in.
static uint8_t getNumber(Value value) {
  std::optional<Register> reg = getMachineRegister(value);
  assert(reg && "encoding needs a register allocation");
  return static_cast<uint8_t>(reg.value_or(Register::R0));
}

static uint8_t getAluClass(Width width) {
  return width == Width::W64 ? BPF_ALU64 : BPF_ALU;
}

static uint8_t getJumpClass(Width width) {
  return width == Width::W64 ? BPF_JMP : BPF_JMP32;
}

static uint8_t getAluCode(AluOp op) {
  switch (op) {
  case AluOp::Add:
    return BPF_ADD;
  case AluOp::Sub:
    return BPF_SUB;
  case AluOp::Mul:
    return BPF_MUL;
  case AluOp::Div:
  case AluOp::SDiv:
    return BPF_DIV;
  case AluOp::Mod:
  case AluOp::SMod:
    return BPF_MOD;
  case AluOp::Or:
    return BPF_OR;
  case AluOp::And:
    return BPF_AND;
  case AluOp::Xor:
    return BPF_XOR;
  case AluOp::Lsh:
    return BPF_LSH;
  case AluOp::Rsh:
    return BPF_RSH;
  case AluOp::Arsh:
    return BPF_ARSH;
  }
  llvm_unreachable("unknown operation");
}

static int16_t getAluOffset(AluOp op) {
  bool isSigned = op == AluOp::SDiv || op == AluOp::SMod;
  return isSigned ? opcodes::signedDivision : 0;
}

static uint8_t getJumpCode(Condition condition) {
  switch (condition) {
  case Condition::Eq:
    return BPF_JEQ;
  case Condition::Ne:
    return BPF_JNE;
  case Condition::Gt:
    return BPF_JGT;
  case Condition::Ge:
    return BPF_JGE;
  case Condition::Lt:
    return BPF_JLT;
  case Condition::Le:
    return BPF_JLE;
  case Condition::Set:
    return BPF_JSET;
  case Condition::Sgt:
    return BPF_JSGT;
  case Condition::Sge:
    return BPF_JSGE;
  case Condition::Slt:
    return BPF_JSLT;
  case Condition::Sle:
    return BPF_JSLE;
  }
  llvm_unreachable("unknown condition");
}

/// The size and mode bits of a load.
static uint8_t getLoadCode(LoadKind kind) {
  switch (kind) {
  case LoadKind::U8:
    return BPF_B | BPF_MEM;
  case LoadKind::U16:
    return BPF_H | BPF_MEM;
  case LoadKind::U32:
    return BPF_W | BPF_MEM;
  case LoadKind::U64:
    return BPF_DW | BPF_MEM;
  case LoadKind::S8:
    return BPF_B | BPF_MEMSX;
  case LoadKind::S16:
    return BPF_H | BPF_MEMSX;
  case LoadKind::S32:
    return BPF_W | BPF_MEMSX;
  }
  llvm_unreachable("unknown load");
}

static int16_t getExtendedBits(LoadKind kind) {
  switch (kind) {
  case LoadKind::S8:
    return 8;
  case LoadKind::S16:
    return 16;
  default:
    return 32;
  }
}

static uint8_t getSizeCode(StoreSize size) {
  switch (size) {
  case StoreSize::B8:
    return BPF_B;
  case StoreSize::B16:
    return BPF_H;
  case StoreSize::B32:
    return BPF_W;
  case StoreSize::B64:
    return BPF_DW;
  }
  llvm_unreachable("unknown size");
}

static int32_t getAtomicCode(AtomicOp op) {
  switch (op) {
  case AtomicOp::Add:
    return BPF_ADD;
  case AtomicOp::Or:
    return BPF_OR;
  case AtomicOp::And:
    return BPF_AND;
  case AtomicOp::Xor:
    return BPF_XOR;
  }
  llvm_unreachable("unknown operation");
}

/// The opcode, direction and width of a byte order conversion.
static Instruction getEndianInstruction(EndianOp op) {
  auto make = [](unsigned opcode, int32_t bits) {
    Instruction result;
    result.opcode = static_cast<uint8_t>(opcode);
    result.imm = bits;
    return result;
  };
  constexpr unsigned toBig = BPF_ALU | BPF_END | BPF_TO_BE;
  constexpr unsigned toLittle = BPF_ALU | BPF_END | BPF_TO_LE;
  constexpr unsigned swap = BPF_ALU64 | BPF_END | BPF_TO_LE;
  switch (op) {
  case EndianOp::Be16:
    return make(toBig, 16);
  case EndianOp::Be32:
    return make(toBig, 32);
  case EndianOp::Be64:
    return make(toBig, 64);
  case EndianOp::Le16:
    return make(toLittle, 16);
  case EndianOp::Le32:
    return make(toLittle, 32);
  case EndianOp::Le64:
    return make(toLittle, 64);
  case EndianOp::Bswap16:
    return make(swap, 16);
  case EndianOp::Bswap32:
    return make(swap, 32);
  case EndianOp::Bswap64:
    return make(swap, 64);
  }
  llvm_unreachable("unknown conversion");
}

/// Builds the fields of one slot.
static Instruction makeInstruction(unsigned opcode, uint8_t dst, uint8_t src,
                                   int16_t offset, int32_t imm) {
  Instruction result;
  result.opcode = static_cast<uint8_t>(opcode);
  result.dst = dst;
  result.src = src;
  result.offset = offset;
  result.imm = imm;
  return result;
}

//===----------------------------------------------------------------------===//
// Moves, constants and arithmetic
//===----------------------------------------------------------------------===//

void MovOp::encode(InstructionEmitter &emitter) {
  emitter.emit(makeInstruction(getAluClass(getWidth()) | BPF_MOV | BPF_X,
                               getNumber(getDst()), getNumber(getSrc()), 0, 0));
}

void MovSxOp::encode(InstructionEmitter &emitter) {
  emitter.emit(makeInstruction(getAluClass(getWidth()) | BPF_MOV | BPF_X,
                               getNumber(getDst()), getNumber(getSrc()),
                               getExtendedBits(getKind()), 0));
}

void MovImmOp::encode(InstructionEmitter &emitter) {
  emitter.emitRelocated(
      makeInstruction(getAluClass(getWidth()) | BPF_MOV | BPF_K,
                      getNumber(getDst()), 0, 0, getImm()),
      getCoreAttr());
}

void LdImm64Op::encode(InstructionEmitter &emitter) {
  emitter.emitImmediate64(*getMachineRegister(getDst()), getImm(),
                          getCoreAttr());
}

void LdMapOp::encode(InstructionEmitter &emitter) {
  emitter.emitMapAddress(*getMachineRegister(getDst()), getMapAttr());
}

void LdGlobalOp::encode(InstructionEmitter &emitter) {
  emitter.emitGlobalAddress(*getMachineRegister(getDst()), getGlobalAttr(),
                            getOffset());
}

void LdFuncOp::encode(InstructionEmitter &emitter) {
  emitter.emitFunctionAddress(*getMachineRegister(getDst()), getCalleeAttr());
}

void AluRegOp::encode(InstructionEmitter &emitter) {
  emitter.emit(makeInstruction(
      getAluClass(getWidth()) | getAluCode(getOp()) | BPF_X,
      getNumber(getDst()), getNumber(getRhs()), getAluOffset(getOp()), 0));
}

void AluImmOp::encode(InstructionEmitter &emitter) {
  emitter.emitRelocated(
      makeInstruction(getAluClass(getWidth()) | getAluCode(getOp()) | BPF_K,
                      getNumber(getDst()), 0, getAluOffset(getOp()), getImm()),
      getCoreAttr());
}

void NegOp::encode(InstructionEmitter &emitter) {
  emitter.emit(makeInstruction(getAluClass(getWidth()) | BPF_NEG | BPF_K,
                               getNumber(getDst()), 0, 0, 0));
}

void EndianRegOp::encode(InstructionEmitter &emitter) {
  Instruction instruction = getEndianInstruction(getOp());
  instruction.dst = getNumber(getDst());
  emitter.emit(instruction);
}

//===----------------------------------------------------------------------===//
// Memory
//===----------------------------------------------------------------------===//

void LoadOp::encode(InstructionEmitter &emitter) {
  emitter.emitAccess(makeInstruction(BPF_LDX | getLoadCode(getKind()),
                                     getNumber(getDst()), getNumber(getBase()),
                                     getOffset(), 0),
                     getFieldAttr());
}

void StoreOp::encode(InstructionEmitter &emitter) {
  emitter.emitAccess(makeInstruction(BPF_STX | BPF_MEM | getSizeCode(getSize()),
                                     getNumber(getBase()),
                                     getNumber(getValue()), getOffset(), 0),
                     getFieldAttr());
}

void StoreImmOp::encode(InstructionEmitter &emitter) {
  emitter.emit(makeInstruction(BPF_ST | BPF_MEM | getSizeCode(getSize()),
                               getNumber(getBase()), 0, getOffset(), getImm()));
}

/// An atomic instruction; `code` is its immediate.
static Instruction makeAtomic(StoreSize size, Value base, Value value,
                              int16_t offset, int32_t code) {
  return makeInstruction(BPF_STX | BPF_ATOMIC | getSizeCode(size),
                         getNumber(base), getNumber(value), offset, code);
}

void AtomicMemOp::encode(InstructionEmitter &emitter) {
  emitter.emit(makeAtomic(getSize(), getBase(), getValue(), getOffset(),
                          getAtomicCode(getOp())));
}

void AtomicFetchOp::encode(InstructionEmitter &emitter) {
  int32_t code = getOp() ? getAtomicCode(*getOp()) | BPF_FETCH : BPF_XCHG;
  emitter.emit(makeAtomic(getSize(), getBase(), getLhs(), getOffset(), code));
}

void AtomicCmpXchgOp::encode(InstructionEmitter &emitter) {
  emitter.emit(
      makeAtomic(getSize(), getBase(), getValue(), getOffset(), BPF_CMPXCHG));
}

//===----------------------------------------------------------------------===//
// Control
//===----------------------------------------------------------------------===//

void CallOp::encode(InstructionEmitter &emitter) {
  emitter.emit(makeInstruction(BPF_JMP | BPF_CALL, 0, 0, 0, getHelper()));
}

void CallFuncOp::encode(InstructionEmitter &emitter) {
  emitter.emitFunctionCall(getCalleeAttr());
}

void RawOp::encode(InstructionEmitter &emitter) {
  emitter.emit(makeInstruction(getCode(), getDstReg(), getSrcReg(),
                               static_cast<int16_t>(getOff()), getImm()));
}

/// Jumps to `target` unless control gets there anyway.
static void encodeJump(InstructionEmitter &emitter, Block *target) {
  if (!emitter.isNext(target))
    emitter.emitJump(makeInstruction(BPF_JMP | BPF_JA, 0, 0, 0, 0), target);
}

void JaOp::encode(InstructionEmitter &emitter) {
  encodeJump(emitter, getDest());
}

void JCondOp::encode(InstructionEmitter &emitter) {
  unsigned opcode = getJumpClass(getWidth()) | getJumpCode(getCondition());
  emitter.emitJump(makeInstruction(opcode | BPF_X, getNumber(getLhs()),
                                   getNumber(getRhs()), 0, 0),
                   getTrueDest());
  encodeJump(emitter, getFalseDest());
}

void JCondImmOp::encode(InstructionEmitter &emitter) {
  unsigned opcode = getJumpClass(getWidth()) | getJumpCode(getCondition());
  emitter.emitJump(
      makeInstruction(opcode | BPF_K, getNumber(getLhs()), 0, 0, getImm()),
      getTrueDest());
  encodeJump(emitter, getFalseDest());
}

void ExitOp::encode(InstructionEmitter &emitter) {
  emitter.emit(makeInstruction(BPF_JMP | BPF_EXIT, 0, 0, 0, 0));
}

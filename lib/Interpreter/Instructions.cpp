//===- Instructions.cpp - what instructions do ------------------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// The instruction set up to version 4, as the kernel's
// Documentation/bpf/standardization/instruction-set.rst defines it.
//
//===----------------------------------------------------------------------===//

#include "Helpers.h"
#include "Whistler/Dialect/BPF/IR/Opcodes.h"
#include "Whistler/Interpreter/Machine.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Endian.h"
#include "llvm/Support/SwapByteOrder.h"
#include <cstring>

using namespace llvm;
using namespace whistler;
using namespace whistler::interp;

static_assert(sys::IsLittleEndianHost, "values are kept as the programs do");

// Offsets of byte counts in the fields of instructions, as the standard has
// them; the UAPI has no names.
static constexpr int16_t signedDivision = mlir::bpf::opcodes::signedDivision;
static constexpr uint8_t callByRegister = BPF_JMP | BPF_CALL | BPF_X;

void Machine::failUnknown(const Instruction &insn) {
  fail("unknown instruction: opcode 0x" + utohexstr(insn.opcode, true, 2) +
       ", registers " + Twine(unsigned(insn.dst)) + " and " +
       Twine(unsigned(insn.src)) + ", offset " + Twine(insn.offset) +
       ", immediate " + Twine(insn.imm));
}

void Machine::step() {
  if (nextSlot == object.code.size()) {
    fail("the program runs past its last instruction");
    return;
  }
  slot = nextSlot;
  const Instruction &insn = object.code[slot];
  ++result.executed;
  if (!result.profile.empty())
    ++result.profile[slot];
  nextSlot = slot + 1;
  switch (BPF_CLASS(insn.opcode)) {
  case BPF_ALU:
    return executeAlu<uint32_t>(insn);
  case BPF_ALU64:
    return executeAlu<uint64_t>(insn);
  case BPF_JMP:
    return executeJump(insn);
  case BPF_JMP32:
    if (insn.opcode == (BPF_JMP32 | BPF_JA))
      return goTo(uint64_t(slot) + 1 + insn.imm);
    return executeBranch<uint32_t>(insn);
  case BPF_LDX:
    return executeLoad(insn);
  case BPF_ST:
  case BPF_STX:
    return executeStore(insn);
  default:
    return executeImmediateLoad(insn);
  }
}

//===----------------------------------------------------------------------===//
// Arithmetic
//===----------------------------------------------------------------------===//

/// The two divisions are total: by zero, and of the least number by -1.
template <typename Unsigned>
static Unsigned divide(Unsigned a, Unsigned b, bool isSigned, bool isModulo) {
  using Signed = std::make_signed_t<Unsigned>;
  if (b == 0)
    return isModulo ? a : 0;
  if (!isSigned)
    return isModulo ? a % b : a / b;
  if (b == Unsigned(-1))
    return isModulo ? 0 : 0 - a;
  return isModulo ? Signed(a) % Signed(b) : Signed(a) / Signed(b);
}

/// The value that a move writes: sign-extended where the offset says from how
/// many bits.
template <typename Unsigned>
Unsigned Machine::move(const Instruction &insn, Unsigned source) {
  bool isRegister = BPF_SRC(insn.opcode) == BPF_X;
  if (insn.offset == 0)
    return source;
  if (isRegister && insn.offset == 8)
    return static_cast<int8_t>(source);
  if (isRegister && insn.offset == 16)
    return static_cast<int16_t>(source);
  if (isRegister && insn.offset == 32 && sizeof(Unsigned) == 8)
    return static_cast<int32_t>(source);
  failUnknown(insn);
  return 0;
}

template <typename Unsigned> void Machine::executeAlu(const Instruction &insn) {
  using Signed = std::make_signed_t<Unsigned>;
  constexpr Unsigned countMask = sizeof(Unsigned) * 8 - 1;
  unsigned operation = BPF_OP(insn.opcode);
  if (operation == BPF_END)
    return executeByteSwap(insn);
  bool isDivision = operation == BPF_DIV || operation == BPF_MOD;
  if (insn.offset &&
      !(isDivision ? insn.offset == signedDivision : operation == BPF_MOV))
    return failUnknown(insn);
  bool isRegister = BPF_SRC(insn.opcode) == BPF_X;
  if (operation == BPF_NEG && isRegister)
    return failUnknown(insn);
  Unsigned a = operation == BPF_MOV ? 0 : read(insn.dst);
  Unsigned b = isRegister ? read(insn.src) : int64_t(insn.imm);
  Unsigned value = 0;
  switch (operation) {
  case BPF_ADD:
    value = a + b;
    break;
  case BPF_SUB:
    value = a - b;
    break;
  case BPF_MUL:
    value = a * b;
    break;
  case BPF_DIV:
  case BPF_MOD:
    value = divide(a, b, insn.offset == signedDivision, operation == BPF_MOD);
    break;
  case BPF_OR:
    value = a | b;
    break;
  case BPF_AND:
    value = a & b;
    break;
  case BPF_XOR:
    value = a ^ b;
    break;
  case BPF_LSH:
    value = a << (b & countMask);
    break;
  case BPF_RSH:
    value = a >> (b & countMask);
    break;
  case BPF_ARSH:
    value = Signed(a) >> (b & countMask);
    break;
  case BPF_NEG:
    value = 0 - a;
    break;
  case BPF_MOV:
    value = move<Unsigned>(insn, b);
    break;
  default:
    return failUnknown(insn);
  }
  write(insn.dst, value);
}

void Machine::executeByteSwap(const Instruction &insn) {
  bool is64 = BPF_CLASS(insn.opcode) == BPF_ALU64;
  bool toBig = BPF_SRC(insn.opcode) == BPF_TO_BE;
  // In the 64-bit class the swap is unconditional, and written as to little.
  if (insn.offset || insn.src || (is64 && toBig))
    return failUnknown(insn);
  bool swaps = is64 || toBig;
  uint64_t value = read(insn.dst);
  switch (insn.imm) {
  case 16:
    return write(insn.dst, swaps ? byteswap<uint16_t>(value) : uint16_t(value));
  case 32:
    return write(insn.dst, swaps ? byteswap<uint32_t>(value) : uint32_t(value));
  case 64:
    return write(insn.dst, swaps ? byteswap<uint64_t>(value) : value);
  default:
    return failUnknown(insn);
  }
}

//===----------------------------------------------------------------------===//
// Jumps
//===----------------------------------------------------------------------===//

template <typename Unsigned>
void Machine::executeBranch(const Instruction &insn) {
  using Signed = std::make_signed_t<Unsigned>;
  Unsigned a = read(insn.dst);
  Unsigned b =
      BPF_SRC(insn.opcode) == BPF_X ? read(insn.src) : int64_t(insn.imm);
  bool isTaken = false;
  switch (BPF_OP(insn.opcode)) {
  case BPF_JEQ:
    isTaken = a == b;
    break;
  case BPF_JNE:
    isTaken = a != b;
    break;
  case BPF_JGT:
    isTaken = a > b;
    break;
  case BPF_JGE:
    isTaken = a >= b;
    break;
  case BPF_JLT:
    isTaken = a < b;
    break;
  case BPF_JLE:
    isTaken = a <= b;
    break;
  case BPF_JSET:
    isTaken = a & b;
    break;
  case BPF_JSGT:
    isTaken = Signed(a) > Signed(b);
    break;
  case BPF_JSGE:
    isTaken = Signed(a) >= Signed(b);
    break;
  case BPF_JSLT:
    isTaken = Signed(a) < Signed(b);
    break;
  case BPF_JSLE:
    isTaken = Signed(a) <= Signed(b);
    break;
  default:
    return failUnknown(insn);
  }
  if (isTaken)
    goTo(uint64_t(slot) + 1 + insn.offset);
}

void Machine::executeJump(const Instruction &insn) {
  switch (insn.opcode) {
  case BPF_JMP | BPF_JA:
    return goTo(uint64_t(slot) + 1 + insn.offset);
  case BPF_JMP | BPF_EXIT:
    return executeExit();
  case BPF_JMP | BPF_JCOND:
    // The kernel jumps when the loop has gone on for too long, which is for
    // the limit of steps to tell.
    return;
  case callByRegister: {
    uint64_t target = read(insn.dst);
    Region *code = memory.find(target);
    if (!code || code->kind != RegionKind::Code) {
      fail("the register of the call does not hold a function");
      return;
    }
    return enterFunction(nextSlot, target - code->base);
  }
  case BPF_JMP | BPF_CALL:
    if (insn.src == BPF_PSEUDO_CALL)
      return enterFunction(nextSlot, insn.wide);
    return callHelper(insn);
  default:
    return executeBranch<uint64_t>(insn);
  }
}

void Machine::callHelper(const Instruction &insn) {
  const HelperEntry *entry = insn.src ? nullptr : lookupHelperEntry(insn.imm);
  if (!entry || !entry->run) {
    const uapi::Helper *helper =
        insn.src ? nullptr : uapi::lookupHelperById(insn.imm);
    fail(insn.src ? "the interpreter has no kernel functions (kfuncs)"
         : helper
             ? "the interpreter does not have the helper bpf_" + helper->cName
             : "there is no helper with the number " + Twine(insn.imm));
    return;
  }
  uint64_t arguments[uapi::Helper::MaxArgs];
  for (unsigned index = 0; index != uapi::Helper::MaxArgs; ++index)
    arguments[index] =
        index < entry->helper->numArgs ? read(1 + index) : registers[1 + index];
  if (hasFailed())
    return;
  hasJumped = false;
  uint64_t value = entry->run(*this, arguments);
  if (hasJumped)
    return;
  if (entry->changesPacket)
    packet.renew();
  constexpr uint16_t argumentRegisters = 0b111110;
  valid &= ~argumentRegisters;
  write(0, value);
  if (entry->helper->returnKind == uapi::ReturnKind::Void)
    valid &= ~1;
}

//===----------------------------------------------------------------------===//
// Memory
//===----------------------------------------------------------------------===//

static unsigned getSize(uint8_t opcode) {
  switch (BPF_SIZE(opcode)) {
  case BPF_B:
    return 1;
  case BPF_H:
    return 2;
  case BPF_W:
    return 4;
  default:
    return 8;
  }
}

void Machine::executeImmediateLoad(const Instruction &insn) {
  unsigned mode = BPF_MODE(insn.opcode);
  if (mode == BPF_ABS || mode == BPF_IND)
    return executePacketLoad(insn);
  if (insn.opcode != (BPF_LD | BPF_IMM | BPF_DW))
    return failUnknown(insn);
  write(insn.dst, insn.wide);
  goTo(uint64_t(slot) + 2);
}

/// The loads of classic BPF: big-endian, from the packet that r6 is the context
/// of. Beyond its end the program returns 0.
void Machine::executePacketLoad(const Instruction &insn) {
  unsigned size = getSize(insn.opcode);
  if (size == 8)
    return failUnknown(insn);
  uint64_t offset = uint32_t(insn.imm);
  if (BPF_MODE(insn.opcode) == BPF_IND)
    offset = uint32_t(offset + read(insn.src));
  if (!checkContext(read(6)))
    return;
  const uint8_t *bytes = packet.at(offset, size);
  uint64_t value = 0;
  for (unsigned index = 0; bytes && index != size; ++index)
    value = value << 8 | bytes[index];
  constexpr uint16_t argumentRegisters = 0b111110;
  valid &= ~argumentRegisters;
  write(0, value);
  if (!bytes)
    executeExit();
}

uint64_t Machine::loadContext(uint64_t address, unsigned size) {
  uint32_t offset = address - packet.getContextAddress();
  std::optional<uint64_t> pointer;
  if (!packet.loadPointer(offset, size, pointer)) {
    uint64_t value = 0;
    if (const uint8_t *bytes = getReadable(address, size))
      std::memcpy(&value, bytes, size);
    return value;
  }
  if (!pointer)
    return fail("the context field at offset " + Twine(offset) +
                " is a pointer to the packet, which is loaded as a whole");
  return *pointer;
}

uint64_t Machine::load(uint64_t address, unsigned size) {
  Region *region = memory.find(address);
  if (region && region->kind == RegionKind::Context)
    return loadContext(address, size);
  if (region && region->kind == RegionKind::Stack && address % size)
    return fail("a load from the stack that is not aligned");
  uint64_t value = 0;
  if (const uint8_t *bytes = getReadable(address, size))
    std::memcpy(&value, bytes, size);
  return value;
}

void Machine::store(uint64_t address, unsigned size, uint64_t value) {
  Region *region = memory.find(address);
  if (region && region->kind == RegionKind::Context &&
      packet.isPointer(address - region->base, size)) {
    fail("a store to a context field that points to the packet");
    return;
  }
  if (region && region->kind == RegionKind::Stack && address % size) {
    fail("a store to the stack that is not aligned");
    return;
  }
  if (uint8_t *bytes = getWritable(address, size))
    std::memcpy(bytes, &value, size);
}

void Machine::executeLoad(const Instruction &insn) {
  unsigned mode = BPF_MODE(insn.opcode);
  unsigned size = getSize(insn.opcode);
  bool isSigned = mode == BPF_MEMSX && size != 8;
  if (mode != BPF_MEM && !isSigned)
    return failUnknown(insn);
  uint64_t value = load(read(insn.src) + insn.offset, size);
  write(insn.dst, isSigned ? SignExtend64(value, size * 8) : value);
}

void Machine::executeStore(const Instruction &insn) {
  bool isRegister = BPF_CLASS(insn.opcode) == BPF_STX;
  unsigned mode = BPF_MODE(insn.opcode);
  if (isRegister && mode == BPF_ATOMIC)
    return executeAtomic(insn);
  if (mode != BPF_MEM)
    return failUnknown(insn);
  uint64_t value = isRegister ? read(insn.src) : int64_t(insn.imm);
  store(read(insn.dst) + insn.offset, getSize(insn.opcode), value);
}

//===----------------------------------------------------------------------===//
// Atomic operations
//===----------------------------------------------------------------------===//

void Machine::executeAtomic(const Instruction &insn) {
  unsigned size = getSize(insn.opcode);
  if (insn.imm == BPF_LOAD_ACQ)
    return write(insn.dst, load(read(insn.src) + insn.offset, size));
  if (insn.imm == BPF_STORE_REL)
    return store(read(insn.dst) + insn.offset, size, read(insn.src));
  if (size == 4)
    return executeAtomicOf<uint32_t>(insn);
  if (size == 8)
    return executeAtomicOf<uint64_t>(insn);
  failUnknown(insn);
}

template <typename Unsigned>
void Machine::executeAtomicOf(const Instruction &insn) {
  uint64_t address = read(insn.dst) + insn.offset;
  Region *region = memory.find(address);
  if (region && (region->kind == RegionKind::Context ||
                 region->kind == RegionKind::Packet)) {
    fail("an atomic operation on " + getRegionName(region->kind));
    return;
  }
  if (address % sizeof(Unsigned)) {
    fail("an atomic operation that is not aligned");
    return;
  }
  Unsigned source = read(insn.src);
  Unsigned old = load(address, sizeof(Unsigned));
  Unsigned value = 0;
  switch (insn.imm & ~BPF_FETCH) {
  case BPF_ADD:
    value = old + source;
    break;
  case BPF_OR:
    value = old | source;
    break;
  case BPF_AND:
    value = old & source;
    break;
  case BPF_XOR:
    value = old ^ source;
    break;
  case BPF_XCHG & ~BPF_FETCH:
    value = source;
    break;
  case BPF_CMPXCHG & ~BPF_FETCH:
    value = old == Unsigned(read(0)) ? source : old;
    break;
  default:
    return failUnknown(insn);
  }
  bool isExchange = (insn.imm & 0xe0) == 0xe0;
  if (isExchange && !(insn.imm & BPF_FETCH))
    return failUnknown(insn);
  store(address, sizeof(Unsigned), value);
  if (insn.imm == BPF_CMPXCHG)
    write(0, old);
  else if (insn.imm & BPF_FETCH)
    write(insn.src, old);
}

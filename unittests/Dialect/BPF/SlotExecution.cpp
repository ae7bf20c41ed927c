//===- SlotExecution.cpp - executes encoded instructions --------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// An interpreter of BPF instructions that watches over its registers.
//
//===----------------------------------------------------------------------===//

#include "Execution.h"
#include "Whistler/Dialect/BPF/IR/Opcodes.h"
#include "llvm/Support/MathExtras.h"
#include <cstring>

using namespace mlir;
using namespace mlir::bpf;
using namespace mlir::bpf::testing;

namespace {
class SlotMachine {
public:
  SlotMachine(const EncodedFunction &function, uint64_t seed,
              llvm::function_ref<unsigned(int32_t)> numArguments)
      : slots(function.slots), numArguments(numArguments) {
    fillHeap(execution.heap, seed);
    write(1, heapAddress);
    write(10, stackAddress + stackBytes);
  }

  Execution run();

private:
  static constexpr uint64_t stackBytes = 512;

  void fail(const Twine &why) {
    if (execution.error.empty())
      execution.error = (why + " at slot " + Twine(pc)).str();
  }
  uint64_t read(unsigned reg) {
    if (!written[reg])
      fail("read of r" + Twine(reg) + ", which was not written");
    return registers[reg];
  }
  void write(unsigned reg, uint64_t value) {
    registers[reg] = value;
    written[reg] = true;
  }
  uint64_t getOperand(const Instruction &insn) {
    return BPF_SRC(insn.opcode) == BPF_X ? read(insn.src)
                                         : uint64_t(int64_t(insn.imm));
  }
  uint8_t *getMemory(uint64_t address, unsigned bytes);
  uint64_t load(uint64_t address, unsigned bytes);
  void store(uint64_t address, unsigned bytes, uint64_t value);
  void executeAlu(const Instruction &insn);
  void executeByteSwap(const Instruction &insn);
  void executeJump(const Instruction &insn);
  void executeAtomic(const Instruction &insn);
  void executeMemory(const Instruction &insn);
  void call(const Instruction &insn);

  const std::vector<Instruction> &slots;
  llvm::function_ref<unsigned(int32_t)> numArguments;
  Execution execution;
  std::array<uint64_t, numRegisters> registers = {};
  std::array<bool, numRegisters> written = {};
  std::array<uint8_t, stackBytes> stack = {};
  size_t pc = 0;
  bool done = false;
};
} // namespace

static unsigned getBytes(uint8_t opcode) {
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

uint8_t *SlotMachine::getMemory(uint64_t address, unsigned bytes) {
  if (address >= heapAddress && address + bytes <= heapAddress + heapBytes)
    return execution.heap.data() + (address - heapAddress);
  if (address >= stackAddress && address + bytes <= stackAddress + stackBytes)
    return stack.data() + (address - stackAddress);
  fail("access to a bad address");
  return stack.data();
}

uint64_t SlotMachine::load(uint64_t address, unsigned bytes) {
  if (address % bytes != 0 && address >= stackAddress)
    fail("unaligned stack access");
  uint64_t value = 0;
  std::memcpy(&value, getMemory(address, bytes), bytes);
  return value;
}

void SlotMachine::store(uint64_t address, unsigned bytes, uint64_t value) {
  if (address % bytes != 0 && address >= stackAddress)
    fail("unaligned stack access");
  std::memcpy(getMemory(address, bytes), &value, bytes);
}

/// Arithmetic on unsigned `U`, whose signed counterpart is `S`.
template <typename U, typename S>
static U compute(unsigned operation, bool isSigned, U a, U b) {
  constexpr U mask = sizeof(U) * 8 - 1;
  switch (operation) {
  case BPF_ADD:
    return a + b;
  case BPF_SUB:
    return a - b;
  case BPF_MUL:
    return a * b;
  case BPF_DIV:
    if (b == 0)
      return 0;
    if (isSigned)
      return S(b) == -1 ? U(0) - a : U(S(a) / S(b));
    return a / b;
  case BPF_MOD:
    if (b == 0)
      return a;
    if (isSigned)
      return S(b) == -1 ? 0 : U(S(a) % S(b));
    return a % b;
  case BPF_OR:
    return a | b;
  case BPF_AND:
    return a & b;
  case BPF_XOR:
    return a ^ b;
  case BPF_LSH:
    return a << (b & mask);
  case BPF_RSH:
    return a >> (b & mask);
  case BPF_ARSH:
    return U(S(a) >> (b & mask));
  default:
    return b;
  }
}

void SlotMachine::executeByteSwap(const Instruction &insn) {
  bool isLittle = insn.opcode == (BPF_ALU | BPF_END | BPF_TO_LE);
  uint64_t value = read(insn.dst);
  if (!isLittle)
    value = llvm::byteswap(value) >> (64 - insn.imm);
  if (insn.imm < 64)
    value &= (uint64_t(1) << insn.imm) - 1;
  write(insn.dst, value);
}

void SlotMachine::executeAlu(const Instruction &insn) {
  unsigned operation = BPF_OP(insn.opcode);
  bool isWide = BPF_CLASS(insn.opcode) == BPF_ALU64;
  if (operation == BPF_END)
    return executeByteSwap(insn);
  if (operation == BPF_NEG)
    return write(insn.dst,
                 isWide ? 0 - read(insn.dst) : uint32_t(0 - read(insn.dst)));
  uint64_t value = getOperand(insn);
  if (operation == BPF_MOV && insn.offset != 0)
    value = uint64_t(llvm::SignExtend64(value, insn.offset));
  uint64_t old = operation == BPF_MOV ? 0 : read(insn.dst);
  bool isSigned = insn.offset == 1;
  write(insn.dst,
        isWide ? compute<uint64_t, int64_t>(operation, isSigned, old, value)
               : compute<uint32_t, int32_t>(operation, isSigned, uint32_t(old),
                                            uint32_t(value)));
}

/// Whether a conditional jump is taken.
template <typename U, typename S>
static bool isTaken(unsigned operation, U a, U b) {
  switch (operation) {
  case BPF_JEQ:
    return a == b;
  case BPF_JNE:
    return a != b;
  case BPF_JGT:
    return a > b;
  case BPF_JGE:
    return a >= b;
  case BPF_JLT:
    return a < b;
  case BPF_JLE:
    return a <= b;
  case BPF_JSET:
    return (a & b) != 0;
  case BPF_JSGT:
    return S(a) > S(b);
  case BPF_JSGE:
    return S(a) >= S(b);
  case BPF_JSLT:
    return S(a) < S(b);
  default:
    return S(a) <= S(b);
  }
}

void SlotMachine::call(const Instruction &insn) {
  Event event{insn.imm, {}};
  for (unsigned reg = 1; reg <= numArguments(insn.imm); ++reg) {
    uint64_t value = read(reg);
    if (value >= stackAddress && value < stackAddress + stackBytes)
      value = load(value, 8);
    event.arguments.push_back(value);
  }
  execution.events.push_back(event);
  for (unsigned reg = 0; reg <= 5; ++reg)
    written[reg] = false;
  write(0, getHelperResult(event));
}

void SlotMachine::executeJump(const Instruction &insn) {
  switch (insn.opcode) {
  case BPF_JMP | BPF_CALL:
    return call(insn);
  case BPF_JMP | BPF_EXIT:
    execution.result = read(0);
    done = true;
    return;
  case BPF_JMP | BPF_JA:
    pc += insn.offset;
    return;
  }
  uint64_t a = read(insn.dst), b = getOperand(insn);
  bool isWide = BPF_CLASS(insn.opcode) == BPF_JMP;
  unsigned operation = BPF_OP(insn.opcode);
  if (isWide ? isTaken<uint64_t, int64_t>(operation, a, b)
             : isTaken<uint32_t, int32_t>(operation, uint32_t(a), uint32_t(b)))
    pc += insn.offset;
}

void SlotMachine::executeAtomic(const Instruction &insn) {
  unsigned bytes = getBytes(insn.opcode);
  uint64_t address = read(insn.dst) + insn.offset, value = read(insn.src);
  uint64_t old = load(address, bytes);
  if (insn.imm == BPF_CMPXCHG) {
    uint64_t expected = read(0);
    if (old == (bytes == 8 ? expected : uint32_t(expected)))
      store(address, bytes, value);
    return write(0, old);
  }
  store(address, bytes,
        insn.imm == BPF_XCHG
            ? value
            : compute<uint64_t, int64_t>(BPF_OP(insn.imm), false, old, value));
  if (insn.imm & BPF_FETCH)
    write(insn.src, old);
}

void SlotMachine::executeMemory(const Instruction &insn) {
  unsigned bytes = getBytes(insn.opcode);
  switch (BPF_CLASS(insn.opcode)) {
  case BPF_LDX: {
    uint64_t value = load(read(insn.src) + insn.offset, bytes);
    if (BPF_MODE(insn.opcode) == BPF_MEMSX)
      value = uint64_t(llvm::SignExtend64(value, bytes * 8));
    return write(insn.dst, value);
  }
  case BPF_ST:
    return store(read(insn.dst) + insn.offset, bytes,
                 uint64_t(int64_t(insn.imm)));
  case BPF_STX:
    if (BPF_MODE(insn.opcode) == BPF_ATOMIC)
      return executeAtomic(insn);
    return store(read(insn.dst) + insn.offset, bytes, read(insn.src));
  default: // A 64-bit immediate.
    write(insn.dst, llvm::Make_64(uint32_t(slots[pc].imm), uint32_t(insn.imm)));
    ++pc;
  }
}

Execution SlotMachine::run() {
  while (!done && execution.error.empty()) {
    if (pc >= slots.size() || ++execution.steps > maxSteps) {
      fail("execution left the program or does not end");
      break;
    }
    const Instruction &insn = slots[pc++];
    switch (BPF_CLASS(insn.opcode)) {
    case BPF_ALU:
    case BPF_ALU64:
      executeAlu(insn);
      break;
    case BPF_JMP:
    case BPF_JMP32:
      executeJump(insn);
      break;
    default:
      executeMemory(insn);
    }
  }
  return execution;
}

Execution
testing::executeSlots(const EncodedFunction &function, uint64_t seed,
                      llvm::function_ref<unsigned(int32_t)> numArguments) {
  return SlotMachine(function, seed, numArguments).run();
}

//===- Disassembler.cpp - instructions to text ------------------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// One function for each instruction class, and tables of operators indexed by
// the operation bits of the opcode.
//
//===----------------------------------------------------------------------===//

#include "Whistler/Target/BPF/Disassembler.h"
#include "Whistler/Dialect/BPF/IR/Opcodes.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/MathExtras.h"

using namespace mlir;
using namespace mlir::bpf;

//===----------------------------------------------------------------------===//
// Tables
//===----------------------------------------------------------------------===//

/// The place of an operation in the tables below.
static constexpr unsigned getIndex(unsigned operation) {
  return BPF_OP(operation) >> 4;
}

namespace {
/// The texts of the sixteen operations of an instruction class; empty for those
/// that do not exist.
struct OperatorTable {
  StringRef texts[16];

  constexpr OperatorTable(
      std::initializer_list<std::pair<unsigned, StringRef>> entries) {
    for (const auto &entry : entries)
      texts[getIndex(entry.first)] = entry.second;
  }
  StringRef operator[](unsigned operation) const {
    return texts[getIndex(operation)];
  }
};
} // namespace

static constexpr OperatorTable aluOperators = {
    {BPF_ADD, "+="}, {BPF_SUB, "-="}, {BPF_MUL, "*="},  {BPF_DIV, "/="},
    {BPF_OR, "|="},  {BPF_AND, "&="}, {BPF_LSH, "<<="}, {BPF_RSH, ">>="},
    {BPF_MOD, "%="}, {BPF_XOR, "^="}, {BPF_MOV, "="},   {BPF_ARSH, "s>>="}};

static constexpr OperatorTable signedOperators = {{BPF_DIV, "s/="},
                                                  {BPF_MOD, "s%="}};

static constexpr OperatorTable comparisons = {
    {BPF_JEQ, "=="}, {BPF_JGT, ">"},   {BPF_JGE, ">="},   {BPF_JSET, "&"},
    {BPF_JNE, "!="}, {BPF_JSGT, "s>"}, {BPF_JSGE, "s>="}, {BPF_JLT, "<"},
    {BPF_JLE, "<="}, {BPF_JSLT, "s<"}, {BPF_JSLE, "s<="}};

static constexpr OperatorTable fetchNames = {
    {BPF_ADD, "add"}, {BPF_OR, "or"}, {BPF_AND, "and"}, {BPF_XOR, "xor"}};

/// The type of a memory access; `sign` is `u` or `s`.
static std::string getAccessType(uint8_t opcode, char sign) {
  switch (BPF_SIZE(opcode)) {
  case BPF_B:
    return {sign, '8'};
  case BPF_H:
    return {sign, '1', '6'};
  case BPF_W:
    return {sign, '3', '2'};
  default:
    return {sign, '6', '4'};
  }
}

//===----------------------------------------------------------------------===//
// Printing
//===----------------------------------------------------------------------===//

namespace {
class Printer {
public:
  Printer(raw_ostream &os, ArrayRef<Instruction> slots, DisassemblerNames names,
          StringRef symbol)
      : os(os), slots(slots), insn(slots.front()), names(names),
        symbol(symbol) {}

  void print();

private:
  void printAlu();
  void printByteSwap();
  void printLoad();
  void printStore();
  void printAtomic();
  void printFetch(StringRef name);
  void printImmediateLoad();
  void printPacketLoad();
  void printJump();
  void printComparison();
  void printCall();
  void printUnknown();

  void printOffset(int32_t offset) { os << llvm::format("%+d", offset); }

  /// Prints the memory at `base`.
  void printMemory(char sign, uint8_t base) {
    os << "*(" << getAccessType(insn.opcode, sign) << " *)(r" << unsigned(base)
       << " ";
    printOffset(insn.offset);
    os << ")";
  }

  raw_ostream &os;
  ArrayRef<Instruction> slots;
  const Instruction &insn;
  DisassemblerNames names;
  StringRef symbol;
};
} // namespace

void Printer::printUnknown() {
  os << llvm::format("unknown opcode 0x%02x", insn.opcode);
}

void Printer::printByteSwap() {
  StringRef name = BPF_SRC(insn.opcode) == BPF_TO_BE ? "be" : "le";
  if (BPF_CLASS(insn.opcode) == BPF_ALU64)
    name = "bswap";
  os << "r" << unsigned(insn.dst) << " = " << name << insn.imm << " r"
     << unsigned(insn.dst);
}

void Printer::printAlu() {
  char prefix = BPF_CLASS(insn.opcode) == BPF_ALU64 ? 'r' : 'w';
  unsigned operation = BPF_OP(insn.opcode);
  if (operation == BPF_END)
    return printByteSwap();
  os << prefix << unsigned(insn.dst);
  if (operation == BPF_NEG) {
    os << " = -" << prefix << unsigned(insn.dst);
    return;
  }
  bool isSigned = (operation == BPF_DIV || operation == BPF_MOD) &&
                  insn.offset == opcodes::signedDivision;
  os << " " << (isSigned ? signedOperators : aluOperators)[operation] << " ";
  if (BPF_SRC(insn.opcode) == BPF_K) {
    os << insn.imm;
    return;
  }
  if (operation == BPF_MOV && insn.offset != 0)
    os << "(s" << insn.offset << ")";
  os << prefix << unsigned(insn.src);
}

void Printer::printLoad() {
  unsigned mode = BPF_MODE(insn.opcode);
  if (mode != BPF_MEM && mode != BPF_MEMSX)
    return printUnknown();
  os << "r" << unsigned(insn.dst) << " = ";
  printMemory(mode == BPF_MEM ? 'u' : 's', insn.src);
}

void Printer::printFetch(StringRef name) {
  os << "r" << unsigned(insn.src) << " = atomic"
     << (BPF_SIZE(insn.opcode) == BPF_DW ? "64_" : "_") << name << "(("
     << getAccessType(insn.opcode, 'u') << " *)(r" << unsigned(insn.dst) << " ";
  printOffset(insn.offset);
  os << "), r" << unsigned(insn.src) << ")";
}

void Printer::printAtomic() {
  if (insn.imm == BPF_XCHG)
    return printFetch("xchg");
  if (insn.imm == BPF_CMPXCHG) {
    os << "r0 = atomic" << (BPF_SIZE(insn.opcode) == BPF_DW ? "64_" : "_")
       << "cmpxchg((" << getAccessType(insn.opcode, 'u') << " *)(r"
       << unsigned(insn.dst) << " ";
    printOffset(insn.offset);
    os << "), r0, r" << unsigned(insn.src) << ")";
    return;
  }
  if (insn.imm == BPF_LOAD_ACQ || insn.imm == BPF_STORE_REL) {
    bool isLoad = insn.imm == BPF_LOAD_ACQ;
    if (isLoad)
      os << "r" << unsigned(insn.dst) << " = ";
    os << (isLoad ? "load_acquire((" : "store_release((")
       << getAccessType(insn.opcode, 'u') << " *)(r"
       << unsigned(isLoad ? insn.src : insn.dst) << " ";
    printOffset(insn.offset);
    os << ")";
    if (!isLoad)
      os << ", r" << unsigned(insn.src);
    os << ")";
    return;
  }
  StringRef name = fetchNames[insn.imm];
  if (name.empty() || (insn.imm & ~(0xf0 | BPF_FETCH)))
    return printUnknown();
  if (insn.imm & BPF_FETCH)
    return printFetch(("fetch_" + name).str());
  os << "lock ";
  printMemory('u', insn.dst);
  os << " " << aluOperators[insn.imm] << " r" << unsigned(insn.src);
}

void Printer::printStore() {
  unsigned mode = BPF_MODE(insn.opcode);
  bool isRegister = BPF_CLASS(insn.opcode) == BPF_STX;
  if (isRegister && mode == BPF_ATOMIC)
    return printAtomic();
  if (mode != BPF_MEM)
    return printUnknown();
  printMemory('u', insn.dst);
  if (isRegister)
    os << " = r" << unsigned(insn.src);
  else
    os << " = " << insn.imm;
}

void Printer::printPacketLoad() {
  os << "r0 = *(" << getAccessType(insn.opcode, 'u') << " *)skb[";
  if (BPF_MODE(insn.opcode) == BPF_IND)
    os << "r" << unsigned(insn.src) << " + ";
  os << insn.imm << "]";
}

void Printer::printImmediateLoad() {
  unsigned mode = BPF_MODE(insn.opcode);
  if (mode == BPF_ABS || mode == BPF_IND)
    return printPacketLoad();
  if (insn.opcode != (BPF_LD | BPF_IMM | BPF_DW) || slots.size() < 2)
    return printUnknown();
  os << "r" << unsigned(insn.dst) << " = ";
  if (!symbol.empty()) {
    os << symbol;
    return;
  }
  uint64_t imm = llvm::Make_64(static_cast<uint32_t>(slots[1].imm),
                               static_cast<uint32_t>(insn.imm));
  os << llvm::format("0x%llx", static_cast<unsigned long long>(imm));
}

void Printer::printCall() {
  if (insn.src == BPF_PSEUDO_CALL) {
    if (!symbol.empty()) {
      os << "call " << symbol;
      return;
    }
    os << "call pc";
    printOffset(insn.imm);
    return;
  }
  StringRef name;
  if (insn.src == BPF_PSEUDO_KFUNC_CALL)
    name = "kernel-function";
  else if (names.helper)
    name = names.helper(insn.imm);
  os << "call " << (name.empty() ? StringRef("unknown") : name) << "#"
     << insn.imm;
}

void Printer::printComparison() {
  StringRef comparison = comparisons[insn.opcode];
  if (comparison.empty())
    return printUnknown();
  char prefix = BPF_CLASS(insn.opcode) == BPF_JMP ? 'r' : 'w';
  os << "if " << prefix << unsigned(insn.dst) << " " << comparison << " ";
  if (BPF_SRC(insn.opcode) == BPF_X)
    os << prefix << unsigned(insn.src);
  else
    os << llvm::format("0x%x", static_cast<uint32_t>(insn.imm));
  os << " goto pc";
  printOffset(insn.offset);
}

void Printer::printJump() {
  switch (insn.opcode) {
  case BPF_JMP | BPF_CALL:
    return printCall();
  case BPF_JMP | BPF_EXIT:
    os << "exit";
    return;
  case BPF_JMP | BPF_JA:
    os << "goto pc";
    return printOffset(insn.offset);
  case BPF_JMP32 | BPF_JA:
    os << "gotol pc";
    return printOffset(insn.imm);
  case BPF_JMP | BPF_JCOND:
    os << "may_goto pc";
    return printOffset(insn.offset);
  default:
    return printComparison();
  }
}

void Printer::print() {
  switch (BPF_CLASS(insn.opcode)) {
  case BPF_ALU:
  case BPF_ALU64:
    return printAlu();
  case BPF_LD:
    return printImmediateLoad();
  case BPF_LDX:
    return printLoad();
  case BPF_ST:
  case BPF_STX:
    return printStore();
  default:
    return printJump();
  }
}

unsigned bpf::printInstruction(raw_ostream &os, ArrayRef<Instruction> slots,
                               DisassemblerNames names, StringRef symbol) {
  Printer(os, slots, names, symbol).print();
  bool isPair = slots.front().opcode == (BPF_LD | BPF_IMM | BPF_DW);
  return isPair && slots.size() > 1 ? 2 : 1;
}

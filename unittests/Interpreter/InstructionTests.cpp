//===- InstructionTests.cpp - what instructions compute ---------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Each instruction of the standard's tables on values at the edges.
//
//===----------------------------------------------------------------------===//

#include "Whistler/Interpreter/Session.h"

#include "Whistler/Dialect/BPF/IR/Opcodes.h"
#include "llvm/Support/Endian.h"
#include "gtest/gtest.h"

using namespace llvm;
using namespace whistler;
using namespace whistler::interp;

static constexpr uint64_t min64 = uint64_t(1) << 63;
static constexpr uint32_t min32 = uint32_t(1) << 31;

/// A session with one program, which gets no packet.
static std::unique_ptr<Session> makeSession(std::vector<Instruction> code) {
  Object object;
  object.functions.push_back({"f", "raw_tp", 0, uint32_t(code.size()), true, 0,
                              uapi::ProgramKind::RawTracepoint});
  object.code = std::move(code);
  return cantFail(Session::create(std::move(object)));
}

static RunResult run(Session &session, Bytes context = {}) {
  RunInput input;
  input.context = std::move(context);
  return session.run(session.getObject().functions.front(), input);
}

static RunResult run(std::vector<Instruction> code, Bytes context = {}) {
  return run(*makeSession(std::move(code)), std::move(context));
}

/// The two slots of a 64-bit immediate.
static void appendImmediate(std::vector<Instruction> &code, uint8_t reg,
                            uint64_t value) {
  code.push_back({BPF_LD | BPF_IMM | BPF_DW, reg, 0, 0, int32_t(value), value});
  code.push_back({0, 0, 0, 0, int32_t(value >> 32)});
}

static constexpr Instruction exitInsn = {BPF_JMP | BPF_EXIT};

/// Executes `insn` on r2 and r3 and returns what r2 holds then, all 64 bits.
static uint64_t compute(const Instruction &insn, uint64_t dst, uint64_t src) {
  std::vector<Instruction> code;
  code.push_back({BPF_ALU64 | BPF_MOV | BPF_X, 6, 1});
  appendImmediate(code, 2, dst);
  appendImmediate(code, 3, src);
  code.push_back(insn);
  code.push_back({BPF_STX | BPF_MEM | BPF_DW, 6, 2});
  code.push_back({BPF_ALU64 | BPF_MOV | BPF_K, 0});
  code.push_back(exitInsn);
  RunResult result = run(code, Bytes(8));
  EXPECT_EQ(result.error, "");
  return support::endian::read64le(result.context.data());
}

namespace {
struct AluCase {
  unsigned operation;
  int16_t offset;
  uint64_t dst, src, expected64, expected32;
};
} // namespace

static const AluCase aluCases[] = {
    {BPF_ADD, 0, ~uint64_t(0), 1, 0, 0},
    {BPF_ADD, 0, 0xffffffff, 1, 0x100000000, 0},
    {BPF_SUB, 0, 0, 1, ~uint64_t(0), 0xffffffff},
    {BPF_MUL, 0, 0x100000001, 0x100000001, 0x200000001, 1},
    {BPF_DIV, 0, 7, 0, 0, 0},
    {BPF_DIV, 0, ~uint64_t(0), 2, ~uint64_t(0) / 2, 0x7fffffff},
    {BPF_DIV, 1, uint64_t(-7), 2, uint64_t(-3), uint32_t(-3)},
    {BPF_DIV, 1, 7, 0, 0, 0},
    {BPF_DIV, 1, min64, ~uint64_t(0), min64, 0},
    {BPF_DIV, 1, min32, ~uint64_t(0), uint64_t(-int64_t(min32)), min32},
    {BPF_MOD, 0, 0x1234567890, 0, 0x1234567890, 0x34567890},
    {BPF_MOD, 1, uint64_t(-7), 2, uint64_t(-1), uint32_t(-1)},
    {BPF_MOD, 1, 7, uint64_t(-4), 3, 3},
    {BPF_MOD, 1, min64, ~uint64_t(0), 0, 0},
    {BPF_MOD, 1, min32, ~uint64_t(0), 0, 0},
    {BPF_OR, 0, 0xf0f0f0f0f0, 0x0f, 0xf0f0f0f0ff, 0xf0f0f0ff},
    {BPF_AND, 0, 0xffffffffff, 0xf0f0f0f0f0, 0xf0f0f0f0f0, 0xf0f0f0f0},
    {BPF_XOR, 0, ~uint64_t(0), 1, ~uint64_t(1), 0xfffffffe},
    {BPF_LSH, 0, 1, 63, min64, min32},
    {BPF_LSH, 0, 1, 64, 1, 1},
    {BPF_LSH, 0, 1, 33, uint64_t(1) << 33, 2},
    {BPF_RSH, 0, min64, 63, 1, 0},
    {BPF_RSH, 0, 0x80000000, 95, 1, 1},
    {BPF_ARSH, 0, min64, 63, ~uint64_t(0), 0},
    {BPF_ARSH, 0, 0x80000000, 31, 1, 0xffffffff},
    {BPF_MOV, 0, 5, 0x123456789abcdef0, 0x123456789abcdef0, 0x9abcdef0},
    {BPF_MOV, 8, 5, 0x80, uint64_t(-128), uint32_t(-128)},
    {BPF_MOV, 16, 5, 0x18000, uint64_t(-32768), uint32_t(-32768)},
};

TEST(Instructions, ArithmeticOnRegisters) {
  for (const AluCase &test : aluCases) {
    SCOPED_TRACE(testing::Message()
                 << "operation " << test.operation << " offset " << test.offset
                 << " of " << test.dst << " and " << test.src);
    auto opcode = [&](unsigned opClass) {
      return uint8_t(opClass | test.operation | BPF_X);
    };
    EXPECT_EQ(
        compute({opcode(BPF_ALU64), 2, 3, test.offset}, test.dst, test.src),
        test.expected64);
    EXPECT_EQ(compute({opcode(BPF_ALU), 2, 3, test.offset}, test.dst, test.src),
              test.expected32);
  }
}

TEST(Instructions, ImmediatesAreSignExtended) {
  EXPECT_EQ(compute({BPF_ALU64 | BPF_ADD | BPF_K, 2, 0, 0, -1}, 5, 0), 4u);
  EXPECT_EQ(compute({BPF_ALU64 | BPF_MOV | BPF_K, 2, 0, 0, -1}, 5, 0),
            ~uint64_t(0));
  EXPECT_EQ(compute({BPF_ALU | BPF_MOV | BPF_K, 2, 0, 0, -1}, 5, 0),
            0xffffffffu);
  EXPECT_EQ(compute({BPF_ALU64 | BPF_DIV | BPF_K, 2, 0, 1, -2}, 7, 0),
            uint64_t(-3));
}

TEST(Instructions, NegationAndLongMove) {
  EXPECT_EQ(compute({BPF_ALU64 | BPF_NEG, 2}, min64, 0), min64);
  EXPECT_EQ(compute({BPF_ALU | BPF_NEG, 2}, 0xfffffff00000001, 0), 0xffffffffu);
  EXPECT_EQ(compute({BPF_ALU64 | BPF_MOV | BPF_X, 2, 3, 32}, 0, 0x1f0000000),
            0xfffffffff0000000);
}

TEST(Instructions, ByteSwaps) {
  constexpr uint64_t value = 0x0102030405060708;
  auto swap = [&](unsigned opClass, unsigned order, int32_t bits) {
    return compute({uint8_t(opClass | BPF_END | order), 2, 0, 0, bits}, value,
                   0);
  };
  EXPECT_EQ(swap(BPF_ALU, BPF_TO_BE, 16), 0x0807u);
  EXPECT_EQ(swap(BPF_ALU, BPF_TO_BE, 32), 0x08070605u);
  EXPECT_EQ(swap(BPF_ALU, BPF_TO_BE, 64), 0x0807060504030201u);
  EXPECT_EQ(swap(BPF_ALU, BPF_TO_LE, 16), 0x0708u);
  EXPECT_EQ(swap(BPF_ALU, BPF_TO_LE, 32), 0x05060708u);
  EXPECT_EQ(swap(BPF_ALU, BPF_TO_LE, 64), value);
  EXPECT_EQ(swap(BPF_ALU64, BPF_TO_LE, 16), 0x0807u);
  EXPECT_EQ(swap(BPF_ALU64, BPF_TO_LE, 64), 0x0807060504030201u);
}

namespace {
struct JumpCase {
  unsigned operation;
  uint64_t dst, src;
  bool taken64, taken32;
};
} // namespace

static const JumpCase jumpCases[] = {
    {BPF_JEQ, 0x100000005, 5, false, true},
    {BPF_JNE, 0x100000005, 5, true, false},
    {BPF_JGT, ~uint64_t(0), 1, true, true},
    {BPF_JGT, 0x100000000, 1, true, false},
    {BPF_JGE, 5, 5, true, true},
    {BPF_JLT, 1, ~uint64_t(0), true, true},
    {BPF_JLE, 5, 5, true, true},
    {BPF_JSET, 0x100000000, 0x100000000, true, false},
    {BPF_JSET, 6, 9, false, false},
    {BPF_JSGT, ~uint64_t(0), 1, false, false},
    {BPF_JSGT, 0xffffffff, 1, true, false},
    {BPF_JSGE, 5, 5, true, true},
    {BPF_JSLT, min64, 0, true, false},
    {BPF_JSLT, min32, 0, false, true},
    {BPF_JSLE, ~uint64_t(0), 0, true, true},
};

TEST(Instructions, ConditionalJumps) {
  for (const JumpCase &test : jumpCases)
    for (unsigned opClass : {BPF_JMP, BPF_JMP32}) {
      std::vector<Instruction> code;
      appendImmediate(code, 2, test.dst);
      appendImmediate(code, 3, test.src);
      code.push_back({BPF_ALU64 | BPF_MOV | BPF_K, 0, 0, 0, 1});
      code.push_back({uint8_t(opClass | test.operation | BPF_X), 2, 3, 1});
      code.push_back({BPF_ALU64 | BPF_MOV | BPF_K, 0, 0, 0, 0});
      code.push_back(exitInsn);
      RunResult result = run(code);
      EXPECT_EQ(result.error, "");
      EXPECT_EQ(result.value, opClass == BPF_JMP ? test.taken64 : test.taken32)
          << test.operation << " of " << test.dst << " and " << test.src;
    }
}

TEST(Instructions, LongJump) {
  RunResult result = run({{BPF_JMP32 | BPF_JA, 0, 0, 0, 1},
                          exitInsn,
                          {BPF_ALU64 | BPF_MOV | BPF_K, 0, 0, 0, 7},
                          exitInsn});
  EXPECT_EQ(result.value, 7u);
  EXPECT_EQ(result.executed, 3u);
}

TEST(Instructions, LoadsExtend) {
  Bytes context = {0x80, 0x81, 0x82, 0x83, 0x84, 0x85, 0x86, 0x87};
  auto load = [&](unsigned mode, unsigned size) {
    RunResult result = run({{uint8_t(BPF_LDX | mode | size), 2, 1},
                            {BPF_STX | BPF_MEM | BPF_DW, 1, 2},
                            {BPF_ALU64 | BPF_MOV | BPF_K, 0},
                            exitInsn},
                           context);
    EXPECT_EQ(result.error, "");
    return support::endian::read64le(result.context.data());
  };
  EXPECT_EQ(load(BPF_MEM, BPF_B), 0x80u);
  EXPECT_EQ(load(BPF_MEM, BPF_H), 0x8180u);
  EXPECT_EQ(load(BPF_MEM, BPF_W), 0x83828180u);
  EXPECT_EQ(load(BPF_MEM, BPF_DW), 0x8786858483828180u);
  EXPECT_EQ(load(BPF_MEMSX, BPF_B), 0xffffffffffffff80u);
  EXPECT_EQ(load(BPF_MEMSX, BPF_H), 0xffffffffffff8180u);
  EXPECT_EQ(load(BPF_MEMSX, BPF_W), 0xffffffff83828180u);
}

namespace {
struct AtomicCase {
  int32_t operation;
  uint64_t memory, source;
  /// What r0, which holds 5, the source and the memory are after it.
  uint64_t r0, sourceAfter, memoryAfter;
};
} // namespace

static const AtomicCase atomicCases[] = {
    {BPF_ADD, 5, 3, 5, 3, 8},     {BPF_ADD | BPF_FETCH, 5, 3, 5, 5, 8},
    {BPF_OR, 6, 9, 5, 9, 15},     {BPF_OR | BPF_FETCH, 6, 9, 5, 6, 15},
    {BPF_AND, 6, 3, 5, 3, 2},     {BPF_AND | BPF_FETCH, 6, 3, 5, 6, 2},
    {BPF_XOR, 6, 3, 5, 3, 5},     {BPF_XOR | BPF_FETCH, 6, 3, 5, 6, 5},
    {BPF_XCHG, 6, 3, 5, 6, 3},    {BPF_CMPXCHG, 5, 3, 5, 3, 3},
    {BPF_CMPXCHG, 6, 3, 6, 3, 6},
};

TEST(Instructions, AtomicOperations) {
  for (const AtomicCase &test : atomicCases)
    for (unsigned size : {BPF_W, BPF_DW}) {
      std::vector<Instruction> code;
      appendImmediate(code, 2, test.memory);
      appendImmediate(code, 3, test.source);
      code.push_back({BPF_STX | BPF_MEM | BPF_DW, 10, 2, -8});
      code.push_back({BPF_ALU64 | BPF_MOV | BPF_K, 0, 0, 0, 5});
      code.push_back(
          {uint8_t(BPF_STX | BPF_ATOMIC | size), 10, 3, -8, test.operation});
      code.push_back({BPF_LDX | BPF_MEM | BPF_DW, 4, 10, -8});
      for (auto [index, reg] : {std::pair(0, 0), {1, 3}, {2, 4}})
        code.push_back(
            {BPF_STX | BPF_MEM | BPF_DW, 1, uint8_t(reg), int16_t(index * 8)});
      code.push_back(exitInsn);
      RunResult result = run(code, Bytes(24));
      ASSERT_EQ(result.error, "");
      const uint8_t *out = result.context.data();
      EXPECT_EQ(support::endian::read64le(out), test.r0) << test.operation;
      EXPECT_EQ(support::endian::read64le(out + 8), test.sourceAfter);
      EXPECT_EQ(support::endian::read64le(out + 16), test.memoryAfter);
    }
}

TEST(Instructions, CallsKeepRegistersAndHaveStacksOfTheirOwn) {
  // f: r6 = 4, *(r10-8) = 1, r0 = g() + r6; g: *(r10-8) = 2, r0 = 3.
  auto session = makeSession({{BPF_ALU64 | BPF_MOV | BPF_K, 6, 0, 0, 4},
                              {BPF_ST | BPF_MEM | BPF_DW, 10, 0, -8, 1},
                              {BPF_JMP | BPF_CALL, 0, BPF_PSEUDO_CALL, 0, 3, 6},
                              {BPF_ALU64 | BPF_ADD | BPF_X, 0, 6},
                              {BPF_LDX | BPF_MEM | BPF_DW, 2, 10, -8},
                              {BPF_JMP | BPF_JA, 0, 0, 4},
                              {BPF_ST | BPF_MEM | BPF_DW, 10, 0, -8, 2},
                              {BPF_ALU64 | BPF_MOV | BPF_K, 6, 0, 0, 100},
                              {BPF_ALU64 | BPF_MOV | BPF_K, 0, 0, 0, 3},
                              exitInsn,
                              {BPF_ALU64 | BPF_ADD | BPF_X, 0, 2},
                              exitInsn});
  RunResult result = run(*session);
  EXPECT_EQ(result.error, "");
  EXPECT_EQ(result.value, 8u);
  EXPECT_EQ(result.executed, 12u);
}

namespace {
struct ErrorCase {
  std::vector<Instruction> code;
  StringRef error;
};
} // namespace

TEST(Instructions, Errors) {
  const Instruction zero = {BPF_ALU64 | BPF_MOV | BPF_K, 0};
  const ErrorCase cases[] = {
      {{exitInsn}, "r0 is read before anything was written to it"},
      {{{BPF_LDX | BPF_MEM | BPF_DW, 0, 10, -8}, exitInsn},
       "read of 8 bytes at r10-8: the byte at r10-8 was not written"},
      {{{BPF_ST | BPF_MEM | BPF_W, 10, 0, -8, 1},
        {BPF_LDX | BPF_MEM | BPF_DW, 0, 10, -8},
        exitInsn},
       "read of 8 bytes at r10-8: the byte at r10-4 was not written"},
      {{{BPF_ST | BPF_MEM | BPF_DW, 10, 0, -520, 1}, exitInsn},
       "write of 8 bytes at r10-520: outside the stack"},
      {{{BPF_ST | BPF_MEM | BPF_DW, 10, 0, -12, 1}, exitInsn},
       "a store to the stack that is not aligned"},
      {{zero, {BPF_LDX | BPF_MEM | BPF_B, 0, 0}, exitInsn},
       "read of 1 bytes at 0x0: the pointer is null"},
      {{{BPF_ALU64 | BPF_MOV | BPF_X, 10, 1}}, "r10 is written to"},
      {{{BPF_JMP | BPF_JA, 0, 0, 5}}, "a jump out of the code"},
      {{zero}, "the program runs past its last instruction"},
      {{{BPF_JMP | BPF_JA, 0, 0, -1}},
       "the program is stopped after 10000000 instructions"},
      {{zero, {BPF_ALU64 | 0xe0, 0}, exitInsn},
       "unknown instruction: opcode 0xe7, registers 0 and 0, offset 0, "
       "immediate 0"},
      {{zero, {BPF_ALU64 | BPF_ADD | BPF_K, 0, 0, 1}, exitInsn},
       "unknown instruction: opcode 0x07, registers 0 and 0, offset 1, "
       "immediate 0"},
      {{{BPF_JMP | BPF_CALL, 0, 0, 0, 4000}},
       "there is no helper with the number 4000"},
      {{{BPF_JMP | BPF_CALL, 0, 0, 0, BPF_FUNC_map_lookup_elem}},
       "r2 is read before anything was written to it"},
      {{{BPF_ALU64 | BPF_MOV | BPF_K, 2},
        {BPF_JMP | BPF_CALL, 0, 0, 0, BPF_FUNC_map_lookup_elem}},
       "the argument is not a map"},
      {{{BPF_JMP | BPF_CALL, 0, BPF_PSEUDO_CALL, 0, -1, 0}},
       "more than 8 function calls are nested"},
  };
  for (const ErrorCase &test : cases)
    EXPECT_EQ(run(test.code).error, test.error);
}

TEST(Instructions, LenientRunsReadWhatWasNotWritten) {
  auto session =
      makeSession({{BPF_LDX | BPF_MEM | BPF_DW, 0, 10, -8}, exitInsn});
  session->getEnvironment().isStrict = false;
  EXPECT_EQ(run(*session).error, "");
}

TEST(Instructions, CountsWideImmediatesOnce) {
  std::vector<Instruction> code;
  appendImmediate(code, 0, 0x500000001);
  code.push_back(exitInsn);
  RunResult result = run(code);
  EXPECT_EQ(result.executed, 2u);
  EXPECT_EQ(result.value, 1u);
}

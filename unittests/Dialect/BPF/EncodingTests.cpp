//===- EncodingTests.cpp - operations, slots and their text -----*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// The encoding of each operation, seen through the disassembler, whose output
// was compared with the log of the kernel's verifier.
//
//===----------------------------------------------------------------------===//

#include "Whistler/Dialect/BPF/IR/Opcodes.h"
#include "Whistler/Target/BPF/Disassembler.h"
#include "Whistler/Target/BPF/Encoder.h"
#include "mlir/IR/Diagnostics.h"
#include "mlir/Parser/Parser.h"
#include "gtest/gtest.h"

using namespace mlir;
using namespace mlir::bpf;

namespace {
class EncodingTest : public ::testing::Test {
protected:
  EncodingTest() : context(MLIRContext::Threading::DISABLED) {
    context.loadDialect<BPFDialect>();
  }

  /// Encodes a function of the blocks in `body`.
  FailureOr<EncodedFunction> encode(StringRef body,
                                    EncodingOptions options = {}) {
    std::string source = "module @m { module @counts {}\n bpf.func @f program "
                         "\"xdp\" section \"xdp\" license \"GPL\" {\n"
                         "^bb0(%ctx: !bpf.reg<r1>):\n" +
                         body.str() + "\n} }";
    module = parseSourceString<ModuleOp>(source, &context);
    if (!module)
      return failure();
    return encodeFunction(*module->getOps<FuncOp>().begin(), options);
  }

  /// The text of each instruction of `function`.
  static std::vector<std::string> print(const EncodedFunction &function) {
    auto getName = [](int32_t helper) -> StringRef {
      return helper == 1 ? "bpf_map_lookup_elem" : "";
    };
    std::vector<std::string> lines;
    ArrayRef<Instruction> slots = function.slots;
    while (!slots.empty()) {
      llvm::raw_string_ostream os(lines.emplace_back());
      slots = slots.drop_front(printInstruction(os, slots, {getName}));
    }
    return lines;
  }

  /// Expects that the operations of `body` become `lines`.
  void expect(StringRef body, std::vector<std::string> lines) {
    FailureOr<EncodedFunction> function = encode(body);
    ASSERT_TRUE(succeeded(function));
    EXPECT_EQ(print(*function), lines);
  }

  MLIRContext context;
  OwningOpRef<ModuleOp> module;
};

TEST_F(EncodingTest, Moves) {
  expect(R"(
    %0 = bpf.mov w64 %ctx : !bpf.reg<r1> -> !bpf.reg<r6>
    %1 = bpf.mov w32 %0 : !bpf.reg<r6> -> !bpf.reg<r2>
    %2 = bpf.movsx w64 s32 %1 : !bpf.reg<r2> -> !bpf.reg<r3>
    %3 = bpf.movsx w32 s8 %1 : !bpf.reg<r2> -> !bpf.reg<r3>
    %4 = bpf.mov_imm w64 -1 : !bpf.reg<r4>
    %5 = bpf.ld_imm64 4294967295 : !bpf.reg<r5>
    %6 = bpf.mov_imm w32 2 : !bpf.reg<r0>
    bpf.exit %6 : !bpf.reg<r0>)",
         {"r6 = r1", "w2 = w6", "r3 = (s32)r2", "w3 = (s8)w2", "r4 = -1",
          "r5 = 0xffffffff", "w0 = 2", "exit"});
}

TEST_F(EncodingTest, Arithmetic) {
  expect(R"(
    %0 = bpf.alu add w64 %ctx, %ctx : (!bpf.reg<r1>, !bpf.reg<r1>) -> !bpf.reg<r1>
    %1 = bpf.alu_imm sub w32 %0, 4 : !bpf.reg<r1> -> !bpf.reg<r1>
    %2 = bpf.alu_imm mul w64 %1, 4 : !bpf.reg<r1> -> !bpf.reg<r1>
    %3 = bpf.alu_imm div w64 %2, 4 : !bpf.reg<r1> -> !bpf.reg<r1>
    %4 = bpf.alu_imm mod w64 %3, 4 : !bpf.reg<r1> -> !bpf.reg<r1>
    %5 = bpf.alu_imm sdiv w64 %4, 4 : !bpf.reg<r1> -> !bpf.reg<r1>
    %6 = bpf.alu_imm smod w32 %5, 4 : !bpf.reg<r1> -> !bpf.reg<r1>
    %7 = bpf.alu_imm or w64 %6, 4 : !bpf.reg<r1> -> !bpf.reg<r1>
    %8 = bpf.alu_imm and w64 %7, 4 : !bpf.reg<r1> -> !bpf.reg<r1>
    %9 = bpf.alu_imm xor w64 %8, 4 : !bpf.reg<r1> -> !bpf.reg<r1>
    %10 = bpf.alu_imm lsh w64 %9, 4 : !bpf.reg<r1> -> !bpf.reg<r1>
    %11 = bpf.alu_imm rsh w64 %10, 4 : !bpf.reg<r1> -> !bpf.reg<r1>
    %12 = bpf.alu_imm arsh w64 %11, 4 : !bpf.reg<r1> -> !bpf.reg<r1>
    %13 = bpf.neg w32 %12 : !bpf.reg<r1> -> !bpf.reg<r1>
    %14 = bpf.endian be16 %13 : !bpf.reg<r1> -> !bpf.reg<r1>
    %15 = bpf.endian le32 %14 : !bpf.reg<r1> -> !bpf.reg<r1>
    %16 = bpf.endian bswap64 %15 : !bpf.reg<r1> -> !bpf.reg<r1>
    %17 = bpf.mov w64 %16 : !bpf.reg<r1> -> !bpf.reg<r0>
    bpf.exit %17 : !bpf.reg<r0>)",
         {"r1 += r1", "w1 -= 4", "r1 *= 4", "r1 /= 4", "r1 %= 4", "r1 s/= 4",
          "w1 s%= 4", "r1 |= 4", "r1 &= 4", "r1 ^= 4", "r1 <<= 4", "r1 >>= 4",
          "r1 s>>= 4", "w1 = -w1", "r1 = be16 r1", "r1 = le32 r1",
          "r1 = bswap64 r1", "r0 = r1", "exit"});
}

TEST_F(EncodingTest, Memory) {
  expect(R"(
    %fp = bpf.frame_pointer : !bpf.reg<r10>
    %0 = bpf.load u8 %ctx[0] : !bpf.reg<r1> -> !bpf.reg<r2>
    %1 = bpf.load s16 %ctx[-2] : !bpf.reg<r1> -> !bpf.reg<r0>
    bpf.store b64 %0, %fp[-8] : !bpf.reg<r2>, !bpf.reg<r10>
    bpf.store_imm b32 -7, %fp[-16] : !bpf.reg<r10>
    bpf.atomic add b32 %0, %fp[-8] : !bpf.reg<r2>, !bpf.reg<r10>
    bpf.atomic xor b64 %0, %fp[-8] : !bpf.reg<r2>, !bpf.reg<r10>
    %2 = bpf.atomic_fetch and b64 %0, %fp[-8] : (!bpf.reg<r2>, !bpf.reg<r10>) -> !bpf.reg<r2>
    %3 = bpf.atomic_fetch b32 %2, %fp[-8] : (!bpf.reg<r2>, !bpf.reg<r10>) -> !bpf.reg<r2>
    %4 = bpf.atomic_cmpxchg b64 %1, %3, %fp[-8] : (!bpf.reg<r0>, !bpf.reg<r2>, !bpf.reg<r10>) -> !bpf.reg<r0>
    bpf.exit %4 : !bpf.reg<r0>)",
         {"r2 = *(u8 *)(r1 +0)", "r0 = *(s16 *)(r1 -2)",
          "*(u64 *)(r10 -8) = r2", "*(u32 *)(r10 -16) = -7",
          "lock *(u32 *)(r10 -8) += r2", "lock *(u64 *)(r10 -8) ^= r2",
          "r2 = atomic64_fetch_and((u64 *)(r10 -8), r2)",
          "r2 = atomic_xchg((u32 *)(r10 -8), r2)",
          "r0 = atomic64_cmpxchg((u64 *)(r10 -8), r0, r2)", "exit"});
}

TEST_F(EncodingTest, Control) {
  expect(R"(
    %0 = bpf.call 1(%ctx) : (!bpf.reg<r1>) -> !bpf.reg<r0>
    %1 = bpf.call 9999() : () -> !bpf.reg<r0>
    bpf.raw code 0xbf dst 3 src 0 off 0 imm 0
    bpf.jcond gt w64 %1, %1 : !bpf.reg<r0>, !bpf.reg<r0> ^bb2, ^bb1
  ^bb1:
    bpf.jcond_imm sle w32 %1, -1 : !bpf.reg<r0> ^bb2, ^bb3
  ^bb2:
    bpf.ja ^bb3
  ^bb3:
    bpf.jcond_imm set w64 %1, 8 : !bpf.reg<r0> ^bb1, ^bb4
  ^bb4:
    bpf.exit %1 : !bpf.reg<r0>)",
         {"call bpf_map_lookup_elem#1", "call unknown#9999", "r3 = r0",
          "if r0 > r0 goto pc+2", "if w0 s<= 0xffffffff goto pc+1", "goto pc+0",
          "if r0 & 0x8 goto pc-3", "exit"});
}

TEST_F(EncodingTest, Relocations) {
  FailureOr<EncodedFunction> function = encode(R"(
    %0 = bpf.load u32 %ctx[4] field "xdp_md:data_end" : !bpf.reg<r1> -> !bpf.reg<r3>
    %1 = bpf.ld_map @counts : !bpf.reg<r0>
    bpf.exit %1 : !bpf.reg<r0>)");
  ASSERT_TRUE(succeeded(function));
  ASSERT_EQ(function->slots.size(), 4u);
  ASSERT_EQ(function->locations.size(), 4u);
  EXPECT_EQ(function->locations[1], function->locations[2]);
  ASSERT_EQ(function->core.size(), 1u);
  EXPECT_EQ(function->core[0].slot, 0u);
  EXPECT_EQ(function->core[0].kind, CoreKind::FieldByteOffset);
  EXPECT_EQ(function->core[0].subject, "xdp_md:data_end");
  ASSERT_EQ(function->symbols.size(), 1u);
  EXPECT_EQ(function->symbols[0].kind, SymbolKind::Map);
  EXPECT_EQ(function->symbols[0].slot, 1u);
  EXPECT_EQ(function->symbols[0].symbol, "counts");
}

TEST_F(EncodingTest, RelocatedImmediates) {
  FailureOr<EncodedFunction> function = encode(R"(
    %0 = bpf.ld_imm64 0 core <enumval_value "e:A"> : !bpf.reg<r2>
    %1 = bpf.mov_imm w64 0 core <type_size "s"> : !bpf.reg<r0>
    %2 = bpf.alu_imm add w64 %1, 0 core <byte_off "s:f"> : !bpf.reg<r0> -> !bpf.reg<r0>
    bpf.exit %2 : !bpf.reg<r0>)");
  ASSERT_TRUE(succeeded(function));
  ASSERT_EQ(function->core.size(), 3u);
  EXPECT_EQ(function->core[0].slot, 0u);
  EXPECT_EQ(function->core[0].kind, CoreKind::EnumValue);
  EXPECT_EQ(function->core[1].slot, 2u);
  EXPECT_EQ(function->core[1].subject, "s");
  EXPECT_EQ(function->core[2].slot, 3u);
  EXPECT_TRUE(function->symbols.empty());
}

TEST_F(EncodingTest, Bytes) {
  FailureOr<EncodedFunction> function = encode(R"(
    %0 = bpf.load u32 %ctx[-2] : !bpf.reg<r1> -> !bpf.reg<r0>
    %1 = bpf.alu_imm add w64 %0, -2 : !bpf.reg<r0> -> !bpf.reg<r0>
    bpf.exit %1 : !bpf.reg<r0>)");
  ASSERT_TRUE(succeeded(function));
  SmallVector<char> bytes;
  function->appendBytes(bytes);
  const unsigned char expected[] = {
      0x61, 0x10, 0xfe, 0xff, 0,    0,    0,    0,    //
      0x07, 0x00, 0,    0,    0xfe, 0xff, 0xff, 0xff, //
      0x95, 0x00, 0,    0,    0,    0,    0,    0};
  ASSERT_EQ(bytes.size(), sizeof(expected));
  EXPECT_EQ(std::memcmp(bytes.data(), expected, sizeof(expected)), 0);
}

/// A jump over `count` instructions.
static std::string getLongJump(unsigned count, bool isConditional) {
  std::string body = isConditional
                         ? "bpf.jcond_imm eq w64 %ctx, 0 : !bpf.reg<r1> "
                           "^bb2, ^bb1\n^bb1:\n"
                         : "bpf.jcond_imm eq w64 %ctx, 0 : !bpf.reg<r1> "
                           "^bb1, ^bb3\n^bb3:\nbpf.ja ^bb2\n^bb1:\n";
  for (unsigned i = 0; i < count; ++i)
    body += "bpf.store_imm b32 0, %ctx[0] : !bpf.reg<r1>\n";
  return body + "bpf.ja ^bb2\n^bb2:\n%0 = bpf.mov_imm w64 0 : !bpf.reg<r0>\n"
                "bpf.exit %0 : !bpf.reg<r0>";
}

/// The slot that a jump in slot `slot` leads to, over all that jump on.
static size_t follow(const EncodedFunction &function, size_t slot) {
  constexpr uint8_t jump = BPF_JMP | BPF_JA, longJump = BPF_JMP32 | BPF_JA;
  do {
    const Instruction &instruction = function.slots[slot];
    slot += 1 + (instruction.opcode == longJump ? instruction.imm
                                                : instruction.offset);
  } while (function.slots[slot].opcode == jump ||
           function.slots[slot].opcode == longJump);
  return slot;
}

/// How many instructions are executed if no condition holds.
static size_t countExecuted(const EncodedFunction &function) {
  size_t count = 0;
  for (size_t slot = 0; function.slots[slot].opcode != (BPF_JMP | BPF_EXIT);
       ++count)
    slot += function.slots[slot].opcode == (BPF_JMP | BPF_JA)
                ? 1 + function.slots[slot].offset
                : 1;
  return count;
}

TEST_F(EncodingTest, LongJumps) {
  for (bool isConditional : {true, false})
    for (bool hasLongJumps : {false, true})
      for (unsigned count : {32767u, 32768u, 40000u, 200000u}) {
        EncodingOptions options;
        options.longJumps = hasLongJumps;
        FailureOr<EncodedFunction> function =
            encode(getLongJump(count, isConditional), options);
        ASSERT_TRUE(succeeded(function));
        EXPECT_EQ(function->slots.size(), function->locations.size());
        // The kernel takes a long jump with nothing but the distance.
        for (const Instruction &instruction : function->slots)
          EXPECT_TRUE(instruction.opcode != (BPF_JMP32 | BPF_JA) ||
                      instruction.offset == 0);
        // Jumps lead to the move in front of the exit.
        EXPECT_EQ(follow(*function, isConditional ? 0 : 1),
                  function->slots.size() - 2);
      }
  // The last jump leads to the next slot, and is not there.
  EXPECT_EQ(encode(getLongJump(32767, true))->slots.size(), 32770u);
  EncodingOptions options;
  options.longJumps = true;
  EXPECT_EQ(print(*encode(getLongJump(40000, false), options))[1],
            "gotol pc+40000");
  // Islands are jumped over.
  FailureOr<EncodedFunction> function = encode(getLongJump(100000, true));
  EXPECT_GT(function->slots.size(), 100002u);
  EXPECT_LE(countExecuted(*function), 100002u + 6);
}

TEST_F(EncodingTest, Unfinished) {
  std::string message;
  ScopedDiagnosticHandler handler(&context, [&](Diagnostic &diagnostic) {
    message = diagnostic.str();
    return success();
  });
  EXPECT_TRUE(failed(encode(R"(
    %0 = bpf.mov_imm w64 0 : !bpf.reg
    %1 = bpf.mov w64 %0 : !bpf.reg -> !bpf.reg<r0>
    bpf.exit %1 : !bpf.reg<r0>)")));
  EXPECT_EQ(message, "'bpf.mov_imm' op cannot be encoded yet; run bpf-codegen "
                     "first");
}
} // namespace

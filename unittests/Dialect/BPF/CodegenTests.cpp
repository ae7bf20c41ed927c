//===- CodegenTests.cpp - code generation keeps behaviour -------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Runs code generation on random functions, and compares what the instructions
// do with what the function did.
//
//===----------------------------------------------------------------------===//

#include "Execution.h"
#include "RandomFunction.h"
#include "Whistler/Dialect/BPF/Transforms/Passes.h"
#include "mlir/IR/Verifier.h"
#include "mlir/Pass/PassManager.h"
#include "gtest/gtest.h"

using namespace mlir;
using namespace mlir::bpf;
using namespace mlir::bpf::testing;

namespace {
class CodegenTest : public ::testing::Test {
protected:
  CodegenTest() : context(MLIRContext::Threading::DISABLED) {
    context.loadDialect<BPFDialect>();
  }

  /// Compares the functions for `count` seeds from `first` on.
  void check(uint64_t first, unsigned count, RandomShape shape) {
    for (uint64_t seed = first; seed < first + count; ++seed)
      ASSERT_NO_FATAL_FAILURE(checkOne(seed, shape)) << "seed " << seed;
  }

private:
  /// How often each function is executed, on different memory.
  static constexpr unsigned numInputs = 3;

  void checkOne(uint64_t seed, RandomShape shape) {
    OwningOpRef<ModuleOp> module = ModuleOp::create(UnknownLoc::get(&context));
    FuncOp func = makeRandomFunction(*module, seed, shape);
    ASSERT_TRUE(succeeded(verify(*module)));
    std::string source = print(*module);
    SCOPED_TRACE(source);
    std::vector<Execution> expected;
    for (unsigned input = 0; input < numInputs; ++input)
      expected.push_back(executeValues(func, input));

    PassManager manager(&context);
    buildBPFCodegenPipeline(manager);
    ASSERT_TRUE(succeeded(manager.run(*module)));
    FailureOr<EncodedFunction> encoded = encodeFunction(func);
    ASSERT_TRUE(succeeded(encoded));
    for (unsigned input = 0; input < numInputs; ++input)
      compare(expected[input], executeSlots(*encoded, input, getNumArguments));
  }

  static std::string print(ModuleOp module) {
    std::string text;
    llvm::raw_string_ostream os(text);
    module.print(os);
    return text;
  }

  static std::string print(const std::vector<Event> &events) {
    std::string text;
    llvm::raw_string_ostream os(text);
    for (const Event &event : events) {
      os << event.helper << "(";
      llvm::interleaveComma(event.arguments, os);
      os << ")\n";
    }
    return text;
  }

  void compare(const Execution &expected, const Execution &actual) {
    // A function that takes too long is no test.
    if (!expected.error.empty())
      return;
    ASSERT_EQ(actual.error, "");
    ASSERT_EQ(print(actual.events), print(expected.events));
    ASSERT_EQ(actual.heap, expected.heap);
    ASSERT_EQ(actual.result, expected.result);
  }

  MLIRContext context;
};

TEST_F(CodegenTest, ShortFunctions) {
  RandomShape shape;
  shape.size = 12;
  shape.depth = 2;
  check(1, 600, shape);
}

TEST_F(CodegenTest, LongLivedValues) {
  RandomShape shape;
  shape.size = 40;
  shape.locality = 10;
  check(10000, 120, shape);
}

TEST_F(CodegenTest, ManyCalls) {
  RandomShape shape;
  shape.size = 40;
  shape.locality = 30;
  shape.calls = 40;
  check(20000, 100, shape);
}

TEST_F(CodegenTest, RepeatedInstructions) {
  RandomShape shape;
  shape.size = 16;
  shape.depth = 3;
  shape.repetition = 60;
  check(40000, 400, shape);
}

TEST_F(CodegenTest, DeepControlFlow) {
  RandomShape shape;
  shape.size = 48;
  shape.depth = 4;
  check(30000, 30, shape);
}
} // namespace

//===- StackNeeds.cpp - room for one more call ------------------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Follows calls to their callers, and estimates frames from what is live.
//
//===----------------------------------------------------------------------===//

#include "StackNeeds.h"
#include "LiveCounts.h"

using namespace mlir;
using namespace mlir::whistler;

/// The stack of all frames together, and how many there may be:
/// `MAX_BPF_STACK` and `MAX_CALL_FRAMES` of the kernel.
static constexpr int64_t maxStackSize = 512;
static constexpr unsigned maxFrames = 8;
/// The step in which the kernel counts a frame, in bytes.
static constexpr int64_t frameGranularity = 32;

/// The function that `op` calls or takes the address of; empty for others.
static StringRef getCallee(Operation *op) {
  if (auto call = dyn_cast<CallOp>(op))
    return call.getCallee();
  if (auto address = dyn_cast<FuncRefOp>(op))
    return address.getCallee();
  return {};
}

StackNeeds::StackNeeds(ModuleOp module) {
  SymbolTable symbols(module);
  forEachBody(module, [&](Operation *body) { bodies[body]; });
  auto note = [&](Operation *body, Operation *op) {
    Body &needs = bodies[body];
    auto helper = dyn_cast<HelperCallOp>(op);
    auto calls = [&](StringRef name) {
      return helper && helper.getHelper() == name;
    };
    needs.makesTailCalls |= isa<TailCallOp>(op) || calls("tail_call");
    needs.isDelicate |= isa<AsmOp>(op) || calls("spin_lock");
    StringRef callee = getCallee(op);
    if (callee.empty())
      return;
    needs.makesCalls = true;
    if (auto found = bodies.find(symbols.lookup(callee)); found != bodies.end())
      found->second.callers.insert(body);
  };
  for (auto &entry : bodies)
    entry.first->walk([&](Operation *op) { note(entry.first, op); });
}

/// The bytes that values, variables and map keys of `body` may take, if all of
/// them that are live across a call beside four in registers are spilled.
static int64_t getFrameSize(Operation *body) {
  constexpr int64_t numSavedRegisters = 4;
  // What map operations take keys and values from.
  int64_t size = 64;
  body->walk([&](AllocaOp alloca) {
    size += llvm::alignTo(getSizeInBytes(alloca.getElemType()), 8);
  });
  // Large programs are taken to need all there is.
  constexpr size_t maxBlocks = 1000;
  if (!llvm::hasNItemsOrLess(body->getRegion(0), maxBlocks))
    return maxStackSize;
  int64_t most = LiveCounts(body).getMost();
  size += 8 * std::max<int64_t>(0, most - numSavedRegisters);
  return llvm::alignTo(size, frameGranularity);
}

/// The worst chain of calls that ends in `body`; none if it is endless.
std::optional<StackNeeds::Chain> StackNeeds::getChain(Operation *body) {
  Body &needs = bodies[body];
  if (needs.isVisited)
    return needs.chain;
  needs.isVisited = true;
  Chain worst;
  for (Operation *caller : needs.callers) {
    std::optional<Chain> chain = getChain(caller);
    if (!chain)
      return std::nullopt;
    worst.bytes = std::max(worst.bytes, chain->bytes);
    worst.frames = std::max(worst.frames, chain->frames);
  }
  needs.chain = Chain{worst.bytes + getFrameSize(body), worst.frames + 1};
  return needs.chain;
}

bool StackNeeds::canCall(Operation *body) {
  const Body &needs = bodies[body];
  // Kernels before 5.10 refuse programs that both make tail calls and call
  // functions. One that does already is not for them.
  if (needs.isDelicate || (needs.makesTailCalls && !needs.makesCalls))
    return false;
  std::optional<Chain> chain = getChain(body);
  return chain && chain->frames < maxFrames &&
         chain->bytes + frameGranularity <= maxStackSize;
}

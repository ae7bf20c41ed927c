//===- InlineFunctions.cpp - functions in place of calls --------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Replaces calls by what is called where that makes the program smaller.
//
//===----------------------------------------------------------------------===//

#include "Whistler/Dialect/PassRemarks.h"
#include "Whistler/Transforms/Passes.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/ControlFlow/IR/ControlFlowOps.h"
#include "mlir/IR/Builders.h"
#include "mlir/IR/IRMapping.h"
#include "mlir/IR/PatternMatch.h"

namespace mlir::whistler {
#define GEN_PASS_DEF_INLINEFUNCTIONSPASS
#include "Whistler/Transforms/Passes.h.inc"
} // namespace mlir::whistler

using namespace mlir;
using namespace mlir::whistler;

static constexpr ::whistler::PassRemarks remarks("whistler-inline-functions");
using ::whistler::RemarkValue;

namespace {
struct InlineFunctions
    : mlir::whistler::impl::InlineFunctionsPassBase<InlineFunctions> {
  void runOnOperation() override;
};
} // namespace

/// About how many instructions a function has.
static unsigned getCost(FuncOp func) {
  unsigned cost = 0;
  func.getBody().walk([&](Operation *op) {
    bool isFree = op->hasTrait<OpTrait::ConstantLike>() ||
                  isa<PtrCastOp, IntToPtrOp, PtrToIntOp, IndexOp, AllocaOp,
                      cf::BranchOp, mlir::whistler::ReturnOp>(op);
    cost += isFree ? 0 : 1;
  });
  return cost;
}

/// What speaks against `func` in the places of its `numCalls` calls, or nothing
/// if it is smaller there. A function of its own costs its exit, and at each
/// call that instruction, a move for each argument and one for the result.
static StringRef getObstacle(FuncOp func, unsigned numCalls) {
  if (func.getNoInline())
    return "its declaration says so";
  // Each copy would have its own place on the stack, which is small.
  bool usesStack = !func.getBody().getOps<AllocaOp>().empty();
  if (numCalls > 1 && usesStack)
    return "each call would need its variables on the stack";
  unsigned cost = getCost(func);
  unsigned callCost = 2 + func.getParams().size();
  bool isSmaller =
      numCalls == 1 || cost * numCalls <= cost + 1 + callCost * numCalls;
  return isSmaller ? "" : "that would take more instructions than calls do";
}

/// `value` with the type that its place wants.
static Value castPointer(OpBuilder &builder, Location loc, Value value,
                         Type type) {
  if (value.getType() == type)
    return value;
  return PtrCastOp::create(builder, loc, type, value);
}

/// Puts a copy of a function's blocks in place of a call.
static void inlineCall(CallOp call, FuncOp func) {
  IRRewriter rewriter(call);
  Block *before = call->getBlock();
  Block *after = rewriter.splitBlock(before, std::next(call->getIterator()));
  Value result = after->addArgument(call.getResult().getType(), call.getLoc());
  rewriter.setInsertionPoint(call);
  IRMapping mapping;
  Block &entry = func.getBody().front();
  for (auto [param, arg] :
       llvm::zip_equal(entry.getArguments(), call.getArgs()))
    mapping.map(param,
                castPointer(rewriter, call.getLoc(), arg, param.getType()));
  func.getBody().cloneInto(before->getParent(), after->getIterator(), mapping);

  Block *copy = mapping.lookup(&entry);
  for (Block *block = copy; block != after; block = block->getNextNode()) {
    block->walk([&](Operation *op) {
      op->setLoc(CallSiteLoc::get(op->getLoc(), call.getLoc()));
    });
    auto ret = dyn_cast<mlir::whistler::ReturnOp>(block->getTerminator());
    if (!ret)
      continue;
    rewriter.setInsertionPoint(ret);
    Value value =
        castPointer(rewriter, ret.getLoc(), ret.getValue(), result.getType());
    rewriter.replaceOpWithNewOp<cf::BranchOp>(ret, after, value);
  }
  // The arguments have been replaced, so that the entry is part of the caller's
  // block.
  rewriter.inlineBlockBefore(
      copy, call,
      llvm::map_to_vector(entry.getArguments(), [&](BlockArgument arg) {
        return mapping.lookup<Value>(arg);
      }));
  rewriter.replaceOp(call, result);
}

void InlineFunctions::runOnOperation() {
  // A function stands in front of what calls it, unless it is recursive.
  for (FuncOp func :
       llvm::make_early_inc_range(getOperation().getOps<FuncOp>())) {
    if (func.getIsGlobal())
      continue;
    auto uses = SymbolTable::getSymbolUses(func, getOperation());
    SmallVector<CallOp> calls;
    bool hasOtherUses = false;
    for (const SymbolTable::SymbolUse &use : *uses) {
      auto call = dyn_cast<CallOp>(use.getUser());
      if (call && !func->isAncestor(call))
        calls.push_back(call);
      else
        hasOtherUses = true;
    }
    StringRef obstacle = hasOtherUses ? "it is not only called by others"
                                      : getObstacle(func, calls.size());
    if (!obstacle.empty()) {
      if (auto remark = remarks.missed(func, "NotInlined"))
        remark << "`" << func.getSymName() << "` is not put in place of its "
               << RemarkValue("Calls", calls.size())
               << " calls: " << RemarkValue("Reason", obstacle);
      continue;
    }
    for (CallOp call : calls) {
      if (auto remark = remarks.passed(call, "Inlined"))
        remark << "`" << RemarkValue("Callee", func.getSymName())
               << "` takes the place of this call";
      inlineCall(call, func);
    }
    func.erase();
  }
}

//===- CheckCalls.cpp - what calls need together ----------------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Follows the calls between functions, to find recursion and chains that are
// too deep for the kernel.
//
//===----------------------------------------------------------------------===//

#include "Whistler/Dialect/BPF/IR/Opcodes.h"
#include "Whistler/Dialect/BPF/Transforms/Passes.h"
#include "llvm/ADT/MapVector.h"
#include "llvm/Support/MathExtras.h"

namespace mlir::bpf {
#define GEN_PASS_DEF_BPFCHECKCALLS
#include "Whistler/Dialect/BPF/Transforms/Passes.h.inc"
} // namespace mlir::bpf

using namespace mlir;
using namespace mlir::bpf;

/// The step in which the kernel counts a frame, in bytes, and the least that
/// it counts.
static constexpr int64_t frameGranularity = 32;

namespace {
/// A place where a function is called, or where its address is taken.
struct Call {
  Operation *op;
  FuncOp callee;
};

/// What one function and those it calls need, along the worst chain of each
/// kind.
struct Need {
  int64_t stack = 0;
  /// The call to go on with on that chain; none in a function without calls.
  Call heaviest = {};
  unsigned frames = 0;
  Call deepest = {};
  /// The bytes of all frames above a callee that makes a tail call; 0 if none
  /// does.
  int64_t aboveTailCall = 0;
  Call towardsTailCall = {};
};

class CallGraph {
public:
  explicit CallGraph(ModuleOp module);

  /// Reports a function that calls itself.
  LogicalResult checkRecursion();
  /// Reports a chain that begins in `func` and is too deep. To be called if
  /// there is no recursion.
  LogicalResult checkDepth(FuncOp func);
  /// Reports a tail call too deep in a chain that begins in `func`, likewise.
  LogicalResult checkTailCalls(FuncOp func);
  /// Reports functions that may not make tail calls for what they return.
  LogicalResult checkTailCallResults();
  /// Whether no function calls `func`.
  bool isRoot(FuncOp func) const { return !called.contains(func); }

private:
  LogicalResult visit(FuncOp func, SmallVectorImpl<Call> &path);
  const Need &getNeed(FuncOp func);

  llvm::MapVector<FuncOp, SmallVector<Call>> calls;
  llvm::DenseSet<FuncOp> called;
  /// The first tail call in each function that makes one.
  llvm::MapVector<FuncOp, CallOp> tailCalls;
  llvm::DenseSet<FuncOp> finished;
  std::map<Operation *, Need> needs;
};
} // namespace

/// The bytes that the frame of `func` counts as.
static int64_t getFrameBytes(FuncOp func) {
  int64_t size = func.getFrameSize().value_or(0);
  return llvm::alignTo(std::max<int64_t>(size, 1), frameGranularity);
}

/// Whether `call` is of the helper that never comes back.
static bool isTailCall(CallOp call) {
  return call.getHelper() == BPF_FUNC_tail_call;
}

/// Whether `address` is only given to a timer, which calls it back when this
/// program is long over.
static bool isTimerCallback(Value address) {
  return llvm::all_of(address.getUsers(), [](Operation *user) {
    if (auto mov = dyn_cast<MovOp>(user))
      return isTimerCallback(mov.getDst());
    auto call = dyn_cast<CallOp>(user);
    return call && call.getHelper() == BPF_FUNC_timer_set_callback;
  });
}

CallGraph::CallGraph(ModuleOp module) {
  for (FuncOp func : module.getOps<FuncOp>()) {
    SmallVector<Call> &found = calls[func];
    func.walk([&](Operation *op) {
      FlatSymbolRefAttr callee;
      if (auto call = dyn_cast<CallOp>(op); call && isTailCall(call))
        tailCalls.insert({func, call});
      else if (auto call = dyn_cast<CallFuncOp>(op))
        callee = call.getCalleeAttr();
      else if (auto address = dyn_cast<LdFuncOp>(op);
               address && !isTimerCallback(address))
        callee = address.getCalleeAttr();
      if (!callee)
        return;
      found.push_back({op, module.lookupSymbol<FuncOp>(callee.getAttr())});
      called.insert(found.back().callee);
    });
  }
}

/// Prints `a`, `b` and `c` for the chain that `path` describes.
static std::string listCallees(ArrayRef<Call> path) {
  std::string text;
  for (auto [index, step] : llvm::enumerate(path)) {
    FuncOp callee = step.callee;
    if (index != 0)
      text += index + 1 == path.size() ? " and " : ", ";
    text += "`" + callee.getSymName().str() + "`";
  }
  return text;
}

LogicalResult CallGraph::visit(FuncOp func, SmallVectorImpl<Call> &path) {
  if (finished.contains(func))
    return success();
  for (Call call : calls[func]) {
    path.push_back(call);
    auto *start = llvm::find_if(path, [&](Call c) {
      return c.op->getParentOp() == call.callee.getOperation();
    });
    if (start != path.end()) {
      ArrayRef<Call> cycle(start, path.end());
      return call.op->emitError()
             << listCallees(cycle)
             << (cycle.size() == 1 ? " calls itself"
                                   : " call each other in a circle")
             << "; the kernel allows no recursion, so use a loop";
    }
    if (failed(visit(call.callee, path)))
      return failure();
    path.pop_back();
  }
  finished.insert(func);
  return success();
}

LogicalResult CallGraph::checkRecursion() {
  SmallVector<Call> path;
  for (auto &[func, unused] : calls)
    if (failed(visit(func, path)))
      return failure();
  return success();
}

const Need &CallGraph::getNeed(FuncOp func) {
  auto found = needs.find(func);
  if (found != needs.end())
    return found->second;
  Need need;
  int64_t size = getFrameBytes(func);
  for (Call call : calls[func]) {
    const Need &below = getNeed(call.callee);
    if (below.stack > need.stack) {
      need.stack = below.stack;
      need.heaviest = call;
    }
    if (below.frames > need.frames) {
      need.frames = below.frames;
      need.deepest = call;
    }
    bool leads = below.aboveTailCall != 0 || tailCalls.contains(call.callee);
    if (leads && size + below.aboveTailCall > need.aboveTailCall) {
      need.aboveTailCall = size + below.aboveTailCall;
      need.towardsTailCall = call;
    }
  }
  need.stack += size;
  ++need.frames;
  return needs[func] = need;
}

LogicalResult CallGraph::checkDepth(FuncOp func) {
  const Need &need = getNeed(func);
  if (need.frames > maxCallFrames) {
    Call call = need.deepest;
    for (unsigned active = 2; active <= maxCallFrames; ++active)
      call = getNeed(call.callee).deepest;
    return call.op->emitError("`")
           << call.callee.getSymName() << "` is called at a depth of "
           << maxCallFrames + 1 << " functions; the kernel allows "
           << maxCallFrames << ", the program among them";
  }
  if (need.stack <= maxFrameSize || !need.heaviest.op)
    return success();
  // The call with which the stack becomes too large.
  SmallVector<Call> path;
  int64_t sum = getFrameBytes(func);
  for (Call call = need.heaviest; sum <= maxFrameSize;
       call = getNeed(call.callee).heaviest) {
    path.push_back(call);
    sum += getFrameBytes(call.callee);
  }
  InFlightDiagnostic diagnostic = path.back().op->emitError("`");
  diagnostic << func.getSymName() << "` and what it calls, "
             << listCallees(path) << ", need " << sum
             << " bytes of stack together; the kernel gives them "
             << maxFrameSize;
  diagnostic.attachNote(func.getLoc())
      << "`" << func.getSymName() << "` takes " << getFrameBytes(func);
  for (Call call : path)
    diagnostic.attachNote(call.callee.getLoc())
        << "`" << call.callee.getSymName() << "` takes "
        << getFrameBytes(call.callee);
  return diagnostic;
}

LogicalResult CallGraph::checkTailCalls(FuncOp func) {
  const Need &need = getNeed(func);
  if (need.aboveTailCall < maxStackAboveTailCall)
    return success();
  SmallVector<Call> path = {need.towardsTailCall};
  while (getNeed(path.back().callee).aboveTailCall != 0)
    path.push_back(getNeed(path.back().callee).towardsTailCall);
  CallOp tailCall = tailCalls.lookup(path.back().callee);
  InFlightDiagnostic diagnostic =
      tailCall.emitError("`")
      << path.back().callee.getSymName()
      << "` makes a tail call when its callers take " << need.aboveTailCall
      << " bytes of stack; the kernel allows that with fewer than "
      << maxStackAboveTailCall;
  for (Call call : path)
    diagnostic.attachNote(call.op->getLoc())
        << "`" << call.op->getParentOfType<FuncOp>().getSymName()
        << "`, which takes "
        << getFrameBytes(call.op->getParentOfType<FuncOp>()) << ", calls `"
        << call.callee.getSymName() << "`";
  return diagnostic;
}

/// check_btf_func() in the kernel.
LogicalResult CallGraph::checkTailCallResults() {
  LogicalResult result = success();
  for (auto &[func, tailCall] : tailCalls)
    if (!func.isProgram() && !isa<IntegerType>(*func.getResult()))
      result = tailCall.emitError("`")
               << func.getSymName()
               << "` makes a tail call and returns a pointer; the kernel "
                  "allows tail calls only in functions that return an integer";
  return result;
}

namespace {
struct CheckCallsPass : public bpf::impl::BPFCheckCallsBase<CheckCallsPass> {
  void runOnOperation() override {
    CallGraph graph(getOperation());
    markAllAnalysesPreserved();
    if (failed(graph.checkRecursion()) || failed(graph.checkTailCallResults()))
      return signalPassFailure();
    // The kernel begins with programs, with global functions, which other
    // objects may call, and with what timers call.
    for (FuncOp func : getOperation().getOps<FuncOp>())
      if ((graph.isRoot(func) || func.getIsGlobal()) &&
          (failed(graph.checkDepth(func)) ||
           failed(graph.checkTailCalls(func))))
        signalPassFailure();
  }
};
} // namespace

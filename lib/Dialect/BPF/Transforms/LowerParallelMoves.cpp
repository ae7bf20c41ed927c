//===- LowerParallelMoves.cpp - block arguments to moves --------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Puts the moves of each edge before the jump of a block of its own, or of the
// block that has no other successor.
//
//===----------------------------------------------------------------------===//

#include "Blocks.h"
#include "ParallelMoves.h"
#include "RegisterLiveness.h"
#include "Whistler/Dialect/BPF/Transforms/Passes.h"

namespace mlir::bpf {
#define GEN_PASS_DEF_BPFLOWERPARALLELMOVES
#include "Whistler/Dialect/BPF/Transforms/Passes.h.inc"
} // namespace mlir::bpf

using namespace mlir;
using namespace mlir::bpf;

/// Whether an argument of successor number `index` is in another register than
/// what is passed for it.
static bool needsMoves(BranchOpInterface branch, unsigned index) {
  return llvm::any_of(
      llvm::zip_equal(
          branch->getSuccessor(index)->getArguments(),
          branch.getSuccessorOperands(index).getForwardedOperands()),
      [](auto pair) {
        return std::get<0>(pair).getType() != std::get<1>(pair).getType();
      });
}

namespace {
/// The moves of one edge. A place is the number of a register; those from
/// `numRegisters` on are the stack slots of `kept`.
class EdgeMoves {
public:
  EdgeMoves(JaOp jump, RegisterSet liveOut);

  /// Puts the moves before the jump, and passes their results.
  void lower();

private:
  void move(unsigned to, unsigned from);
  unsigned save(unsigned place);
  Type getType(unsigned reg) {
    return RegType::get(builder.getContext(), static_cast<Register>(reg));
  }

  JaOp jump;
  OpBuilder builder;
  SmallVector<ParallelMove> moves;
  /// The value in each register now, and those yet to be put there.
  std::array<Value, numRegisters> contents;
  std::array<Value, numRegisters> results;
  RegisterSet occupied;
  SmallVector<SlotOp> kept;
};
} // namespace

static unsigned getNumber(Value value) {
  return static_cast<unsigned>(*getMachineRegister(value));
}

EdgeMoves::EdgeMoves(JaOp jump, RegisterSet liveOut)
    : jump(jump), builder(jump), occupied(liveOut) {
  for (auto [argument, operand] : llvm::zip_equal(
           jump.getDest()->getArguments(), jump.getDestOperands())) {
    moves.push_back({getNumber(argument), getNumber(operand)});
    contents[getNumber(operand)] = operand;
    occupied.insert(*getMachineRegister(argument));
    occupied.insert(*getMachineRegister(operand));
  }
  occupied.insert(Register::R10);
}

void EdgeMoves::move(unsigned to, unsigned from) {
  Location loc = jump.getLoc();
  if (from < numRegisters)
    results[to] =
        MovOp::create(builder, loc, getType(to), Width::W64, contents[from]);
  else
    results[to] =
        LoadOp::create(builder, loc, getType(to), LoadKind::U64,
                       kept[from - numRegisters].getSlot(), 0, StringAttr());
}

unsigned EdgeMoves::save(unsigned place) {
  Location loc = jump.getLoc();
  for (unsigned reg = 0; reg < numRegisters; ++reg) {
    if (occupied.contains(static_cast<Register>(reg)))
      continue;
    contents[reg] =
        MovOp::create(builder, loc, getType(reg), Width::W64, contents[place]);
    occupied.insert(static_cast<Register>(reg));
    return reg;
  }
  OpBuilder entry = OpBuilder::atBlockBegin(
      &jump->getParentOfType<FuncOp>().getBody().front());
  kept.push_back(SlotOp::create(entry, loc, 8, 8, /*spill=*/true));
  StoreOp::create(builder, loc, StoreSize::B64, contents[place],
                  kept.back().getSlot(), 0, StringAttr());
  return numRegisters + kept.size() - 1;
}

void EdgeMoves::lower() {
  for (auto [argument, operand] :
       llvm::zip_equal(jump.getDest()->getArguments(), jump.getDestOperands()))
    results[getNumber(argument)] = operand;
  sequentialize(
      moves, [&](ParallelMove m) { move(m.to, m.from); },
      [&](unsigned place) { return save(place); });
  for (auto [argument, operand] : llvm::zip_equal(
           jump.getDest()->getArguments(), jump.getDestOperandsMutable()))
    operand.set(results[getNumber(argument)]);
}

namespace {
struct LowerParallelMovesPass
    : public bpf::impl::BPFLowerParallelMovesBase<LowerParallelMovesPass> {
  void runOnOperation() override {
    FuncOp func = getOperation();
    SmallVector<std::pair<BranchOpInterface, unsigned>> edges;
    for (Block &block : func.getBody())
      if (auto branch = dyn_cast<BranchOpInterface>(block.getTerminator()))
        for (unsigned index : llvm::seq(branch->getNumSuccessors()))
          if (needsMoves(branch, index))
            edges.emplace_back(branch, index);
    if (edges.empty())
      return markAllAnalysesPreserved();
    SmallVector<JaOp> jumps;
    for (auto [branch, index] : edges)
      jumps.push_back(isa<JaOp>(*branch) ? cast<JaOp>(*branch)
                                         : splitEdge(branch, index));
    RegisterLiveness liveness(func);
    for (JaOp jump : jumps)
      EdgeMoves(jump, liveness.getLiveOut(jump->getBlock())).lower();
  }
};
} // namespace

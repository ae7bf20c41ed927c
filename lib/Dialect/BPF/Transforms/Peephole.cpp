//===- Peephole.cpp - removes instructions that do nothing ------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Follows what each register holds, to find moves and constants that are there
// already, then removes what nobody reads.
//
//===----------------------------------------------------------------------===//

#include "RegisterLiveness.h"
#include "Whistler/Dialect/BPF/Transforms/Passes.h"
#include "mlir/IR/RegionGraphTraits.h"
#include "llvm/ADT/PostOrderIterator.h"
#include <array>
#include <map>

namespace mlir::bpf {
#define GEN_PASS_DEF_BPFPEEPHOLE
#include "Whistler/Dialect/BPF/Transforms/Passes.h.inc"
} // namespace mlir::bpf

using namespace mlir;
using namespace mlir::bpf;

//===----------------------------------------------------------------------===//
// Identities
//===----------------------------------------------------------------------===//

/// Whether `op` leaves every 64-bit value as it is. The loader may make
/// anything of a relocated immediate.
static bool isIdentity(AluImmOp op) {
  if (op.getWidth() != Width::W64 || op.getCore())
    return false;
  switch (op.getOp()) {
  case AluOp::Mul:
  case AluOp::Div:
  case AluOp::SDiv:
    return op.getImm() == 1;
  case AluOp::And:
    return op.getImm() == -1;
  case AluOp::Mod:
  case AluOp::SMod:
    return false;
  default:
    return op.getImm() == 0;
  }
}

/// Whether `op` writes to its result's register what it reads from there.
static bool isIdentity(Operation *op) {
  if (auto alu = dyn_cast<AluImmOp>(op))
    return isIdentity(alu);
  auto mov = dyn_cast<MovOp>(op);
  return mov && mov.getWidth() == Width::W64 &&
         mov.getSrc().getType() == mov.getDst().getType();
}

//===----------------------------------------------------------------------===//
// Contents of registers
//===----------------------------------------------------------------------===//

namespace {
/// Numbers what registers hold, such that equal numbers mean equal contents.
class ContentNumbers {
public:
  unsigned getFresh() { return ++last; }

  /// The number of the result of `op`.
  unsigned get(Operation *op) {
    if (isRelocated(op))
      return getFresh();
    if (auto imm = dyn_cast<MovImmOp>(op)) {
      unsigned number = getNumber(constants, getValue(imm));
      immediates.try_emplace(number, imm.getWidth(), imm.getImm());
      return number;
    }
    if (auto imm = dyn_cast<LdImm64Op>(op))
      return getNumber(constants, imm.getImm());
    if (auto map = dyn_cast<LdMapOp>(op))
      return getNumber(addresses, Address(map.getMap(), 0));
    if (auto global = dyn_cast<LdGlobalOp>(op))
      return getNumber(addresses,
                       Address(global.getGlobal(), global.getOffset()));
    if (auto func = dyn_cast<LdFuncOp>(op))
      return getNumber(addresses, Address(func.getCallee(), 0));
    return getFresh();
  }

  /// How to make the content of this number with one instruction.
  std::optional<std::pair<Width, int32_t>> getImmediate(unsigned number) const {
    auto found = immediates.find(number);
    return found == immediates.end() ? std::nullopt
                                     : std::make_optional(found->second);
  }

private:
  /// A symbol, and bytes from its start.
  using Address = std::pair<StringRef, int32_t>;

  static int64_t getValue(MovImmOp imm) {
    return imm.getWidth() == Width::W64 ? int64_t(imm.getImm())
                                        : int64_t(uint32_t(imm.getImm()));
  }

  template <typename Map, typename Key> unsigned getNumber(Map &map, Key key) {
    unsigned &number = map[key];
    if (number == 0)
      number = getFresh();
    return number;
  }

  unsigned last = 0;
  std::map<int64_t, unsigned> constants;
  std::map<Address, unsigned> addresses;
  llvm::DenseMap<unsigned, std::pair<Width, int32_t>> immediates;
};

/// What the registers hold at one point: a content number, 0 where it is
/// unknown, and the value whose register it is.
struct Contents {
  std::array<unsigned, numRegisters> numbers = {};
  std::array<Value, numRegisters> values;
};
} // namespace

static unsigned getNumber(Value value) {
  return static_cast<unsigned>(*getMachineRegister(value));
}

/// Follows `op`. Returns the value that already is what `op` computes, in the
/// same register; null if there is none.
static Value update(Operation *op, Contents &contents,
                    ContentNumbers &numbers) {
  auto mov = dyn_cast<MovOp>(op);
  bool isCopy = mov && mov.getWidth() == Width::W64;
  if (isCopy && contents.numbers[getNumber(mov.getSrc())] == 0)
    contents.numbers[getNumber(mov.getSrc())] = numbers.getFresh();
  unsigned number =
      isCopy ? contents.numbers[getNumber(mov.getSrc())] : numbers.get(op);
  bool isMovable =
      isCopy || isa<MovImmOp, LdImm64Op, LdMapOp, LdGlobalOp, LdFuncOp>(op);
  if (isMovable) {
    unsigned reg = getNumber(op->getResult(0));
    if (contents.numbers[reg] == number && contents.values[reg])
      return contents.values[reg];
  }
  getWrites(op).forEach([&](Register reg) {
    contents.numbers[static_cast<unsigned>(reg)] = 0;
    contents.values[static_cast<unsigned>(reg)] = Value();
  });
  for (Value result : op->getResults())
    if (getMachineRegister(result)) {
      contents.numbers[getNumber(result)] = number;
      contents.values[getNumber(result)] = result;
    }
  return Value();
}

/// Makes a move of what is known to be an immediate that immediate, so that it
/// does not need its operand. Returns the operation that is there then.
static Operation *foldMove(Operation *op, const Contents &contents,
                           const ContentNumbers &numbers) {
  auto mov = dyn_cast<MovOp>(op);
  if (!mov || mov.getWidth() != Width::W64)
    return op;
  auto immediate =
      numbers.getImmediate(contents.numbers[getNumber(mov.getSrc())]);
  if (!immediate)
    return op;
  OpBuilder builder(op);
  auto imm = MovImmOp::create(builder, op->getLoc(), mov.getDst().getType(),
                              immediate->first, immediate->second);
  mov.replaceAllUsesWith(imm.getDst());
  mov.erase();
  return imm;
}

/// Removes moves and constants whose register holds their result already.
static void removeRepeated(FuncOp func) {
  ContentNumbers numbers;
  llvm::DenseMap<Block *, Contents> atEnd;
  for (Block *block :
       llvm::ReversePostOrderTraversal<Block *>(&func.getBody().front())) {
    Contents contents;
    if (Block *predecessor = block->getSinglePredecessor())
      contents = atEnd.lookup(predecessor);
    for (BlockArgument argument : block->getArguments()) {
      contents.numbers[getNumber(argument)] = numbers.getFresh();
      contents.values[getNumber(argument)] = argument;
    }
    for (Operation &op : llvm::make_early_inc_range(*block)) {
      if (isIdentity(&op)) {
        op.getResult(0).replaceAllUsesWith(op.getOperand(0));
        op.erase();
        continue;
      }
      Operation *folded = foldMove(&op, contents, numbers);
      if (Value present = update(folded, contents, numbers)) {
        folded->getResult(0).replaceAllUsesWith(present);
        folded->erase();
      }
    }
    atEnd[block] = contents;
  }
}

//===----------------------------------------------------------------------===//
// Dead instructions
//===----------------------------------------------------------------------===//

/// Whether `op` does nothing beside writing its result.
static bool isRemovable(Operation *op) {
  return isa<MovOp, MovSxOp, MovImmOp, LdImm64Op, LdMapOp, LdGlobalOp, LdFuncOp,
             AluRegOp, AluImmOp, NegOp, EndianRegOp, LoadOp, FramePointerOp>(
      op);
}

/// Removes instructions whose results nobody reads.
static void removeDead(FuncOp func) {
  RegisterLiveness liveness(func);
  // Uses first, so that a chain goes at once.
  for (Block *block : llvm::post_order(&func.getBody().front())) {
    RegisterSet live = liveness.getLiveOut(block);
    for (Operation &op : llvm::make_early_inc_range(llvm::reverse(*block))) {
      // A raw instruction reads a register without using its value.
      bool isRead = llvm::any_of(op.getResults(), [&](Value result) {
        std::optional<Register> reg = getMachineRegister(result);
        return !result.use_empty() ||
               (reg && *reg != Register::R10 && live.contains(*reg));
      });
      if (isRemovable(&op) && !isRead)
        op.erase();
      else
        live = RegisterLiveness::getLiveBefore(&op, live);
    }
  }
}

namespace {
struct PeepholePass : public bpf::impl::BPFPeepholeBase<PeepholePass> {
  void runOnOperation() override {
    FuncOp func = getOperation();
    removeRepeated(func);
    removeDead(func);
  }
};
} // namespace

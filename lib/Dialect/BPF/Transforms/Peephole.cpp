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
#include "llvm/ADT/DenseSet.h"
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
/// What a `mov` of this width and immediate sets a register to.
using Immediate = std::pair<Width, int32_t>;

/// The kinds of expressions; loads and arithmetic count on from there.
enum ExpressionKind : unsigned {
  LoadExpression = 0,
  AluImmExpression = 100,
  AluRegExpression = 200,
  MovExpression = 300,
};

/// What the registers hold at one point: a content number, 0 where it is
/// unknown, and the value whose register it is.
struct Contents {
  std::array<unsigned, numRegisters> numbers = {};
  std::array<Value, numRegisters> values;
  /// Names what memory holds, 0 where that is unknown.
  unsigned memory = 0;
  /// The immediates that jumps have found contents equal to, by the contents'
  /// numbers. What writes to a register gives it another number, so these hold
  /// for as long as control stays where the jump led.
  llvm::SmallDenseMap<unsigned, Immediate, 2> tested;
};

/// Numbers what registers hold, such that equal numbers mean equal contents.
class ContentNumbers {
public:
  unsigned getFresh() { return ++last; }

  /// The number of the result of `op`, which reads `contents`.
  unsigned get(Operation *op, Contents &contents);

  /// How to make the content of this number with one instruction, where
  /// `contents` are.
  std::optional<Immediate> getImmediate(unsigned number,
                                        const Contents &contents) const;

  /// Whether this is the number of a constant or an address.
  bool isConstant(unsigned number) const {
    return immediates.contains(number) || constantNumbers.contains(number);
  }

  /// Notes what `branch` has found a register equal to where it leads to
  /// `successor`, and to no other place.
  void noteTested(Operation *branch, Block *successor, Contents &contents);

private:
  /// A symbol, and bytes from its start.
  using Address = std::pair<StringRef, int32_t>;
  /// What is computed, from what, and with what immediate.
  using Expression = std::tuple<unsigned, unsigned, unsigned, int64_t>;

  unsigned getConstant(Operation *op);
  unsigned getOfOperand(Value value, Contents &contents);
  unsigned getLoad(LoadOp load, Contents &contents);
  unsigned getAlu(AluImmOp alu, Contents &contents);
  unsigned noteBits(unsigned number, unsigned bits);
  bool fits(unsigned number, unsigned bits) const;

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
  std::map<Expression, unsigned> expressions;
  llvm::DenseMap<unsigned, Immediate> immediates;
  /// Those of constants and addresses of two slots.
  llvm::DenseSet<unsigned> constantNumbers;
  /// The low bits that may be set, for the contents where that is known.
  llvm::DenseMap<unsigned, unsigned> bits;
};
} // namespace

static unsigned getNumber(Value value) {
  return static_cast<unsigned>(*getMachineRegister(value));
}

unsigned ContentNumbers::getConstant(Operation *op) {
  if (auto imm = dyn_cast<MovImmOp>(op)) {
    unsigned number = getNumber(constants, getValue(imm));
    immediates.try_emplace(number, imm.getWidth(), imm.getImm());
    return number;
  }
  auto note = [&](unsigned number) {
    constantNumbers.insert(number);
    return number;
  };
  if (auto imm = dyn_cast<LdImm64Op>(op))
    return note(getNumber(constants, imm.getImm()));
  if (auto map = dyn_cast<LdMapOp>(op))
    return note(getNumber(addresses, Address(map.getMap(), 0)));
  if (auto global = dyn_cast<LdGlobalOp>(op))
    return note(
        getNumber(addresses, Address(global.getGlobal(), global.getOffset())));
  if (auto func = dyn_cast<LdFuncOp>(op))
    return note(getNumber(addresses, Address(func.getCallee(), 0)));
  return getFresh();
}

unsigned ContentNumbers::getOfOperand(Value value, Contents &contents) {
  unsigned &number = contents.numbers[::getNumber(value)];
  if (number == 0)
    number = getFresh();
  return number;
}

unsigned ContentNumbers::noteBits(unsigned number, unsigned width) {
  bits.try_emplace(number, width);
  return number;
}

bool ContentNumbers::fits(unsigned number, unsigned width) const {
  auto found = bits.find(number);
  return found != bits.end() && found->second <= width;
}

std::optional<Immediate>
ContentNumbers::getImmediate(unsigned number, const Contents &contents) const {
  if (auto found = immediates.find(number); found != immediates.end())
    return found->second;
  if (auto found = contents.tested.find(number); found != contents.tested.end())
    return found->second;
  return std::nullopt;
}

void ContentNumbers::noteTested(Operation *branch, Block *successor,
                                Contents &contents) {
  auto jump = dyn_cast<JCondImmOp>(branch);
  if (!jump || jump.getTrueDest() == jump.getFalseDest() ||
      !getMachineRegister(jump.getLhs()))
    return;
  Condition equal =
      successor == jump.getTrueDest() ? Condition::Eq : Condition::Ne;
  unsigned number = getOfOperand(jump.getLhs(), contents);
  // A comparison of the lower halves says nothing of the upper one.
  if (jump.getCondition() == equal &&
      (jump.getWidth() == Width::W64 || fits(number, 32)))
    contents.tested.try_emplace(number, jump.getWidth(), jump.getImm());
}

unsigned ContentNumbers::getLoad(LoadOp load, Contents &contents) {
  // What the loader changes the offset to is not known.
  if (load.getField() || !getMachineRegister(load.getBase()))
    return getFresh();
  if (contents.memory == 0)
    contents.memory = getFresh();
  auto kind = static_cast<unsigned>(load.getKind());
  unsigned base = getOfOperand(load.getBase(), contents);
  unsigned number = getNumber(
      expressions, std::make_tuple(LoadExpression + kind, base, contents.memory,
                                   int64_t(load.getOffset())));
  switch (load.getKind()) {
  case LoadKind::U8:
    return noteBits(number, 8);
  case LoadKind::U16:
    return noteBits(number, 16);
  case LoadKind::U32:
    return noteBits(number, 32);
  default:
    return number;
  }
}

unsigned ContentNumbers::getAlu(AluImmOp alu, Contents &contents) {
  unsigned lhs = getOfOperand(alu.getLhs(), contents);
  bool isNarrow = alu.getWidth() == Width::W32;
  // A mask that keeps all bits that may be set.
  auto known = bits.find(lhs);
  if (alu.getOp() == AluOp::And && known != bits.end() && known->second <= 32) {
    auto mask =
        static_cast<uint32_t>(llvm::maskTrailingOnes<uint64_t>(known->second));
    if ((static_cast<uint32_t>(alu.getImm()) & mask) == mask)
      return lhs;
  }
  unsigned kind = AluImmExpression + 2 * static_cast<unsigned>(alu.getOp()) +
                  unsigned(isNarrow);
  unsigned number = getNumber(
      expressions, std::make_tuple(kind, lhs, 0u, int64_t(alu.getImm())));
  if (alu.getOp() == AluOp::And && alu.getImm() >= 0)
    return noteBits(number, llvm::bit_width(uint32_t(alu.getImm())));
  return isNarrow ? noteBits(number, 32) : number;
}

unsigned ContentNumbers::get(Operation *op, Contents &contents) {
  if (isRelocated(op))
    return getFresh();
  if (auto load = dyn_cast<LoadOp>(op))
    return getLoad(load, contents);
  if (auto alu = dyn_cast<AluImmOp>(op))
    return getAlu(alu, contents);
  if (auto alu = dyn_cast<AluRegOp>(op)) {
    bool isNarrow = alu.getWidth() == Width::W32;
    unsigned kind = AluRegExpression + 2 * static_cast<unsigned>(alu.getOp()) +
                    unsigned(isNarrow);
    unsigned lhs = getOfOperand(alu.getLhs(), contents);
    unsigned rhs = getOfOperand(alu.getRhs(), contents);
    unsigned number =
        getNumber(expressions, std::make_tuple(kind, lhs, rhs, int64_t(0)));
    return isNarrow ? noteBits(number, 32) : number;
  }
  if (auto mov = dyn_cast<MovOp>(op)) {
    unsigned source = getOfOperand(mov.getSrc(), contents);
    if (mov.getWidth() == Width::W64 || fits(source, 32))
      return source;
    return noteBits(
        getNumber(expressions, std::make_tuple(unsigned(MovExpression), source,
                                               0u, int64_t(0))),
        32);
  }
  return getConstant(op);
}

/// Whether `op` does nothing but compute its result, from registers and memory.
static bool isComputation(Operation *op) {
  return isa<MovOp, MovImmOp, LdImm64Op, LdMapOp, LdGlobalOp, LdFuncOp, LoadOp,
             AluImmOp, AluRegOp>(op);
}

/// Whether `op` may change memory.
static bool changesMemory(Operation *op) {
  return isa<StoreOp, StoreImmOp, AtomicMemOp, AtomicFetchOp, AtomicCmpXchgOp,
             CallOp, CallFuncOp, RawOp>(op);
}

/// What was copied to make `value`.
static Value getCopied(Value value) {
  while (auto mov = value.getDefiningOp<MovOp>())
    value = mov.getSrc();
  return value;
}

/// Whether the verifier knows as much of `present`, which is equal, as of the
/// result of `op`. What a jump has found of a register it knows of the copies
/// of that, and not of what was computed once more.
static bool isKnownAsWell(Operation *op, Value present, bool isConstant) {
  auto mov = dyn_cast<MovOp>(op);
  return !mov || isConstant || getCopied(mov.getSrc()) == getCopied(present);
}

/// Follows `op`. Returns the value that already is what `op` computes, in the
/// same register; null if there is none.
static Value update(Operation *op, Contents &contents,
                    ContentNumbers &numbers) {
  unsigned number = numbers.get(op, contents);
  if (isComputation(op)) {
    unsigned reg = getNumber(op->getResult(0));
    Value present = contents.values[reg];
    if (contents.numbers[reg] == number && present &&
        isKnownAsWell(op, present, numbers.isConstant(number)))
      return present;
  }
  if (changesMemory(op))
    contents.memory = 0;
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

/// Whether a move is shorter than `op`, or makes the move superfluous that gave
/// `op` its operand.
static bool isShorterAsMove(Operation *op) {
  if (isa<LdImm64Op, LdMapOp, LdGlobalOp, LdFuncOp, LoadOp>(op))
    return true;
  if (!isa<AluImmOp, AluRegOp>(op))
    return false;
  Value lhs = op->getOperand(0);
  return lhs.getDefiningOp<MovOp>() && lhs.hasOneUse();
}

/// Makes `op` a move if another register holds its result. Returns the
/// operation that is there then.
static Operation *copyPresent(Operation *op, Contents &contents,
                              ContentNumbers &numbers) {
  if (!isComputation(op) || !isShorterAsMove(op))
    return op;
  unsigned number = numbers.get(op, contents);
  unsigned own = getNumber(op->getResult(0));
  if (contents.numbers[own] == number && contents.values[own])
    return op;
  for (unsigned reg = 0; reg < numRegisters; ++reg) {
    if (contents.numbers[reg] != number || !contents.values[reg])
      continue;
    OpBuilder builder(op);
    auto mov = MovOp::create(builder, op->getLoc(), op->getResult(0).getType(),
                             Width::W64, contents.values[reg]);
    op->replaceAllUsesWith(mov);
    op->erase();
    return mov;
  }
  return op;
}

/// Makes a move of what is known to be an immediate that immediate, so that it
/// does not need its operand. It takes no more, and where a jump has found out,
/// it spares the verifier much: the register is one of several numbers to it,
/// of which it has to tell apart all that went into them as soon as a branch
/// depends on the copy. Returns the operation that is there then.
static Operation *foldMove(Operation *op, const Contents &contents,
                           const ContentNumbers &numbers) {
  auto mov = dyn_cast<MovOp>(op);
  if (!mov || mov.getWidth() != Width::W64)
    return op;
  auto immediate =
      numbers.getImmediate(contents.numbers[getNumber(mov.getSrc())], contents);
  if (!immediate)
    return op;
  OpBuilder builder(op);
  auto imm = MovImmOp::create(builder, op->getLoc(), mov.getDst().getType(),
                              immediate->first, immediate->second);
  mov.replaceAllUsesWith(imm.getDst());
  mov.erase();
  return imm;
}

/// Whether `use` may be of any register.
static bool takesAnyRegister(OpOperand &use) {
  Operation *user = use.getOwner();
  if (auto atomic = dyn_cast<AtomicMemOp>(user))
    return &use == &atomic.getValueMutable();
  auto alu = dyn_cast<AluRegOp>(user);
  return alu && &use == &alu.getRhsMutable();
}

/// Whether nothing between `from` and `to`, of one block, writes `reg`.
static bool isKept(Register reg, Operation *from, Operation *to) {
  for (Operation *op = from; op != to; op = op->getNextNode())
    if (getWrites(op).contains(reg))
      return false;
  return true;
}

/// The register that holds what `op`, an immediate, sets another one to, for as
/// long as that is used; null if there is none.
static Value findImmediate(Operation *op, Contents &contents,
                           ContentNumbers &numbers) {
  if (!isa<MovImmOp>(op) || isRelocated(op) ||
      !llvm::all_of(op->getUses(), takesAnyRegister) ||
      !llvm::all_of(op->getUsers(), [&](Operation *user) {
        return user->getBlock() == op->getBlock();
      }))
    return Value();
  unsigned number = numbers.get(op, contents);
  for (unsigned reg = 0; reg < numRegisters; ++reg)
    if (contents.numbers[reg] == number && contents.values[reg] &&
        llvm::all_of(op->getUsers(), [&](Operation *user) {
          return isKept(static_cast<Register>(reg), op, user);
        }))
      return contents.values[reg];
  return Value();
}

/// Removes moves and constants whose register holds their result already, and
/// constants that another register holds.
static void removeRepeated(FuncOp func, bool isRaw) {
  ContentNumbers numbers;
  llvm::DenseMap<Block *, Contents> atEnd;
  for (Block *block :
       llvm::ReversePostOrderTraversal<Block *>(&func.getBody().front())) {
    Contents contents;
    if (Block *predecessor = block->getSinglePredecessor()) {
      contents = atEnd.lookup(predecessor);
      numbers.noteTested(predecessor->getTerminator(), block, contents);
    }
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
      if (Value present =
              isRaw ? Value() : findImmediate(&op, contents, numbers)) {
        op.getResult(0).replaceAllUsesWith(present);
        op.erase();
        continue;
      }
      Operation *folded =
          foldMove(copyPresent(&op, contents, numbers), contents, numbers);
      if (Value present = update(folded, contents, numbers)) {
        folded->getResult(0).replaceAllUsesWith(present);
        folded->erase();
      }
    }
    // The others start without knowing anything.
    if (llvm::any_of(block->getSuccessors(), [&](Block *next) {
          return next->getSinglePredecessor() == block;
        }))
      atEnd[block] = contents;
  }
}

//===----------------------------------------------------------------------===//
// Results that are moved
//===----------------------------------------------------------------------===//

/// Makes `r1 = x; r6 += r1; r3 = r6` into `r3 = x; r3 += r6`, for `mov`, which
/// is the last of these. The operation in the middle is commutative, and `x` a
/// constant or a load.
static void computeInPlace(MovOp mov) {
  auto alu = mov.getSrc().getDefiningOp<AluRegOp>();
  std::optional<Register> target = getMachineRegister(mov.getDst());
  if (mov.getWidth() != Width::W64 || !alu || !isCommutative(alu.getOp()) ||
      !alu->hasOneUse() || !target ||
      alu.getLhs().getType() == mov.getDst().getType())
    return;
  Operation *def = alu.getRhs().getDefiningOp();
  if (!isa_and_nonnull<MovImmOp, LdImm64Op, LoadOp>(def) || !def->hasOneUse() ||
      def->getBlock() != mov->getBlock() || alu->getBlock() != mov->getBlock())
    return;
  for (Operation *op = def->getNextNode(); op != mov; op = op->getNextNode())
    if ((getReads(op) | getWrites(op)).contains(*target))
      return;
  Value lhs = alu.getLhs();
  alu.getLhsMutable().set(alu.getRhs());
  alu.getRhsMutable().set(lhs);
  def->getResult(0).setType(mov.getDst().getType());
  alu.getResult().setType(mov.getDst().getType());
  mov.replaceAllUsesWith(alu.getResult());
  mov.erase();
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
    // A raw instruction reads a register without using its value.
    bool isRaw = func.walk([](RawOp) { return WalkResult::interrupt(); })
                     .wasInterrupted();
    if (!isRaw)
      func.walk(computeInPlace);
    removeRepeated(func, isRaw);
    removeDead(func);
  }
};
} // namespace

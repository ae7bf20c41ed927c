//===- RandomFunction.cpp - functions to test code generation ---*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Grows a function from its entry, with structured control flow and critical
// edges, from the values that dominate the place.
//
//===----------------------------------------------------------------------===//

#include "RandomFunction.h"
#include "Execution.h"
#include <random>

using namespace mlir;
using namespace mlir::bpf;
using namespace mlir::bpf::testing;

unsigned testing::getNumArguments(int32_t helper) { return helper % 6; }

namespace {
class Generator {
public:
  Generator(ModuleOp module, uint64_t seed, RandomShape shape)
      : builder(module.getContext()), random(seed), shape(shape),
        location(builder.getUnknownLoc()) {
    builder.setInsertionPointToEnd(module.getBody());
    func = FuncOp::create(
        builder, location, builder.getStringAttr("f" + Twine(seed)),
        builder.getStringAttr("xdp"), builder.getStringAttr("xdp"),
        builder.getStringAttr("GPL"));
  }

  FuncOp run();

private:
  unsigned pick(unsigned bound) {
    return std::uniform_int_distribution<unsigned>(0, bound - 1)(random);
  }
  bool chance(unsigned percent) { return pick(100) < percent; }
  template <typename Enum> Enum pickEnum(unsigned maximum) {
    return static_cast<Enum>(pick(maximum + 1));
  }
  Width pickWidth() { return chance(70) ? Width::W64 : Width::W32; }
  StoreSize pickAtomicSize() {
    return chance(60) ? StoreSize::B64 : StoreSize::B32;
  }
  int32_t pickImm() {
    return chance(60) ? int32_t(pick(64)) - 8 : int32_t(random());
  }
  /// An offset into the heap or a slot of `bytes`, aligned to 8.
  int16_t pickOffset(unsigned bytes) { return 8 * pick(bytes / 8); }

  Type anyRegister() { return RegType::get(builder.getContext()); }
  Type fixed(Register reg) { return RegType::get(builder.getContext(), reg); }

  Value pickValue();
  Value makeConstant(Type type);
  Value makeArithmetic(Type type);
  Value makeUnary(Type type);
  Value makeInto(Type type);
  Value makeCall();
  Value makeAtomic();
  void makeMemoryAccess();
  void makeInstruction();
  void makeCommon(unsigned which);
  void makeCondition(unsigned depth);
  void makeLoop(unsigned depth);
  void makeSequence(unsigned size, unsigned depth);
  void branch(Block *yes, ValueRange yesValues, Block *no, ValueRange noValues);
  Block *makeBlock(unsigned numArguments);
  SmallVector<Value> pickValues(unsigned count);
  void makeExit();

  OpBuilder builder;
  std::mt19937_64 random;
  RandomShape shape;
  Location location;
  FuncOp func;
  Value heap;
  SmallVector<Value> slots;
  /// The values that dominate the place.
  SmallVector<Value> values;
};
} // namespace

static constexpr unsigned slotBytes = 16;

Value Generator::pickValue() {
  unsigned window = std::min<size_t>(values.size(), 3);
  if (chance(shape.locality))
    return values[values.size() - 1 - pick(window)];
  return values[pick(values.size())];
}

SmallVector<Value> Generator::pickValues(unsigned count) {
  SmallVector<Value> result;
  for (unsigned i = 0; i < count; ++i)
    result.push_back(pickValue());
  return result;
}

Value Generator::makeConstant(Type type) {
  if (chance(80))
    return MovImmOp::create(builder, location, type, pickWidth(), pickImm());
  return LdImm64Op::create(builder, location, type, int64_t(random()));
}

Value Generator::makeArithmetic(Type type) {
  auto op = pickEnum<AluOp>(getMaxEnumValForAluOp());
  Width width = pickWidth();
  if (chance(50))
    return AluRegOp::create(builder, location, type, op, width, pickValue(),
                            pickValue());
  int32_t imm = pickImm();
  if (op == AluOp::Lsh || op == AluOp::Rsh || op == AluOp::Arsh)
    imm &= static_cast<int32_t>(width) - 1;
  else if (imm == 0)
    imm = 3;
  return AluImmOp::create(builder, location, type, op, width, pickValue(), imm);
}

Value Generator::makeUnary(Type type) {
  switch (pick(4)) {
  case 0:
    return NegOp::create(builder, location, type, pickWidth(), pickValue());
  case 1:
    return EndianRegOp::create(builder, location, type,
                               pickEnum<EndianOp>(getMaxEnumValForEndianOp()),
                               pickValue());
  case 2:
    return MovSxOp::create(builder, location, type, pickWidth(),
                           chance(50) ? LoadKind::S8 : LoadKind::S16,
                           pickValue());
  default:
    return MovOp::create(builder, location, type, pickWidth(), pickValue());
  }
}

/// Any instruction with a result of `type`.
Value Generator::makeInto(Type type) {
  switch (pick(8)) {
  case 0:
  case 1:
    return makeConstant(type);
  case 2:
    return makeUnary(type);
  case 3:
    return LoadOp::create(builder, location, type,
                          pickEnum<LoadKind>(getMaxEnumValForLoadKind()), heap,
                          pickOffset(heapBytes), StringAttr());
  case 4:
    return LoadOp::create(builder, location, type, LoadKind::U64,
                          slots[pick(slots.size())], pickOffset(slotBytes),
                          StringAttr());
  default:
    return makeArithmetic(type);
  }
}

Value Generator::makeCall() {
  int32_t helper = pick(30);
  SmallVector<Value> arguments;
  for (unsigned index = 0; index < getNumArguments(helper); ++index) {
    Type type = fixed(getArgumentRegister(index));
    if (chance(60))
      arguments.push_back(
          MovOp::create(builder, location, type, Width::W64, pickValue()));
    else if (chance(30))
      arguments.push_back(SlotAddrOp::create(builder, location, type,
                                             slots[pick(slots.size())],
                                             pickOffset(slotBytes)));
    else
      arguments.push_back(makeInto(type));
  }
  Value result =
      CallOp::create(builder, location, fixed(Register::R0), helper, arguments);
  if (chance(10))
    return result;
  return MovOp::create(builder, location, anyRegister(), Width::W64, result);
}

Value Generator::makeAtomic() {
  int16_t offset = pickOffset(heapBytes);
  if (chance(30)) {
    Value expected = makeInto(fixed(Register::R0));
    Value old = AtomicCmpXchgOp::create(builder, location, fixed(Register::R0),
                                        pickAtomicSize(), expected, pickValue(),
                                        heap, offset);
    return MovOp::create(builder, location, anyRegister(), Width::W64, old);
  }
  std::optional<AtomicOp> op;
  if (chance(70))
    op = pickEnum<AtomicOp>(getMaxEnumValForAtomicOp());
  return AtomicFetchOp::create(builder, location, anyRegister(), op,
                               pickAtomicSize(), pickValue(), heap, offset);
}

void Generator::makeMemoryAccess() {
  auto size = static_cast<StoreSize>(8 << pick(4));
  bool onStack = chance(40);
  Value base = onStack ? slots[pick(slots.size())] : heap;
  int16_t offset = pickOffset(onStack ? slotBytes : heapBytes);
  switch (pick(3)) {
  case 0:
    StoreImmOp::create(builder, location, size, pickImm(), base, offset);
    return;
  case 1:
    AtomicMemOp::create(builder, location,
                        pickEnum<AtomicOp>(getMaxEnumValForAtomicOp()),
                        pickAtomicSize(), pickValue(), base, offset);
    return;
  default:
    StoreOp::create(builder, location, size, pickValue(), base, offset,
                    StringAttr());
  }
}

void Generator::makeInstruction() {
  if (chance(shape.calls))
    values.push_back(makeCall());
  else if (chance(10))
    makeMemoryAccess();
  else if (chance(6))
    values.push_back(makeAtomic());
  else
    values.push_back(makeInto(anyRegister()));
}

Block *Generator::makeBlock(unsigned numArguments) {
  auto *block = new Block;
  func.getBody().push_back(block);
  for (unsigned i = 0; i < numArguments; ++i)
    block->addArgument(anyRegister(), location);
  return block;
}

void Generator::branch(Block *yes, ValueRange yesValues, Block *no,
                       ValueRange noValues) {
  auto condition = pickEnum<Condition>(getMaxEnumValForCondition());
  if (chance(50))
    JCondOp::create(builder, location, condition, pickWidth(), pickValue(),
                    pickValue(), yesValues, noValues, yes, no);
  else
    JCondImmOp::create(builder, location, condition, pickWidth(), pickValue(),
                       pickImm(), yesValues, noValues, yes, no);
}

/// Makes one of a few sequences that are the same wherever they stand.
void Generator::makeCommon(unsigned which) {
  Type any = anyRegister();
  switch (which) {
  case 0: {
    Value one = MovImmOp::create(builder, location, any, Width::W64, 1);
    AtomicMemOp::create(builder, location, AtomicOp::Add, StoreSize::B64, one,
                        heap, 8);
    return;
  }
  case 1: {
    Value sum =
        LoadOp::create(builder, location, any, LoadKind::U64, heap, 16, {});
    sum = AluImmOp::create(builder, location, any, AluOp::Add, Width::W64, sum,
                           1);
    StoreOp::create(builder, location, StoreSize::B64, sum, heap, 16, {});
    return;
  }
  default: {
    StoreImmOp::create(builder, location, StoreSize::B64, 7, slots.front(), 0);
    Value address = SlotAddrOp::create(builder, location, fixed(Register::R1),
                                       slots.front(), 0);
    Value number = MovImmOp::create(builder, location, fixed(Register::R2),
                                    Width::W64, which);
    CallOp::create(builder, location, fixed(Register::R0), 2,
                   ValueRange{address, number});
  }
  }
}

void Generator::makeCondition(unsigned depth) {
  unsigned numArguments = pick(5);
  Block *then = makeBlock(pick(2)), *join = makeBlock(numArguments);
  // Without a second branch the edge to the join is critical.
  Block *otherwise = chance(60) ? makeBlock(0) : nullptr;
  SmallVector<Value> thenValues = pickValues(then->getNumArguments());
  SmallVector<Value> joinValues = pickValues(numArguments);
  bool repeats = chance(shape.repetition);
  unsigned common = pick(4);
  if (otherwise)
    branch(then, thenValues, otherwise, {});
  else if (chance(50))
    branch(then, thenValues, join, joinValues);
  else
    branch(join, joinValues, then, thenValues);

  size_t known = values.size();
  builder.setInsertionPointToEnd(then);
  llvm::append_range(values, then->getArguments());
  makeSequence(shape.size / 4, depth);
  if (repeats)
    makeCommon(common);
  if (chance(std::max(10u, shape.repetition / 2)))
    makeExit();
  else
    JaOp::create(builder, location, pickValues(numArguments), join);
  values.truncate(known);
  if (otherwise) {
    builder.setInsertionPointToEnd(otherwise);
    makeSequence(shape.size / 4, depth);
    if (repeats)
      makeCommon(common);
    JaOp::create(builder, location, pickValues(numArguments), join);
    values.truncate(known);
  }
  builder.setInsertionPointToEnd(join);
  llvm::append_range(values, join->getArguments());
}

void Generator::makeLoop(unsigned depth) {
  unsigned numArguments = pick(5);
  Block *header = makeBlock(numArguments + 1), *exit = makeBlock(pick(3));
  SmallVector<Value> start = pickValues(numArguments);
  start.push_back(
      MovImmOp::create(builder, location, anyRegister(), Width::W64, 0));
  JaOp::create(builder, location, start, header);
  builder.setInsertionPointToEnd(header);
  size_t known = values.size();
  llvm::append_range(values, header->getArguments());
  Value counter = values.back();
  makeSequence(shape.size / 4, depth);
  Value next = AluImmOp::create(builder, location, anyRegister(), AluOp::Add,
                                Width::W64, counter, 1);
  // Arguments that change places make the moves of the edge a cycle.
  SmallVector<Value> again = pickValues(numArguments);
  if (chance(50))
    for (unsigned i = 0; i < numArguments; ++i)
      again[i] = header->getArgument((i + 1) % numArguments);
  again.push_back(next);
  JCondImmOp::create(builder, location, Condition::Lt, Width::W64, next,
                     1 + pick(4), again, pickValues(exit->getNumArguments()),
                     header, exit);
  values.truncate(known);
  builder.setInsertionPointToEnd(exit);
  llvm::append_range(values, exit->getArguments());
}

void Generator::makeSequence(unsigned size, unsigned depth) {
  for (unsigned i = 0; i < size; ++i) {
    if (depth > 0 && chance(8))
      makeCondition(depth - 1);
    else if (depth > 0 && chance(4))
      makeLoop(depth - 1);
    else
      makeInstruction();
  }
}

void Generator::makeExit() {
  if (chance(shape.repetition)) {
    Value constant = MovImmOp::create(builder, location, fixed(Register::R0),
                                      Width::W64, pick(3));
    ExitOp::create(builder, location, constant);
    return;
  }
  Value result = MovOp::create(builder, location, fixed(Register::R0),
                               Width::W64, pickValue());
  ExitOp::create(builder, location, result);
}

FuncOp Generator::run() {
  Block *entry = makeBlock(0);
  Value context = entry->addArgument(fixed(Register::R1), location);
  builder.setInsertionPointToEnd(entry);
  heap = MovOp::create(builder, location, anyRegister(), Width::W64, context);
  for (unsigned i = 0; i < 3; ++i) {
    Value slot = SlotOp::create(builder, location, slotBytes, 8);
    slots.push_back(slot);
    for (unsigned offset = 0; offset < slotBytes; offset += 8)
      StoreImmOp::create(builder, location, StoreSize::B64, pickImm(), slot,
                         offset);
  }
  values.push_back(makeConstant(anyRegister()));
  makeSequence(shape.size, shape.depth);
  makeExit();
  return func;
}

FuncOp testing::makeRandomFunction(ModuleOp module, uint64_t seed,
                                   RandomShape shape) {
  return Generator(module, seed, shape).run();
}

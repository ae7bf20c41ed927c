//===- ValueExecution.cpp - executes functions by their values --*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// An interpreter of the bpf dialect that knows no registers.
//
//===----------------------------------------------------------------------===//

#include "Execution.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/TypeSwitch.h"
#include "llvm/Support/MathExtras.h"
#include <cstring>

using namespace mlir;
using namespace mlir::bpf;
using namespace mlir::bpf::testing;

uint64_t testing::getHelperResult(const Event &event) {
  uint64_t hash = 0x9e3779b97f4a7c15u + static_cast<uint64_t>(event.helper);
  for (uint64_t argument : event.arguments)
    hash = (hash ^ argument) * 0xff51afd7ed558ccdu ^ hash >> 29;
  return hash;
}

void testing::fillHeap(std::array<uint8_t, heapBytes> &heap, uint64_t seed) {
  for (uint8_t &byte : heap) {
    seed = seed * 6364136223846793005u + 1442695040888963407u;
    byte = static_cast<uint8_t>(seed >> 56);
  }
}

/// `T` is the unsigned integer of the operation's width.
template <typename T> static uint64_t evaluate(AluOp op, T a, T b) {
  using Signed = std::make_signed_t<T>;
  auto x = static_cast<Signed>(a), y = static_cast<Signed>(b);
  constexpr T countMask = 8 * sizeof(T) - 1;
  switch (op) {
  case AluOp::Add:
    return T(a + b);
  case AluOp::Sub:
    return T(a - b);
  case AluOp::Mul:
    return T(a * b);
  case AluOp::Div:
    return b ? a / b : 0;
  case AluOp::Mod:
    return b ? a % b : a;
  case AluOp::Or:
    return a | b;
  case AluOp::And:
    return a & b;
  case AluOp::Xor:
    return a ^ b;
  case AluOp::Lsh:
    return T(a << (b & countMask));
  case AluOp::Rsh:
    return a >> (b & countMask);
  case AluOp::Arsh:
    return T(x >> (b & countMask));
  case AluOp::SDiv:
    return b == 0 ? 0 : y == -1 ? T(0 - a) : T(x / y);
  case AluOp::SMod:
    return b == 0 ? a : y == -1 ? 0 : T(x % y);
  }
  llvm_unreachable("unknown operation");
}

static uint64_t evaluate(AluOp op, Width width, uint64_t a, uint64_t b) {
  return width == Width::W64 ? evaluate<uint64_t>(op, a, b)
                             : evaluate<uint32_t>(op, a, b);
}

static bool compare(Condition condition, uint64_t a, uint64_t b, int64_t x,
                    int64_t y) {
  switch (condition) {
  case Condition::Eq:
    return a == b;
  case Condition::Ne:
    return a != b;
  case Condition::Gt:
    return a > b;
  case Condition::Ge:
    return a >= b;
  case Condition::Lt:
    return a < b;
  case Condition::Le:
    return a <= b;
  case Condition::Set:
    return (a & b) != 0;
  case Condition::Sgt:
    return x > y;
  case Condition::Sge:
    return x >= y;
  case Condition::Slt:
    return x < y;
  case Condition::Sle:
    return x <= y;
  }
  llvm_unreachable("unknown condition");
}

static bool compare(Condition condition, Width width, uint64_t a, uint64_t b) {
  if (width == Width::W64)
    return compare(condition, a, b, int64_t(a), int64_t(b));
  return compare(condition, uint32_t(a), uint32_t(b), int32_t(a), int32_t(b));
}

static uint64_t convert(EndianOp op, uint64_t value) {
  switch (op) {
  case EndianOp::Be16:
  case EndianOp::Bswap16:
    return llvm::byteswap(uint16_t(value));
  case EndianOp::Be32:
  case EndianOp::Bswap32:
    return llvm::byteswap(uint32_t(value));
  case EndianOp::Be64:
  case EndianOp::Bswap64:
    return llvm::byteswap(value);
  case EndianOp::Le16:
    return uint16_t(value);
  case EndianOp::Le32:
    return uint32_t(value);
  case EndianOp::Le64:
    return value;
  }
  llvm_unreachable("unknown conversion");
}

/// The bits of `value` that a load or extension of `kind` yields.
static uint64_t extend(LoadKind kind, uint64_t value) {
  switch (kind) {
  case LoadKind::U8:
    return uint8_t(value);
  case LoadKind::U16:
    return uint16_t(value);
  case LoadKind::U32:
    return uint32_t(value);
  case LoadKind::U64:
    return value;
  case LoadKind::S8:
    return uint64_t(int64_t(int8_t(value)));
  case LoadKind::S16:
    return uint64_t(int64_t(int16_t(value)));
  case LoadKind::S32:
    return uint64_t(int64_t(int32_t(value)));
  }
  llvm_unreachable("unknown load");
}

static uint64_t evaluate(AtomicOp op, uint64_t a, uint64_t b) {
  switch (op) {
  case AtomicOp::Add:
    return a + b;
  case AtomicOp::Or:
    return a | b;
  case AtomicOp::And:
    return a & b;
  case AtomicOp::Xor:
    return a ^ b;
  }
  llvm_unreachable("unknown operation");
}

namespace {
class ValueMachine {
public:
  ValueMachine(FuncOp func, uint64_t seed) : func(func) {
    fillHeap(execution.heap, seed);
  }

  Execution run();

private:
  uint64_t get(Value value) { return values[value]; }
  uint8_t *getMemory(Value base, int16_t offset);
  uint64_t load(Value base, int16_t offset, LoadKind kind);
  void store(Value base, int16_t offset, StoreSize size, uint64_t value);
  std::optional<uint64_t> compute(Operation *op);
  std::optional<uint64_t> accessMemory(Operation *op);
  uint64_t call(CallOp op);
  uint64_t exchange(StoreSize size, Value base, int16_t offset,
                    llvm::function_ref<uint64_t(uint64_t)> update);
  Block *enter(BranchOpInterface branch, unsigned index);
  Block *leave(Operation *terminator);

  FuncOp func;
  Execution execution;
  llvm::DenseMap<Value, uint64_t> values;
  llvm::DenseMap<Value, std::vector<uint8_t>> slots;
  std::vector<Value> slotOrder;
};
} // namespace

/// The distance of the addresses of two slots.
static constexpr uint64_t slotSpacing = 0x100;

uint8_t *ValueMachine::getMemory(Value base, int16_t offset) {
  if (isa<SlotType>(base.getType()))
    return slots[base].data() + offset;
  uint64_t address = get(base) + offset;
  if (address >= heapAddress && address + 8 <= heapAddress + heapBytes)
    return execution.heap.data() + (address - heapAddress);
  uint64_t number = (address - stackAddress) / slotSpacing;
  if (address >= stackAddress && number < slotOrder.size())
    return slots[slotOrder[number]].data() + (address % slotSpacing);
  execution.error = "access to a bad address";
  return execution.heap.data();
}

uint64_t ValueMachine::load(Value base, int16_t offset, LoadKind kind) {
  uint64_t value;
  std::memcpy(&value, getMemory(base, offset), sizeof(value));
  return extend(kind, value);
}

void ValueMachine::store(Value base, int16_t offset, StoreSize size,
                         uint64_t value) {
  std::memcpy(getMemory(base, offset), &value, static_cast<unsigned>(size) / 8);
}

uint64_t ValueMachine::call(CallOp op) {
  Event event{op.getHelper(), {}};
  for (Value argument : op.getArgs()) {
    uint64_t value = get(argument);
    if (value >= stackAddress &&
        value < stackAddress + slotSpacing * slotOrder.size())
      value = load(argument, 0, LoadKind::U64);
    event.arguments.push_back(value);
  }
  execution.events.push_back(event);
  return getHelperResult(event);
}

uint64_t ValueMachine::exchange(StoreSize size, Value base, int16_t offset,
                                llvm::function_ref<uint64_t(uint64_t)> update) {
  LoadKind kind = size == StoreSize::B64 ? LoadKind::U64 : LoadKind::U32;
  uint64_t old = load(base, offset, kind);
  store(base, offset, size, update(old));
  return old;
}

std::optional<uint64_t> ValueMachine::compute(Operation *op) {
  using Result = std::optional<uint64_t>;
  return llvm::TypeSwitch<Operation *, Result>(op)
      .Case([&](MovOp mov) -> Result {
        uint64_t value = get(mov.getSrc());
        return mov.getWidth() == Width::W64 ? value : uint32_t(value);
      })
      .Case([&](MovSxOp mov) -> Result {
        uint64_t value = extend(mov.getKind(), get(mov.getSrc()));
        return mov.getWidth() == Width::W64 ? value : uint32_t(value);
      })
      .Case([&](MovImmOp mov) -> Result {
        uint64_t value = int64_t(mov.getImm());
        return mov.getWidth() == Width::W64 ? value : uint32_t(value);
      })
      .Case([&](LdImm64Op imm) -> Result { return imm.getImm(); })
      .Case([&](AluRegOp alu) -> Result {
        return evaluate(alu.getOp(), alu.getWidth(), get(alu.getLhs()),
                        get(alu.getRhs()));
      })
      .Case([&](AluImmOp alu) -> Result {
        return evaluate(alu.getOp(), alu.getWidth(), get(alu.getLhs()),
                        int64_t(alu.getImm()));
      })
      .Case([&](NegOp neg) -> Result {
        return evaluate(AluOp::Sub, neg.getWidth(), 0, get(neg.getLhs()));
      })
      .Case([&](EndianRegOp endian) -> Result {
        return convert(endian.getOp(), get(endian.getLhs()));
      })
      .Case([&](SlotOp op) -> Result {
        slots[op.getSlot()].assign(op.getSize() + 8, 0);
        slotOrder.push_back(op.getSlot());
        return stackAddress + slotSpacing * (slotOrder.size() - 1);
      })
      .Case([&](SlotAddrOp op) -> Result {
        return get(op.getSlot()) + op.getOffset();
      })
      .Case([&](CallOp op) -> Result { return call(op); })
      .Default([&](Operation *op) { return accessMemory(op); });
}

std::optional<uint64_t> ValueMachine::accessMemory(Operation *op) {
  using Result = std::optional<uint64_t>;
  return llvm::TypeSwitch<Operation *, Result>(op)
      .Case([&](LoadOp op) -> Result {
        return load(op.getBase(), op.getOffset(), op.getKind());
      })
      .Case([&](StoreOp op) -> Result {
        store(op.getBase(), op.getOffset(), op.getSize(), get(op.getValue()));
        return std::nullopt;
      })
      .Case([&](StoreImmOp op) -> Result {
        store(op.getBase(), op.getOffset(), op.getSize(), int64_t(op.getImm()));
        return std::nullopt;
      })
      .Case([&](AtomicMemOp op) -> Result {
        exchange(op.getSize(), op.getBase(), op.getOffset(), [&](uint64_t old) {
          return evaluate(op.getOp(), old, get(op.getValue()));
        });
        return std::nullopt;
      })
      .Case([&](AtomicFetchOp op) -> Result {
        return exchange(
            op.getSize(), op.getBase(), op.getOffset(), [&](uint64_t old) {
              uint64_t value = get(op.getLhs());
              return op.getOp() ? evaluate(*op.getOp(), old, value) : value;
            });
      })
      .Case([&](AtomicCmpXchgOp op) -> Result {
        bool isWide = op.getSize() == StoreSize::B64;
        uint64_t expected = get(op.getExpected());
        return exchange(
            op.getSize(), op.getBase(), op.getOffset(), [&](uint64_t old) {
              bool equal = isWide ? old == expected : old == uint32_t(expected);
              return equal ? get(op.getValue()) : old;
            });
      })
      .Default([&](Operation *) -> Result {
        execution.error = "unknown operation";
        return std::nullopt;
      });
}

Block *ValueMachine::enter(BranchOpInterface branch, unsigned index) {
  Block *target = branch->getSuccessor(index);
  SmallVector<uint64_t> passed;
  for (Value operand :
       branch.getSuccessorOperands(index).getForwardedOperands())
    passed.push_back(get(operand));
  for (auto [argument, value] : llvm::zip_equal(target->getArguments(), passed))
    values[argument] = value;
  return target;
}

Block *ValueMachine::leave(Operation *terminator) {
  return llvm::TypeSwitch<Operation *, Block *>(terminator)
      .Case([&](JaOp jump) { return enter(jump, 0); })
      .Case([&](JCondOp jump) {
        bool holds = compare(jump.getCondition(), jump.getWidth(),
                             get(jump.getLhs()), get(jump.getRhs()));
        return enter(jump, holds ? 0 : 1);
      })
      .Case([&](JCondImmOp jump) {
        bool holds = compare(jump.getCondition(), jump.getWidth(),
                             get(jump.getLhs()), int64_t(jump.getImm()));
        return enter(jump, holds ? 0 : 1);
      })
      .Case([&](ExitOp exit) -> Block * {
        execution.result = get(exit.getValue());
        return nullptr;
      })
      .Default([](Operation *) -> Block * { return nullptr; });
}

Execution ValueMachine::run() {
  Block *block = &func.getBody().front();
  values[block->getArgument(0)] = heapAddress;
  while (block) {
    for (Operation &op : block->without_terminator()) {
      if (++execution.steps > maxSteps)
        execution.error = "too many steps";
      std::optional<uint64_t> result = compute(&op);
      if (!execution.error.empty())
        return execution;
      if (result)
        values[op.getResult(0)] = *result;
    }
    block = leave(block->getTerminator());
  }
  return execution;
}

Execution testing::executeValues(FuncOp func, uint64_t seed) {
  return ValueMachine(func, seed).run();
}

//===- LongJumps.cpp - jumps beyond 16 bits ---------------------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// A jump reaches 32,767 slots. In functions that are larger, islands at regular
// distances hold jumps that lead further; an island that control would fall
// into begins with a jump over it.
//
//===----------------------------------------------------------------------===//

#include "LongJumps.h"
#include "Whistler/Dialect/BPF/IR/Opcodes.h"
#include "llvm/ADT/MapVector.h"
#include "llvm/Support/MathExtras.h"

using namespace mlir;
using namespace mlir::bpf;

/// The slots from one island to the next.
static constexpr uint32_t islandDistance = 1 << 13;
/// How far a jump reaches, counted from its own slot. There is one slot to
/// spare for the jump over an island.
static constexpr int64_t reach = INT16_MAX - 1;
/// How far from its place an island may be to be where nothing falls into it.
static constexpr uint32_t searchDistance = 1024;

static constexpr uint8_t jumpCode = BPF_JMP | BPF_JA;
static constexpr uint8_t longJumpCode = BPF_JMP32 | BPF_JA;

namespace {
/// Jumps in front of a slot that lead on, each to another target.
struct Island {
  uint32_t before = 0;
  /// Whether the instruction in front of it goes on behind it.
  bool isFallenInto = false;
  /// The targets, with the location of a jump that needed it.
  llvm::MapVector<uint32_t, Location> targets;

  uint32_t size() const {
    return targets.empty() ? 0 : targets.size() + isFallenInto;
  }
};

/// Plans islands for a function and rebuilds it with them. All slots are those
/// of the function without islands but where it says otherwise.
class IslandBuilder {
public:
  IslandBuilder(EncodedFunction &code, EncodingOptions options)
      : code(code), options(options) {}

  /// Chooses places for islands. Without, no jump takes one.
  void placeIslands();
  /// Gives each of `jumps` that is too long an island of its own, directly
  /// behind it: where jumps lead anywhere from there.
  void placeIslandsBehind(ArrayRef<Jump> jumps);
  /// Finds out which islands jumps need.
  void plan(ArrayRef<Jump> jumps);
  /// Inserts the islands and fills in all distances.
  LogicalResult build(ArrayRef<Jump> jumps);

private:
  /// Notes the islands that `jump` takes; true if some grow by that.
  bool plan(Jump jump);
  /// The island that a jump from the new slot `from` to `target` takes; none if
  /// it needs none or finds none.
  Island *findIsland(uint32_t from, uint32_t target);
  void sumUpSizes();
  uint32_t getNewStart(const Island &island) const;
  void moveSlots();
  /// Where slot `old` is when the islands are in place.
  uint32_t getNewSlot(uint32_t old) const;
  /// Where the jump to `target` in `island` is.
  uint32_t getNewSlot(const Island &island, uint32_t target) const;
  /// The new slot to jump to from the new slot `from`, in order to get to
  /// `target`.
  uint32_t getNextStop(uint32_t from, uint32_t target);
  LogicalResult setDistance(uint32_t newSlot, uint32_t newTarget);

  EncodedFunction &code;
  EncodingOptions options;
  std::vector<Island> islands;
  /// Whether jumps take the next island, and not the one that is farthest.
  bool takesNext = false;
  /// The slots of all islands before each, and of all in the end.
  std::vector<uint32_t> sizesBefore;
};
} // namespace

/// Whether control never gets to what is behind `instruction`.
static bool isEnd(const Instruction &instruction) {
  return instruction.opcode == jumpCode || instruction.opcode == longJumpCode ||
         instruction.opcode == (BPF_JMP | BPF_EXIT);
}

void IslandBuilder::placeIslands() {
  constexpr uint8_t wide = BPF_LD | BPF_IMM | BPF_DW;
  for (uint32_t place = islandDistance; place < code.slots.size();
       place += islandDistance) {
    Island island;
    island.before = place;
    island.isFallenInto = true;
    for (uint32_t slot = place;
         slot < std::min<size_t>(place + searchDistance, code.slots.size());
         ++slot)
      if (isEnd(code.slots[slot - 1])) {
        island.before = slot;
        island.isFallenInto = false;
        break;
      }
    // Both slots of a wide instruction stay together.
    if (island.isFallenInto && code.slots[place - 1].opcode == wide)
      ++island.before;
    islands.push_back(std::move(island));
  }
}

void IslandBuilder::placeIslandsBehind(ArrayRef<Jump> jumps) {
  takesNext = true;
  for (Jump jump : jumps) {
    // Islands add at most two slots for each slot that is there.
    int64_t distance = std::abs(int64_t(jump.target) - jump.slot);
    if (3 * distance <= reach || code.slots[jump.slot].opcode == jumpCode)
      continue;
    Island island;
    island.before = jump.slot + 1;
    island.isFallenInto = true;
    islands.push_back(std::move(island));
  }
}

Island *IslandBuilder::findIsland(uint32_t from, uint32_t target) {
  int64_t distance = int64_t(getNewSlot(target)) - from;
  if (islands.empty() || std::abs(distance) <= reach)
    return nullptr;
  if (takesNext)
    return &*llvm::partition_point(islands, [&](const Island &island) {
      return getNewStart(island) <= from;
    });
  bool isForward = distance > 0;
  auto isPassed = [&](const Island &island) {
    int64_t start = getNewStart(island);
    return isForward ? start + island.size() <= from + reach
                     : start < from - reach;
  };
  auto first = llvm::partition_point(islands, isPassed);
  // Forwards the last one that is near enough, backwards the first.
  if (isForward ? first == islands.begin() : first == islands.end())
    return nullptr;
  Island &found = isForward ? *std::prev(first) : *first;
  bool isOnTheWay = isForward == (getNewStart(found) > from);
  return isOnTheWay ? &found : nullptr;
}

bool IslandBuilder::plan(Jump jump) {
  Location loc = code.locations[jump.slot];
  if (options.longJumps && code.slots[jump.slot].opcode == jumpCode)
    return false;
  bool isGrowing = false;
  uint32_t from = getNewSlot(jump.slot);
  while (Island *island = findIsland(from, jump.target)) {
    isGrowing |= island->targets.insert({jump.target, loc}).second;
    if (options.longJumps)
      break;
    from = getNewSlot(*island, jump.target);
  }
  return isGrowing;
}

void IslandBuilder::plan(ArrayRef<Jump> jumps) {
  // Islands only grow, and mostly have their size after two or three rounds.
  constexpr unsigned maxRounds = 30;
  for (unsigned round = 0; round < maxRounds; ++round) {
    sumUpSizes();
    bool isGrowing = false;
    for (Jump jump : jumps)
      isGrowing |= plan(jump);
    if (!isGrowing)
      return;
  }
  sumUpSizes();
}

void IslandBuilder::sumUpSizes() {
  sizesBefore = {0};
  for (const Island &island : islands)
    sizesBefore.push_back(sizesBefore.back() + island.size());
}

uint32_t IslandBuilder::getNewStart(const Island &island) const {
  return island.before + sizesBefore[&island - islands.data()];
}

uint32_t IslandBuilder::getNewSlot(uint32_t old) const {
  auto behind = llvm::partition_point(
      islands, [=](const Island &island) { return island.before <= old; });
  return old + sizesBefore[behind - islands.begin()];
}

uint32_t IslandBuilder::getNewSlot(const Island &island,
                                   uint32_t target) const {
  return getNewStart(island) + island.isFallenInto +
         std::distance(island.targets.begin(), island.targets.find(target));
}

uint32_t IslandBuilder::getNextStop(uint32_t from, uint32_t target) {
  Island *island = findIsland(from, target);
  // Where there are no islands to take, the distance is reported.
  bool isTaken = island && island->targets.contains(target);
  return isTaken ? getNewSlot(*island, target) : getNewSlot(target);
}

LogicalResult IslandBuilder::setDistance(uint32_t newSlot, uint32_t newTarget) {
  Instruction &instruction = code.slots[newSlot];
  // Distances count from the next slot.
  int64_t distance = int64_t(newTarget) - (int64_t(newSlot) + 1);
  if (llvm::isInt<16>(distance)) {
    instruction.offset = static_cast<int16_t>(distance);
    return success();
  }
  if (options.longJumps && instruction.opcode == jumpCode) {
    instruction.opcode = longJumpCode;
    instruction.offset = 0;
    instruction.imm = static_cast<int32_t>(distance);
    return success();
  }
  return emitError(code.locations[newSlot])
         << "jumps over " << std::abs(distance)
         << " instructions; a jump reaches at most " << INT16_MAX
         << ", so the program has to be split, or compiled with --mcpu=v4 for "
            "Linux 6.6";
}

void IslandBuilder::moveSlots() {
  std::vector<Instruction> slots;
  std::vector<Location> locations;
  uint32_t copied = 0;
  auto copyUpTo = [&](uint32_t end) {
    slots.insert(slots.end(), code.slots.begin() + copied,
                 code.slots.begin() + end);
    locations.insert(locations.end(), code.locations.begin() + copied,
                     code.locations.begin() + end);
    copied = end;
  };
  for (const Island &island : islands) {
    copyUpTo(island.before);
    Instruction jump;
    jump.opcode = jumpCode;
    jump.offset = static_cast<int16_t>(island.targets.size());
    if (island.size() > island.targets.size()) {
      slots.push_back(jump);
      locations.push_back(locations.back());
    }
    for (auto &[target, loc] : island.targets) {
      slots.push_back(jump);
      locations.push_back(loc);
    }
  }
  copyUpTo(code.slots.size());
  code.slots = std::move(slots);
  code.locations = std::move(locations);
  for (SymbolRelocation &symbol : code.symbols)
    symbol.slot = getNewSlot(symbol.slot);
  for (CoreRelocation &core : code.core)
    core.slot = getNewSlot(core.slot);
}

LogicalResult IslandBuilder::build(ArrayRef<Jump> jumps) {
  moveSlots();
  for (Jump jump : jumps) {
    uint32_t slot = getNewSlot(jump.slot);
    bool isDirect = options.longJumps && code.slots[slot].opcode == jumpCode;
    if (failed(setDistance(slot, isDirect ? getNewSlot(jump.target)
                                          : getNextStop(slot, jump.target))))
      return failure();
  }
  for (Island &island : islands)
    for (auto &[target, loc] : island.targets)
      if (uint32_t slot = getNewSlot(island, target); failed(
              setDistance(slot, options.longJumps ? getNewSlot(target)
                                                  : getNextStop(slot, target))))
        return failure();
  return success();
}

LogicalResult bpf::resolveJumps(EncodedFunction &code, ArrayRef<Jump> jumps,
                                EncodingOptions options) {
  IslandBuilder builder(code, options);
  bool isLong = llvm::any_of(jumps, [](Jump jump) {
    return !llvm::isInt<16>(int64_t(jump.target) - (int64_t(jump.slot) + 1));
  });
  if (isLong && options.longJumps)
    builder.placeIslandsBehind(jumps);
  else if (isLong)
    builder.placeIslands();
  builder.plan(jumps);
  return builder.build(jumps);
}

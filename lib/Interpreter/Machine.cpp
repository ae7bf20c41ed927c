//===- Machine.cpp - executes programs --------------------------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Runs, frames and memory accesses. What instructions do is in
// Instructions.cpp.
//
//===----------------------------------------------------------------------===//

#include "Whistler/Interpreter/Machine.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Casting.h"
#include <cerrno>
#include <ctime>

using namespace llvm;
using namespace whistler;
using namespace whistler::interp;

static constexpr unsigned contextRegister = 1;
static constexpr unsigned firstSaved = 6;
static constexpr unsigned frameRegister = 10;

//===----------------------------------------------------------------------===//
// Environment
//===----------------------------------------------------------------------===//

uint64_t Environment::readClock() {
  if (clock) {
    uint64_t now = *clock;
    *clock += clockStep;
    return now;
  }
  timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return uint64_t(now.tv_sec) * 1'000'000'000 + now.tv_nsec;
}

/// The generator is splitmix64.
uint32_t Environment::nextRandom() {
  if (!randoms.empty()) {
    uint32_t next = randoms.front();
    randoms.pop_front();
    return next;
  }
  uint64_t mixed = randomState += 0x9e3779b97f4a7c15;
  mixed = (mixed ^ mixed >> 30) * 0xbf58476d1ce4e5b9;
  mixed = (mixed ^ mixed >> 27) * 0x94d049bb133111eb;
  return (mixed ^ mixed >> 31) >> 32;
}

//===----------------------------------------------------------------------===//
// Runs
//===----------------------------------------------------------------------===//

Machine::Machine(const Object &object, Memory &memory,
                 std::vector<std::unique_ptr<Map>> &maps,
                 Environment &environment)
    : object(object), memory(memory), maps(maps), environment(environment),
      packet(memory) {
  for (Stack &stack : stacks) {
    Region region;
    region.kind = RegionKind::Stack;
    region.isWritable = true;
    region.bytes = stack.bytes.data();
    region.written = stack.written.data();
    stack.address = memory.add(region);
  }
}

RunResult Machine::run(const Function &program, const RunInput &input) {
  result = RunResult();
  kind = program.kind;
  if (input.isProfiled)
    result.profile.resize(object.code.size());
  tailCalls = 0;
  heldLock = 0;
  valid = 0;
  slot = nextSlot = program.start;
  frames.clear();
  std::string problem = packet.begin(kind, input.packet, input.context);
  if (!problem.empty()) {
    fail(problem);
    return std::move(result);
  }
  enterFrame(noReturn);
  write(contextRegister, packet.getContextAddress());
  startFunction(program.start);
  execute(0);
  if (!hasFailed() && heldLock)
    fail("the program ends with a lock held");
  for (std::unique_ptr<Map> &map : maps) {
    auto *ring = dyn_cast<RingMap>(map.get());
    if (!hasFailed() && ring && ring->hasOpenRecord())
      fail("the program ends with a record of '" + map->getDefinition().name +
           "' reserved");
    map->endRun();
  }
  result.packet = packet.getPacketOut();
  result.context = packet.getContextOut();
  return std::move(result);
}

uint64_t Machine::fail(const Twine &message) {
  if (!hasFailed()) {
    result.error = message.str();
    result.errorSlot = slot;
  }
  return 0;
}

std::string Machine::describeSlot(uint32_t place) const {
  const Function *function = object.functionAt(place);
  if (!function)
    return "slot " + std::to_string(place);
  return function->name + "+" + std::to_string(place - function->start);
}

/// Executes until no more than `depth` frames are left.
void Machine::execute(size_t depth) {
  while (frames.size() > depth && !hasFailed()) {
    if (result.executed == environment.stepLimit) {
      fail("the program is stopped after " + Twine(result.executed) +
           " instructions");
      return;
    }
    step();
  }
}

//===----------------------------------------------------------------------===//
// Frames
//===----------------------------------------------------------------------===//

void Machine::goTo(uint64_t target) {
  if (target >= object.code.size())
    fail("a jump out of the code");
  else
    nextSlot = target;
}

/// Makes the stack of a new function call, saving what calls preserve.
void Machine::enterFrame(uint32_t returnSlot) {
  if (frames.size() == maxFrames) {
    fail("more than " + Twine(maxFrames) + " function calls are nested");
    return;
  }
  Frame &frame = frames.emplace_back();
  frame.returnSlot = returnSlot;
  std::copy_n(registers.begin() + firstSaved, numSaved, frame.saved.begin());
  frame.savedValid = valid;
}

/// Goes to a function's first slot, with an empty stack and nothing in the
/// registers but arguments.
void Machine::startFunction(uint64_t target) {
  if (hasFailed())
    return;
  Stack &stack = stacks[frames.size() - 1];
  stack.written.fill(0);
  if (!environment.isStrict)
    stack.bytes.fill(0);
  memory.find(stack.address)->end = stackBytes;
  for (unsigned reg = firstSaved; reg != frameRegister; ++reg)
    registers[reg] = 0;
  constexpr uint16_t arguments = 0b111110;
  valid = (valid & arguments) | 1 << frameRegister;
  registers[frameRegister] = stack.address + stackBytes;
  goTo(target);
}

void Machine::enterFunction(uint32_t returnSlot, uint64_t target) {
  enterFrame(returnSlot);
  startFunction(target);
}

void Machine::executeExit() {
  uint64_t value = read(0);
  if (hasFailed())
    return;
  Frame frame = frames.back();
  memory.find(stacks[frames.size() - 1].address)->end = 0;
  frames.pop_back();
  result.value = value;
  if (frames.empty()) {
    result.value = static_cast<uint32_t>(value);
    return;
  }
  std::copy_n(frame.saved.begin(), numSaved, registers.begin() + firstSaved);
  constexpr uint16_t saved = 0b1111 << firstSaved | 1 << frameRegister;
  valid = (frame.savedValid & saved) | 1;
  registers[frameRegister] = stacks[frames.size() - 1].address + stackBytes;
  if (frame.returnSlot != noReturn)
    goTo(frame.returnSlot);
}

bool Machine::callBack(uint64_t function, ArrayRef<uint64_t> arguments,
                       uint64_t &value) {
  Region *code = memory.find(function);
  if (!code || code->kind != RegionKind::Code) {
    fail("the callback is no function");
    return false;
  }
  uint32_t resume = nextSlot;
  uint32_t caller = slot;
  uint16_t callerValid = valid;
  std::array<uint64_t, numRegisters> callerRegisters = registers;
  size_t depth = frames.size();
  valid &= ~0b111110;
  for (auto [index, argument] : llvm::enumerate(arguments))
    write(contextRegister + index, argument);
  enterFunction(noReturn, function - code->base);
  execute(depth);
  if (hasFailed())
    return false;
  value = registers[0];
  registers = callerRegisters;
  valid = callerValid;
  nextSlot = resume;
  slot = caller;
  return true;
}

int64_t Machine::tailCall(uint32_t number) {
  if (number >= object.functions.size() || tailCalls >= maxTailCalls)
    return -ENOENT;
  ++tailCalls;
  write(contextRegister, packet.getContextAddress());
  startFunction(object.functions[number].start);
  hasJumped = true;
  return 0;
}

bool Machine::checkContext(uint64_t address) {
  if (address == packet.getContextAddress())
    return true;
  fail("the argument is not the context");
  return false;
}

//===----------------------------------------------------------------------===//
// Memory
//===----------------------------------------------------------------------===//

uint8_t *Machine::failAccess(const Region *region, uint64_t address,
                             uint64_t size, bool isWrite) {
  std::string text =
      (Twine(isWrite ? "write" : "read") + " of " + Twine(size) + " bytes at ")
          .str();
  if (!region || region->kind == RegionKind::Free) {
    fail(text + "0x" + utohexstr(address, /*LowerCase=*/true) + ": " +
         (address ? "nothing is there" : "the pointer is null"));
    return nullptr;
  }
  int64_t offset = static_cast<int64_t>(address - region->base);
  StringRef name = getRegionName(region->kind);
  if (region->kind == RegionKind::Stack)
    fail(text + "r10" + (offset < stackBytes ? "" : "+") +
         Twine(offset - stackBytes) + ": outside the stack");
  else if (region->contains(offset, size))
    fail(text + "offset " + Twine(offset) + " of " + name +
         ", which is read only");
  else
    fail(text + "offset " + Twine(offset - region->begin) + " of " + name +
         ", which has " + Twine(region->end - region->begin) + " bytes");
  return nullptr;
}

/// Watches over which stack bytes have a value.
bool Machine::checkStack(Region &region, uint64_t offset, uint64_t size,
                         bool isWrite) {
  uint8_t *written = region.written + offset;
  if (isWrite) {
    std::fill_n(written, size, 1);
    return true;
  }
  const uint8_t *missing = std::find(written, written + size, 0);
  if (missing == written + size || !environment.isStrict)
    return true;
  fail("read of " + Twine(size) + " bytes at r10" +
       Twine(int64_t(offset) - stackBytes) + ": the byte at r10" +
       Twine(int64_t(missing - region.written) - stackBytes) +
       " was not written");
  return false;
}

uint8_t *Machine::access(uint64_t address, uint64_t size, bool isWrite) {
  static uint8_t nothing;
  if (!size)
    return &nothing;
  Region *region = memory.find(address);
  if (!region)
    return failAccess(region, address, size, isWrite);
  uint64_t offset = address - region->base;
  if (!region->bytes || !region->contains(offset, size) ||
      (isWrite && !region->isWritable))
    return failAccess(region, address, size, isWrite);
  if (region->written && !checkStack(*region, offset, size, isWrite))
    return nullptr;
  return region->bytes + offset;
}

const uint8_t *Machine::peek(uint64_t address, uint64_t size) {
  Region *region = memory.find(address);
  if (!region || !region->bytes)
    return nullptr;
  uint64_t offset = address - region->base;
  return region->contains(offset, size) ? region->bytes + offset : nullptr;
}

Map *Machine::getMap(uint64_t handle) {
  Region *region = memory.find(handle);
  if (region && region->kind == RegionKind::Map && handle == region->base)
    return maps[region->index].get();
  fail("the argument is not a map");
  return nullptr;
}

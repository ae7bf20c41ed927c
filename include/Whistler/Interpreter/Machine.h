//===- Machine.h - executes instructions ------------------------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// The registers, the stack and the packet of a running program, and what
// helpers may do with them.
//
//===----------------------------------------------------------------------===//

#ifndef WHISTLER_INTERPRETER_MACHINE_H
#define WHISTLER_INTERPRETER_MACHINE_H

#include "Whistler/Interpreter/Maps.h"
#include "Whistler/Interpreter/Packet.h"

#include "llvm/ADT/Twine.h"
#include <array>

namespace whistler::interp {

/// What programs find out about the world around them.
struct Environment {
  /// Reads of registers and stack bytes that were not written are errors;
  /// otherwise they are zero, or what was there.
  bool isStrict = true;
  /// A program that executes more instructions is stopped.
  uint64_t stepLimit = 10'000'000;
  /// Nanoseconds that all clocks show; without it this machine's.
  std::optional<uint64_t> clock;
  /// What the clock goes on by after each reading.
  uint64_t clockStep = 0;
  /// Random numbers to give out first; then those of a generator.
  std::deque<uint32_t> randoms;
  uint64_t randomState = 0x9e3779b97f4a7c15;
  uint32_t cpu = 0;
  uint64_t pidTgid = (uint64_t(1) << 32) + 1;
  uint64_t uidGid = 0;
  std::string comm = "whistler-run";
  /// The address of the current task.
  uint64_t task = 0;
  uint64_t cgroup = 1;
  uint64_t cookie = 1;

  uint64_t readClock();
  uint32_t nextRandom();
};

/// What a run begins with.
struct RunInput {
  std::optional<Bytes> packet;
  std::optional<Bytes> context;
  /// Whether to count how often each slot is executed.
  bool isProfiled = false;
};

/// Where a redirecting helper sent the packet.
struct Redirection {
  /// A device, or an entry of a map.
  uint64_t index = 0;
  const Map *map = nullptr;
};

/// What a run ends with.
struct RunResult {
  /// Empty where the program came to its end.
  std::string error;
  /// The slot at which it did not.
  uint32_t errorSlot = 0;
  uint64_t value = 0;
  uint64_t executed = 0;
  Bytes packet;
  Bytes context;
  /// What trace_printk wrote.
  std::vector<std::string> trace;
  std::optional<Redirection> redirection;
  /// By slot; empty unless asked for.
  std::vector<uint64_t> profile;
};

/// Runs the programs of one object.
class Machine {
public:
  Machine(const Object &object, Memory &memory,
          std::vector<std::unique_ptr<Map>> &maps, Environment &environment);

  RunResult run(const Function &program, const RunInput &input);

  /// Ends the run with an error at the current instruction. Returns 0, for
  /// helpers to return.
  uint64_t fail(const llvm::Twine &message);
  bool hasFailed() const { return !result.error.empty(); }

  /// Memory to read or write from, or null after an error.
  const uint8_t *getReadable(uint64_t address, uint64_t size) {
    return access(address, size, /*isWrite=*/false);
  }
  uint8_t *getWritable(uint64_t address, uint64_t size) {
    return access(address, size, /*isWrite=*/true);
  }
  /// Memory to read from, or null without an error where there is none.
  const uint8_t *peek(uint64_t address, uint64_t size);

  /// The map with that handle, or null after an error.
  Map *getMap(uint64_t handle);
  /// The map with that number, or null.
  Map *getMapByNumber(uint32_t number) {
    return number < maps.size() ? maps[number].get() : nullptr;
  }

  /// Calls a function of the program back; false after an error. The machine is
  /// then as before, and `value` what the function returned.
  bool callBack(uint64_t function, llvm::ArrayRef<uint64_t> arguments,
                uint64_t &value);

  /// Goes on with another program. Returns a negative error number where that
  /// is not possible.
  int64_t tailCall(uint32_t functionNumber);

  /// The address of the context; helpers that take one must be given it.
  bool checkContext(uint64_t address);

  Packet &getPacket() { return packet; }
  Environment &getEnvironment() { return environment; }
  RunResult &getResult() { return result; }
  std::optional<uapi::ProgramKind> getProgramKind() const { return kind; }
  Memory &getMemory() { return memory; }

  /// Text of where the current instruction is: the function and the slot in it.
  std::string describeSlot(uint32_t slot) const;

  /// The lock that the program holds, 0 for none.
  uint64_t heldLock = 0;

private:
  static constexpr unsigned numRegisters = 11;
  static constexpr unsigned numSaved = 4; // r6 to r9
  static constexpr uint32_t stackBytes = 512;
  static constexpr unsigned maxFrames = 8;
  static constexpr unsigned maxTailCalls = 33;
  static constexpr uint32_t noReturn = UINT32_MAX;

  struct Frame {
    uint32_t returnSlot = 0;
    std::array<uint64_t, numSaved> saved = {};
    uint16_t savedValid = 0;
  };
  struct Stack {
    std::array<uint8_t, stackBytes> bytes;
    std::array<uint8_t, stackBytes> written;
    uint64_t address;
  };

  void execute(size_t depth);
  void step();
  template <typename Unsigned> void executeAlu(const Instruction &insn);
  template <typename Unsigned>
  Unsigned move(const Instruction &insn, Unsigned source);
  void executeByteSwap(const Instruction &insn);
  template <typename Unsigned> void executeBranch(const Instruction &insn);
  void executeJump(const Instruction &insn);
  void executeImmediateLoad(const Instruction &insn);
  void executePacketLoad(const Instruction &insn);
  void executeLoad(const Instruction &insn);
  void executeStore(const Instruction &insn);
  void executeAtomic(const Instruction &insn);
  template <typename Unsigned> void executeAtomicOf(const Instruction &insn);
  void executeExit();
  void callHelper(const Instruction &insn);
  void failUnknown(const Instruction &insn);

  uint64_t read(unsigned reg) {
    if (!(valid >> reg & 1) && environment.isStrict)
      fail("r" + llvm::Twine(reg) +
           " is read before anything was written to "
           "it");
    return registers[reg];
  }
  void write(unsigned reg, uint64_t value) {
    registers[reg] = value;
    valid |= 1 << reg;
    if (reg == numRegisters - 1)
      fail("r10 is written to");
  }
  void goTo(uint64_t slot);
  void enterFrame(uint32_t returnSlot);
  void enterFunction(uint32_t returnSlot, uint64_t slot);
  void startFunction(uint64_t slot);

  uint8_t *access(uint64_t address, uint64_t size, bool isWrite);
  uint8_t *failAccess(const Region *region, uint64_t address, uint64_t size,
                      bool isWrite);
  bool checkStack(Region &region, uint64_t offset, uint64_t size, bool isWrite);
  uint64_t load(uint64_t address, unsigned size);
  void store(uint64_t address, unsigned size, uint64_t value);
  uint64_t loadContext(uint64_t address, unsigned size);

  const Object &object;
  Memory &memory;
  std::vector<std::unique_ptr<Map>> &maps;
  Environment &environment;

  std::array<uint64_t, numRegisters> registers = {};
  /// Registers, as bits, that have a value.
  uint16_t valid = 0;
  uint32_t slot = 0;
  uint32_t nextSlot = 0;
  std::vector<Frame> frames;
  std::array<Stack, maxFrames> stacks;
  unsigned tailCalls = 0;
  bool hasJumped = false;
  Packet packet;
  std::optional<uapi::ProgramKind> kind;
  RunResult result;
};

/// Whether the interpreter has the helper with that number.
bool isHelperSupported(uint32_t id);

} // namespace whistler::interp

#endif // WHISTLER_INTERPRETER_MACHINE_H

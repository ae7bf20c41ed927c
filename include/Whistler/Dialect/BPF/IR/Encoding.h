//===- Encoding.h - what an instruction is encoded to -----------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// The fields of an encoded instruction, sets of machine registers, and the
// sink that operations encode themselves to.
//
//===----------------------------------------------------------------------===//

#ifndef WHISTLER_DIALECT_BPF_IR_ENCODING_H
#define WHISTLER_DIALECT_BPF_IR_ENCODING_H

#include "Whistler/Dialect/BPF/IR/BPFDialect.h"
#include "mlir/IR/BuiltinAttributes.h"
#include <cstdint>
#include <initializer_list>

namespace mlir::bpf {

/// The number of machine registers, `r10` included.
inline constexpr unsigned numRegisters = getMaxEnumValForRegister() + 1;

/// The fields of one eight-byte slot, as in the UAPI's `struct bpf_insn`.
struct Instruction {
  uint8_t opcode = 0;
  uint8_t dst = 0;
  uint8_t src = 0;
  int16_t offset = 0;
  int32_t imm = 0;
};

/// A set of machine registers.
class RegisterSet {
public:
  constexpr RegisterSet() = default;
  constexpr RegisterSet(std::initializer_list<Register> registers) {
    for (Register reg : registers)
      insert(reg);
  }

  constexpr void insert(Register reg) { bits |= bit(reg); }
  constexpr void erase(Register reg) { bits &= ~bit(reg); }
  constexpr bool contains(Register reg) const { return bits & bit(reg); }
  constexpr bool empty() const { return bits == 0; }
  constexpr bool operator==(RegisterSet other) const {
    return bits == other.bits;
  }
  constexpr RegisterSet operator|(RegisterSet other) const {
    RegisterSet result;
    result.bits = bits | other.bits;
    return result;
  }

  /// Calls `function` for each register, in the order of their numbers.
  template <typename Function> void forEach(Function &&function) const {
    for (unsigned number = 0; number < numRegisters; ++number)
      if (contains(static_cast<Register>(number)))
        function(static_cast<Register>(number));
  }

private:
  static constexpr uint16_t bit(Register reg) {
    return static_cast<uint16_t>(1u << static_cast<unsigned>(reg));
  }
  uint16_t bits = 0;
};

/// What a call leaves undefined: the result and argument registers.
inline constexpr RegisterSet callClobbers = {Register::R0, Register::R1,
                                             Register::R2, Register::R3,
                                             Register::R4, Register::R5};

/// The register of argument number `index` of a call, from 0 to 4.
inline constexpr Register getArgumentRegister(unsigned index) {
  return static_cast<Register>(static_cast<unsigned>(Register::R1) + index);
}

/// Where operations put their encoding.
class InstructionEmitter {
public:
  virtual ~InstructionEmitter();

  /// Appends one slot.
  virtual void emit(Instruction instruction) = 0;

  /// Appends one slot whose jump offset is the distance to `target`.
  virtual void emitJump(Instruction instruction, Block *target) = 0;

  /// Appends one slot whose immediate `core` tells; null for an immediate that
  /// stays as it is.
  virtual void emitRelocated(Instruction instruction, CoreAttr core) = 0;

  /// Appends the two slots that set a register to a 64-bit immediate, which
  /// `core` tells unless it is null.
  virtual void emitImmediate64(Register dst, int64_t imm, CoreAttr core) = 0;

  /// Appends the two slots that set `dst` to the address of `map`.
  virtual void emitMapAddress(Register dst, FlatSymbolRefAttr map) = 0;

  /// Appends the two slots that set `dst` to the address `offset` bytes into
  /// the variable `global`.
  virtual void emitGlobalAddress(Register dst, FlatSymbolRefAttr global,
                                 int32_t offset) = 0;

  /// Appends the two slots that set `dst` to the address of `function`.
  virtual void emitFunctionAddress(Register dst,
                                   FlatSymbolRefAttr function) = 0;

  /// Appends the slot that calls `function`.
  virtual void emitFunctionCall(FlatSymbolRefAttr function) = 0;

  /// Appends one slot that accesses the field called `field`, given as
  /// `struct:path`; none where `field` is null.
  virtual void emitAccess(Instruction instruction, StringAttr field) = 0;

  /// Whether control reaches `block` by falling out of the current one.
  virtual bool isNext(Block *block) const = 0;
};

} // namespace mlir::bpf

#endif // WHISTLER_DIALECT_BPF_IR_ENCODING_H

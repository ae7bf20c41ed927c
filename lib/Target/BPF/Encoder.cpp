//===- Encoder.cpp - functions to instructions ------------------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Collects what the operations emit, block after block, and has the distances
// of jumps filled in when all blocks have their place.
//
//===----------------------------------------------------------------------===//

#include "Whistler/Target/BPF/Encoder.h"
#include "LongJumps.h"
#include "Whistler/Dialect/BPF/IR/Opcodes.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/Endian.h"
#include "llvm/Support/MathExtras.h"

using namespace mlir;
using namespace mlir::bpf;

//===----------------------------------------------------------------------===//
// Bytes
//===----------------------------------------------------------------------===//

//   byte  0       1          2 3      4 5 6 7
//         opcode  src:4|dst:4  offset   imm
void EncodedFunction::appendBytes(SmallVectorImpl<char> &bytes) const {
  using namespace llvm::support;
  for (const Instruction &slot : slots) {
    size_t start = bytes.size();
    bytes.resize(start + sizeof(bpf_insn));
    char *out = bytes.data() + start;
    out[0] = static_cast<char>(slot.opcode);
    out[1] = static_cast<char>(slot.src << 4 | slot.dst);
    endian::write16le(out + 2, static_cast<uint16_t>(slot.offset));
    endian::write32le(out + 4, static_cast<uint32_t>(slot.imm));
  }
}

//===----------------------------------------------------------------------===//
// FunctionEncoder
//===----------------------------------------------------------------------===//

namespace {
class FunctionEncoder : public InstructionEmitter {
public:
  explicit FunctionEncoder(EncodingOptions options) : options(options) {}

  FailureOr<EncodedFunction> encode(FuncOp func);

  void emit(Instruction instruction) override;
  void emitJump(Instruction instruction, Block *target) override;
  void emitRelocated(Instruction instruction, CoreAttr core) override;
  void emitImmediate64(Register dst, int64_t imm, CoreAttr core) override;
  void emitMapAddress(Register dst, FlatSymbolRefAttr map) override;
  void emitGlobalAddress(Register dst, FlatSymbolRefAttr global,
                         int32_t offset) override;
  void emitFunctionAddress(Register dst, FlatSymbolRefAttr function) override;
  void emitFunctionCall(FlatSymbolRefAttr function) override;
  void emitAccess(Instruction instruction, StringAttr field) override;
  bool isNext(Block *block) const override;

private:
  /// A jump whose distance is not filled in yet.
  struct BlockJump {
    uint32_t slot;
    Block *target;
  };

  uint32_t getSlot() const { return result.slots.size(); }
  LogicalResult encodeOperation(Operation &op);
  void emitPair(Register dst, uint8_t src, int64_t imm);
  void noteSymbol(SymbolKind kind, FlatSymbolRefAttr symbol,
                  int32_t offset = 0);
  void noteCore(CoreAttr core);

  EncodingOptions options;
  EncodedFunction result;
  Operation *current = nullptr;
  llvm::DenseMap<Block *, uint32_t> starts;
  SmallVector<BlockJump> jumps;
};
} // namespace

void FunctionEncoder::emit(Instruction instruction) {
  result.slots.push_back(instruction);
  result.locations.push_back(current->getLoc());
}

void FunctionEncoder::emitJump(Instruction instruction, Block *target) {
  jumps.push_back({getSlot(), target});
  emit(instruction);
}

void FunctionEncoder::emitPair(Register dst, uint8_t src, int64_t imm) {
  Instruction low, high;
  low.opcode = BPF_LD | BPF_IMM | BPF_DW;
  low.dst = static_cast<uint8_t>(dst);
  low.src = src;
  low.imm = static_cast<int32_t>(llvm::Lo_32(imm));
  high.imm = static_cast<int32_t>(llvm::Hi_32(imm));
  emit(low);
  emit(high);
}

void FunctionEncoder::noteSymbol(SymbolKind kind, FlatSymbolRefAttr symbol,
                                 int32_t offset) {
  result.symbols.push_back({kind, getSlot(), symbol.getValue(), offset});
}

void FunctionEncoder::noteCore(CoreAttr core) {
  if (core)
    result.core.push_back({getSlot(), core.getKind(), core.getSubject()});
}

void FunctionEncoder::emitRelocated(Instruction instruction, CoreAttr core) {
  noteCore(core);
  emit(instruction);
}

void FunctionEncoder::emitImmediate64(Register dst, int64_t imm,
                                      CoreAttr core) {
  noteCore(core);
  emitPair(dst, 0, imm);
}

// The loader sets the pseudo source register of maps and variables.

void FunctionEncoder::emitMapAddress(Register dst, FlatSymbolRefAttr map) {
  noteSymbol(SymbolKind::Map, map);
  emitPair(dst, 0, 0);
}

void FunctionEncoder::emitGlobalAddress(Register dst, FlatSymbolRefAttr global,
                                        int32_t offset) {
  noteSymbol(SymbolKind::Global, global, offset);
  emitPair(dst, 0, 0);
}

void FunctionEncoder::emitFunctionAddress(Register dst,
                                          FlatSymbolRefAttr function) {
  noteSymbol(SymbolKind::Function, function);
  emitPair(dst, BPF_PSEUDO_FUNC, 0);
}

void FunctionEncoder::emitFunctionCall(FlatSymbolRefAttr function) {
  noteSymbol(SymbolKind::Call, function);
  Instruction call;
  call.opcode = BPF_JMP | BPF_CALL;
  call.src = BPF_PSEUDO_CALL;
  // Without a relocation the call would be of itself.
  call.imm = -1;
  emit(call);
}

void FunctionEncoder::emitAccess(Instruction instruction, StringAttr field) {
  if (field)
    result.core.push_back(
        {getSlot(), CoreKind::FieldByteOffset, field.getValue()});
  emit(instruction);
}

bool FunctionEncoder::isNext(Block *block) const {
  return current->getBlock()->getNextNode() == block;
}

LogicalResult FunctionEncoder::encodeOperation(Operation &op) {
  current = &op;
  if (isa<FramePointerOp>(op))
    return success();
  auto isPlaced = [](Value value) {
    return getMachineRegister(value).has_value();
  };
  auto instruction = dyn_cast<InstructionOpInterface>(op);
  if (!instruction || !llvm::all_of(op.getOperands(), isPlaced) ||
      !llvm::all_of(op.getResults(), isPlaced))
    return op.emitOpError() << "cannot be encoded yet; run bpf-codegen first";
  instruction.encode(*this);
  return success();
}

FailureOr<EncodedFunction> FunctionEncoder::encode(FuncOp func) {
  for (Block &block : func.getBody()) {
    starts[&block] = getSlot();
    for (Operation &op : block)
      if (failed(encodeOperation(op)))
        return failure();
  }
  SmallVector<Jump> resolved;
  for (BlockJump jump : jumps)
    resolved.push_back({jump.slot, starts.lookup(jump.target)});
  if (failed(resolveJumps(result, resolved, options)))
    return failure();
  return std::move(result);
}

FailureOr<EncodedFunction> bpf::encodeFunction(FuncOp func,
                                               EncodingOptions options) {
  return FunctionEncoder(options).encode(func);
}

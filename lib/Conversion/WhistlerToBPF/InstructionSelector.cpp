//===- InstructionSelector.cpp - instructions for one body ------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// The walk over a program or function, and the registers of its values.
//
//===----------------------------------------------------------------------===//

#include "InstructionSelector.h"

#include "llvm/ADT/DepthFirstIterator.h"
#include "llvm/ADT/PostOrderIterator.h"
#include "llvm/ADT/StringSwitch.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace mlir::whistler;

std::optional<CPUFeatures> CPUFeatures::get(StringRef name) {
  int version = llvm::StringSwitch<int>(name)
                    .Case("v1", 1)
                    .Case("v2", 2)
                    .Case("v3", 3)
                    .Case("v4", 4)
                    .Default(0);
  if (version == 0)
    return std::nullopt;
  return CPUFeatures{version >= 2, version >= 3, version >= 4};
}

//===----------------------------------------------------------------------===//
// The walk
//===----------------------------------------------------------------------===//

LogicalResult InstructionSelector::run(Operation *source) {
  loc = source->getLoc();
  Region &body = source->getRegion(0);
  createBlocks(body);
  llvm::ReversePostOrderTraversal<Region *> order(&body);
  for (Block *block : order) {
    builder.setInsertionPointToEnd(blocks.lookup(block));
    for (Operation &op : *block) {
      loc = op.getLoc();
      if (isSelectedAtUses(&op) || isOpTriviallyDead(&op))
        continue;
      if (failed(checkOperands(&op)) || failed(select(&op)))
        return failure();
    }
  }
  return success();
}

/// Takes the arguments of the function from the registers of a call.
void InstructionSelector::receiveArguments(Block &entry, Block *created) {
  for (BlockArgument arg : entry.getArguments())
    created->addArgument(
        getMachineType(bpf::getArgumentRegister(arg.getArgNumber())), loc);
  for (auto [arg, reg] :
       llvm::zip_equal(entry.getArguments(), created->getArguments()))
    define(arg, emit<bpf::MovOp>(getVirtualType(), bpf::Width::W64, reg));
}

/// Creates the reachable blocks, in their order, with registers for their
/// arguments.
void InstructionSelector::createBlocks(Region &source) {
  Region &target = func.getBody();
  SmallPtrSet<Block *, 16> reachable;
  for (Block *block : llvm::depth_first(&source.front()))
    reachable.insert(block);
  for (Block &block : source) {
    if (!reachable.contains(&block))
      continue;
    Block *created = builder.createBlock(&target, target.end());
    blocks[&block] = created;
    if (block.isEntryBlock()) {
      receiveArguments(block, created);
      continue;
    }
    for (BlockArgument arg : block.getArguments())
      define(arg, created->addArgument(getVirtualType(), arg.getLoc()));
  }
}

static bool hasRegister(Type type) {
  return isa<PtrType>(type) || type.isInteger(1) || type.isInteger(8) ||
         type.isInteger(16) || type.isInteger(32) || type.isInteger(64);
}

LogicalResult InstructionSelector::checkOperands(Operation *op) {
  auto types = llvm::to_vector(op->getOperandTypes());
  llvm::append_range(types, op->getResultTypes());
  for (Type type : types)
    if (!hasRegister(type))
      return op->emitOpError("has a value of type ")
             << type << "; there are registers for pointers and integers of "
             << "1, 8, 16, 32 and 64 bits";
  for (OpOperand &use : op->getOpOperands()) {
    Operation *source = use.get().getDefiningOp();
    bool isCondition = isa<cf::CondBranchOp>(op) && use.getOperandNumber() == 0;
    if (!isCondition && isa_and_nonnull<arith::CmpIOp, PtrCmpOp>(source))
      return op->emitOpError("uses a comparison as a number; run "
                             "whistler-expand-ops first");
  }
  unsigned inMemory = isa<MapUpdateOp>(op)                ? 2
                      : isa<MapLookupOp, MapDeleteOp>(op) ? 1
                                                          : 0;
  for (Value argument : op->getOperands().take_front(inMemory))
    if (!isa<PtrType>(argument.getType()))
      return op->emitOpError("has a key or value that is not in memory; run "
                             "whistler-key-slots first");
  return success();
}

LogicalResult InstructionSelector::select(Operation *op) {
  using bpf::AluOp;
  return llvm::TypeSwitch<Operation *, LogicalResult>(op)
      .Case<arith::AddIOp>([&](auto) { return selectBinary(op, AluOp::Add); })
      .Case<arith::MulIOp>([&](auto) { return selectBinary(op, AluOp::Mul); })
      .Case<arith::AndIOp>([&](auto) { return selectBinary(op, AluOp::And); })
      .Case<arith::OrIOp>([&](auto) { return selectBinary(op, AluOp::Or); })
      .Case<arith::XOrIOp>([&](auto) { return selectBinary(op, AluOp::Xor); })
      .Case<arith::SubIOp>([&](auto sub) { return selectSub(sub); })
      .Case<arith::ShLIOp>([&](auto) { return selectShift(op, AluOp::Lsh); })
      .Case<arith::ShRUIOp>([&](auto) { return selectShift(op, AluOp::Rsh); })
      .Case<arith::ShRSIOp>([&](auto) { return selectShift(op, AluOp::Arsh); })
      .Case<UDivOp>([&](auto) { return selectDivision(op, AluOp::Div); })
      .Case<UModOp>([&](auto) { return selectDivision(op, AluOp::Mod); })
      .Case<arith::TruncIOp>([&](auto trunc) { return selectTrunc(trunc); })
      .Case<arith::ExtUIOp>([&](auto ext) {
        define(ext, getZeroExtended(ext.getIn()));
        return success();
      })
      .Case<arith::ExtSIOp>([&](auto ext) {
        define(ext, getSignExtended(ext.getIn()));
        return success();
      })
      .Case<ByteSwapOp>([&](auto swap) { return selectByteSwap(swap); })
      .Case<PtrAddOp>([&](auto add) { return selectPtrAdd(add); })
      .Case<PtrDiffOp>([&](auto diff) {
        define(diff,
               emit<bpf::AluRegOp>(getVirtualType(), AluOp::Sub,
                                   bpf::Width::W64, getRegister(diff.getLhs()),
                                   getRegister(diff.getRhs())));
        return success();
      })
      // Another view of the same register.
      .Case<PtrToIntOp, PtrCastOp, IntToPtrOp, IndexOp>([&](Operation *) {
        define(op->getResult(0), getRegister(op->getOperand(0)));
        return success();
      })
      .Case<GlobalAddrOp>([&](auto address) {
        define(address,
               emit<bpf::LdGlobalOp>(getVirtualType(), address.getGlobal(), 0));
        return success();
      })
      .Case<FieldAddrOp>([&](auto field) { return selectFieldAddr(field); })
      .Case<CoreQueryOp>([&](auto query) { return selectCoreQuery(query); })
      .Case<AllocaOp>([&](auto alloca) { return selectAlloca(alloca); })
      .Case<LoadOp>([&](auto load) { return selectLoad(load); })
      .Case<StoreOp>([&](auto store) { return selectStore(store); })
      .Case<CtxLoadOp>([&](auto load) { return selectCtxLoad(load); })
      .Case<CtxStoreOp>([&](auto store) { return selectCtxStore(store); })
      .Case<AtomicRMWOp>([&](auto rmw) { return selectAtomicRMW(rmw); })
      .Case<AtomicCmpXchgOp>(
          [&](auto cmpxchg) { return selectAtomicCmpXchg(cmpxchg); })
      .Case<MapLookupOp>([&](auto lookup) {
        return selectMapOp(op, "map_lookup_elem", lookup.getMap(),
                           lookup.getKey());
      })
      .Case<MapUpdateOp>([&](auto update) {
        return selectMapOp(
            op, "map_update_elem", update.getMap(),
            {update.getKey(), update.getValue(), update.getFlags()});
      })
      .Case<MapDeleteOp>([&](auto del) {
        return selectMapOp(op, "map_delete_elem", del.getMap(), del.getKey());
      })
      .Case<HelperCallOp>([&](auto call) {
        emitCall(call.getHelper(), llvm::to_vector(call.getArgs()),
                 call.getResult());
        return success();
      })
      .Case<CallOp>([&](auto call) { return selectCall(call); })
      .Case<TailCallOp>([&](auto call) { return selectTailCall(call); })
      .Case<AsmOp>([&](auto assembly) { return selectAsm(assembly); })
      .Case<ReturnOp>([&](auto ret) {
        emit<bpf::ExitOp>(getRegister(ret.getValue(), bpf::Register::R0));
        return success();
      })
      .Case<cf::BranchOp>([&](auto branch) {
        emit<bpf::JaOp>(getRegisters(branch.getDestOperands()),
                        blocks.lookup(branch.getDest()));
        return success();
      })
      .Case<cf::CondBranchOp>(
          [&](auto branch) { return selectCondBranch(branch); })
      .Default([](Operation *op) {
        return op->emitOpError("has no BPF instruction");
      });
}

//===----------------------------------------------------------------------===//
// Values
//===----------------------------------------------------------------------===//

/// Whether nothing is emitted where `op` stands.
bool InstructionSelector::isSelectedAtUses(Operation *op) {
  if (isa<arith::ConstantOp, NullOp, MapRefOp, FuncRefOp, arith::CmpIOp,
          PtrCmpOp>(op))
    return true;
  auto add = dyn_cast<PtrAddOp>(op);
  return add && (isFoldedIntoAccesses(add) || getSlotPlace(add));
}

/// The slot and the place in it that `op` is the address of, if it moves the
/// address of a variable by a constant.
std::optional<InstructionSelector::Address>
InstructionSelector::getSlotPlace(PtrAddOp op) {
  std::optional<APInt> offset = getConstant(op.getOffset());
  if (!offset || !offset->isSignedIntN(16) ||
      !op.getBase().getDefiningOp<AllocaOp>())
    return std::nullopt;
  return Address{slots.lookup(op.getBase()), int16_t(offset->getSExtValue())};
}

/// Whether `use` is the base of an access, whose offset can absorb an addition.
static bool isAddressUse(OpOperand &use) {
  Operation *user = use.getOwner();
  // The loader replaces the whole offset of a relocated access.
  if (auto load = dyn_cast<LoadOp>(user); load && load.getField())
    return false;
  return llvm::TypeSwitch<Operation *, bool>(user)
      .Case<LoadOp, StoreOp, AtomicRMWOp, AtomicCmpXchgOp>(
          [&](auto access) { return &access.getBaseMutable() == &use; })
      .Default([](Operation *) { return false; });
}

/// Whether `op` moves a pointer by a constant that all its uses can add to
/// their own offsets.
bool InstructionSelector::isFoldedIntoAccesses(PtrAddOp op) {
  std::optional<APInt> offset = getConstant(op.getOffset());
  // Half of what an instruction can hold, so that the sum with an access's own
  // offset is likely to fit; getAddress copes where it does not.
  if (!offset || !offset->isSignedIntN(15))
    return false;
  return llvm::all_of(op->getUses(), isAddressUse);
}

Value InstructionSelector::getRegister(Value value, bpf::RegType type) {
  if (Value made = materialize(value, type))
    return made;
  Value reg = registers.lookup(value);
  assert(reg && "value used before it is selected");
  if (type.isVirtual())
    return reg;
  return emit<bpf::MovOp>(type, bpf::Width::W64, reg);
}

SmallVector<Value> InstructionSelector::getRegisters(ValueRange values) {
  SmallVector<Value> result;
  for (Value value : values)
    result.push_back(getRegister(value));
  return result;
}

Value InstructionSelector::materialize(Value value, bpf::RegType type) {
  if (std::optional<APInt> constant = getConstant(value))
    return emitConstant(*constant, type);
  if (Value slot = slots.lookup(value))
    return emit<bpf::SlotAddrOp>(type, slot, int16_t(0));
  Operation *op = value.getDefiningOp();
  if (isa_and_nonnull<NullOp>(op))
    return emit<bpf::MovImmOp>(type, bpf::Width::W64, 0);
  if (auto mapRef = dyn_cast_if_present<MapRefOp>(op))
    return emit<bpf::LdMapOp>(type, mapRef.getMap());
  if (auto funcRef = dyn_cast_if_present<FuncRefOp>(op))
    return emit<bpf::LdFuncOp>(type, funcRef.getCallee());
  // An address that all accesses were meant to absorb, but one could not.
  auto add = dyn_cast_if_present<PtrAddOp>(op);
  if (!add)
    return nullptr;
  if (std::optional<Address> place = getSlotPlace(add))
    return emit<bpf::SlotAddrOp>(type, place->first, place->second);
  if (isFoldedIntoAccesses(add))
    return emit<bpf::AluImmOp>(
        type, bpf::AluOp::Add, bpf::Width::W64, getRegister(add.getBase()),
        int32_t(getConstant(add.getOffset())->getSExtValue()));
  return nullptr;
}

/// Sets a register to `value`, sign-extended but for truth values.
Value InstructionSelector::emitConstant(const APInt &value, bpf::RegType type) {
  int64_t wide = value.getBitWidth() == 1 ? int64_t(value.getZExtValue())
                                          : value.getSExtValue();
  if (llvm::isInt<32>(wide))
    return emit<bpf::MovImmOp>(type, bpf::Width::W64, int32_t(wide));
  if (llvm::isUInt<32>(wide))
    return emit<bpf::MovImmOp>(type, bpf::Width::W32, int32_t(wide));
  return emit<bpf::LdImm64Op>(type, wide);
}

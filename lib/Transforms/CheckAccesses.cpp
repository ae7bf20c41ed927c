//===- CheckAccesses.cpp - accesses that never load -------------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Reports memory accesses that the verifier refuses whatever the program does
// around them.
//
//===----------------------------------------------------------------------===//

#include "Whistler/Transforms/Passes.h"

#include "mlir/IR/Matchers.h"
#include "llvm/ADT/TypeSwitch.h"

namespace mlir::whistler {
#define GEN_PASS_DEF_CHECKACCESSESPASS
#include "Whistler/Transforms/Passes.h.inc"
} // namespace mlir::whistler

using namespace mlir;
using namespace mlir::whistler;

namespace {
struct CheckAccesses
    : mlir::whistler::impl::CheckAccessesPassBase<CheckAccesses> {
  void runOnOperation() override;
};

/// What a pointer is computed from.
struct Origin {
  Value root;
  /// Whether the distance from the root is a constant of this compilation.
  bool isAtKnownPlace = true;
};
} // namespace

static Origin getOrigin(Value pointer) {
  Origin origin{pointer};
  for (;;) {
    Operation *op = origin.root.getDefiningOp();
    if (!isa_and_present<PtrAddOp, PtrCastOp, FieldAddrOp>(op))
      return origin;
    auto add = dyn_cast<PtrAddOp>(op);
    bool isKnown =
        add ? matchPattern(add.getOffset(), m_Constant()) : isa<PtrCastOp>(op);
    origin.isAtKnownPlace &= isKnown;
    origin.root = op->getOperand(0);
  }
}

/// Whether the verifier knows no more of a root than that it is a number. It
/// follows pointers that are kept on the stack, and loses those that are kept
/// elsewhere.
static bool isNumber(Value root) {
  if (root.getDefiningOp<IntToPtrOp>())
    return true;
  auto load = root.getDefiningOp<LoadOp>();
  if (!load)
    return false;
  switch (cast<PtrType>(load.getBase().getType()).getSpace()) {
  case AddressSpace::MapValue:
  case AddressSpace::Ringbuf:
  case AddressSpace::Packet:
  case AddressSpace::PacketMeta:
    return true;
  default:
    return false;
  }
}

/// Whether a root is a parameter that may be null: the kernel verifies a global
/// function by itself (btf_prepare_func_args in kernel/bpf/btf.c). One that is
/// compared with anything is taken to be tested.
static bool isUntestedParameter(Value root) {
  auto param = dyn_cast<BlockArgument>(root);
  auto func = param ? dyn_cast<FuncOp>(param.getOwner()->getParentOp())
                    : whistler::FuncOp();
  return func && func.getIsGlobal() && param.getOwner()->isEntryBlock() &&
         cast<PtrType>(param.getType()).getSpace() != AddressSpace::Ctx &&
         llvm::none_of(param.getUsers(),
                       [](Operation *user) { return isa<PtrCmpOp>(user); });
}

/// The constant variable or string literal that a root is the address of.
static GlobalOp getConstantGlobal(Value root) {
  auto address = root.getDefiningOp<GlobalAddrOp>();
  auto global = address ? SymbolTable::lookupNearestSymbolFrom<GlobalOp>(
                              address, address.getGlobalAttr())
                        : GlobalOp();
  return global && global.getSection().starts_with(".rodata") ? global
                                                              : GlobalOp();
}

static LogicalResult checkAccess(Operation *op, Value base, bool isWrite) {
  Origin origin = getOrigin(base);
  if (isNumber(origin.root))
    return op->emitError(
        "to the verifier this address is a mere number, through which nothing "
        "can be accessed; `probe-read-kernel` copies what is there in the "
        "kernel, `probe-read-user` what is in a process");
  if (isUntestedParameter(origin.root))
    return op->emitError("a pointer parameter of a global function may be "
                         "null: test it first, as in `(if pointer ... 0)`");
  bool isContext =
      cast<PtrType>(base.getType()).getSpace() == AddressSpace::Ctx;
  if (isContext && !origin.isAtKnownPlace)
    return op->emitError("the context is accessed at constant places only: "
                         "`(tp-FIELD index)` with a constant index reads an "
                         "element; `probe-read-kernel` copies other parts");
  if (GlobalOp global = getConstantGlobal(origin.root); global && isWrite)
    return op->emitError(global.getSection() == ".rodata"
                             ? "the variable is constant: only the loader sets "
                               "it"
                             : "a string literal cannot be written");
  return success();
}

/// Checks what one operation accesses.
static LogicalResult checkOperation(Operation *op) {
  return TypeSwitch<Operation *, LogicalResult>(op)
      .Case([](LoadOp load) {
        return checkAccess(load, load.getBase(), /*isWrite=*/false);
      })
      .Case<StoreOp, MemSetOp, AtomicRMWOp, AtomicCmpXchgOp>([](auto write) {
        return checkAccess(write, write.getBase(), /*isWrite=*/true);
      })
      .Case([](MemCpyOp copy) {
        if (failed(checkAccess(copy, copy.getDst(), /*isWrite=*/true)))
          return failure();
        return checkAccess(copy, copy.getSrc(), /*isWrite=*/false);
      })
      .Case([](whistler::ReturnOp ret) -> LogicalResult {
        if (!getOrigin(ret.getValue()).root.getDefiningOp<AllocaOp>())
          return success();
        return ret.emitError(
            "the function returns the address of memory on its own stack, "
            "which is gone then; give it a parameter that points to what it "
            "shall fill in");
      })
      .Default(success());
}

void CheckAccesses::runOnOperation() {
  getOperation()->walk([&](Operation *op) {
    if (failed(checkOperation(op)))
      signalPassFailure();
  });
}

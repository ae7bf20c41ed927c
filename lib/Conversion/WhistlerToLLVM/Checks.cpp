//===- Checks.cpp - what cannot be converted --------------------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Looks for operations without a counterpart in LLVM, before anything is
// converted: the patterns need not fail.
//
//===----------------------------------------------------------------------===//

#include "Patterns.h"

#include "Whistler/Dialect/Whistler/Utils/FieldPath.h"

#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace mlir::whistler;

namespace {
/// An operation that has to be gone before.
struct Prerequisite {
  StringRef operation;
  StringRef pass;
};
} // namespace

static constexpr Prerequisite prerequisites[] = {
    {MapAddOp::getOperationName(), "whistler-expand-map-adds"},
    {Log2Op::getOperationName(), "whistler-expand-ops"},
    {MemSetOp::getOperationName(), "whistler-expand-ops"},
    {MemCpyOp::getOperationName(), "whistler-expand-ops"},
};

static LogicalResult checkPrerequisites(Operation *op) {
  for (const Prerequisite &prerequisite : prerequisites)
    if (op->getName().getStringRef() == prerequisite.operation)
      return op->emitOpError("has no counterpart in LLVM; run ")
             << prerequisite.pass << " first";
  return success();
}

/// `field` is a `struct:path`.
static LogicalResult checkField(const ConversionState &state, Operation *op,
                                std::optional<StringRef> field) {
  if (!field)
    return success();
  auto [tag, names] = field->split(':');
  llvm::Expected<::whistler::FieldPath> path =
      ::whistler::walkFieldPath(state.layouts, tag, names);
  if (!path)
    return op->emitError(llvm::toString(path.takeError()));
  return success();
}

static LogicalResult checkEnumerator(const ConversionState &state,
                                     CoreQueryOp op) {
  auto [tag, name] = op.getSubject().split(':');
  EnumOp declared = state.layouts.lookupEnum(tag);
  if (!declared)
    return op.emitError("there is no enumeration named \"") << tag << '"';
  for (auto enumerator : declared.getEnumerators().getAsRange<EnumeratorAttr>())
    if (enumerator.getName() == name)
      return success();
  return op.emitError("the enumeration \"")
         << tag << "\" has no \"" << name << '"';
}

static LogicalResult checkQuery(const ConversionState &state, CoreQueryOp op) {
  switch (op.getQuery()) {
  case CoreQuery::EnumValueExists:
  case CoreQuery::EnumValue:
    return checkEnumerator(state, op);
  case CoreQuery::TypeExists:
  case CoreQuery::TypeSize:
    if (!state.layouts.lookup(op.getSubject()))
      return op.emitError("there is no struct named \"")
             << op.getSubject() << '"';
    return success();
  default:
    return checkField(state, op, op.getSubject());
  }
}

static LogicalResult checkAtomic(const ConversionState &state, AtomicRMWOp op) {
  bool isAddition = op.getKind() == AtomicKind::Add &&
                    !(op.getOld() && !op.getOld().use_empty());
  if (state.hasAtomics || isAddition)
    return success();
  return op.emitError("atomic operations other than an addition without "
                      "result need --mcpu=v3 or newer");
}

static LogicalResult checkOperation(const ConversionState &state,
                                    Operation *op) {
  return llvm::TypeSwitch<Operation *, LogicalResult>(op)
      .Case<AsmOp>([](AsmOp assembly) {
        return assembly.emitError("`asm` names registers, which LLVM chooses "
                                  "by itself; compile it without "
                                  "--backend=llvm");
      })
      .Case<AtomicRMWOp>([&](auto rmw) { return checkAtomic(state, rmw); })
      .Case<AtomicCmpXchgOp>([&](auto cmpxchg) -> LogicalResult {
        if (state.hasAtomics)
          return success();
        return cmpxchg.emitError(
            "a compare-and-exchange needs --mcpu=v3 or newer");
      })
      .Case<LoadOp, CtxLoadOp, CtxStoreOp, FieldAddrOp>([&](auto access) {
        return checkField(state, access, access.getField());
      })
      .Case<CoreQueryOp>([&](auto query) { return checkQuery(state, query); })
      .Default([](Operation *op) { return checkPrerequisites(op); });
}

LogicalResult mlir::whistler::checkBody(const ConversionState &state,
                                        Operation *body) {
  WalkResult result = body->walk([&](Operation *op) {
    return failed(checkOperation(state, op)) ? WalkResult::interrupt()
                                             : WalkResult::advance();
  });
  return failure(result.wasInterrupted());
}

//===- BPFDialect.h - the bpf dialect ---------------------------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// The dialect, its enumerations, attributes and types.
//
//===----------------------------------------------------------------------===//

#ifndef WHISTLER_DIALECT_BPF_IR_BPFDIALECT_H
#define WHISTLER_DIALECT_BPF_IR_BPFDIALECT_H

#include "mlir/IR/Builders.h"
#include "mlir/IR/Dialect.h"
#include "mlir/IR/Types.h"
#include "mlir/IR/Value.h"
#include <optional>

#include "Whistler/Dialect/BPF/IR/BPFDialect.h.inc"
#include "Whistler/Dialect/BPF/IR/BPFEnums.h.inc"

#define GET_TYPEDEF_CLASSES
#include "Whistler/Dialect/BPF/IR/BPFTypes.h.inc"

#define GET_ATTRDEF_CLASSES
#include "Whistler/Dialect/BPF/IR/BPFAttrs.h.inc"

namespace mlir::bpf {

/// The machine register that `value` is in; none while it is virtual or when
/// it is not a register at all.
std::optional<Register> getMachineRegister(Value value);

/// Whether `value` is in a register that has not been chosen yet.
bool isVirtualRegister(Value value);

} // namespace mlir::bpf

#endif // WHISTLER_DIALECT_BPF_IR_BPFDIALECT_H

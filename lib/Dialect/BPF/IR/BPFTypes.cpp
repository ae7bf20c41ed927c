//===- BPFTypes.cpp - types of the bpf dialect ------------------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// The syntax of register types, and what they say about a value.
//
//===----------------------------------------------------------------------===//

#include "Whistler/Dialect/BPF/IR/BPFDialect.h"
#include "mlir/IR/DialectImplementation.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace mlir::bpf;

#define GET_TYPEDEF_CLASSES
#include "Whistler/Dialect/BPF/IR/BPFTypes.cpp.inc"

void BPFDialect::registerTypes() {
  addTypes<
#define GET_TYPEDEF_LIST
#include "Whistler/Dialect/BPF/IR/BPFTypes.cpp.inc"
      >();
}

Type RegType::parse(AsmParser &parser) {
  if (failed(parser.parseOptionalLess()))
    return get(parser.getContext());
  StringRef name;
  SMLoc location = parser.getCurrentLocation();
  if (parser.parseKeyword(&name))
    return {};
  std::optional<Register> reg = symbolizeRegister(name);
  if (!reg) {
    parser.emitError(location)
        << "'" << name << "' is not a register; those are r0 to r10";
    return {};
  }
  if (parser.parseGreater())
    return {};
  return get(parser.getContext(), *reg);
}

void RegType::print(AsmPrinter &printer) const {
  if (getReg())
    printer << "<" << stringifyRegister(*getReg()) << ">";
}

std::optional<Register> bpf::getMachineRegister(Value value) {
  auto type = dyn_cast<RegType>(value.getType());
  return type ? type.getReg() : std::nullopt;
}

bool bpf::isVirtualRegister(Value value) {
  auto type = dyn_cast<RegType>(value.getType());
  return type && type.isVirtual();
}

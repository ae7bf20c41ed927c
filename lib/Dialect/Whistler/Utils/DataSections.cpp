//===- DataSections.cpp - places of global variables ------------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Lays out sections of data.
//
//===----------------------------------------------------------------------===//

#include "Whistler/Dialect/Whistler/Utils/DataSections.h"

#include "llvm/Support/MathExtras.h"

using namespace whistler;
using llvm::LogicalResult;
using llvm::StringRef;
using mlir::whistler::GlobalOp;

std::string DataSection::getBytes() const {
  std::string bytes(size, '\0');
  for (Variable variable : variables)
    if (std::optional<StringRef> init = variable.op.getInit())
      llvm::copy(*init, bytes.begin() + variable.offset);
  return bytes;
}

LogicalResult DataSections::place(mlir::ModuleOp module,
                                  StructLayouts &layouts) {
  for (GlobalOp op : module.getOps<GlobalOp>()) {
    llvm::FailureOr<uint64_t> size = checkVariable(op, layouts);
    if (failed(size))
      return mlir::failure();
    DataSection &section = sections[op.getSection()];
    uint64_t offset =
        llvm::alignTo(section.size, layouts.getAlignment(op.getType()));
    if (!llvm::isUInt<32>(offset + *size))
      return op.emitError("the variables in ")
             << op.getSection() << " take more than 4 GiB";
    places[op.getSymName()] = {op.getSection(), section.variables.size()};
    section.variables.push_back({op, uint32_t(offset), uint32_t(*size)});
    section.size = uint32_t(offset + *size);
  }
  return mlir::success();
}

const Variable &DataSections::lookup(StringRef name) const {
  auto [section, number] = places.at(name);
  return sections.find(section)->second.variables[number];
}

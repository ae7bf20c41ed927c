//===- ObjectOutput.cpp - the bytes of an object ----------------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Writes what an ObjectBuilder has collected: sections, symbols, relocations.
//
//===----------------------------------------------------------------------===//

#include "ObjectBuilder.h"

#include <linux/bpf.h>

using namespace whistler;
using llvm::LogicalResult;
using llvm::SmallVector;
using llvm::SmallVectorImpl;
using llvm::StringRef;
using mlir::failed;
using mlir::failure;
using mlir::ModuleOp;
using mlir::bpf::EncodedFunction;
using mlir::bpf::SymbolKind;
using mlir::bpf::SymbolRelocation;
namespace bpf = mlir::bpf;
namespace ELF = llvm::ELF;

static constexpr int32_t slotSize = sizeof(bpf_insn);

//===----------------------------------------------------------------------===//
// Symbols
//===----------------------------------------------------------------------===//

/// Whether `func` has a symbol that no other object sees. libbpf then wants
/// relocations to refer to the section, and the instruction to hold the
/// function's place in it (sym_is_subprog).
static bool isLocal(bpf::FuncOp func) {
  return !func.isProgram() && !func.getIsGlobal();
}

void ObjectBuilder::fillInAddend(EncodedFunction &code,
                                 const SymbolRelocation &relocation) {
  int32_t &imm = code.slots[relocation.slot].imm;
  switch (relocation.kind) {
  case SymbolKind::Map:
    return;
  case SymbolKind::Global: {
    const Variable &variable = data.lookup(relocation.symbol);
    bool isString = isStringSection(variable.getSection());
    imm = relocation.offset + (isString ? variable.offset : 0);
    return;
  }
  case SymbolKind::Function:
    imm = subprogramOffsets.at(relocation.symbol);
    return;
  case SymbolKind::Call:
    // The distance counts from the next slot.
    if (isLocal(module.lookupSymbol<bpf::FuncOp>(relocation.symbol)))
      imm = subprogramOffsets.at(relocation.symbol) / slotSize - 1;
    return;
  }
}

void ObjectBuilder::fillInAddends() {
  for (auto &[name, section] : sections)
    for (Function &function : section.functions)
      for (const SymbolRelocation &relocation : function.code.symbols)
        fillInAddend(function.code, relocation);
}

elf::SymbolId ObjectBuilder::getTarget(elf::ObjectWriter &writer,
                                       const SymbolRelocation &relocation) {
  switch (relocation.kind) {
  case SymbolKind::Map:
    break;
  case SymbolKind::Global:
    if (StringRef section = data.lookup(relocation.symbol).getSection();
        isStringSection(section))
      return writer.sectionSymbol(sectionIds.at(section));
    break;
  case SymbolKind::Function:
  case SymbolKind::Call:
    if (isLocal(module.lookupSymbol<bpf::FuncOp>(relocation.symbol)))
      return writer.sectionSymbol(sectionIds.at(".text"));
    break;
  }
  return symbols.at(relocation.symbol);
}

//===----------------------------------------------------------------------===//
// Sections
//===----------------------------------------------------------------------===//

void ObjectBuilder::addCode(elf::ObjectWriter &writer) {
  for (auto &[name, section] : sections) {
    SmallVector<char> code;
    for (const Function &function : section.functions)
      function.code.appendBytes(code);
    sectionIds[name] = writer.addSection(name, elf::SectionKind::Program,
                                         StringRef(code.data(), code.size()));
  }
}

/// License, maps and variables, with their symbols.
void ObjectBuilder::addData(elf::ObjectWriter &writer) {
  if (!license.empty()) {
    elf::SectionId id = writer.addSection("license", elf::SectionKind::License,
                                          StringRef(license));
    writer.addObject("_license", id, 0, license.size());
  }
  if (!maps.empty()) {
    elf::SectionId id = writer.addSection(".maps", elf::SectionKind::Maps,
                                          std::string(mapsSize, '\0'));
    for (const Map &map : maps)
      symbols[map.name] = writer.addObject(map.name, id, map.offset, map.size);
  }
  for (auto &[name, section] : data.getSections()) {
    auto kind = isStringSection(name)         ? elf::SectionKind::Strings
                : name.starts_with(".rodata") ? elf::SectionKind::ReadOnly
                                              : elf::SectionKind::Data;
    elf::SectionId id = isZeroSection(name)
                            ? writer.addZeroed(name, section.size)
                            : writer.addSection(name, kind, section.getBytes());
    sectionIds[name] = id;
    if (isStringSection(name))
      continue;
    for (Variable variable : section.variables)
      symbols[variable.op.getSymName()] =
          writer.addObject(variable.op.getSymName(), id, variable.offset,
                           variable.size, !variable.op.getIsLocal());
  }
}

void ObjectBuilder::addFunctionSymbols(elf::ObjectWriter &writer) {
  for (auto &[name, section] : sections)
    for (const Function &function : section.functions) {
      bpf::FuncOp op = function.op;
      symbols[op.getSymName()] = writer.addFunction(
          op.getSymName(), sectionIds.at(name), function.offset,
          slotSize * function.code.slots.size(), !isLocal(op));
    }
}

void ObjectBuilder::addRelocations(elf::ObjectWriter &writer) {
  for (auto &[name, section] : sections)
    for (const Function &function : section.functions)
      for (const SymbolRelocation &relocation : function.code.symbols)
        writer.addRelocation(
            sectionIds.at(name), function.offset + slotSize * relocation.slot,
            relocation.kind == SymbolKind::Call ? ELF::R_BPF_64_32
                                                : ELF::R_BPF_64_64,
            getTarget(writer, relocation));
}

//===----------------------------------------------------------------------===//
// Output
//===----------------------------------------------------------------------===//

LogicalResult ObjectBuilder::writeBTF(SmallVectorImpl<char> &bytes) {
  // Its strings are in the types' section.
  SmallVector<char> extBytes;
  if (failed(report(ext.write(extBytes))))
    return failure();
  return report(types.write(bytes));
}

LogicalResult ObjectBuilder::writeObject(SmallVectorImpl<char> &bytes) {
  SmallVector<char> extBytes, typeBytes;
  if (failed(report(ext.write(extBytes))) ||
      failed(report(types.write(typeBytes))))
    return failure();

  elf::ObjectWriter writer;
  addCode(writer);
  addData(writer);
  writer.addSection(".BTF", elf::SectionKind::BTF,
                    StringRef(typeBytes.data(), typeBytes.size()));
  if (!ext.empty())
    writer.addSection(".BTF.ext", elf::SectionKind::BTF,
                      StringRef(extBytes.data(), extBytes.size()));
  addFunctionSymbols(writer);
  addRelocations(writer);
  return report(writer.write(bytes));
}

LogicalResult whistler::emitObject(ModuleOp module,
                                   SmallVectorImpl<char> &bytes,
                                   const EmitOptions &options) {
  ObjectBuilder builder(module, options);
  if (failed(builder.build()))
    return failure();
  return builder.writeObject(bytes);
}

LogicalResult whistler::emitBTF(ModuleOp module, SmallVectorImpl<char> &bytes,
                                const EmitOptions &options) {
  ObjectBuilder builder(module, options);
  if (failed(builder.build()))
    return failure();
  return builder.writeBTF(bytes);
}

//===- ObjectBuilder.cpp - sections from a module ---------------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Puts programs, maps, types and line information into an object.
//
//===----------------------------------------------------------------------===//

#include "ObjectBuilder.h"

#include "ContextTypes.h"

#include "Whistler/Target/BTF/MapDefinition.h"
#include "Whistler/Target/ELF/ObjectWriter.h"
#include "Whistler/UAPI/Contexts.h"
#include "Whistler/UAPI/MapTypes.h"

#include <linux/bpf.h>

using namespace whistler;
// Not all of mlir: it has a namespace `whistler` of its own.
using llvm::ArrayRef;
using llvm::cast;
using llvm::LogicalResult;
using llvm::SmallVector;
using llvm::SmallVectorImpl;
using llvm::StringRef;
using llvm::success;
using mlir::failed;
using mlir::failure;
using mlir::FailureOr;
using mlir::IntegerType;
using mlir::Location;
using mlir::ModuleOp;
using mlir::Type;
using mlir::bpf::EncodedFunction;
using mlir::whistler::MapOp;
namespace bpf = mlir::bpf;

/// `LIBBPF_PIN_BY_NAME`, which libbpf has in a header for programs that run in
/// the kernel only.
static constexpr uint32_t pinByName = 1;

static constexpr uint32_t slotSize = sizeof(bpf_insn);

LogicalResult ObjectBuilder::report(llvm::Error error) {
  if (!error)
    return success();
  return module.emitError(llvm::toString(std::move(error)));
}

LogicalResult ObjectBuilder::build() {
  describeMaps();
  if (failed(encodeFunctions()))
    return failure();
  describeLicense();
  for (auto &[name, section] : sections)
    for (const Function &function : section.functions)
      if (failed(describeFunction(name, function)))
        return failure();
  return success();
}

//===----------------------------------------------------------------------===//
// Maps
//===----------------------------------------------------------------------===//

/// The type of a map's keys or values of `size` bytes: what the source says, or
/// integers.
static btf::TypeId addEntryType(btf::Builder &types, std::optional<Type> type,
                                uint32_t size) {
  if (!type)
    return types.addOpaque(size);
  return types.addScalar(size, cast<IntegerType>(*type).isSigned());
}

/// Whether the kernel takes no integer as the key of such a map
/// (trie_check_btf, cgroup_storage_check_btf), so that libbpf would drop all
/// its types.
static bool needsPlainSizes(uint32_t mapType) {
  return mapType == BPF_MAP_TYPE_LPM_TRIE ||
         mapType == BPF_MAP_TYPE_CGROUP_STORAGE ||
         mapType == BPF_MAP_TYPE_PERCPU_CGROUP_STORAGE;
}

btf::TypeId ObjectBuilder::describeMap(MapOp map, uint32_t &size) {
  btf::MapDefinition definition;
  definition.Type = uapi::lookupMapType(map.getMapType())->value;
  if (needsPlainSizes(definition.Type)) {
    definition.KeySize = map.getKeySize();
    definition.ValueSize = map.getValueSize();
  } else {
    if (map.getKeySize() != 0)
      definition.Key = addEntryType(types, map.getKeyType(), map.getKeySize());
    if (map.getValueSize() != 0)
      definition.Value =
          addEntryType(types, map.getValueType(), map.getValueSize());
  }
  if (map.getMaxEntries() != 0)
    definition.MaxEntries = map.getMaxEntries();
  if (std::optional<uint32_t> flags = map.getMapFlags())
    definition.MapFlags = *flags;
  if (map.getPinByName())
    definition.Pinning = pinByName;
  btf::MapType type = btf::addMapDefinition(types, definition);
  size = type.ByteSize;
  return type.Type;
}

void ObjectBuilder::describeMaps() {
  SmallVector<btf::DataSecEntry> entries;
  for (MapOp map : module.getOps<MapOp>()) {
    uint32_t size;
    btf::TypeId type = describeMap(map, size);
    btf::TypeId variable =
        types.addVar(map.getSymName(), type, btf::VarLinkage::Global);
    entries.push_back({variable, mapsSize, size});
    maps.push_back({map.getSymName(), mapsSize, size});
    mapsSize += size;
  }
  if (!entries.empty())
    types.addDataSec(".maps", mapsSize, entries);
}

//===----------------------------------------------------------------------===//
// Programs
//===----------------------------------------------------------------------===//

LogicalResult ObjectBuilder::encodeFunctions() {
  for (bpf::FuncOp func : module.getOps<bpf::FuncOp>()) {
    if (license.empty())
      license = func.getLicense().str() + '\0';
    else if (StringRef(license).drop_back() != func.getLicense())
      return func.emitError("an object has one license, and an earlier "
                            "program's is \"")
             << StringRef(license).drop_back() << '"';
    FailureOr<EncodedFunction> code =
        bpf::encodeFunction(func, {options.longJumps});
    if (failed(code))
      return failure();
    Section &section = sections[func.getSection()];
    uint32_t size = slotSize * code->slots.size();
    section.functions.push_back({func, std::move(*code), section.size});
    section.size += size;
  }
  return success();
}

/// libbpf's linker wants a type for every global symbol.
void ObjectBuilder::describeLicense() {
  if (license.empty())
    return;
  btf::TypeId text = types.addArray(
      types.addInt("char", 1, btf::IntEncoding::Signed), license.size());
  btf::TypeId variable =
      types.addVar("_license", text, btf::VarLinkage::Global);
  types.addDataSec("license", license.size(),
                   {{variable, 0, uint32_t(license.size())}});
}

/// The type of a program's context: its struct where relocations need the
/// fields.
static btf::TypeId addContextType(btf::Builder &types, StringRef programType,
                                  bool needsFields) {
  const uapi::ProgramType *type = uapi::lookupProgramType(programType);
  if (!type || type->contextStruct.empty())
    return btf::TypeId();
  return needsFields
             ? addContextStruct(types, type->contextStruct)
             : types.addForward(btf::Composite::Struct, type->contextStruct);
}

LogicalResult ObjectBuilder::describeFunction(StringRef section,
                                              const Function &function) {
  bpf::FuncOp op = function.op;
  btf::TypeId context = types.addPointer(addContextType(
      types, op.getProgramType(), !function.code.fields.empty()));
  btf::TypeId result = types.addScalar(4, /*IsSigned=*/true);
  btf::TypeId func = types.addFunc(
      op.getSymName(), types.addFuncProto(result, {{"ctx", context}}),
      btf::FuncLinkage::Global);
  ext.addFunction(section, function.offset, func);
  describeLines(section, function);
  return describeRelocations(section, function);
}

void ObjectBuilder::describeLines(StringRef section, const Function &function) {
  std::optional<Location> previous;
  for (auto [slot, loc] : llvm::enumerate(function.code.locations)) {
    // The second slot of a 64-bit immediate has the location of the first.
    if (previous == loc)
      continue;
    previous = loc;
    std::optional<SourcePlace> place = text.lookup(loc);
    if (!place)
      continue;
    ext.addLine(section, function.offset + slotSize * slot,
                {place->file, place->text, place->line, place->column});
  }
}

LogicalResult ObjectBuilder::describeRelocations(StringRef section,
                                                 const Function &function) {
  for (const bpf::FieldRelocation &field : function.code.fields) {
    auto [structName, fieldName] = field.field.split(':');
    Location loc = function.code.locations[field.slot];
    std::optional<FieldAccess> access =
        lookupFieldAccess(structName, fieldName);
    if (!access)
      return mlir::emitError(loc)
             << "no context has a field \"" << field.field << '"';
    // libbpf refuses an instruction that does not agree with the types.
    int16_t offset = function.code.slots[field.slot].offset;
    if (offset != int64_t(access->offset))
      return mlir::emitError(loc)
             << "the field \"" << field.field << "\" is at offset "
             << access->offset << ", not " << offset;
    ext.addRelocation(section, function.offset + slotSize * field.slot,
                      addContextStruct(types, structName), access->path,
                      llvm::BTF::FIELD_BYTE_OFFSET);
  }
  return success();
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
  llvm::StringMap<elf::SymbolId> mapSymbols;
  SmallVector<elf::SectionId> sectionIds;
  for (auto &[name, section] : sections) {
    SmallVector<char> code;
    for (const Function &function : section.functions)
      function.code.appendBytes(code);
    sectionIds.push_back(writer.addSection(
        name, elf::SectionKind::Program, StringRef(code.data(), code.size())));
  }
  if (!license.empty()) {
    elf::SectionId id = writer.addSection("license", elf::SectionKind::License,
                                          StringRef(license));
    writer.addObject("_license", id, 0, license.size());
  }
  if (!maps.empty()) {
    elf::SectionId id = writer.addSection(".maps", elf::SectionKind::Maps,
                                          std::string(mapsSize, '\0'));
    for (const Map &map : maps)
      mapSymbols[map.name] =
          writer.addObject(map.name, id, map.offset, map.size);
  }
  writer.addSection(".BTF", elf::SectionKind::BTF,
                    StringRef(typeBytes.data(), typeBytes.size()));
  if (!ext.empty())
    writer.addSection(".BTF.ext", elf::SectionKind::BTF,
                      StringRef(extBytes.data(), extBytes.size()));
  for (auto [id, entry] : llvm::zip(sectionIds, sections)) {
    for (const Function &function : entry.second.functions) {
      bpf::FuncOp op = function.op;
      writer.addFunction(op.getSymName(), id, function.offset,
                         slotSize * function.code.slots.size());
      for (const bpf::MapRelocation &map : function.code.maps)
        writer.addRelocation(id, function.offset + slotSize * map.slot,
                             llvm::ELF::R_BPF_64_64, mapSymbols.at(map.map));
    }
  }
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

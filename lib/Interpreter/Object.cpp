//===- Object.cpp - an object file, ready to be interpreted -----*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Numbers the slots of all executable sections through, and resolves
// relocations as libbpf does.
//
//===----------------------------------------------------------------------===//

#include "Whistler/Interpreter/Object.h"

#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/BinaryFormat/ELF.h"
#include "llvm/Object/ELFObjectFile.h"
#include "llvm/Support/Endian.h"
#include "llvm/Support/MemoryBuffer.h"
#include <linux/bpf.h>

using namespace llvm;
using namespace whistler;
using namespace whistler::interp;
using object::ELF64LEObjectFile;
using object::ELFSectionRef;
using object::ELFSymbolRef;
using object::SectionRef;

static constexpr unsigned slotBytes = sizeof(bpf_insn);
static constexpr unsigned lastRegister = BPF_REG_10;

namespace {

/// Where a symbol is and what it stands for.
struct Place {
  unsigned section = 0;
  uint64_t offset = 0;
  StringRef name;
};

class Loader {
public:
  Loader(const ELF64LEObjectFile &file, Object &object)
      : file(file), object(object) {}

  Error load();

private:
  Error checkSymbols();
  Error readCode(const SectionRef &section);
  Error readFunctions();
  Error readMaps();
  Error readGlobalData(const SectionRef &section, StringRef name);
  Error relocate(const SectionRef &section);
  Error relocateSlot(uint32_t slot, const Place &place);
  Error relocateMapEntry(uint64_t offset, const Place &place);
  Error completeCode();
  Expected<Place> getPlace(const object::RelocationRef &relocation) const;

  const ELF64LEObjectFile &file;
  Object &object;
  /// The first slot of executable sections, and the number of the map that a
  /// section of global data became.
  DenseMap<unsigned, uint32_t> firstSlots;
  DenseMap<unsigned, uint32_t> dataMaps;
  /// The section .maps, and its maps by their offsets.
  std::optional<unsigned> mapSection;
  std::vector<std::pair<uint32_t, uint32_t>> mapOffsets;
};

} // namespace

//===----------------------------------------------------------------------===//
// Sections
//===----------------------------------------------------------------------===//

/// What is asked of symbols later cannot fail after this.
Error Loader::checkSymbols() {
  for (const ELFSymbolRef &symbol : file.symbols()) {
    if (Error error = symbol.getName().takeError())
      return error;
    if (Error error = symbol.getSection().takeError())
      return error;
    if (Error error = symbol.getValue().takeError())
      return error;
  }
  return Error::success();
}

static Instruction decode(const char *bytes) {
  bpf_insn raw;
  std::memcpy(&raw, bytes, sizeof(raw));
  return {raw.code, static_cast<uint8_t>(raw.dst_reg),
          static_cast<uint8_t>(raw.src_reg), raw.off, raw.imm};
}

static bool isWideImmediate(const Instruction &insn) {
  return insn.opcode == (BPF_LD | BPF_IMM | BPF_DW);
}

Error Loader::readCode(const SectionRef &section) {
  Expected<StringRef> contents = section.getContents();
  if (!contents)
    return contents.takeError();
  firstSlots[section.getIndex()] = object.code.size();
  for (size_t at = 0; at + slotBytes <= contents->size(); at += slotBytes)
    object.code.push_back(decode(contents->data() + at));
  return Error::success();
}

Error Loader::readFunctions() {
  for (const ELFSymbolRef &symbol : file.symbols()) {
    if (symbol.getELFType() != ELF::STT_FUNC)
      continue;
    auto section = cantFail(symbol.getSection());
    if (section == file.section_end())
      continue;
    auto first = firstSlots.find(section->getIndex());
    if (first == firstSlots.end())
      continue;
    Function function;
    function.name = cantFail(symbol.getName()).str();
    function.section = cantFail(section->getName()).str();
    function.start = first->second + cantFail(symbol.getValue()) / slotBytes;
    function.slots = symbol.getSize() / slotBytes;
    if (function.start >= object.code.size() ||
        uint64_t(function.start) + function.slots > object.code.size())
      return createStringError("the function '" + function.name +
                               "' ends behind its section");
    function.isProgram = function.section != ".text";
    uapi::SectionMatch match = uapi::classifySection(function.section);
    if (match && function.isProgram) {
      function.uapiType = match.def->uapiType.value_or(0);
      function.kind = match.def->kind;
    }
    object.functions.push_back(std::move(function));
  }
  llvm::sort(object.functions, [](const Function &a, const Function &b) {
    return a.start < b.start;
  });
  return Error::success();
}

Error Loader::readMaps() {
  auto maps = readMapDefinitions(file.getData());
  if (!maps)
    return maps.takeError();
  // Offsets in BTF are for the loader to fill in from the symbols.
  StringMap<uint64_t> offsets;
  for (const ELFSymbolRef &symbol : file.symbols()) {
    auto section = cantFail(symbol.getSection());
    if (section != file.section_end() && section->getIndex() == mapSection)
      offsets[cantFail(symbol.getName())] = cantFail(symbol.getValue());
  }
  for (MapDefinition &map : *maps) {
    auto offset = offsets.find(map.name);
    if (offset == offsets.end())
      return createStringError("the map '" + map.name + "' has no symbol");
    mapOffsets.emplace_back(offset->second, object.maps.size());
    object.maps.push_back(std::move(map));
  }
  return Error::success();
}

Error Loader::readGlobalData(const SectionRef &section, StringRef name) {
  MapDefinition map;
  map.name = name.str();
  map.type = BPF_MAP_TYPE_ARRAY;
  map.keySize = sizeof(uint32_t);
  map.valueSize = section.getSize();
  map.maxEntries = 1;
  map.isGlobalData = true;
  map.isReadOnly = name.starts_with(".rodata");
  map.contents.resize(map.valueSize);
  if (!section.isBSS()) {
    Expected<StringRef> contents = section.getContents();
    if (!contents)
      return contents.takeError();
    llvm::copy(*contents, map.contents.begin());
  }
  dataMaps[section.getIndex()] = object.maps.size();
  object.maps.push_back(std::move(map));
  return Error::success();
}

//===----------------------------------------------------------------------===//
// Relocations
//===----------------------------------------------------------------------===//

Expected<Place>
Loader::getPlace(const object::RelocationRef &relocation) const {
  if (relocation.getSymbol() == file.symbol_end())
    return createStringError("a relocation without a symbol");
  ELFSymbolRef symbol = *relocation.getSymbol();
  StringRef name = cantFail(symbol.getName());
  auto section = cantFail(symbol.getSection());
  if (section == file.section_end())
    return createStringError("'" + name +
                             "' is extern: variables and functions of the "
                             "kernel are not there in the interpreter");
  return Place{static_cast<unsigned>(section->getIndex()),
               cantFail(symbol.getValue()), name};
}

Error Loader::relocateSlot(uint32_t slot, const Place &place) {
  Instruction &insn = object.code[slot];
  auto code = firstSlots.find(place.section);
  if (insn.opcode == (BPF_JMP | BPF_CALL)) {
    if (code == firstSlots.end())
      return createStringError("a call of '" + place.name +
                               "', which is no function");
    insn.src = BPF_PSEUDO_CALL;
    insn.wide = code->second + place.offset / slotBytes + insn.imm + 1;
    return Error::success();
  }
  if (!isWideImmediate(insn))
    return createStringError("a relocation for '" + place.name +
                             "' at an instruction that takes none");
  uint32_t offset = place.offset + insn.imm;
  if (code != firstSlots.end()) {
    object.addresses.push_back({AddressReference::Function, slot,
                                code->second + offset / slotBytes, 0});
    return Error::success();
  }
  if (place.section == mapSection) {
    for (auto [start, map] : mapOffsets)
      if (start == offset) {
        object.addresses.push_back({AddressReference::Map, slot, map, 0});
        return Error::success();
      }
    return createStringError("'" + place.name + "' is no map that BTF defines");
  }
  auto data = dataMaps.find(place.section);
  if (data == dataMaps.end())
    return createStringError("'" + place.name +
                             "' is in a section that is not loaded");
  object.addresses.push_back(
      {AddressReference::MapValue, slot, data->second, offset});
  return Error::success();
}

/// An element of `values` in a map's definition.
Error Loader::relocateMapEntry(uint64_t offset, const Place &place) {
  MapDefinition *map = nullptr;
  uint64_t start = 0;
  for (auto [mapOffset, number] : mapOffsets)
    if (mapOffset <= offset && mapOffset >= start) {
      start = mapOffset;
      map = &object.maps[number];
    }
  if (!map || offset - start < map->valuesOffset)
    return createStringError("a relocation in .maps that sets no entry");
  uint64_t index = (offset - start - map->valuesOffset) / sizeof(uint64_t);
  map->initial.emplace_back(index, place.name.str());
  return Error::success();
}

Error Loader::relocate(const SectionRef &section) {
  Expected<object::section_iterator> target = section.getRelocatedSection();
  if (!target)
    return target.takeError();
  if (*target == file.section_end())
    return Error::success();
  unsigned index = (*target)->getIndex();
  auto code = firstSlots.find(index);
  if (code == firstSlots.end() && index != mapSection)
    return Error::success();
  for (const object::RelocationRef &relocation : section.relocations()) {
    Expected<Place> place = getPlace(relocation);
    if (!place)
      return place.takeError();
    uint64_t offset = relocation.getOffset();
    if (offset + slotBytes > (*target)->getSize())
      return createStringError("a relocation behind the end of its section");
    if (Error error =
            code == firstSlots.end()
                ? relocateMapEntry(offset, *place)
                : relocateSlot(code->second + offset / slotBytes, *place))
      return error;
  }
  return Error::success();
}

/// Completes calls within a section, which have no relocation, and 64-bit
/// immediates from both halves.
Error Loader::completeCode() {
  for (size_t slot = 0; slot != object.code.size(); ++slot) {
    Instruction &insn = object.code[slot];
    if (insn.dst > lastRegister || insn.src > lastRegister)
      return createStringError("slot " + Twine(slot) +
                               " names a register that does not exist");
    if (insn.opcode == (BPF_JMP | BPF_CALL) && insn.src == BPF_PSEUDO_CALL)
      insn.wide = slot + insn.imm + 1;
    if (!isWideImmediate(insn))
      continue;
    if (slot + 1 == object.code.size())
      return createStringError("the code ends within an instruction");
    insn.wide =
        Make_64(uint32_t(object.code[slot + 1].imm), uint32_t(insn.imm));
    ++slot;
  }
  return Error::success();
}

Error Loader::load() {
  if (Error error = checkSymbols())
    return error;
  for (const SectionRef &section : file.sections()) {
    Expected<StringRef> name = section.getName();
    if (!name)
      return name.takeError();
    Error error = Error::success();
    uint64_t flags = ELFSectionRef(section).getFlags();
    if (section.isText() && section.getSize())
      error = readCode(section);
    else if (*name == ".maps")
      mapSection = section.getIndex();
    else if (section.getSize() && (flags & ELF::SHF_ALLOC) &&
             (name->starts_with(".data") || name->starts_with(".rodata") ||
              name->starts_with(".bss")))
      error = readGlobalData(section, *name);
    if (error)
      return error;
  }
  if (object.code.empty())
    return createStringError("the object has no code");
  if (mapSection)
    if (Error error = readMaps())
      return error;
  if (Error error = readFunctions())
    return error;
  if (Error error = completeCode())
    return error;
  for (const SectionRef &section : file.sections())
    if (Error error = relocate(section))
      return error;
  return Error::success();
}

//===----------------------------------------------------------------------===//
// Object
//===----------------------------------------------------------------------===//

Expected<Object> Object::read(StringRef path) {
  auto buffer = MemoryBuffer::getFile(path, /*IsText=*/false,
                                      /*RequiresNullTerminator=*/false);
  if (!buffer)
    return createFileError(path, buffer.getError());
  Expected<std::unique_ptr<object::ObjectFile>> file =
      object::ObjectFile::createELFObjectFile(**buffer);
  if (!file)
    return createFileError(path, file.takeError());
  auto *elf = dyn_cast<ELF64LEObjectFile>(file->get());
  if (!elf || elf->getELFFile().getHeader().e_machine != ELF::EM_BPF)
    return createFileError(
        path, createStringError("this is no little-endian BPF object"));
  Object result;
  if (Error error = Loader(*elf, result).load())
    return createFileError(path, std::move(error));
  return result;
}

const Function *Object::findProgram(StringRef name) const {
  for (const Function &function : functions)
    if (function.isProgram && function.name == name)
      return &function;
  return nullptr;
}

const Function *Object::functionAt(uint32_t slot) const {
  auto next =
      llvm::upper_bound(functions, slot, [](uint32_t slot, const Function &f) {
        return slot < f.start;
      });
  return next == functions.begin() ? nullptr : &*std::prev(next);
}

//===- Object.h - an object file, ready to be interpreted -------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// The instructions, functions and maps of a BPF object, as libbpf would find
// them.
//
//===----------------------------------------------------------------------===//

#ifndef WHISTLER_INTERPRETER_OBJECT_H
#define WHISTLER_INTERPRETER_OBJECT_H

#include "Whistler/UAPI/ProgramTypes.h"

#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace whistler::interp {

/// One slot of eight bytes.
struct Instruction {
  uint8_t opcode = 0;
  uint8_t dst = 0;
  uint8_t src = 0;
  int16_t offset = 0;
  int32_t imm = 0;
  /// A 64-bit immediate, as the loader sees it; the slot that a call goes to.
  uint64_t wide = 0;
};

/// A function of the object. Slots are numbered through all sections.
struct Function {
  std::string name;
  std::string section;
  uint32_t start = 0;
  uint32_t slots = 0;
  /// An entry point rather than a subprogram.
  bool isProgram = false;
  /// BPF_PROG_TYPE_* by the section; 0 where libbpf does not know it.
  uint32_t uapiType = 0;
  std::optional<uapi::ProgramKind> kind;
};

/// What a map is created with.
struct MapDefinition {
  std::string name;
  uint32_t type = 0; ///< BPF_MAP_TYPE_*.
  uint32_t keySize = 0;
  uint32_t valueSize = 0;
  uint32_t maxEntries = 0;
  uint32_t flags = 0;
  /// The maps within a map of maps.
  std::vector<MapDefinition> inner;
  /// For a section of global data its contents.
  std::vector<uint8_t> contents;
  bool isGlobalData = false;
  bool isReadOnly = false;
  /// Entries that the object itself sets: indices and names of programs or
  /// maps.
  std::vector<std::pair<uint32_t, std::string>> initial;
  /// Bytes from the start of the definition to the first of those.
  uint32_t valuesOffset = 0;
};

/// A 64-bit immediate that is an address: what the loader puts there.
struct AddressReference {
  enum Kind : uint8_t { Map, MapValue, Function };
  Kind kind;
  /// The first of the two slots.
  uint32_t slot;
  /// The map, or the slot at which the function starts.
  uint32_t index;
  /// Bytes into the map's value.
  uint32_t offset;
};

/// What is in an object file. CO-RE relocations are left as they are: the types
/// are those that the object was compiled for.
struct Object {
  std::vector<Instruction> code;
  /// In the order of their slots.
  std::vector<Function> functions;
  std::vector<MapDefinition> maps;
  std::vector<AddressReference> addresses;

  /// Reads an ELF file. The error names the file.
  static llvm::Expected<Object> read(llvm::StringRef path);

  /// The program of that name, or null.
  const Function *findProgram(llvm::StringRef name) const;

  /// The function that the slot is in, or null.
  const Function *functionAt(uint32_t slot) const;
};

/// The maps that the object's BTF defines in the section `.maps`.
llvm::Expected<std::vector<MapDefinition>>
readMapDefinitions(llvm::StringRef file);

} // namespace whistler::interp

#endif // WHISTLER_INTERPRETER_OBJECT_H

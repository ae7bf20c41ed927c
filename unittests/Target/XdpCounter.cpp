//===- XdpCounter.cpp - A complete small object for tests -------*- C++ -*-===//
// SPDX-License-Identifier: MIT
//===----------------------------------------------------------------------===//
//
// Puts a complete XDP object together as the compiler does, from fixed bytes.
//
//===----------------------------------------------------------------------===//

#include "XdpCounter.h"
#include "Whistler/Target/BTF/ExtBuilder.h"
#include "Whistler/Target/BTF/MapDefinition.h"
#include "Whistler/Target/ELF/ObjectWriter.h"
#include <linux/bpf.h>

using namespace llvm;
using namespace whistler;

/// The instructions, as clang encodes them for the equivalent C program.
static constexpr uint8_t Code[] = {
    0x62, 0x0a, 0xfc, 0xff, 0x00, 0x00, 0x00, 0x00, // *(u32 *)(r10 - 4) = 0
    0xbf, 0xa2, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, // r2 = r10
    0x07, 0x02, 0x00, 0x00, 0xfc, 0xff, 0xff, 0xff, // r2 += -4
    0x18, 0x01, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, // r1 = pkt_count ll
    0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, //
    0x85, 0x00, 0x00, 0x00, 0x01, 0x00, 0x00, 0x00, // call map_lookup_elem
    0x15, 0x00, 0x02, 0x00, 0x00, 0x00, 0x00, 0x00, // if r0 == 0 goto +2
    0xb7, 0x01, 0x00, 0x00, 0x01, 0x00, 0x00, 0x00, // r1 = 1
    0xdb, 0x10, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, // lock *(u64 *)r0 += r1
    0xb7, 0x00, 0x00, 0x00, 0x02, 0x00, 0x00, 0x00, // r0 = 2
    0x95, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, // exit
};

static constexpr char License[] = "GPL";

/// Adds the map's variable and the section it is in, and returns its size.
static uint32_t describeMap(btf::Builder &Types) {
  btf::MapDefinition Map;
  Map.Type = BPF_MAP_TYPE_ARRAY;
  Map.Key = Types.addScalar(4);
  Map.Value = Types.addScalar(8);
  Map.MaxEntries = 1;
  btf::MapType Type = btf::addMapDefinition(Types, Map);
  btf::TypeId Var =
      Types.addVar("pkt_count", Type.Type, btf::VarLinkage::Global);
  Types.addDataSec(".maps", Type.ByteSize, {{Var, 0, Type.ByteSize}});
  return Type.ByteSize;
}

/// Adds what libbpf's linker looks up for the global symbol `_license`.
static void describeLicense(btf::Builder &Types) {
  btf::TypeId Text = Types.addArray(
      Types.addInt("char", 1, btf::IntEncoding::Signed), sizeof(License));
  btf::TypeId Var = Types.addVar("_license", Text, btf::VarLinkage::Global);
  Types.addDataSec("license", sizeof(License), {{Var, 0, sizeof(License)}});
}

static void describeProgram(btf::Builder &Types, btf::ExtBuilder &Ext) {
  btf::TypeId Context =
      Types.addPointer(Types.addForward(btf::Composite::Struct, "xdp_md"));
  btf::TypeId Proto = Types.addFuncProto(Types.addScalar(4, /*IsSigned=*/true),
                                         {{"ctx", Context}});
  Ext.addFunction("xdp", 0,
                  Types.addFunc("count", Proto, btf::FuncLinkage::Global));
  Ext.addLine("xdp", 0, {"count.lisp", "  (incf (getmap pkt-count 0))", 4, 3});
  Ext.addLine("xdp", 72, {"count.lisp", "  XDP_PASS)", 5, 3});
}

Error whistler::buildXdpCounter(SmallVectorImpl<char> &Out) {
  btf::Builder Types;
  btf::ExtBuilder Ext(Types);
  uint32_t MapSize = describeMap(Types);
  describeLicense(Types);
  describeProgram(Types, Ext);
  SmallVector<char> ExtBytes, TypeBytes;
  if (Error E = Ext.write(ExtBytes))
    return E;
  if (Error E = Types.write(TypeBytes))
    return E;

  elf::ObjectWriter Object;
  elf::SectionId Program =
      Object.addSection("xdp", elf::SectionKind::Program, ArrayRef(Code));
  elf::SectionId Maps = Object.addSection(".maps", elf::SectionKind::Maps,
                                          std::string(MapSize, '\0'));
  elf::SectionId LicenseSection =
      Object.addSection("license", elf::SectionKind::License,
                        StringRef(License, sizeof(License)));
  Object.addSection(".BTF", elf::SectionKind::BTF,
                    StringRef(TypeBytes.data(), TypeBytes.size()));
  Object.addSection(".BTF.ext", elf::SectionKind::BTF,
                    StringRef(ExtBytes.data(), ExtBytes.size()));
  Object.addFunction("count", Program, 0, sizeof(Code));
  elf::SymbolId Map = Object.addObject("pkt_count", Maps, 0, MapSize);
  Object.addObject("_license", LicenseSection, 0, sizeof(License));
  Object.addRelocation(Program, 24, ELF::R_BPF_64_64, Map);
  return Object.write(Out);
}

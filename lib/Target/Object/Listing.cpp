//===- Listing.cpp - annotated instructions ---------------------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Prints programs for people.
//
//===----------------------------------------------------------------------===//

#include "SourceText.h"

#include "Whistler/Dialect/BPF/IR/BPFOps.h"
#include "Whistler/Target/BPF/Disassembler.h"
#include "Whistler/Target/BPF/Encoder.h"
#include "Whistler/Target/Object.h"
#include "Whistler/UAPI/Helpers.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Format.h"

using namespace whistler;
using namespace mlir;
using mlir::bpf::EncodedFunction;

/// Prints text from the source so that it stays on its line and cannot command
/// a terminal: tabs as a blank, other control characters as a question mark.
static void printLine(raw_ostream &os, StringRef text) {
  for (unsigned char c : text)
    os << (c == '\t' ? ' ' : c < 0x20 || c == 0x7f ? '?' : char(c));
  os << '\n';
}

/// The names of helpers as the verifier prints them.
static StringRef getHelperName(int32_t id, SmallVectorImpl<char> &storage) {
  const uapi::Helper *helper = uapi::lookupHelperById(uint32_t(id));
  if (!helper)
    return "";
  storage.clear();
  return ("bpf_" + helper->cName).toStringRef(storage);
}

/// Prints the source line of `loc` unless it is the one printed last.
static void printPlace(raw_ostream &os, SourceText &text, Location loc,
                       std::pair<StringRef, unsigned> &last) {
  std::optional<SourcePlace> place = text.lookup(loc);
  if (!place || std::pair(place->file, place->line) == last)
    return;
  last = {place->file, place->line};
  os << "; " << place->file << ':' << place->line << ": ";
  printLine(os, place->text.ltrim());
}

static void printFunction(raw_ostream &os, bpf::FuncOp func,
                          const EncodedFunction &code, SourceText &text) {
  os << func.getSymName() << ": ; type " << func.getProgramType()
     << ", section \"";
  llvm::printEscapedString(func.getSection(), os);
  os << "\", license \"";
  llvm::printEscapedString(func.getLicense(), os);
  os << "\", " << code.slots.size() << " slots";
  if (std::optional<uint64_t> frame = func.getFrameSize())
    os << ", " << *frame << " bytes of stack";
  os << '\n';

  SmallString<32> helperName;
  auto lookupName = [&](int32_t id) { return getHelperName(id, helperName); };
  bpf::DisassemblerNames names;
  names.helper = lookupName;
  std::pair<StringRef, unsigned> lastPlace;
  auto map = code.maps.begin();
  for (uint32_t slot = 0; slot < code.slots.size();) {
    printPlace(os, text, code.locations[slot], lastPlace);
    std::string address;
    if (map != code.maps.end() && map->slot == slot)
      address = ("map[" + (map++)->map + "]").str();
    os << llvm::format_decimal(slot, 4) << ": ";
    slot += bpf::printInstruction(os, ArrayRef(code.slots).drop_front(slot),
                                  names, address);
    os << '\n';
  }
}

LogicalResult whistler::emitListing(ModuleOp module, raw_ostream &os,
                                    const EmitOptions &options) {
  SourceText text(options.sources);
  bool isFirst = true;
  for (bpf::FuncOp func : module.getOps<bpf::FuncOp>()) {
    FailureOr<EncodedFunction> code =
        bpf::encodeFunction(func, {options.longJumps});
    if (failed(code))
      return failure();
    if (!isFirst)
      os << '\n';
    isFirst = false;
    printFunction(os, func, *code, text);
  }
  return success();
}

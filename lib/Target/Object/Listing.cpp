//===- Listing.cpp - annotated instructions ---------------------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Prints programs for people.
//
//===----------------------------------------------------------------------===//

#include "CoreSubjects.h"
#include "SourceText.h"

#include "Whistler/Dialect/BPF/IR/BPFOps.h"
#include "Whistler/Dialect/Whistler/IR/TargetKernel.h"
#include "Whistler/Target/BPF/Disassembler.h"
#include "Whistler/Target/BPF/Encoder.h"
#include "Whistler/Target/Object.h"
#include "Whistler/UAPI/Helpers.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Format.h"

using namespace whistler;
// Not all of mlir: it has a namespace `whistler` of its own.
using llvm::ArrayRef;
using llvm::LogicalResult;
using llvm::raw_ostream;
using llvm::SmallString;
using llvm::SmallVectorImpl;
using llvm::StringRef;
using llvm::success;
using mlir::failed;
using mlir::failure;
using mlir::FailureOr;
using mlir::Location;
using mlir::ModuleOp;
using mlir::bpf::EncodedFunction;
namespace bpf = mlir::bpf;

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

/// What a relocation stands for.
static std::string describe(const bpf::SymbolRelocation &relocation) {
  std::string text;
  llvm::raw_string_ostream os(text);
  switch (relocation.kind) {
  case bpf::SymbolKind::Map:
    os << "map[" << relocation.symbol << ']';
    break;
  case bpf::SymbolKind::Global:
    os << "global[" << relocation.symbol << ']';
    if (relocation.offset != 0)
      os << llvm::format("%+d", relocation.offset);
    break;
  case bpf::SymbolKind::Function:
    os << "func[" << relocation.symbol << ']';
    break;
  case bpf::SymbolKind::Call:
    os << relocation.symbol;
    break;
  }
  return text;
}

/// Prints what is known of `func` as a whole.
static void printHeading(raw_ostream &os, bpf::FuncOp func, size_t numSlots) {
  os << func.getSymName() << ": ; ";
  if (func.isProgram()) {
    os << "type " << *func.getProgramType() << ", section \"";
    llvm::printEscapedString(*func.getSection(), os);
    os << "\", license \"";
    llvm::printEscapedString(*func.getLicense(), os);
    os << '"';
  } else {
    os << (func.getIsGlobal() ? "global" : "static") << " function";
  }
  os << ", " << numSlots << " slots";
  if (std::optional<uint64_t> frame = func.getFrameSize())
    os << ", " << *frame << " bytes of stack";
  os << '\n';
}

static void printFunction(raw_ostream &os, bpf::FuncOp func,
                          const EncodedFunction &code, SourceText &text) {
  printHeading(os, func, code.slots.size());
  SmallString<32> helperName;
  auto lookupName = [&](int32_t id) { return getHelperName(id, helperName); };
  bpf::DisassemblerNames names;
  names.helper = lookupName;
  std::pair<StringRef, unsigned> lastPlace;
  auto relocation = code.symbols.begin();
  for (uint32_t slot = 0; slot < code.slots.size();) {
    printPlace(os, text, code.locations[slot], lastPlace);
    std::string symbol;
    if (relocation != code.symbols.end() && relocation->slot == slot)
      symbol = describe(*relocation++);
    os << llvm::format_decimal(slot, 4) << ": ";
    slot += bpf::printInstruction(os, ArrayRef(code.slots).drop_front(slot),
                                  names, symbol);
    os << '\n';
  }
}

LogicalResult whistler::emitListing(ModuleOp module, raw_ostream &os,
                                    const EmitOptions &options) {
  SourceText text(options.sources);
  StructLayouts layouts(module);
  if (auto kernel = mlir::whistler::getNeededKernel(module))
    os << "; needs Linux " << kernel->str() << "\n\n";
  bool isFirst = true;
  for (bpf::FuncOp func : module.getOps<bpf::FuncOp>()) {
    FailureOr<EncodedFunction> code =
        bpf::encodeFunction(func, {options.longJumps});
    if (failed(code) || failed(fillInCoreAnswers(layouts, *code)))
      return failure();
    if (!isFirst)
      os << '\n';
    isFirst = false;
    printFunction(os, func, *code, text);
  }
  return success();
}

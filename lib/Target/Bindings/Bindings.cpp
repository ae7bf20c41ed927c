//===- Bindings.cpp - the languages of bindings -----------------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// The table of languages, and what they have in common.
//
//===----------------------------------------------------------------------===//

#include "Whistler/Target/Bindings.h"

#include "Writers.h"

using namespace whistler;
using namespace whistler::bindings;
using llvm::LogicalResult;
using llvm::StringRef;

static constexpr BindingLanguage languages[] = {{"c", ".h"},
                                                {"go", ".go"},
                                                {"rust", ".rs"},
                                                {"python", ".py"},
                                                {"lisp", "-types.lisp"}};

namespace {
struct Implementation {
  const NameStyle *style;
  Writer *write;
};
} // namespace

/// In the order of `languages`.
static constexpr Implementation implementations[] = {
    {&cStyle, writeC},
    {&goStyle, writeGo},
    {&rustStyle, writeRust},
    {&pythonStyle, writePython},
    {&lispStyle, writeLisp}};
static_assert(std::size(languages) == std::size(implementations));

llvm::ArrayRef<BindingLanguage> whistler::getBindingLanguages() {
  return languages;
}

const BindingLanguage *whistler::lookupBindingLanguage(StringRef name) {
  const auto *it = llvm::find_if(
      languages, [&](const BindingLanguage &l) { return l.name == name; });
  return it == std::end(languages) ? nullptr : it;
}

LogicalResult whistler::emitBindings(mlir::ModuleOp module,
                                     const BindingLanguage &language,
                                     StringRef name, llvm::raw_ostream &os) {
  if (makeKebabName(name).empty())
    return mlir::emitError(mlir::UnknownLoc::get(module.getContext()))
           << "the name `" << name
           << "` has no ASCII letter or digit to name "
              "bindings by";
  const Implementation &implementation =
      implementations[&language - std::begin(languages)];
  Model model(module, *implementation.style);
  std::string text;
  llvm::raw_string_ostream buffer(text);
  if (failed(collectDeclarations(module, model)) ||
      failed(implementation.write(model, name, buffer)))
    return llvm::failure();
  os << text;
  return llvm::success();
}

//===- Names.cpp - identifiers and near misses ------------------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Lisp names in C, and suggestions for names that do not exist.
//
//===----------------------------------------------------------------------===//

#include "Environment.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSwitch.h"

using namespace whistler;

/// The keywords of C17 and those that bpftool's skeletons cannot have as member
/// names in C++ either.
static bool isReservedInC(llvm::StringRef name) {
  return llvm::StringSwitch<bool>(name)
      .Cases({"auto", "break", "case", "char", "const", "continue"}, true)
      .Cases({"default", "do", "double", "else", "enum", "extern"}, true)
      .Cases({"float", "for", "goto", "if", "inline", "int", "long"}, true)
      .Cases({"register", "restrict", "return", "short", "signed"}, true)
      .Cases({"sizeof", "static", "struct", "switch", "typedef"}, true)
      .Cases({"union", "unsigned", "void", "volatile", "while"}, true)
      .Cases({"bool", "catch", "class", "delete", "explicit"}, true)
      .Cases({"export", "false", "friend", "mutable", "namespace"}, true)
      .Cases({"new", "operator", "private", "protected", "public"}, true)
      .Cases({"template", "this", "throw", "true", "try"}, true)
      .Cases({"typename", "using", "virtual"}, true)
      .Default(false);
}

std::string whistler::getCIdentifier(llvm::StringRef lispName) {
  std::string result;
  for (char c : lispName)
    result += llvm::isAlnum(c) ? llvm::toLower(c) : '_';
  if (result.empty() || llvm::isDigit(result.front()))
    result.insert(result.begin(), '_');
  if (isReservedInC(result))
    result += '_';
  return result;
}

std::string whistler::getLispName(const Symbol *symbol) {
  std::string result;
  llvm::raw_string_ostream os(result);
  symbol->print(os);
  return result;
}

std::string whistler::findNearest(llvm::StringRef name,
                                  llvm::ArrayRef<std::string> candidates) {
  // A third of the letters may be wrong, and of short names one.
  unsigned bestDistance = std::max<size_t>(1, name.size() / 3) + 1;
  llvm::StringRef best;
  for (llvm::StringRef candidate : candidates) {
    unsigned distance =
        name.edit_distance(candidate, /*AllowReplacements=*/true,
                           /*MaxEditDistance=*/bestDistance);
    // Names of equal distance are told apart by order, not by hash table.
    if (distance < bestDistance ||
        (distance == bestDistance && !best.empty() && candidate < best)) {
      bestDistance = distance;
      best = candidate;
    }
  }
  return best.str();
}

std::string whistler::getSuggestion(const Symbol *symbol,
                                    llvm::ArrayRef<std::string> candidates) {
  std::string nearest = findNearest(symbol->getName().lower(), candidates);
  return nearest.empty() ? "" : "; did you mean `" + nearest + "`?";
}

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

/// How much of a text a message shows.
static constexpr size_t maxShownText = 40;

std::string whistler::getText(const Form *form) {
  llvm::SMRange range = form->getRange();
  std::string written = range.isValid() ? std::string(range.Start.getPointer(),
                                                      range.End.getPointer())
                                        : form->str();
  std::string result;
  for (char c : written) {
    if (!llvm::isSpace(c))
      result += c;
    else if (!llvm::StringRef(result).ends_with(" "))
      result += ' ';
  }
  if (result.size() <= maxShownText)
    return result;
  size_t length = maxShownText - 3;
  // No UTF-8 sequence is cut in two.
  while (length > 0 && (uint8_t(result[length]) & 0xC0) == 0x80)
    --length;
  result.resize(length);
  return result + "...";
}

std::string whistler::getQuoted(llvm::StringRef text) {
  std::string result = "\"";
  for (char c : text)
    result += llvm::isASCII(c) && !llvm::isPrint(c) ? '?' : c;
  return result + "\"";
}

std::string whistler::getCount(uint64_t count, llvm::StringRef unit) {
  return std::to_string(count) + " " + unit.str() + (count == 1 ? "" : "s");
}

/// Whether two neighbouring letters are the wrong way round.
static bool isTransposed(llvm::StringRef a, llvm::StringRef b) {
  if (a.size() != b.size())
    return false;
  size_t start = 0;
  while (start < a.size() && llvm::toLower(a[start]) == llvm::toLower(b[start]))
    ++start;
  llvm::StringRef restA = a.drop_front(start), restB = b.drop_front(start);
  return restA.size() > 1 &&
         llvm::toLower(restA[0]) == llvm::toLower(restB[1]) &&
         llvm::toLower(restA[1]) == llvm::toLower(restB[0]) &&
         restA.drop_front(2).equals_insensitive(restB.drop_front(2));
}

/// The names that are nearest to `name` and near enough, in alphabetical order.
static llvm::SmallVector<llvm::StringRef>
findAllNearest(llvm::StringRef name, llvm::ArrayRef<std::string> candidates) {
  // A third of the letters may be wrong, of short names one, and of a name of
  // one letter nothing would be left.
  unsigned bestDistance =
      name.size() == 1 ? 1 : std::max<size_t>(1, name.size() / 3) + 1;
  llvm::SmallVector<llvm::StringRef> best;
  for (llvm::StringRef candidate : candidates) {
    unsigned distance =
        name.edit_distance_insensitive(candidate, /*AllowReplacements=*/true,
                                       /*MaxEditDistance=*/bestDistance + 1);
    if (distance > 1 && isTransposed(name, candidate))
      distance = 1;
    if (distance < bestDistance) {
      bestDistance = distance;
      best = {candidate};
    } else if (distance == bestDistance && !best.empty()) {
      best.push_back(candidate);
    }
  }
  // The candidates may come in the order of a hash table, and twice.
  llvm::sort(best);
  best.erase(llvm::unique(best), best.end());
  return best;
}

std::string whistler::findNearest(llvm::StringRef name,
                                  llvm::ArrayRef<std::string> candidates) {
  auto nearest = findAllNearest(name, candidates);
  return nearest.empty() ? "" : nearest.front().str();
}

std::string whistler::getSuggestion(const Symbol *symbol,
                                    llvm::ArrayRef<std::string> candidates) {
  constexpr size_t maxShown = 3;
  auto nearest = findAllNearest(symbol->getName().lower(), candidates);
  if (nearest.size() > maxShown)
    nearest.resize(1);
  std::string names;
  for (auto [index, name] : llvm::enumerate(nearest)) {
    bool isLast = index + 1 == nearest.size();
    names += index == 0 ? "" : isLast ? " or " : ", ";
    names += "`" + name.str() + "`";
  }
  return names.empty() ? "" : "; did you mean " + names + "?";
}

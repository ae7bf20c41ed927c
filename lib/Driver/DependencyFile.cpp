//===- DependencyFile.cpp - what outputs are made of, for make --*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Prints a rule for make.
//
//===----------------------------------------------------------------------===//

#include "Whistler/Driver/DependencyFile.h"

#include "llvm/ADT/StringExtras.h"

using namespace whistler;
using llvm::StringRef;

/// A file's name with what make would take for something else quoted. Make
/// halves backslashes in front of a blank or a `#`, and there only.
static void printQuoted(llvm::raw_ostream &os, StringRef path) {
  size_t numBackslashes = 0;
  for (char c : path) {
    if (c == ' ' || c == '\t' || c == '#')
      os << std::string(numBackslashes + 1, '\\');
    else if (c == '$')
      os << '$';
    os << c;
    numBackslashes = c == '\\' ? numBackslashes + 1 : 0;
  }
}

void whistler::printDependencies(llvm::raw_ostream &os,
                                 llvm::ArrayRef<std::string> targets,
                                 llvm::ArrayRef<std::string> files) {
  auto print = [&](StringRef path) { printQuoted(os, path); };
  llvm::interleave(targets, os, print, " ");
  os << ':';
  for (StringRef file : files) {
    os << " \\\n  ";
    print(file);
  }
  os << '\n';
}

//===- LispClient.cpp - what clients need not implement ---------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// A client without files, names and interest in constants.
//
//===----------------------------------------------------------------------===//

#include "Whistler/Lisp/CompileTimeLisp.h"

using namespace whistler;

LispClient::~LispClient() = default;

llvm::LogicalResult LispClient::loadFile(llvm::StringRef) {
  return llvm::failure();
}

void LispClient::noteFile(llvm::StringRef) {}

llvm::LogicalResult LispClient::defineConstant(const Symbol *, const Form *) {
  return llvm::success();
}

std::vector<llvm::StringRef> LispClient::getLanguageNames() { return {}; }

std::optional<const Form *>
LispClient::callCommand(llvm::StringRef, llvm::ArrayRef<const Form *>) {
  return std::nullopt;
}

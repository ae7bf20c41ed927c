//===- Functions.cpp - the functions of a module ----------------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Follows calls.
//
//===----------------------------------------------------------------------===//

#include "Whistler/Dialect/Whistler/Utils/Functions.h"

#include "Whistler/Dialect/Whistler/IR/WhistlerDialect.h"

using llvm::dyn_cast;
using llvm::StringRef;
using mlir::Operation;
using mlir::whistler::CallOp;
using mlir::whistler::FuncOp;
using mlir::whistler::FuncRefOp;

llvm::SetVector<Operation *>
whistler::findNeededFunctions(mlir::ModuleOp module) {
  llvm::SetVector<Operation *> needed;
  for (Operation &op : module.getOps()) {
    auto func = dyn_cast<FuncOp>(op);
    if (op.getNumRegions() != 0 && (!func || func.getIsGlobal()))
      needed.insert(&op);
  }
  mlir::SymbolTable symbols(module);
  for (size_t index = 0; index < needed.size(); ++index)
    needed[index]->walk([&](Operation *op) {
      StringRef callee;
      if (auto call = dyn_cast<CallOp>(op))
        callee = call.getCallee();
      else if (auto address = dyn_cast<FuncRefOp>(op))
        callee = address.getCallee();
      if (!callee.empty())
        if (Operation *func = symbols.lookup(callee))
          needed.insert(func);
    });
  return needed;
}

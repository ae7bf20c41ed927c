//===- UnsignedMaxima.cpp - the largest values of integers ------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Asks upstream's range analysis.
//
//===----------------------------------------------------------------------===//

#include "UnsignedMaxima.h"

#include "mlir/Analysis/DataFlow/DeadCodeAnalysis.h"
#include "mlir/Analysis/DataFlow/IntegerRangeAnalysis.h"
#include "llvm/Support/MathExtras.h"

using namespace mlir;
using namespace mlir::whistler;

UnsignedMaxima::UnsignedMaxima(Operation *body) {
  solver.load<dataflow::DeadCodeAnalysis>();
  solver.load<dataflow::IntegerRangeAnalysis>();
  isAnalyzed = succeeded(solver.initializeAndRun(body));
}

uint64_t UnsignedMaxima::get(Value value) const {
  if (auto place = known.find(value); place != known.end())
    return place->second;
  const auto *range =
      isAnalyzed ? solver.lookupState<dataflow::IntegerValueRangeLattice>(value)
                 : nullptr;
  if (!range || range->getValue().isUninitialized())
    return llvm::maskTrailingOnes<uint64_t>(
        value.getType().getIntOrFloatBitWidth());
  return range->getValue().getValue().umax().getZExtValue();
}

//===- Passes.td - target-independent passes ---------------*- tablegen -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Passes on the whistler dialect.
//
//===----------------------------------------------------------------------===//

#ifndef WHISTLER_TRANSFORMS_PASSES_TD
#define WHISTLER_TRANSFORMS_PASSES_TD

include "mlir/Pass/PassBase.td"

// The passes run on programs and functions. On an operation around them, such
// as a module, they do their work on each.

def KeySlotsPass : Pass<"whistler-key-slots"> {
  let summary = "Puts scalar map keys and values on the stack";
  let description = [{
    The map helpers take keys and values by address. This pass stores every
    scalar key and value to a stack slot in front of the operation, and gives
    the operation the slot's address. All keys of one width share a slot, and
    all values of one width share another, since a slot is only in use between
    its store and the call.

    Precondition: none.
    Postcondition: keys and values of map operations are pointers.
  }];
  let dependentDialects = ["::mlir::whistler::WhistlerDialect"];
}

def ExpandOpsPass : Pass<"whistler-expand-ops"> {
  let summary = "Expands operations that no short instruction sequence exists for";
  let description = [{
    BPF has no conditional move, no instruction that turns a comparison into a
    number, no logarithm and no block memory operations. This pass expands
    `arith.select`, minimum and maximum, comparisons whose result is used as a
    number, `whistler.log2`, `whistler.memset` and `whistler.memcpy` into
    branches, loads and stores.

    Precondition: none.
    Postcondition: the operations above are gone, and the result of a comparison
    is used by `cf.cond_br` only.
  }];
  let dependentDialects = ["::mlir::whistler::WhistlerDialect"];
}

def IntegerRangesPass : Pass<"whistler-integer-ranges"> {
  let summary = "Replaces what the ranges of values decide";
  let description = [{
    Infers the range of every integer and replaces comparisons, remainders and
    values that have only one possible outcome. Does what upstream's
    `int-range-optimizations` does, but for merging blocks that differ in
    constants only: that makes a program choose between the constants at run
    time.

    Precondition: none.
    Postcondition: none.
  }];
  let dependentDialects = ["::mlir::whistler::WhistlerDialect"];
}

#endif // WHISTLER_TRANSFORMS_PASSES_TD

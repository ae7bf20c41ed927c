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
  let summary = "Replaces what constants and the ranges of values decide";
  let description = [{
    Follows constants and the ranges of integers along the control flow that
    they leave possible, and replaces comparisons, remainders and values that
    have only one possible outcome. Does what upstream's `sccp` and
    `int-range-optimizations` do, in one analysis, as that is what takes the
    time; but for merging blocks that differ in constants only: that makes a
    program choose between the constants at run time.

    Precondition: none.
    Postcondition: none.
  }];
  let dependentDialects = ["::mlir::whistler::WhistlerDialect"];
}

def CheckIndicesPass : Pass<"whistler-check-indices", "::mlir::ModuleOp"> {
  let summary = "Reports array indices that may be outside of the array";
  let description = [{
    For every `whistler.index` an upper bound is looked for: in what the index
    is computed from, in the comparisons that control has passed, in the blocks
    of a loop, and for the parameter of a function in what it is called with.
    The kernel refuses an access for which it finds none.

    Precondition: variables are values (`whistler-promote-variables`).
    Postcondition: the operand of every `whistler.index` is below its count, and
    the operation is `checked`.
  }];
}

def CheckAccessesPass : Pass<"whistler-check-accesses"> {
  let summary = "Reports accesses that the verifier refuses in any program";
  let description = [{
    Follows every address that is accessed to what it is computed from. Refused
    are accesses through a number, which is all that the verifier knows of
    `whistler.int_to_ptr` and of pointers loaded from elsewhere than the stack;
    to the context at a distance that the program or the loader computes;
    through pointer parameters of global functions that no one tests; and
    stores to constant variables. So is a function's return of an address on
    its own stack.

    Addresses that come from more than one block are not looked into.

    Precondition: variables are values (`whistler-promote-variables`), and functions are not
    inlined.
    Postcondition: the same module.
  }];
}

def BoundIndicesPass : Pass<"whistler-bound-indices", "::mlir::ModuleOp"> {
  let summary = "Compares indices whose bounds the verifier does not find";
  let description = [{
    The verifier follows less than `whistler-check-indices`: the results of
    divisions and remainders are any numbers to it. Where it would not come to
    know that the operand of a `whistler.index` is below the count, the operand
    becomes the minimum of itself and the last index, which it follows.

    Precondition: the operand of every `whistler.index` is below its count. No
    pass that knows this may run behind this one: it would drop the minimum.
    Postcondition: the verifier finds every index to be inside of its array.
  }];
  let dependentDialects = ["::mlir::arith::ArithDialect"];
}

def InlineFunctionsPass
    : Pass<"whistler-inline-functions", "::mlir::ModuleOp"> {
  let summary = "Puts functions in place of calls where that is smaller";
  let description = [{
    A function that is called once is always smaller in the place of the call.
    One that is called several times is, if it has few operations: a function of
    its own takes an exit, and each call moves arguments. `global` and
    `noinline` functions stay, as do those whose address is used.

    Precondition: none.
    Postcondition: functions that are not called any more are gone, but for
    `global` ones.
  }];
  let dependentDialects = [
    "::mlir::whistler::WhistlerDialect", "::mlir::cf::ControlFlowDialect"
  ];
}

def DeadStoresPass : Pass<"whistler-dead-stores"> {
  let summary = "Drops initialisation that is overwritten";
  let description = [{
    `make-S` sets a whole struct to zero and then its fields. Of each
    `whistler.memset` on the stack this pass keeps what one store in each word
    of 8 bytes can set, and nothing of a word whose bytes are all stored to
    again, in the same block, before anything may read them.

    Precondition: none.
    Postcondition: none.
  }];
  let dependentDialects = ["::mlir::whistler::WhistlerDialect"];
}

def PromoteVariablesPass : Pass<"whistler-promote-variables"> {
  let summary = "Turns variables into values";
  let description = [{
    Replaces every `whistler.alloca` of a scalar that is only loaded and stored,
    and as a whole, by the values that are stored. What upstream's `mem2reg` does
    one variable after the other, each with a walk over the body, this pass does
    for all of them in one.

    Precondition: none.
    Postcondition: what is left of `whistler.alloca` has to be in memory.
  }];
  let dependentDialects = ["::mlir::arith::ArithDialect"];
}

def CheckKernelPass : Pass<"whistler-check-kernel", "::mlir::ModuleOp"> {
  let summary = "Reports what the kernel named by the module does not have";
  let description = [{
    Asks of every declaration and operation that will be in the object which
    kernel was the first to have it. Where the module's `whistler.min_kernel`
    names an older one, that is an error. Where the module names none, nothing
    is: it needs what it needs, and `whistler.needs_kernel` says so if that is
    more than is taken for granted.

    Precondition: the postcondition of the optimisations: what they do away with
    asks for no kernel.
    Postcondition: the same module, with `whistler.needs_kernel` on it or
    without.
  }];
  let options = [
    Option<"cpu", "cpu", "std::string", /*default=*/"\"v3\"",
           "The newest instruction set version in use: v1 to v4">,
    Option<"report", "report", "bool", /*default=*/"false",
           "Remark on what needs the newest kernel">
  ];
}

def NullCheckElisionPass : Pass<"whistler-null-check-elision"> {
  let summary = "Drops null checks of which the verifier knows the outcome";
  let description = [{
    From Linux 6.14 on the verifier knows that a lookup finds a value if the map
    is an array, per CPU or not, and the key is a constant below the number of
    entries. Such lookups become `certain`, and comparisons of their results
    with null fold. The key has to be a scalar here: `whistler-key-slots` stores
    it as the verifier wants it.

    Precondition: none. For modules that name no kernel, or an older one, the
    pass does nothing.
    Postcondition: no result of a `certain` lookup is compared with null.
  }];
  let dependentDialects = ["::mlir::arith::ArithDialect"];
}

#endif // WHISTLER_TRANSFORMS_PASSES_TD

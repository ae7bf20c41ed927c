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

def CheckIndicesPass : Pass<"whistler-check-indices", "::mlir::ModuleOp"> {
  let summary = "Reports array indices that may be outside of the array";
  let description = [{
    For every `whistler.index` an upper bound is looked for: in what the index
    is computed from, in the comparisons that control has passed, in the blocks
    of a loop, and for the parameter of a function in what it is called with.
    The kernel refuses an access for which it finds none.

    Precondition: variables are values (`mem2reg`).
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

    Precondition: variables are values (`mem2reg`), and functions are not
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

def BranchThreadingPass : Pass<"whistler-branch-threading"> {
  let summary = "Leads edges past branches that they decide";
  let description = [{
    Where control that comes along an edge can leave a block one way only, the
    edge goes that way: a block argument is a constant there, a comparison is
    one that control has passed, or follows from one, also by ranges (`x > 10`
    and then `x > 5`) and by lengths of packets (54 bytes, and then 34). What
    else the block does is repeated on that edge: `max-repeated` instructions at
    most, and only if no edge is left to decide. A branch that all ways to it
    decide alike is no branch any more.

    Headers of loops are not led past, so that loops keep their form.

    Precondition: none.
    Postcondition: no block is unreachable.
  }];
  let options = [
    Option<"maxRepeated", "max-repeated", "unsigned", "2",
           "How many instructions may be repeated for an edge">
  ];
  let dependentDialects = ["::mlir::cf::ControlFlowDialect"];
}

def KeepCorrelationsPass : Pass<"whistler-keep-correlations"> {
  let summary = "Shows the verifier that branches go the same way";
  let description = [{
    The verifier looks at each way through a program, and of most comparisons
    with a constant it remembers the outcome, as a range. Of those for equality,
    and of two registers, it does not: where a pointer is checked only if
    `x == 5`, and used only if `x == 5`, it believes in a way past the check to
    the use. Where a use of a pointer, or the release of a record, has no check
    that dominates it, this pass makes a number of each such comparison in front
    of it that other branches make, too. All of them look at the number then,
    which the verifier knows.

    Precondition: none. Folding would undo the work of this pass, so it runs
    behind the optimisations.
    Postcondition: none.
  }];
  let dependentDialects = ["::mlir::arith::ArithDialect"];
}

def VerifySafetyPass : Pass<"whistler-verify-safety", "::mlir::ModuleOp"> {
  let summary = "Reports what the verifier refuses on some way";
  let description = [{
    Goes through programs as the verifier does, each way by itself, and reports
    the use of a map's value or a record that may be null there; accesses of the
    packet behind what its length was checked for, or after a helper has moved
    it; accesses at constant places outside of a map's value, a record or memory
    on the stack; writes to maps that programs may only read; moving a pointer
    that may be null; records that are not released, or used after that.

    The verifier accepts no program that some input makes do such a thing, so an
    error is reported only where there is such an input: for each way inputs are
    looked for with which control goes it (`PathConstraints`). A way is not gone
    where they are not found, where a condition depends on what the loader or
    the kernel sets, on memory on the stack or on the result of a function, or
    when the way has become too long. So nothing that loads is refused, and not
    all that does not load is found.

    Bodies in which each use has a check that dominates it are not gone through.
    Those with `whistler.asm` are not looked at.

    Precondition: variables are values (`mem2reg`). Behind optimisations errors
    may be shown elsewhere.
    Postcondition: the same module.
  }];
  let options = [
    Option<"elideNullChecks", "elide-null-checks", "bool", "false",
           "Elements of arrays with constant indices are never null, as Linux "
           "6.14 knows">
  ];
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

#endif // WHISTLER_TRANSFORMS_PASSES_TD

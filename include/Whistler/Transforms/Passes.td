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
  let summary = "Gives map keys and values addresses";
  let description = [{
    The map helpers take keys and values by address. A scalar that was loaded to
    be a key or value is passed where it is, if it is in the packet (in programs
    of the types whose helpers may read it), in a map value or on the stack, and
    still the same. Others are stored to stack slots in front of the operation.

    What holds the same bytes is stored once for all operations that the first
    one dominates, as far as the stack has room to keep it; the low bytes of a
    constant serve as a shorter one. Contents that are not needed at the same
    time share slots. The constant key of a lookup has a store of its own width:
    kernels since 6.14 then know that an array has the entry.

    Run on a module, the pass knows which functions leave the packet alone. Run
    on a program or function, it takes all calls for such that do not.

    Precondition: none.
    Postcondition: keys and values of map operations are pointers.
  }];
  let dependentDialects = [
    "::mlir::whistler::WhistlerDialect", "::mlir::arith::ArithDialect"
  ];
}

def AtomicsPass : Pass<"whistler-atomics", "::mlir::ModuleOp"> {
  let summary = "Drops what atomic operations do for no one";
  let description = [{
    Values of a per-CPU map are used by one CPU: `whistler.map_add` becomes
    `plain` there, which takes an instruction more and is several times as fast.
    The language promises no more of it. Where a program interrupts another on
    the same CPU in the middle of an addition, as tracing programs may, one of
    the two can get lost; for that, programs have `atomic-add`, which stays as it
    is on maps of every kind.

    Atomic operations whose old value no one uses lose their result, and with it
    the fetching form of the instruction, which kernels have since 5.12 and which
    is slower. The exchange has no other form.

    Precondition: none.
    Postcondition: none.
  }];
  let dependentDialects = ["::mlir::whistler::WhistlerDialect"];
}

def ShareLookupsPass : Pass<"whistler-share-lookups", "::mlir::ModuleOp"> {
  let summary = "Looks up entries of arrays once";
  let description = [{
    The entries of an array map stay where they are. Where one has been found, a
    lookup with the same key yields the same address, and there is no need to
    test it; a `whistler.map_add` is an addition there. So it is behind a lookup
    that is `certain`. Maps of the types array and percpu-array only: a program
    stays on its CPU.

    A lookup that may not have found its entry is not used again: the verifier
    would follow everything behind it twice, with and without the entry.

    Precondition: none.
    Postcondition: none.
  }];
  let dependentDialects = [
    "::mlir::whistler::WhistlerDialect", "::mlir::arith::ArithDialect"
  ];
}

def ShareLoadsPass : Pass<"whistler-share-loads"> {
  let summary = "Reads the context and the packet once";
  let description = [{
    Forms such as `with-tcp` begin with the context every time, and look at the
    headers below again. A load from the context, the packet or a map value takes
    the value of one that dominates it, where nothing in the program may have
    changed in between what is read, or moved the packet. Across calls only where
    registers that survive them are left, and not from map values: what other
    programs have stored there meanwhile is read.

    Run on a module, the pass knows which functions leave the packet alone.

    With `keep-tested`, a number is read again if it is compared where ways have
    joined that a comparison of it has parted. Before branches are threaded it is
    good to know of such comparisons; those that stay would have the verifier
    follow what comes behind on each way by itself, as it remembers the number.
    And tests of the packet's length go that earlier ones decide, now that they
    are of one pointer: no branches are threaded behind that.

    The packet's address is shared across any calls if it is not compared with
    its end again: what the verifier has learnt from a comparison it knows of that
    register and its copies alone. With `pointers-only`, which is for levels that
    optimise little, nothing else is shared.

    Precondition: none.
    Postcondition: none.
  }];
  let options = [
    Option<"keepTested", "keep-tested", "bool", /*default=*/"false",
           "Leave what is compared again where ways have joined">,
    Option<"pointersOnly", "pointers-only", "bool", /*default=*/"false",
           "Share the packet's address alone">
  ];
  let dependentDialects = ["::mlir::whistler::WhistlerDialect"];
}

def LoadHoistingPass : Pass<"whistler-load-hoisting"> {
  let summary = "Loads from the context before calls";
  let description = [{
    The context arrives in a register that calls overwrite, so that a program
    which reads it after a call keeps a copy. Where all that is read after calls
    is up to three fields, this pass reads them before, at the last place that
    dominates the read and has no call in front of it, and keeps those.

    Nothing is read earlier than that where something may change the context, or
    move the packet, in between. In programs that ask what the kernel has, or
    have variables that the loader sets, nothing is either where some way leads
    past what reads it: that may be the way of kernels which do not have the
    field. Where several reads of the packet's address become one, tests of its
    length go that earlier ones decide.

    Precondition: none.
    Postcondition: none.
  }];
  let dependentDialects = ["::mlir::whistler::WhistlerDialect"];
}

def LookupDeleteFusionPass : Pass<"whistler-lookup-delete-fusion"> {
  let summary = "Map operations with one key share what they need";
  let description = [{
    A struct that is made to be the key of a lookup, and made again with the same
    contents to be the key of a deletion or of another operation that the first
    one dominates, is made once. One that is made when another is not needed any
    more takes its place on the stack, and only what is different is stored. So
    do values. (Scalars are shared by `whistler-key-slots`.)

    On maps of the types queue and stack, `map_peek_elem` that is followed by
    `map_pop_elem` to the same place, without a call between them and only where
    the first has found something, becomes the latter.

    Precondition: none.
    Postcondition: none.
  }];
  let dependentDialects = [
    "::mlir::whistler::WhistlerDialect", "::mlir::arith::ArithDialect"
  ];
}

def ShareAddsPass : Pass<"whistler-share-adds"> {
  let summary = "Makes several additions to one map in one place";
  let description = [{
    Control comes to one addition from several places, with the key in a
    register, and goes back by comparing that: as a function would, without what
    a call costs, and with no more instructions.

    Fires where the keys are different constants, no addition is in a loop, and
    what is used behind an addition is computed in front of all of them, or can
    be: behind the one that is passed on all ways to the others, in its block; or
    else can be computed again behind the addition. Where no address behind them
    depends on a number that a branch in front of one may have bounded, and where
    the kernel has loops (5.3), which going back is to the verifier.

    Precondition: none.
    Postcondition: none.
  }];
  let options = [
    Option<"minGain", "min-gain", "int", "4",
           "How many slots have to be saved, by estimate">
  ];
  let dependentDialects = [
    "::mlir::arith::ArithDialect", "::mlir::cf::ControlFlowDialect"
  ];
}

def ExpandMapAddsPass : Pass<"whistler-expand-map-adds", "::mlir::ModuleOp"> {
  let summary = "Expands additions to the values of maps";
  let description = [{
    A `whistler.map_add` becomes a lookup, a test for null and an addition, with
    an update where the key is new and the map's entries are inserted by key.

    Several additions to one map can call a function that does it, which takes
    what they do not have in common of key and delta. It is called after the map
    and is `noinline`. The choice is made by instructions: in place, n additions
    of c instructions take n*c; with a function they take c + 1, and for each a
    call and a move for each parameter. `outline=speed` wants more saved than
    `outline=size`, since a call makes the way through the program longer, and
    counts each program by itself: it is loaded with the functions that it calls,
    whoever else calls them.

    No function is made for programs that make tail calls, which kernels before
    5.10 do not allow beside functions, for programs that take spin locks, and
    where the stack may not have room for its frame.

    Precondition: none.
    Postcondition: there is no `whistler.map_add`.
  }];
  let options = [
    Option<"outline", "outline", "::mlir::whistler::Outlining",
           /*default=*/"::mlir::whistler::Outlining::Never",
           "when additions move into a function", [{
      ::llvm::cl::values(
        clEnumValN(::mlir::whistler::Outlining::Never, "never",
                   "all stay where they are"),
        clEnumValN(::mlir::whistler::Outlining::Speed, "speed",
                   "where the program becomes much smaller"),
        clEnumValN(::mlir::whistler::Outlining::Size, "size",
                   "wherever the program becomes smaller"))
    }]>
  ];
  let dependentDialects = [
    "::mlir::whistler::WhistlerDialect", "::mlir::arith::ArithDialect",
    "::mlir::cf::ControlFlowDialect"
  ];
}

def MergeLoadBytesPass : Pass<"whistler-merge-load-bytes"> {
  let summary = "Copies neighbouring bytes of the packet with one call";
  let description = [{
    Makes one call of `bpf_skb_load_bytes` of those that follow each other. The
    first one copies what all of them do and the bytes in between, to one
    variable that the others are parts of.

    Fires where places and numbers of bytes are constants, no byte is read
    twice, and all go over 64 bytes at most; where each call is tested, and the
    tests, with those in between, lead to one place where they fail; where
    nothing is written or called in between; and where nothing looks at the
    variables but loads and map operations behind the tests, whose accesses
    stay aligned, as the verifier demands of the stack.

    Precondition: none. Useful behind `whistler-tail-merging`, which makes the
    places one where the tests fail.
    Postcondition: none. What the results of the calls that went were compared
    with is a constant.
  }];
  let dependentDialects = [
    "::mlir::whistler::WhistlerDialect", "::mlir::arith::ArithDialect"
  ];
}

def ShiftedStoresPass : Pass<"whistler-shifted-stores"> {
  let summary = "Stores the upper part of a number without shifting it down";
  let description = [{
    Where a key is the upper half of a number (`pid_tgid >> 32`), the number is
    stored as it is, and the key is the upper half of that place: no shift is
    needed, and no copy of a number that is kept. The variable gets room in
    front of it for the other bytes.

    Fires where the value starts a variable of which only map operations take
    the address, the accesses to all of it stay aligned, as the verifier demands
    of the stack, and the stack has room.

    Precondition: none. Useful behind `whistler-key-slots`.
    Postcondition: none.
  }];
  let dependentDialects = [
    "::mlir::whistler::WhistlerDialect", "::mlir::arith::ArithDialect"
  ];
}

def MergeComparisonsPass : Pass<"whistler-merge-comparisons"> {
  let summary = "Compares fields that follow each other at once";
  let description = [{
    Where fields of the packet, or of map values, have to be equal to others,
    one after the other, and follow each other as the others do, wider loads
    compare them at once: a hardware address in two fields is the upper part of
    eight bytes, if two more can be read, shifted up by 16 bits.

    Fires where all tests that fail lead to the same place with the same
    operands, nothing may change the fields in between, what is loaded in
    addition is known to be in the packet or the value, and fewer instructions
    are needed.

    Precondition: none. Useful behind `whistler-offset-folding`, when fields of
    one packet have one base.
    Postcondition: none.
  }];
  let dependentDialects = [
    "::mlir::whistler::WhistlerDialect", "::mlir::arith::ArithDialect"
  ];
}

def EdgeStoresPass : Pass<"whistler-edge-stores"> {
  let summary = "Stores constant keys before the block that needs them";
  let description = [{
    A block that is given its map key as an argument stores it first. Where each
    way to the block gives another constant, the constants are stored there
    instead: an immediate takes as many slots as a register that is set to it.
    Ways on which a register has the constant, because it was compared with it,
    are left alone, and so are variables that anything comes to on another way,
    or in a loop by the other side of a branch.

    Precondition: none. Useful behind `whistler-key-slots`.
    Postcondition: none.
  }];
  let dependentDialects = [
    "::mlir::whistler::WhistlerDialect", "::mlir::arith::ArithDialect"
  ];
}

def ExpandOpsPass : Pass<"whistler-expand-ops"> {
  let summary = "Expands operations that no short instruction sequence exists for";
  let description = [{
    BPF has no conditional move, no instruction that turns a comparison into a
    number, no logarithm and no block memory operations. This pass expands
    `arith.select`, minimum and maximum, comparisons whose result is used as a
    number, `whistler.log2`, `whistler.memset` and `whistler.memcpy` into
    branches, loads and stores.

    A variable of a program of which a part is copied or filled begins where that
    part takes the fewest accesses, as long as there is plenty of stack: its own
    alignment does not change, but that of the part may.

    A selection between neighbouring constants is a sum or difference if its
    condition is a number anyway, and the negation of a comparison is the
    opposite one. Where a block is given two constants on each way to it, and
    their sum or difference is always the same, what is returned behind a call
    is computed from the other.

    LLVM has all of these but the logarithm and, for programs without a C
    library, block memory operations: with `keep-selections` only these two are
    expanded.

    Precondition: none.
    Postcondition: the operations above are gone, and the result of a comparison
    is used by `cf.cond_br` only.
  }];
  let options = [
    Option<"keepSelections", "keep-selections", "bool", /*default=*/"false",
           "Leave selections, minima, maxima and comparisons as they are">
  ];
  let dependentDialects = ["::mlir::whistler::WhistlerDialect"];
}

def IntegerRangesPass : Pass<"whistler-integer-ranges"> {
  let summary = "Replaces what constants and the ranges of values decide";
  let description = [{
    Follows constants and the ranges of integers along the control flow that
    they leave possible, and replaces comparisons, remainders and values that
    have only one possible outcome. Does what upstream's `sccp` and
    `int-range-optimizations` do, in one analysis of our own that takes little
    memory; but for merging blocks that differ in constants only: that makes a
    program choose between the constants at run time. Of shifts whose count is
    no constant the verifier knows no bounds, and neither does this pass: else
    it would remove comparisons that the verifier needs.

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

def MergeOffsetsPass : Pass<"whistler-merge-offsets"> {
  let summary = "Passes distances instead of pointers at these distances";
  let description = [{
    Blocks that do nothing but compare a place in the packet with its end, and
    differ in the distance of the place only, become one, which is given the
    distance as an argument. An argument that all edges give a sum of one
    pointer into the packet and a constant becomes an argument for the constant,
    which is added to the pointer where control has come together, if the
    pointer is kept until there anyway and nothing else uses the sums. A
    constant takes a slot in each of the blocks in front, where a copy and an
    addition take two.

    The verifier follows each way with the constant it comes with, so that to it
    the pointer has a known offset on each of them.

    Precondition: none. Later passes that look for checks of lengths do not
    find those with a distance that is an argument, so it runs behind them.
    Postcondition: none.
  }];
  let dependentDialects = ["::mlir::cf::ControlFlowDialect"];
}

def SinkValuesPass : Pass<"whistler-sink-values"> {
  let summary = "Computes values on the ways that need them";
  let description = [{
    A number that is used in other blocks only, and is computed without effects
    or read from the packet or a map value, is computed in the block that all
    ways to its uses come through. What it is computed from has to be kept until there anyway, or
    be for it alone, so that no more registers are occupied. If it is kept over
    a call, too, the number is computed behind the call. It does not move into a
    loop. A load does not move past what may change the packet or make the
    pointer to it unusable: helpers that move the packet, and stores to it. From
    a map value it does not move past any call but helpers that change packets
    alone: other programs may store to it while those that take a time, say, are
    at work.

    Precondition: none.
    Postcondition: none.
  }];
}

def OrderTestsPass : Pass<"whistler-order-tests"> {
  let summary = "Makes tests that decide others before checks of lengths";
  let description = [{
    Where several tests have to succeed, and control goes to the same place with
    the same operands from each that fails, their order is free: they have no
    effects, and neither has what is between them. If a test that succeeds
    excludes one beyond the place where it would fail (`protocol == 6` and then
    `protocol == 17`), both come in front of the checks of the packet's length in
    their chains. The edges from these checks are decided then, and the checks
    have the same way out.

    What a test is computed from moves with it, which has to be numbers. Other
    values, and loads, stay behind all tests that were in front of them, so that
    nothing is read from the packet before the check that allows it. Not where a
    check of the one chain decides a check of the other in any case: it would be
    made twice.

    Precondition: none.
    Postcondition: none.
  }];
  let dependentDialects = ["::mlir::cf::ControlFlowDialect"];
}

def DecideValuesPass : Pass<"whistler-decide-values"> {
  let summary = "Takes numbers that branches decide from their edges";
  let description = [{
    A number that is made of a condition, or a selection by it, is a branch of
    its own in the end. Where the block that makes it ends with a branch on that
    condition or its opposite, and all uses are behind, it is a constant, or one
    of the selection's operands, on each of the edges. Apart from what it takes,
    a second branch on one comparison makes the verifier tell apart all numbers
    that went into what is compared.

    Precondition: none.
    Postcondition: none.
  }];
  let dependentDialects = [
    "::mlir::arith::ArithDialect", "::mlir::cf::ControlFlowDialect"
  ];
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

    Precondition: variables are values (`whistler-promote-variables`). Behind optimisations errors
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

def NarrowVariablesPass : Pass<"whistler-narrow-variables"> {
  let summary = "Reads of variables what may be other than zero";
  let description = [{
    A variable has 8 bytes, of which a helper that is given its address often
    writes one or two. If all else that is stored to it are constants, and its
    upper bytes are zero in all of them, only the lower ones are read and
    extended. `whistler-dead-stores` then finds that the helper writes all that
    is read.

    Precondition: none.
    Postcondition: none.
  }];
  let dependentDialects = [
    "::mlir::whistler::WhistlerDialect", "::mlir::arith::ArithDialect"
  ];
}

def UnrollLoopsPass : Pass<"whistler-unroll-loops"> {
  let summary = "Replaces short loops by their rounds";
  let description = [{
    A loop of one block that constants count is replaced by its rounds, one
    after the other, if they do not take more slots than the loop: in each round
    the counter is a constant, so that what is computed from it folds, addresses
    become offsets of accesses, and the comparison and the jump disappear. To
    find that, the rounds are made, and folded, until the loop is left.

    Precondition: none.
    Postcondition: none.
  }];
  let dependentDialects = ["::mlir::cf::ControlFlowDialect"];
}

def CanonicalizePass : Pass<"whistler-canonicalize"> {
  let summary = "Folds all operations, once";
  let description = [{
    MLIR's canonicalization, with the patterns of all operations: constants are
    computed, and what an operation's dialect knows to be simpler takes its
    place. It looks at everything once; what that leaves, the next one finds.

    With `simplify-regions`, blocks that nothing leads to or that only pass
    control on go, and arguments that all ways give the same value. That takes as
    long as all the rest. Blocks that are alike are not merged: block arguments
    would come of the constants in which they differ, which have to be selected
    at run time then.

    All of one pipeline use one set of patterns, which takes longer to make than
    most programs to rewrite.

    Precondition: none.
    Postcondition: none.
  }];
  let options = [
    Option<"simplifyRegions", "simplify-regions", "bool", "false",
           "Remove blocks and arguments that are not needed">
  ];
}

def DeadStoresPass : Pass<"whistler-dead-stores"> {
  let summary = "Drops stores that are overwritten";
  let description = [{
    `make-S` sets a whole struct to zero and then its fields, and a variable is
    set before a helper fills it. This pass looks at what is stored to the stack
    and not read again on any way before it is written: by stores, or by helpers
    that write all of the memory that they are given, also where they fail. Such
    stores go. Of each `whistler.memset` stays what one store in each word of 8
    bytes can set, and of an extended value the part that is read.

    Precondition: none.
    Postcondition: none.
  }];
  let dependentDialects = ["::mlir::whistler::WhistlerDialect"];
}

def MergeStoresPass : Pass<"whistler-merge-stores"> {
  let summary = "Initialises memory with few stores";
  let description = [{
    Takes together what one block stores to a variable on the stack, a record of
    a ring buffer, a map's value or the packet before anything reads it.
    Constants are written by the fewest stores that there can
    be, up to 8 bytes wide where an immediate of 32 bits has the value; bytes
    that a computed value overwrites may be anything until then, but for a map's
    value, which others see. Zeros behind a value that is zero-extended anyway
    are stored with it. What is loaded from successive places in the packet,
    a map value or the stack, and stored to successive places, is copied by wider
    instructions, also wider than what is copied where the rest is overwritten
    next and known to be readable. A constant in a variable that one way on from
    a branch has to do with is stored on that way, with what is stored there.
    Where the bytes of two successive places are swapped and stored
    in the same order or apart, they are loaded and swapped together, and a shift
    brings down the second half. A byte that was shifted up is stored to the stack
    as a zero and the byte.

    A packet is accessed at any address, as most machines can. The verifier
    refuses that on others, for which fields have to be accessed one by one.

    Precondition: none.
    Postcondition: none.
  }];
  let dependentDialects = [
    "::mlir::whistler::WhistlerDialect", "::mlir::arith::ArithDialect"
  ];
}

def OffsetFoldingPass : Pass<"whistler-offset-folding"> {
  let summary = "Moves constant pointer arithmetic into accesses";
  let description = [{
    Loads, stores and atomic operations have an offset of 16 bits, which is
    where constant distances go. A constant moves behind a variable distance, to
    where accesses absorb it.

    A packet pointer that is compared with the end of the packet is in a
    register of its own. Behind the comparison accesses are made relative to it
    where nothing needs the pointer from which it was moved, so that the
    addition happens in place; of several, relative to the last. Where it may
    have been found to be behind the end, it is computed again for whatever uses
    it: of the register that was compared, the verifier would refuse accesses that
    another comparison allows.

    Precondition: none.
    Postcondition: the base of an access is a constant addition only if that is
    compared, or if the distance does not fit.
  }];
  let dependentDialects = [
    "::mlir::whistler::WhistlerDialect", "::mlir::arith::ArithDialect"
  ];
}

def NarrowPass : Pass<"whistler-narrow"> {
  let summary = "Computes no more bits than needed";
  let description = [{
    Drops masks and extensions that clear what is zero, or what nothing looks
    at, and computes in 32 bits what is truncated to that: then the result needs
    no extension. Constants of 64 bits become such that an instruction holds,
    where only the lower half of a result matters. Comparisons are made on what
    is extended, masked or shifted, instead of on the result, if that takes
    fewer instructions.

    Masks that the verifier needs to bound a part of an address stay, and what
    clears the upper bits of a number that a loop with several ways through it
    takes to its next round: without, the verifier might find no two of these
    ways alike, and have to follow each through all rounds.

    Precondition: none.
    Postcondition: none.
  }];
  let dependentDialects = ["::mlir::arith::ArithDialect"];
}

def ChecksumFoldingPass : Pass<"whistler-checksum-folding"> {
  let summary = "Adds the carries of checksums by multiplication";
  let description = [{
    A ones' complement sum of 16 bits is made by adding in 64 bits, and then
    adding the bits above 16 to those below, twice: `x = (x & 0xffff) +
    (x >> 16)`. The low 16 bits of the outcome are those of
    `x + (x * 65537 >> 32)`, which has 4 instructions in place of 7. If all bits
    are looked at, the upper ones are cleared, which is right for sums of up to
    `0x10000fffe`: for them no third time is needed. The product may overflow
    where only what is below that is looked at.

    Once, where only 16 bits are looked at, is `x * 65537 >> 16`. So is
    `x + (x >> 16)`, if x is not needed any more, where the product does not
    overflow. Any number of bits takes the place of 16 for which the factor is an
    immediate, and for two times what is looked at is in the product.

    Twice is the same for all sums that are equal modulo 65535, unless one is
    zero. So where both halves of a number of 32 bits are added, or those of its
    complement, the number is, as long as the sum does not become too large; if
    it does, it is folded once where that is less than what the halves take.
    Several complements in a sum are subtracted from one constant.

    Precondition: none. Runs before `whistler-narrow`, which takes the parts of a
    sum to 32 bits one by one.
    Postcondition: none.
  }];
  let dependentDialects = ["::mlir::arith::ArithDialect"];
}

def ByteSwapFoldingPass : Pass<"whistler-byteswap-folding"> {
  let summary = "Swaps the bytes of constants instead of values";
  let description = [{
    A value in network byte order whose only uses are comparisons with constants
    for (in)equality, of all of its bits or some, is compared as it is with
    constants that are swapped. So are two such values with one another.
    Bitwise arithmetic between two swaps is done without them. One byte of a
    swapped field is loaded alone. Blocks that are given fields of 16 bits to
    compare get them as they were loaded.

    Comparisons that order values need the swap. Where a swapped constant takes
    more slots than the swap, the swap stays.

    Precondition: none.
    Postcondition: none.
  }];
  let dependentDialects = ["::mlir::arith::ArithDialect"];
}

def TailMergingPass : Pass<"whistler-tail-merging"> {
  let summary = "Shares the ends of blocks that do alike";
  let description = [{
    Where blocks end in the same operations and go to the same place, or return,
    the operations move to one block of their own. Numbers in which they differ
    become its arguments: the counters of a program's verdicts are counted in one
    place, with the counter's key and the verdict in registers. Pointers are not
    chosen between, as the verifier has to know what an instruction accesses.

    Precondition: none.
    Postcondition: none.
  }];
  let options = [
    Option<"minGain", "min-gain", "int", "2",
           "How many slots have to be saved, by estimate">
  ];
  let dependentDialects = ["::mlir::cf::ControlFlowDialect"];
}

def BitmaskFusionPass : Pass<"whistler-bitmask-fusion"> {
  let summary = "Makes several tests of bits one";
  let description = [{
    Tests that follow each other and go to the same place where they fail become
    one, if that takes fewer slots: those of one value one mask and comparison,
    and those of packet fields near each other the same on one load of both. All
    that is loaded has to be compared with the end of the packet before.

    Tests of one value for successive numbers that go to the same place become
    one for the range, if the value is only compared: what the verifier learns
    from a test for a number it may need elsewhere.

    Precondition: none.
    Postcondition: none.
  }];
  let dependentDialects = [
    "::mlir::whistler::WhistlerDialect", "::mlir::arith::ArithDialect",
    "::mlir::cf::ControlFlowDialect"
  ];
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

//===- Passes.td - passes on the bpf dialect ---------------*- tablegen -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// The steps from virtual registers to a function that can be encoded. Each
// leaves a function alone that is already past it.
//
//===----------------------------------------------------------------------===//

#ifndef WHISTLER_DIALECT_BPF_TRANSFORMS_PASSES
#define WHISTLER_DIALECT_BPF_TRANSFORMS_PASSES

include "mlir/Pass/PassBase.td"

def BPFReuseTested : Pass<"bpf-reuse-tested", "::mlir::bpf::FuncOp"> {
  let summary = "passes values that a jump has found to be constants";
  let description = [{
    Precondition: registers are virtual, or fixed by a calling convention.

    Postcondition: on the edge where a jump has found a register equal to an
    immediate, that register is passed to the block and not the immediate, if
    other edges pass what is no constant. The register may become the block's
    argument then. Where only the lower half is compared, the upper half has to
    be zero: the value was loaded with at most 32 bits, masked, or computed with
    32 bits.
  }];
}

def BPFTwoAddress : Pass<"bpf-two-address", "::mlir::bpf::FuncOp"> {
  let summary = "gives each overwritten operand a copy of its own";
  let description = [{
    Precondition: registers are virtual, or fixed by a calling convention.

    Postcondition: the operand that an instruction overwrites is not used after
    that instruction, and neither is a machine register of another number than
    the result's.

    Where the operation is commutative, and the other operand is not used
    later, the operands change places instead. Before that, moves between
    virtual registers, unreachable blocks and superfluous block arguments go.
  }];
}

def BPFSinkConstants : Pass<"bpf-sink-constants", "::mlir::bpf::FuncOp"> {
  let summary = "computes constants where they are used";
  let description = [{
    Precondition: registers are virtual, or fixed by a calling convention.

    Postcondition: no constant of one slot is moved to another register or
    passed to a block beside other uses: it is computed again there instead.
    For a constant of two slots, the address of a map among them, this holds up
    to two such uses. A constant whose uses are in one block is next to the
    first of them, unless that is in a deeper loop.
  }];
}

def BPFShareSlots : Pass<"bpf-share-slots", "::mlir::bpf::FuncOp"> {
  let summary = "lets variables on the stack share places";
  let description = [{
    Precondition: registers are virtual, or fixed by a calling convention.

    Postcondition: slots whose content is never needed at the same time are one
    slot, where the larger one is aligned as the smaller one has to be. So
    their addresses are equal, which may be shared, and code that differs in
    nothing but its variables is equal too.

    The content of a slot is needed from its first access to the last one that
    may read bytes which were not written since. A helper reads all of a slot
    whose address it is given, during the call, except for what it is known to
    fill. Slots stay apart from all others if their address is stored, passed
    to a block, a function of the program or one that a helper calls back, or
    if the function has instructions that are given by their fields.
  }];
}

def BPFShareConstants : Pass<"bpf-share-constants", "::mlir::bpf::FuncOp"> {
  let summary = "computes equal constants once where that is shorter";
  let description = [{
    Precondition: registers are virtual, or fixed by a calling convention.

    Postcondition: constants that are equal are one value, in the nearest block
    that dominates all their uses, where that takes fewer slots. A use that
    needs the constant in a register of its own, such as the argument of a call,
    then takes a move; so constants of one slot are shared only by uses that do
    not, and addresses of two slots also by three arguments. Immediates that the
    loader fills in stay apart.

    What is shared lives longer. `bpf-allocate-registers` repeats it at its uses
    where no register is free for that.
  }];
}

def BPFSinkResults : Pass<"bpf-sink-results", "::mlir::bpf::FuncOp"> {
  let summary = "copies the results of calls where r0 is overwritten";
  let description = [{
    Precondition: the postcondition of `bpf-two-address`.

    Postcondition: a copy of `r0` that is needed behind one instruction that
    overwrites it, the next call, is next to that one, and all that comes before
    uses `r0` itself. So the copy may be in a register that something else
    occupied until then, which the machine code does not have to save, and ways
    that end earlier go without it. A copy stays where it is if `r0` is
    overwritten at several places, deeper in a loop, or if an instruction
    overwrites the copy before that.
  }];
}

def BPFAllocateRegisters
    : Pass<"bpf-allocate-registers", "::mlir::bpf::FuncOp"> {
  let summary = "assigns a machine register to every value";
  let description = [{
    Precondition: the postcondition of `bpf-two-address`.

    Postcondition: no register type is virtual. A block argument and what is
    passed for it may be in different registers. Values that found no register
    live in new slots of eight bytes, or are computed again where they are
    used.

    The allocation is done in four parts: the live ranges, the merging of
    values that want the same register, the assignment in the order of what a
    spill costs, and the choice of what to spill when that fails.
  }];
}

def BPFLowerParallelMoves
    : Pass<"bpf-lower-parallel-moves", "::mlir::bpf::FuncOp"> {
  let summary = "turns block arguments into moves";
  let description = [{
    Precondition: every register type names a machine register.

    Postcondition: on every edge, a block argument and the value passed for it
    are in the same register. The moves of an edge are a parallel assignment;
    a cycle takes a register that is free there, and a stack slot where none
    is. They are never swapped by exclusive or, as the kernel's verifier would
    forget that a register holds a pointer. An edge from a block with several
    successors to one with several predecessors gets a block for its moves.
  }];
}

def BPFForwardSpills : Pass<"bpf-forward-spills", "::mlir::bpf::FuncOp"> {
  let summary = "does without slots for what registers hold";
  let description = [{
    Precondition: every register type names a machine register.

    Postcondition: a slot of eight bytes that is only stored and loaded as a
    whole is not loaded where the content is in a register on the way from the
    last store or load in the same block, or in blocks that it alone leads to;
    and nothing is stored that is not loaded later on some path. A value that is
    stored once is kept in a register that calls preserve, if one is not touched
    any more when the register that it was stored from still has it, and fewer
    instructions do then.
  }];
}

def BPFReloadStored : Pass<"bpf-reload-stored", "::mlir::bpf::FuncOp"> {
  let summary = "keeps in a slot alone what a slot holds anyway";
  let description = [{
    Precondition: every register type names a machine register, and slots are
    not placed.

    Postcondition: a value does not wait in a register that calls preserve, in
    use for nothing else, for its only store to a slot, and behind that for
    calls that it is copied for, if nothing accesses those bytes of the slot
    before the store, and nothing changes them until the last of the calls. It
    is stored as soon as it is there and loaded again for each call, in place of
    the copies. The kernel need not save that register then.

    The verifier may forget what it knows of a loaded number, so only arguments
    are loaded that a helper takes whatever they are.
  }];
}

def BPFLayoutFrame : Pass<"bpf-layout-frame", "::mlir::bpf::FuncOp"> {
  let summary = "places the stack slots";
  let description = [{
    Precondition: every register type names a machine register.

    Postcondition: there are no slots; accesses to them are relative to `r10`,
    and `frame_size` is the number of bytes in use. Fails where that is more
    than the 512 bytes that the kernel gives a program.

    The slots are placed by falling alignment and then in the order of the
    function, the first one next to `r10`. An address that is only the base of
    accesses, with or without variable offsets, is `r10` itself; the accesses
    add the distance of the slot.
  }];
}

def BPFPeephole : Pass<"bpf-peephole", "::mlir::bpf::FuncOp"> {
  let summary = "removes instructions that do nothing";
  let description = [{
    Precondition: that of `bpf-layout-frame` or its postcondition.

    Postcondition: there are no 64-bit moves of a register to itself, no
    instructions without an effect but on a register that is not read
    afterwards, no second computation of what a register already holds in the
    same block or in one that always leads there, be it a constant, a sum or
    what memory holds, where a move is shorter; no masks and extensions that
    change no bit, and no move of an immediate that an instruction could set as
    well, nor one of a register that a jump has found equal to an immediate: the
    verifier would have to know what all went into it.
  }];
}

def BPFHoistStores : Pass<"bpf-hoist-stores", "::mlir::bpf::FuncOp"> {
  let summary = "stores before a branch what the other way overwrites";
  let description = [{
    Precondition: the postcondition of `bpf-lower-parallel-moves`.

    Postcondition: a block that only stores and passes control on is gone where
    the function is shorter if the store is before the branch to it. The other
    way from the branch stores to the same bytes, before it reads memory or
    calls anything; it executes one instruction more.

    The slots are counted with the jumps of the best order of the blocks;
    functions of more than 128 blocks are left alone.
  }];
}

def BPFHoistConstants : Pass<"bpf-hoist-constants", "::mlir::bpf::FuncOp"> {
  let summary = "sets registers to constants before the branches to their use";
  let description = [{
    Precondition: the postcondition of `bpf-lower-parallel-moves`.

    Postcondition: a block that only sets registers to constants and passes
    control on, as to an exit, is gone where the function is shorter if they are
    set before the branch that leads there, which the nearest common dominator
    of its predecessors ends with. The registers are free then on the other
    ways, too. No conditional jump leads to such a block where the registers
    hold the constants already, as `r0` does a zero where it was found to be
    one. Exits are one block, until blocks are laid out.

    Where several blocks set a register to one number, and it is free from the
    end of a block that dominates two of them, it is set there, if less than
    every second execution of that block does it in vain.

    In functions of up to 128 blocks the slots are counted with the jumps of the
    best order of the blocks, otherwise estimated.
  }];
}

def BPFMergeTails : Pass<"bpf-merge-tails", "::mlir::bpf::FuncOp"> {
  let summary = "shares equal instructions at the ends of blocks";
  let description = [{
    Precondition: the postcondition of `bpf-lower-parallel-moves`.

    Postcondition: no two blocks end in instructions, their last jump or exit
    among them, that are equal and that shared would take fewer slots. Each
    block whose end goes passes control to the shared one by a jump.

    Instructions on registers of the same numbers are not equal if the kernel's
    verifier takes an instruction for one of them only: accesses through the
    context, kernel structs and sockets. Calls with different maps could be
    shared, but would no longer be compiled in line. Raw instructions are not
    shared.
  }];
}

def BPFRepeatConstants : Pass<"bpf-repeat-constants", "::mlir::bpf::FuncOp"> {
  let summary = "computes constants again that few moves copy";
  let description = [{
    Precondition: the postcondition of `bpf-lower-parallel-moves`.

    Postcondition: a constant, or address in the stack frame, that is only moved
    to other registers is computed there instead, if that takes no more slots;
    another one is computed where all ways to its uses have met, unless that is
    in a loop. Functions with raw instructions stay as they are.
    Where `release-registers` is set, a number in a register that calls
    preserve, and that nothing else is in, is computed for each of two uses: a
    slot more, and the function need not save the register.
  }];
  let options = [
    Option<"releaseRegisters", "release-registers", "bool", "true",
           "Take a slot more where a register need not be saved then">
  ];
}

def BPFLayoutBlocks : Pass<"bpf-layout-blocks", "::mlir::bpf::FuncOp"> {
  let summary = "orders the blocks and straightens the jumps";
  let description = [{
    Precondition: that of `bpf-peephole`.

    Postcondition: unreachable blocks are gone, no block only jumps on, a jump
    goes back only to the head of a loop, and the second successor of a
    conditional jump is the next block wherever the order allows it.

    Of the orders of up to 128 blocks, a search finds one with the fewest jumps,
    and of those one that executes them least often: null pointers, failing
    calls and packets that are too short are unlikely.
  }];
}

def BPFReportSize : Pass<"bpf-report-size", "::mlir::bpf::FuncOp"> {
  let summary = "tells how many slots a function and its source lines take";
  let description = [{
    Precondition: `bpf-layout-blocks` has run.

    Postcondition: nothing has changed.

    The remark `bpf-report-size` at a function gives its slots of eight bytes,
    the unit in which the kernel counts instructions; `bpf-report-line-size` at
    each source line gives those of the instructions that come from it, also
    from calls that were inlined. Islands of jumps beyond 32,767 instructions
    are not counted: they are no operations.
  }];
}

def BPFCheckCalls : Pass<"bpf-check-calls", "::mlir::ModuleOp"> {
  let summary = "refuses calls that are too deep for the kernel";
  let description = [{
    Precondition: that of `bpf-layout-frame` or its postcondition, for every
    function.

    Fails where a function calls itself, directly or through others, where more
    than 8 functions would be active at once, and where the frames of a chain
    of calls take more than 512 bytes together. As in the kernel's
    `check_max_stack_depth_subprog`, each frame counts as at least 32 bytes and
    in steps of 32, and a function that is called back as called where its
    address is taken; the callback of a timer is called on a stack of its own.

    Fails also where a function makes a tail call and is called, on any way, by
    functions whose frames take 256 bytes or more, and where such a function
    returns something other than an integer.

    Changes nothing.
  }];
}

def BPFVerify : Pass<"bpf-verify", "::mlir::bpf::FuncOp"> {
  let summary = "checks what a stage of code generation promises";
  let description = [{
    * `virtual`: registers of calls, exits and compare-and-exchange are fixed,
      and `r10` is only read.
    * `allocated`: every value is in a machine register, tied operands are
      where their results are, and every value is still in its register where
      it is used.
    * `final`: as before, there are no stack slots, every block argument is in
      the register of what is passed for it, no register is read before it is
      written, and the stack is within its limit.

    Changes nothing.
  }];
  let options = [
    Option<"stage", "stage", "::mlir::bpf::Stage",
           /*default=*/"::mlir::bpf::Stage::Final", "what to check for", [{
      ::llvm::cl::values(
        clEnumValN(::mlir::bpf::Stage::Virtual, "virtual",
                   "before register allocation"),
        clEnumValN(::mlir::bpf::Stage::Allocated, "allocated",
                   "after register allocation"),
        clEnumValN(::mlir::bpf::Stage::Final, "final",
                   "ready to be encoded"))
    }]>];
}

#endif // WHISTLER_DIALECT_BPF_TRANSFORMS_PASSES

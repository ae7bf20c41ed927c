//===- Blocks.h - changes to the control flow of a function -----*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// What several passes do to blocks, edges and block arguments.
//
//===----------------------------------------------------------------------===//

#ifndef WHISTLER_LIB_DIALECT_BPF_TRANSFORMS_BLOCKS_H
#define WHISTLER_LIB_DIALECT_BPF_TRANSFORMS_BLOCKS_H

#include "Whistler/Dialect/BPF/IR/BPFOps.h"

namespace mlir::bpf {

/// Erases the blocks that control never reaches.
void eraseUnreachableBlocks(FuncOp func);

/// Puts a block with a single jump on the edge to successor number `index` of
/// `branch`, and gives that jump the edge's operands. Returns the jump.
JaOp splitEdge(BranchOpInterface branch, unsigned index);

/// Whether `use` passes a value to a block, by any kind of jump.
bool isPassed(OpOperand &use);

/// Whether `use` overwrites the register, wants a certain one, or copies it to
/// another one.
bool needsMove(OpOperand &use);

/// Removes argument number `index` of `block`, and what is passed for it.
/// Requires that it has no uses.
void eraseArgument(Block &block, unsigned index);

/// Removes the arguments that are not used, and those of blocks with a single
/// predecessor, which stand for what is passed.
void simplifyArguments(FuncOp func);

/// Appends the only successor of `block` to it, if it has no other way in.
/// Returns whether it did.
bool mergeSuccessor(Block &block);

/// Leads edges past blocks that only jump on, joins a block with the only one
/// that follows it, makes one of equal exits, and erases unreachable blocks.
void simplifyBlocks(FuncOp func);

/// The condition that holds exactly where that of the conditional jump `jump`
/// does not; none if there is none in the instruction set of its function.
std::optional<Condition> getJumpNegation(Operation *jump);

/// Establishes that only `bpf.ja` passes arguments, by splitting edges.
void splitArgumentEdges(FuncOp func);

} // namespace mlir::bpf

#endif // WHISTLER_LIB_DIALECT_BPF_TRANSFORMS_BLOCKS_H

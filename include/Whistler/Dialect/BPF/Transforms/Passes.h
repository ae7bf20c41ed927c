//===- Passes.h - passes on the bpf dialect ---------------------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// The passes from virtual registers to a function that can be encoded, and the
// pipeline of all of them.
//
//===----------------------------------------------------------------------===//

#ifndef WHISTLER_DIALECT_BPF_TRANSFORMS_PASSES_H
#define WHISTLER_DIALECT_BPF_TRANSFORMS_PASSES_H

#include "Whistler/Dialect/BPF/IR/BPFOps.h"
#include "mlir/Pass/Pass.h"

namespace mlir {
class OpPassManager;
} // namespace mlir

namespace mlir::bpf {

/// How far code generation has come.
enum class Stage { Virtual, Allocated, Final };

/// The stack that the kernel gives a program, in bytes: `MAX_BPF_STACK`, which
/// the UAPI does not publish.
inline constexpr int64_t maxFrameSize = 512;

/// How many functions may be active at once, the program among them:
/// `MAX_CALL_FRAMES` of the kernel's `linux/bpf_verifier.h`.
inline constexpr unsigned maxCallFrames = 8;

/// With this much stack in the frames above it, in bytes, a function may make
/// no tail calls, as whoever it goes on in may take all of its own:
/// check_max_stack_depth_subprog() in the kernel.
inline constexpr int64_t maxStackAboveTailCall = 256;

#define GEN_PASS_DECL
#include "Whistler/Dialect/BPF/Transforms/Passes.h.inc"

#define GEN_PASS_REGISTRATION
#include "Whistler/Dialect/BPF/Transforms/Passes.h.inc"

/// Appends everything between instruction selection and encoding, for each
/// `bpf.func` of a module. On a module that is partly or wholly past it, it
/// does what is missing. With `verifyStages` the steps' postconditions are
/// checked in between, and not only at the end. With `isSmall` nothing takes a
/// slot more to be faster.
void buildBPFCodegenPipeline(OpPassManager &manager, bool verifyStages = true,
                             bool isSmall = false);

/// The first half of it: everything up to machine registers, with block
/// arguments and spill slots still in the function.
void buildBPFRegisterAllocationPipeline(OpPassManager &manager,
                                        bool verifyStages = true);

/// Registers `bpf-codegen`, the first pipeline above.
void registerBPFCodegenPipeline();

} // namespace mlir::bpf

#endif // WHISTLER_DIALECT_BPF_TRANSFORMS_PASSES_H

//===- Passes.td - conversions between dialects ------------*- tablegen -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// The passes that leave the whistler dialect.
//
//===----------------------------------------------------------------------===//

#ifndef WHISTLER_CONVERSION_PASSES_TD
#define WHISTLER_CONVERSION_PASSES_TD

include "mlir/Pass/PassBase.td"

def ConvertWhistlerToBPFPass
    : Pass<"convert-whistler-to-bpf", "::mlir::ModuleOp"> {
  let summary = "Selects BPF instructions for programs and functions";
  let description = [{
    Turns every `whistler.prog`, and every `whistler.func` that is global or
    needed by one that is left, into a `bpf.func` on virtual registers. Other
    functions go; maps, variables and types stay as they are.

    An integer narrower than 64 bits lives in a register whose bits above its
    width are unspecified; the operations that look at them extend it first,
    unless what defined it has cleared them. A value of type `i1` is 0 or 1.

    The variables of a section are one value of a map, at constant distances. So
    where a function only accesses several of them, all accesses are at offsets
    from the address of one, as far as an instruction can hold them. Those at
    offsets that the loader fills in keep their own address.

    Precondition: map keys and values are pointers (`whistler-key-slots`), and
    `whistler-expand-ops` has run.
    Postcondition: no `whistler.prog` or `whistler.func` is left. Calls have their operands and
    results in machine registers; all other values are virtual.
  }];
  let options = [
    Option<"cpu", "cpu", "std::string", /*default=*/"\"v3\"",
           "The newest instruction set version to use: v1 to v4">
  ];
  let dependentDialects = ["::mlir::bpf::BPFDialect"];
}

def ConvertWhistlerToLLVMPass
    : Pass<"convert-whistler-to-llvm", "::mlir::ModuleOp"> {
  let summary = "Converts programs, functions, maps and variables to LLVM";
  let description = [{
    The second backend: LLVM's BPF target takes the place of the bpf dialect.
    Programs are functions in their sections, maps variables in `.maps` whose
    debug information libbpf reads, helpers are called by their numbers, and
    fields of the kernel's types are found with the intrinsics that clang emits
    for `preserve_access_index`. All functions, variables, types and locations
    have debug information, of which LLVM makes BTF. Functions that nothing
    needs go, and so does `whistler.define`.

    Two attributes stand for what the LLVM dialect cannot express, and the
    translation to LLVM IR knows them: `whistler.access_type`, the metadata of
    an access, and `whistler.debug_type`, the type of an enumeration or of a
    struct with bitfields.

    Precondition: `whistler-expand-map-adds` and `whistler-expand-ops` have run,
    the latter at least with `keep-selections`. There is no `whistler.asm`.
    Postcondition: `whistler.struct` and `whistler.enum` are the only operations
    of the whistler dialect that are left, and all others are of the LLVM dialect.
  }];
  let options = [
    Option<"cpu", "cpu", "std::string", /*default=*/"\"v3\"",
           "The newest instruction set version to use: v1 to v4">
  ];
  let dependentDialects = ["::mlir::LLVM::LLVMDialect"];
}

#endif // WHISTLER_CONVERSION_PASSES_TD

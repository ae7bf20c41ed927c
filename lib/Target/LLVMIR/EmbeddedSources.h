//===- EmbeddedSources.h - sources in debug information ---------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Puts the text of source files into a module of LLVM IR.
//
//===----------------------------------------------------------------------===//

#ifndef WHISTLER_LIB_TARGET_LLVMIR_EMBEDDEDSOURCES_H
#define WHISTLER_LIB_TARGET_LLVMIR_EMBEDDEDSOURCES_H

namespace llvm {
class Module;
class SourceMgr;
} // namespace llvm

namespace whistler {

/// Gives the files that the debug information of `module` names the text that
/// `sources` has of them, from which LLVM takes the lines in `.BTF.ext`. Does
/// nothing if there is a file whose text is not in `sources`: DWARF has sources
/// for all files or for none, and LLVM then reads the files.
void embedSources(llvm::Module &module, const llvm::SourceMgr &sources);

} // namespace whistler

#endif // WHISTLER_LIB_TARGET_LLVMIR_EMBEDDEDSOURCES_H

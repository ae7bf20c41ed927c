//===- OutputFile.h - Replacing an output file in one step ------*- C++ -*-===//
// SPDX-License-Identifier: MIT
//===----------------------------------------------------------------------===//
//
// Writes a finished output so that no reader ever sees half of it.
//
//===----------------------------------------------------------------------===//

#ifndef WHISTLER_TARGET_ELF_OUTPUTFILE_H
#define WHISTLER_TARGET_ELF_OUTPUTFILE_H

#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"

namespace whistler::elf {

/// Makes `Bytes` the contents of the file `Path`, or leaves everything as it
/// was and returns an error that names the file.
///
/// A regular file is written beside its final place and then renamed, with the
/// permissions that the umask leaves. A symbolic link stays, and what it points
/// to is written. Devices, FIFOs and sockets are written to as they are. "-" is
/// standard output.
llvm::Error writeFileAtomically(llvm::StringRef Path, llvm::StringRef Bytes);

} // namespace whistler::elf

#endif // WHISTLER_TARGET_ELF_OUTPUTFILE_H

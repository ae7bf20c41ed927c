//===- OutputFile.cpp - Replacing an output file in one step ----*- C++ -*-===//
// SPDX-License-Identifier: MIT
//===----------------------------------------------------------------------===//
//
// Decides how a path can be written, and reports every failure to do so.
//
//===----------------------------------------------------------------------===//

#include "Whistler/Target/ELF/OutputFile.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/Process.h"
#include "llvm/Support/raw_ostream.h"

using namespace llvm;
using namespace whistler;

/// Writes `Bytes` to a stream that stays open. llvm::writeToOutput would rename
/// a file that a full disk has cut short, and then abort the process.
static std::error_code writeAll(raw_fd_ostream &OS, StringRef Bytes) {
  OS << Bytes;
  OS.flush();
  std::error_code EC = OS.error();
  OS.clear_error();
  return EC;
}

/// Writes to what `Path` names now: a device, a FIFO, a link to nowhere.
static std::error_code writeInPlace(StringRef Path, StringRef Bytes) {
  int FD;
  if (std::error_code EC = sys::fs::openFileForWrite(Path, FD))
    return EC;
  raw_fd_ostream OS(FD, /*shouldClose=*/false, /*unbuffered=*/true);
  std::error_code WriteError = writeAll(OS, Bytes);
  std::error_code CloseError = sys::Process::SafelyCloseFileDescriptor(FD);
  return WriteError ? WriteError : CloseError;
}

/// Writes a new file in the directory of `Path` and lets it take that name.
static Error replaceFile(StringRef Path, StringRef Bytes) {
  // The model does not contain the file's own name, which may have the greatest
  // length that a name can have.
  SmallString<128> Model = sys::path::parent_path(Path);
  sys::path::append(Model, ".whistler-%%%%%%%%.tmp");
  Expected<sys::fs::TempFile> Temp = sys::fs::TempFile::create(Model);
  if (!Temp)
    return Temp.takeError();
  raw_fd_ostream OS(Temp->FD, /*shouldClose=*/false);
  if (std::error_code EC = writeAll(OS, Bytes))
    return joinErrors(errorCodeToError(EC), Temp->discard());
  return Temp->keep(Path);
}

static Error writeFile(StringRef Path, StringRef Bytes) {
  if (Path == "-")
    return errorCodeToError(writeAll(outs(), Bytes));
  sys::fs::file_status Status;
  if (std::error_code EC = sys::fs::status(Path, Status);
      EC && EC != std::errc::no_such_file_or_directory)
    return errorCodeToError(EC);
  if (sys::fs::is_directory(Status))
    return errorCodeToError(std::make_error_code(std::errc::is_a_directory));
  if (sys::fs::is_other(Status))
    return errorCodeToError(writeInPlace(Path, Bytes));
  if (!sys::fs::is_symlink_file(Path))
    return replaceFile(Path, Bytes);
  // A rename would replace the link itself.
  SmallString<128> Target;
  if (sys::fs::real_path(Path, Target))
    return errorCodeToError(writeInPlace(Path, Bytes));
  return replaceFile(Target, Bytes);
}

Error elf::writeFileAtomically(StringRef Path, StringRef Bytes) {
  if (Error E = writeFile(Path, Bytes))
    return createFileError(Path, std::move(E));
  return Error::success();
}

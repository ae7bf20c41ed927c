//===- Format.h - the formats of trace_printk and snprintf ------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// The part of printf that programs may use.
//
//===----------------------------------------------------------------------===//

#ifndef WHISTLER_LIB_INTERPRETER_FORMAT_H
#define WHISTLER_LIB_INTERPRETER_FORMAT_H

#include "Whistler/Interpreter/Machine.h"
#include <string>

namespace whistler::interp {

/// The text for a format and its arguments, or nothing where the kernel's
/// bpf_bprintf_prepare() refuses the format.
std::optional<std::string> formatText(Machine &machine, llvm::StringRef format,
                                      llvm::ArrayRef<uint64_t> arguments);

/// The string at an address in any memory, without its NUL and not longer than
/// `limit`; nothing where it leaves the memory.
std::optional<std::string> readString(Machine &machine, uint64_t address,
                                      uint64_t limit);

} // namespace whistler::interp

#endif // WHISTLER_LIB_INTERPRETER_FORMAT_H

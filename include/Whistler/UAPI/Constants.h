//===- Constants.h - Constants of the kernel headers ------------*- C++ -*-===//
// SPDX-License-Identifier: MIT
//===----------------------------------------------------------------------===//
//
// Integer constants that programs may name: enumerators and flags under their
// C names, protocol numbers under Lisp names.
//
//===----------------------------------------------------------------------===//

#ifndef WHISTLER_UAPI_CONSTANTS_H
#define WHISTLER_UAPI_CONSTANTS_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"

#include <cstdint>
#include <optional>

namespace whistler::uapi {

/// A named integer. Unsigned 64-bit values keep their bits.
struct Constant {
  llvm::StringRef name;
  int64_t value;
};

/// All constants, sorted by name without regard to letter case: enumerators of
/// linux/bpf.h, BPF_* and XDP_* macros, TC_ACT_*, and protocol constants such
/// as "+tcp-syn+".
llvm::ArrayRef<Constant> getConstants();

/// The value of that constant. Symbols have no letter case, so "xdp_pass" is
/// XDP_PASS.
std::optional<int64_t> lookupConstant(llvm::StringRef name);

} // namespace whistler::uapi

#endif // WHISTLER_UAPI_CONSTANTS_H

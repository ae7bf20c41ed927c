//===- LLVMAttributes.h - what translation to LLVM adds ---------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Attributes by which the conversion to the LLVM dialect tells the translation
// to LLVM IR what the LLVM dialect has no attribute for.
//
//===----------------------------------------------------------------------===//

#ifndef WHISTLER_CONVERSION_LLVMATTRIBUTES_H
#define WHISTLER_CONVERSION_LLVMATTRIBUTES_H

#include "mlir/Support/LLVM.h"

namespace mlir::whistler {

/// On a call of an intrinsic: the type, as debug information, that the access
/// goes into. It becomes the call's `preserve.access.index` metadata.
inline constexpr StringRef accessTypeAttrName = "whistler.access_type";

/// On the declaration of an enumeration or a struct with bitfields: its debug
/// information, which the translation completes.
inline constexpr StringRef debugTypeAttrName = "whistler.debug_type";

} // namespace mlir::whistler

#endif // WHISTLER_CONVERSION_LLVMATTRIBUTES_H

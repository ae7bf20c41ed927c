//===- KernelField.h - a field in the kernel's memory -----------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// What the forms that read the kernel's structs and those that ask about them
// have in common.
//
//===----------------------------------------------------------------------===//

#ifndef WHISTLER_LIB_LOWER_KERNELFIELD_H
#define WHISTLER_LIB_LOWER_KERNELFIELD_H

#include "KernelImport.h"
#include "ProgramLowering.h"

namespace whistler {

/// A field of a kernel struct, or the struct itself.
struct ProgramLowering::KernelField {
  /// The struct's address; null in a question about types.
  Value base;
  /// "struct:path", as relocations name it; empty for the struct itself.
  std::string subject;
  /// Where the declaration in this object has it, in bits.
  uint32_t bitOffset = 0;
  /// In bits; 0 for a field that is no bitfield.
  uint32_t bitWidth = 0;
  Type type;

  /// In bytes.
  int32_t getOffset() const { return int32_t(bitOffset / 8); }
  bool isWholeStruct() const { return subject.empty(); }
};

} // namespace whistler

#endif // WHISTLER_LIB_LOWER_KERNELFIELD_H

//===- Variation.h - other orders of the same things ------------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Numbers that look random and are the same on every machine.
//
//===----------------------------------------------------------------------===//

#ifndef WHISTLER_LIB_DIALECT_BPF_TRANSFORMS_VARIATION_H
#define WHISTLER_LIB_DIALECT_BPF_TRANSFORMS_VARIATION_H

#include <cstdint>

namespace mlir::bpf {

/// A number from 0 to before 1024 for thing number `index`; the first
/// variation, number 0, has the same one for all.
inline unsigned vary(unsigned variation, unsigned index) {
  if (variation == 0)
    return 0;
  // The multipliers are the fractional parts of square roots, made odd.
  uint64_t mixed = (index + 1) * UINT64_C(0x6a09e667f3bcc909);
  mixed = (mixed ^ (mixed >> 29) ^ variation) * UINT64_C(0xbb67ae8584caa73b);
  return (mixed ^ (mixed >> 32)) & 1023;
}

} // namespace mlir::bpf

#endif // WHISTLER_LIB_DIALECT_BPF_TRANSFORMS_VARIATION_H

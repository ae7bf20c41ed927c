//===- ChecksumSums.h - what checksums are sums of --------------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Ones' complement sums of numbers that are wider than the checksum.
//
//===----------------------------------------------------------------------===//

#ifndef WHISTLER_LIB_TRANSFORMS_CHECKSUMSUMS_H
#define WHISTLER_LIB_TRANSFORMS_CHECKSUMSUMS_H

#include "UnsignedMaxima.h"

namespace mlir::whistler {

/// Adds numbers of 32 bits as a whole to checksums of 16 bits that add their
/// halves, where that takes fewer instructions. Keeps `maxima` true.
void joinHalves(Operation *body, UnsignedMaxima &maxima);

} // namespace mlir::whistler

#endif // WHISTLER_LIB_TRANSFORMS_CHECKSUMSUMS_H

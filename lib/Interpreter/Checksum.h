//===- Checksum.h - the Internet checksum -----------------------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Ones' complement sums as the kernel's include/net/checksum.h keeps them: in
// network byte order, 32 bits wide until folded.
//
//===----------------------------------------------------------------------===//

#ifndef WHISTLER_LIB_INTERPRETER_CHECKSUM_H
#define WHISTLER_LIB_INTERPRETER_CHECKSUM_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/Support/Endian.h"
#include <cstdint>

namespace whistler::interp::checksum {

/// The sum of two sums.
constexpr uint32_t add(uint32_t a, uint32_t b) {
  uint32_t sum = a + b;
  return sum + (sum < b);
}

/// The sum of bytes, a multiple of four, and of another sum.
inline uint32_t partial(llvm::ArrayRef<uint8_t> bytes, uint32_t sum) {
  for (size_t at = 0; at < bytes.size(); at += sizeof(uint32_t))
    sum = add(sum, llvm::support::endian::read32le(&bytes[at]));
  return sum;
}

/// A sum in 16 bits.
constexpr uint16_t foldTo16(uint32_t sum) {
  sum = (sum & 0xffff) + (sum >> 16);
  return (sum & 0xffff) + (sum >> 16);
}

/// A checksum after the summed bytes changed by a difference of sums.
constexpr uint16_t replaceByDifference(uint16_t checksum, uint32_t difference) {
  return ~foldTo16(add(difference, ~uint32_t(checksum)));
}

/// A checksum after one field changed.
constexpr uint16_t replace(uint16_t checksum, uint32_t from, uint32_t to) {
  return ~foldTo16(add(add(~uint32_t(checksum), ~from), to));
}

/// The same for a field of 16 bits, summed in as many.
constexpr uint16_t replace16(uint16_t checksum, uint16_t from, uint16_t to) {
  uint16_t without = foldTo16(uint32_t(uint16_t(~checksum)) + uint16_t(~from));
  return ~foldTo16(uint32_t(without) + to);
}

} // namespace whistler::interp::checksum

#endif // WHISTLER_LIB_INTERPRETER_CHECKSUM_H

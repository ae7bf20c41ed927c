//===- Memory.h - the memory that programs see ------------------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Bounds-checked regions in an address space of their own.
//
//===----------------------------------------------------------------------===//

#ifndef WHISTLER_INTERPRETER_MEMORY_H
#define WHISTLER_INTERPRETER_MEMORY_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"
#include <cstdint>
#include <map>
#include <vector>

namespace whistler::interp {

/// What a region holds, which decides how it may be used.
enum class RegionKind : uint8_t {
  /// The region was removed.
  Free,
  Context,
  Packet,
  Stack,
  MapValue,
  /// A reserved record of a ring buffer.
  Record,
  /// A map itself: a handle, without bytes.
  Map,
  /// Instructions: addresses of functions, without bytes.
  Code,
  /// Memory of the kernel or of a process, given by the user.
  Given,
};

/// What messages call a region of that kind.
llvm::StringRef getRegionName(RegionKind kind);

/// One piece of memory. Offsets count from its address.
struct Region {
  RegionKind kind = RegionKind::Free;
  bool isWritable = false;
  /// The address of offset 0.
  uint64_t base = 0;
  /// The offsets that may be accessed: from `begin`, up to `end`.
  uint32_t begin = 0;
  uint32_t end = 0;
  /// The byte at offset 0.
  uint8_t *bytes = nullptr;
  /// For each offset whether the byte was written; null where all bytes have
  /// a value from the start.
  uint8_t *written = nullptr;
  /// Number of the map that a Map region stands for.
  uint32_t index = 0;

  bool contains(uint64_t offset, uint64_t size) const {
    return offset >= begin && offset <= end && size <= end - offset;
  }
};

/// All regions.
///
/// The upper half of an address selects the region and the lower is a place in
/// it, so arithmetic on a pointer never reaches another region. The
/// addresses lie in the hole that machines leave between those of processes and
/// those of the kernel; given memory is where the user says.
class Memory {
public:
  /// Adds a region and returns the address of its offset 0.
  uint64_t add(const Region &region);

  /// Makes the region at that address inaccessible and its number free.
  void remove(uint64_t address);

  /// The region that the address points into or beyond, or null.
  Region *find(uint64_t address) {
    uint64_t number = (address >> offsetBits) - firstNumber;
    if (number < regions.size())
      return &regions[number];
    return findGiven(address);
  }

  /// Makes bytes readable at an address; false where it is not possible.
  bool give(uint64_t address, llvm::ArrayRef<uint8_t> bytes);

  /// Takes back all that was given.
  void forgetGiven() { given.clear(); }

private:
  static constexpr unsigned offsetBits = 32;
  /// Regions begin in the middle of the addresses that they have, so that what
  /// lies in front of one is not mistaken for the end of another.
  static constexpr uint64_t middle = uint64_t(1) << (offsetBits - 1);
  /// 2^48: the first address behind those of processes.
  static constexpr uint64_t firstNumber = 1 << 16;

  struct GivenBytes {
    std::vector<uint8_t> bytes;
    Region region;
  };

  Region *findGiven(uint64_t address);

  std::vector<Region> regions;
  std::vector<uint32_t> freeNumbers;
  std::map<uint64_t, GivenBytes> given;
};

} // namespace whistler::interp

#endif // WHISTLER_INTERPRETER_MEMORY_H

//===- Memory.cpp - the memory that programs see ----------------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// The table of regions, and the memory that the user gave.
//
//===----------------------------------------------------------------------===//

#include "Whistler/Interpreter/Memory.h"

using namespace whistler::interp;

llvm::StringRef whistler::interp::getRegionName(RegionKind kind) {
  static constexpr llvm::StringLiteral names[] = {
      "memory that is no longer there",
      "the context",
      "the packet",
      "the stack",
      "a map value",
      "a ring buffer record",
      "a map",
      "code",
      "given memory"};
  return names[static_cast<unsigned>(kind)];
}

uint64_t Memory::add(const Region &region) {
  uint64_t number;
  if (freeNumbers.empty()) {
    number = regions.size();
    regions.push_back(region);
  } else {
    number = freeNumbers.back();
    freeNumbers.pop_back();
    regions[number] = region;
  }
  regions[number].base = ((firstNumber + number) << offsetBits) + middle;
  return regions[number].base;
}

void Memory::remove(uint64_t address) {
  uint64_t number = (address >> offsetBits) - firstNumber;
  regions[number] = Region();
  freeNumbers.push_back(number);
}

Region *Memory::findGiven(uint64_t address) {
  auto next = given.upper_bound(address);
  if (next == given.begin())
    return nullptr;
  GivenBytes &found = std::prev(next)->second;
  uint64_t offset = address - std::prev(next)->first;
  return offset <= found.region.end ? &found.region : nullptr;
}

bool Memory::give(uint64_t address, llvm::ArrayRef<uint8_t> bytes) {
  uint64_t number = address >> offsetBits;
  bool isOurs = number >= firstNumber && number < uint64_t(1) << 31;
  if (isOurs || bytes.empty() || bytes.size() > UINT32_MAX ||
      address + bytes.size() < address)
    return false;
  GivenBytes &item = given[address];
  item.bytes = bytes;
  item.region.kind = RegionKind::Given;
  item.region.isWritable = true;
  item.region.base = address;
  item.region.end = bytes.size();
  item.region.bytes = item.bytes.data();
  return true;
}

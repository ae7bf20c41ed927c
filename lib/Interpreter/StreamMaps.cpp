//===- StreamMaps.cpp - queues, stacks and ring buffers ---------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Maps without keys: kernel/bpf/queue_stack_maps.c and kernel/bpf/ringbuf.c
// tell what they do.
//
//===----------------------------------------------------------------------===//

#include "MapImpl.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/MathExtras.h"
#include <cerrno>
#include <cstring>
#include <linux/bpf.h>

using namespace llvm;
using namespace whistler::interp;

//===----------------------------------------------------------------------===//
// QueueMap
//===----------------------------------------------------------------------===//

QueueMap::QueueMap(Memory &memory, const MapDefinition &definition,
                   uint32_t number)
    : Map(memory, definition, number) {}

int64_t QueueMap::update(const uint8_t *, const uint8_t *value,
                         uint64_t flags) {
  return push(value, flags);
}

int64_t QueueMap::push(const uint8_t *value, uint64_t flags) {
  if ((flags & BPF_NOEXIST) || flags > BPF_EXIST)
    return -EINVAL;
  if (values.size() >= definition.maxEntries) {
    if (!(flags & BPF_EXIST))
      return -E2BIG;
    values.pop_front();
  }
  values.emplace_back(value, value + definition.valueSize);
  return 0;
}

int64_t QueueMap::pop(uint8_t *value, bool takes) {
  if (values.empty()) {
    std::memset(value, 0, definition.valueSize);
    return -ENOENT;
  }
  bool isStack = getType() == BPF_MAP_TYPE_STACK;
  const Bytes &next = isStack ? values.back() : values.front();
  llvm::copy(next, value);
  if (takes && isStack)
    values.pop_back();
  else if (takes)
    values.pop_front();
  return 0;
}

//===----------------------------------------------------------------------===//
// RingMap
//===----------------------------------------------------------------------===//

static constexpr uint64_t pageBytes = 4096;

/// libbpf rounds sizes up to what the kernel takes.
RingMap::RingMap(Memory &memory, const MapDefinition &definition,
                 uint32_t number)
    : Map(memory, definition, number),
      size(PowerOf2Ceil(std::max<uint64_t>(definition.maxEntries, pageBytes))) {
}

bool RingMap::classof(const Map *map) {
  return map->getType() == BPF_MAP_TYPE_RINGBUF;
}

uint64_t RingMap::reserve(uint64_t bytes) {
  uint64_t room = alignTo(bytes + BPF_RINGBUF_HDR_SZ, 8);
  if (bytes > UINT32_MAX / 4 || room > size ||
      producer + room - consumer > size - 1)
    return 0;
  producer += room;
  Record record;
  record.value = std::make_unique<Value>(memory, Bytes(bytes), true);
  record.room = room;
  records.push_back(std::move(record));
  uint64_t address = records.back().value->address;
  memory.find(address)->kind = RegionKind::Record;
  return address;
}

bool RingMap::commit(uint64_t address, bool isDiscarded) {
  // Programs commit what they reserved last.
  for (Record &record : llvm::reverse(records))
    if (record.isOpen && record.value->address == address) {
      record.isOpen = false;
      record.isDiscarded = isDiscarded;
      // The program must not touch it any more.
      Region *region = memory.find(address);
      region->begin = region->end = 0;
      return true;
    }
  return false;
}

bool RingMap::hasOpenRecord() const {
  return llvm::any_of(records, [](const Record &r) { return r.isOpen; });
}

uint64_t RingMap::query(uint64_t flags) const {
  switch (flags) {
  case BPF_RB_AVAIL_DATA:
    return producer - consumer;
  case BPF_RB_RING_SIZE:
    return size;
  case BPF_RB_CONS_POS:
    return consumer;
  case BPF_RB_PROD_POS:
    return producer;
  default:
    return 0;
  }
}

std::vector<Bytes> RingMap::takeRecords() {
  std::vector<Bytes> result;
  for (; !records.empty() && !records.front().isOpen; records.pop_front()) {
    Record &record = records.front();
    consumer += record.room;
    if (!record.isDiscarded)
      result.push_back(std::move(record.value->bytes));
  }
  return result;
}

/// A program that failed may leave records open, which nobody can end.
void RingMap::endRun() {
  for (Record &record : llvm::reverse(records)) {
    if (!record.isOpen)
      break;
    commit(record.value->address, /*isDiscarded=*/true);
  }
}

//===----------------------------------------------------------------------===//
// PerfMap
//===----------------------------------------------------------------------===//

bool PerfMap::classof(const Map *map) {
  return map->getType() == BPF_MAP_TYPE_PERF_EVENT_ARRAY;
}

std::vector<Bytes> PerfMap::takeRecords() {
  isOpen = true;
  return std::exchange(records, {});
}

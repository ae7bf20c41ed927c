//===- MapHelpers.cpp - helpers for maps ------------------------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Entries of maps, ring buffers, tail calls, and the loops that call back.
//
//===----------------------------------------------------------------------===//

#include "Helpers.h"

#include "llvm/Support/Casting.h"
#include "llvm/Support/Endian.h"
#include <cerrno>
#include <linux/bpf.h>

using namespace llvm;
using namespace whistler;
using namespace whistler::interp;

/// bpf_loop() takes no more rounds (BPF_MAX_LOOPS of kernel/bpf/bpf_iter.c).
static constexpr uint64_t maxLoops = 8 << 20;

static bool isMapOfMaps(const Map &map) {
  return map.getType() == BPF_MAP_TYPE_ARRAY_OF_MAPS ||
         map.getType() == BPF_MAP_TYPE_HASH_OF_MAPS;
}

//===----------------------------------------------------------------------===//
// Entries
//===----------------------------------------------------------------------===//

static uint64_t mapLookup(Machine &machine, const uint64_t *arguments) {
  Map *map = machine.getMap(arguments[0]);
  if (!map)
    return 0;
  const uint8_t *key =
      machine.getReadable(arguments[1], map->getDefinition().keySize);
  if (!key)
    return 0;
  if (!isMapOfMaps(*map))
    return map->lookup(key);
  std::optional<Bytes> number = map->get(key);
  if (!number)
    return 0;
  Map *inner =
      machine.getMapByNumber(support::endian::read32le(number->data()));
  return inner ? inner->getHandle() : 0;
}

static uint64_t mapLookupPerCPU(Machine &machine, const uint64_t *arguments) {
  return arguments[2] == machine.getEnvironment().cpu
             ? mapLookup(machine, arguments)
             : 0;
}

static uint64_t mapUpdate(Machine &machine, const uint64_t *arguments) {
  Map *map = machine.getMap(arguments[0]);
  if (!map)
    return 0;
  const MapDefinition &definition = map->getDefinition();
  const uint8_t *key = machine.getReadable(arguments[1], definition.keySize);
  const uint8_t *value =
      machine.getReadable(arguments[2], definition.valueSize);
  if (!key || !value)
    return 0;
  return map->update(key, value, arguments[3]);
}

static uint64_t mapDelete(Machine &machine, const uint64_t *arguments) {
  Map *map = machine.getMap(arguments[0]);
  if (!map)
    return 0;
  const uint8_t *key =
      machine.getReadable(arguments[1], map->getDefinition().keySize);
  return key ? map->remove(key) : 0;
}

static uint64_t mapPush(Machine &machine, const uint64_t *arguments) {
  Map *map = machine.getMap(arguments[0]);
  if (!map)
    return 0;
  const uint8_t *value =
      machine.getReadable(arguments[1], map->getDefinition().valueSize);
  return value ? map->push(value, arguments[2]) : 0;
}

template <bool takes>
static uint64_t mapPop(Machine &machine, const uint64_t *arguments) {
  Map *map = machine.getMap(arguments[0]);
  if (!map)
    return 0;
  uint8_t *value =
      machine.getWritable(arguments[1], map->getDefinition().valueSize);
  return value ? map->pop(value, takes) : 0;
}

//===----------------------------------------------------------------------===//
// Callbacks, locks and tail calls
//===----------------------------------------------------------------------===//

static uint64_t forEachMapElement(Machine &machine, const uint64_t *arguments) {
  Map *map = machine.getMap(arguments[0]);
  if (!map)
    return 0;
  if (arguments[3])
    return errorValue(EINVAL);
  uint64_t count = 0;
  for (const Bytes &bytes : map->keys()) {
    uint64_t value = map->lookup(bytes.data());
    // The callback may have deleted it.
    if (!value)
      continue;
    Value key(machine.getMemory(), bytes, /*isWritable=*/false);
    uint64_t stops = 0;
    ++count;
    if (!machine.callBack(arguments[1],
                          {map->getHandle(), key.address, value, arguments[2]},
                          stops) ||
        stops)
      break;
  }
  return count;
}

static uint64_t loop(Machine &machine, const uint64_t *arguments) {
  uint64_t rounds = static_cast<uint32_t>(arguments[0]);
  if (arguments[3])
    return errorValue(EINVAL);
  if (rounds > maxLoops)
    return errorValue(E2BIG);
  for (uint64_t round = 0; round != rounds; ++round) {
    uint64_t stops = 0;
    if (!machine.callBack(arguments[1], {round, arguments[2]}, stops))
      return 0;
    if (stops)
      return round + 1;
  }
  return rounds;
}

static uint64_t spinLock(Machine &machine, const uint64_t *arguments) {
  if (!machine.getWritable(arguments[0], sizeof(bpf_spin_lock)))
    return 0;
  if (machine.heldLock)
    return machine.fail("a second lock is taken");
  machine.heldLock = arguments[0];
  return 0;
}

static uint64_t spinUnlock(Machine &machine, const uint64_t *arguments) {
  if (machine.heldLock != arguments[0])
    return machine.fail("the lock is not held");
  machine.heldLock = 0;
  return 0;
}

static uint64_t tailCall(Machine &machine, const uint64_t *arguments) {
  Map *map = machine.getMap(arguments[1]);
  if (!map || !machine.checkContext(arguments[0]))
    return 0;
  if (map->getType() != BPF_MAP_TYPE_PROG_ARRAY)
    return machine.fail("a tail call through a map that holds no programs");
  uint8_t key[sizeof(uint32_t)];
  support::endian::write32le(key, arguments[2]);
  std::optional<Bytes> number = map->get(key);
  if (!number)
    return errorValue(ENOENT);
  return machine.tailCall(support::endian::read32le(number->data()));
}

//===----------------------------------------------------------------------===//
// Records
//===----------------------------------------------------------------------===//

template <typename MapClass>
static MapClass *getMapOf(Machine &machine, uint64_t handle) {
  Map *map = machine.getMap(handle);
  auto *found = map ? dyn_cast<MapClass>(map) : nullptr;
  if (map && !found)
    machine.fail("the helper does not work on '" + map->getDefinition().name +
                 "', which is of another type");
  return found;
}

static uint64_t ringReserve(Machine &machine, const uint64_t *arguments) {
  RingMap *ring = getMapOf<RingMap>(machine, arguments[0]);
  return ring && !arguments[2] ? ring->reserve(arguments[1]) : 0;
}

/// Submits or discards.
template <bool isDiscarded>
static uint64_t ringCommit(Machine &machine, const uint64_t *arguments) {
  for (uint32_t number = 0; Map *map = machine.getMapByNumber(number); ++number)
    if (auto *ring = dyn_cast<RingMap>(map))
      if (ring->commit(arguments[0], isDiscarded))
        return 0;
  return machine.fail("the pointer is not that of a reserved record");
}

static uint64_t ringOutput(Machine &machine, const uint64_t *arguments) {
  RingMap *ring = getMapOf<RingMap>(machine, arguments[0]);
  const uint8_t *bytes = machine.getReadable(arguments[1], arguments[2]);
  if (!ring || !bytes)
    return 0;
  constexpr uint64_t known = BPF_RB_NO_WAKEUP | BPF_RB_FORCE_WAKEUP;
  if (arguments[3] & ~known)
    return errorValue(EINVAL);
  uint64_t address = ring->reserve(arguments[2]);
  if (!address)
    return errorValue(EAGAIN);
  // The table of regions may have grown, but the bytes stay where they are.
  std::copy_n(bytes, arguments[2], machine.getWritable(address, arguments[2]));
  ring->commit(address, /*isDiscarded=*/false);
  return 0;
}

static uint64_t ringQuery(Machine &machine, const uint64_t *arguments) {
  RingMap *ring = getMapOf<RingMap>(machine, arguments[0]);
  return ring ? ring->query(arguments[1]) : 0;
}

/// Perf events begin with their size, and that and the bytes fill whole words.
static void padPerfRecord(Bytes &record) {
  constexpr size_t word = sizeof(uint64_t);
  constexpr size_t header = sizeof(uint32_t);
  size_t total = (record.size() + header + word - 1) / word * word;
  record.resize(total - header);
}

static uint64_t perfOutput(Machine &machine, const uint64_t *arguments) {
  PerfMap *map = getMapOf<PerfMap>(machine, arguments[1]);
  const uint8_t *bytes = machine.getReadable(arguments[3], arguments[4]);
  if (!map || !bytes || !machine.checkContext(arguments[0]))
    return 0;
  uint64_t flags = arguments[2];
  uint64_t packetBytes = (flags & BPF_F_CTXLEN_MASK) >> 32;
  Packet &packet = machine.getPacket();
  if (flags & ~uint64_t(BPF_F_INDEX_MASK | BPF_F_CTXLEN_MASK) ||
      (packetBytes && !packet.exists()))
    return errorValue(EINVAL);
  uint64_t cpu = flags & BPF_F_INDEX_MASK;
  if (cpu == BPF_F_CURRENT_CPU)
    cpu = machine.getEnvironment().cpu;
  uint32_t entries = map->getDefinition().maxEntries;
  if (entries && cpu >= entries)
    return errorValue(E2BIG);
  Bytes record(bytes, bytes + arguments[4]);
  if (packetBytes) {
    const uint8_t *start = packet.at(0, packetBytes);
    if (!start)
      return errorValue(EFAULT);
    record.insert(record.end(), start, start + packetBytes);
  }
  padPerfRecord(record);
  return map->output(record) ? 0 : errorValue(ENOENT);
}

static constexpr NamedHelper helpers[] = {
    {"map_lookup_elem", mapLookup},
    {"map_lookup_percpu_elem", mapLookupPerCPU},
    {"map_update_elem", mapUpdate},
    {"map_delete_elem", mapDelete},
    {"map_push_elem", mapPush},
    {"map_pop_elem", mapPop<true>},
    {"map_peek_elem", mapPop<false>},
    {"for_each_map_elem", forEachMapElement},
    {"loop", loop},
    {"spin_lock", spinLock},
    {"spin_unlock", spinUnlock},
    {"tail_call", tailCall},
    {"ringbuf_reserve", ringReserve},
    {"ringbuf_submit", ringCommit<false>},
    {"ringbuf_discard", ringCommit<true>},
    {"ringbuf_output", ringOutput},
    {"ringbuf_query", ringQuery},
    {"perf_event_output", perfOutput},
};

ArrayRef<NamedHelper> whistler::interp::getMapHelpers() { return helpers; }

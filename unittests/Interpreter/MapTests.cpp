//===- MapTests.cpp - maps of the interpreter -------------------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// What the operations on each map type return, and what they leave.
//
//===----------------------------------------------------------------------===//

#include "Whistler/Interpreter/Maps.h"

#include "llvm/Support/Endian.h"
#include "gtest/gtest.h"
#include <cerrno>
#include <linux/bpf.h>

using namespace llvm;
using namespace whistler::interp;

namespace {

/// A map of 4-byte keys and values.
class MapTest : public testing::Test {
protected:
  Map &make(uint32_t type, uint32_t maxEntries, uint32_t keySize = 4,
            uint32_t valueSize = 4) {
    definition.type = type;
    definition.keySize = keySize;
    definition.valueSize = valueSize;
    definition.maxEntries = maxEntries;
    map = cantFail(Map::create(memory, definition, 0));
    return *map;
  }
  static Bytes bytes(uint32_t value) {
    Bytes result(4);
    support::endian::write32le(result.data(), value);
    return result;
  }
  int64_t update(uint32_t key, uint32_t value, uint64_t flags = BPF_ANY) {
    return map->update(bytes(key).data(), bytes(value).data(), flags);
  }
  int64_t remove(uint32_t key) { return map->remove(bytes(key).data()); }
  uint64_t lookup(uint32_t key) { return map->lookup(bytes(key).data()); }
  /// The value of a key, -1 for none.
  int64_t get(uint32_t key) {
    std::optional<Bytes> value = map->get(bytes(key).data());
    return value ? int64_t(support::endian::read32le(value->data())) : -1;
  }

  Memory memory;
  MapDefinition definition;
  std::unique_ptr<Map> map;
};

} // namespace

TEST_F(MapTest, Array) {
  make(BPF_MAP_TYPE_ARRAY, 2);
  EXPECT_EQ(get(1), 0);
  EXPECT_EQ(get(2), -1);
  EXPECT_EQ(lookup(2), 0u);
  EXPECT_EQ(update(1, 7), 0);
  EXPECT_EQ(get(1), 7);
  EXPECT_EQ(update(2, 7), -E2BIG);
  EXPECT_EQ(update(0, 7, BPF_NOEXIST), -EEXIST);
  EXPECT_EQ(update(0, 7, 8), -EINVAL);
  EXPECT_EQ(remove(0), -EINVAL);
  EXPECT_EQ(lookup(1), lookup(1));
  EXPECT_EQ(memory.find(lookup(1))->end, 4u);
}

TEST_F(MapTest, Hash) {
  make(BPF_MAP_TYPE_HASH, 2);
  EXPECT_EQ(update(1, 10, BPF_EXIST), -ENOENT);
  EXPECT_EQ(update(1, 10, BPF_NOEXIST), 0);
  EXPECT_EQ(update(1, 11, BPF_NOEXIST), -EEXIST);
  EXPECT_EQ(update(1, 12, BPF_EXIST), 0);
  EXPECT_EQ(update(2, 20), 0);
  EXPECT_EQ(update(3, 30), -E2BIG);
  EXPECT_EQ(update(2, 21), 0);
  EXPECT_EQ(remove(1), 0);
  EXPECT_EQ(remove(1), -ENOENT);
  EXPECT_EQ(update(3, 30), 0);
  EXPECT_EQ(get(1), -1);
  EXPECT_EQ(get(2), 21);
  EXPECT_EQ(get(3), 30);
}

TEST_F(MapTest, DeletedValuesLastUntilTheEndOfTheRun) {
  make(BPF_MAP_TYPE_HASH, 2);
  update(1, 10);
  uint64_t first = lookup(1);
  update(1, 11);
  EXPECT_NE(lookup(1), first);
  EXPECT_EQ(support::endian::read32le(memory.find(first)->bytes), 10u);
  map->endRun();
  EXPECT_EQ(memory.find(first)->kind, RegionKind::Free);
}

TEST_F(MapTest, PerCPUHashIsUpdatedInPlace) {
  make(BPF_MAP_TYPE_PERCPU_HASH, 2);
  update(1, 10);
  uint64_t first = lookup(1);
  update(1, 11);
  EXPECT_EQ(lookup(1), first);
}

TEST_F(MapTest, LRUThrowsOutTheLeastRecentlyUsed) {
  make(BPF_MAP_TYPE_LRU_HASH, 2);
  update(1, 10);
  update(2, 20);
  lookup(1);
  EXPECT_EQ(update(3, 30), 0);
  EXPECT_EQ(get(1), 10);
  EXPECT_EQ(get(2), -1);
  EXPECT_EQ(get(3), 30);
}

TEST_F(MapTest, LPMTrie) {
  make(BPF_MAP_TYPE_LPM_TRIE, 2, 8);
  auto key = [](uint32_t length, std::initializer_list<uint8_t> address) {
    Bytes result = bytes(length);
    result.insert(result.end(), address);
    return result;
  };
  auto put = [&](const Bytes &prefix, uint32_t value, uint64_t flags = 0) {
    return map->update(prefix.data(), bytes(value).data(), flags);
  };
  auto find = [&](const Bytes &prefix) {
    std::optional<Bytes> value = map->get(prefix.data());
    return value ? int64_t(support::endian::read32le(value->data())) : -1;
  };
  EXPECT_EQ(put(key(33, {10, 0, 0, 0}), 1), -EINVAL);
  EXPECT_EQ(put(key(8, {10, 1, 2, 3}), 1, BPF_EXIST), -ENOENT);
  EXPECT_EQ(put(key(8, {10, 1, 2, 3}), 1), 0);
  EXPECT_EQ(put(key(17, {10, 1, 128, 0}), 2), 0);
  EXPECT_EQ(put(key(0, {0, 0, 0, 0}), 3), -ENOSPC);
  EXPECT_EQ(find(key(32, {10, 1, 127, 1})), 1);
  EXPECT_EQ(find(key(32, {10, 1, 128, 1})), 2);
  EXPECT_EQ(find(key(16, {10, 1, 128, 1})), 1);
  EXPECT_EQ(find(key(32, {11, 1, 128, 1})), -1);
  EXPECT_EQ(map->remove(key(8, {10, 9, 9, 9}).data()), 0);
  EXPECT_EQ(map->remove(key(8, {10, 9, 9, 9}).data()), -ENOENT);
  EXPECT_EQ(find(key(32, {10, 1, 127, 1})), -1);
}

TEST_F(MapTest, QueueAndStack) {
  for (auto [type, first, second] : {std::tuple(BPF_MAP_TYPE_QUEUE, 2u, 3u),
                                     std::tuple(BPF_MAP_TYPE_STACK, 3u, 2u)}) {
    make(type, 2, 0);
    EXPECT_EQ(map->push(bytes(1).data(), 0), 0);
    EXPECT_EQ(map->push(bytes(2).data(), 0), 0);
    EXPECT_EQ(map->push(bytes(3).data(), 0), -E2BIG);
    EXPECT_EQ(map->push(bytes(3).data(), BPF_NOEXIST), -EINVAL);
    EXPECT_EQ(map->push(bytes(3).data(), BPF_EXIST), 0);
    Bytes value(4);
    EXPECT_EQ(map->pop(value.data(), /*takes=*/false), 0);
    EXPECT_EQ(value, bytes(first));
    EXPECT_EQ(map->pop(value.data(), /*takes=*/true), 0);
    EXPECT_EQ(value, bytes(first));
    EXPECT_EQ(map->pop(value.data(), /*takes=*/true), 0);
    EXPECT_EQ(value, bytes(second));
    EXPECT_EQ(map->pop(value.data(), /*takes=*/true), -ENOENT);
    EXPECT_EQ(value, bytes(0));
  }
}

TEST_F(MapTest, RingBuffer) {
  make(BPF_MAP_TYPE_RINGBUF, 4096, 0, 0);
  auto &ring = static_cast<RingMap &>(*map);
  EXPECT_EQ(ring.reserve(4096), 0u);
  uint64_t first = ring.reserve(2000);
  uint64_t second = ring.reserve(2000);
  ASSERT_NE(second, 0u);
  EXPECT_EQ(ring.reserve(80), 0u);
  EXPECT_TRUE(ring.commit(second, /*isDiscarded=*/false));
  EXPECT_FALSE(ring.commit(second, /*isDiscarded=*/false));
  // The reader waits for the first.
  EXPECT_TRUE(ring.takeRecords().empty());
  EXPECT_TRUE(ring.commit(first, /*isDiscarded=*/true));
  EXPECT_EQ(ring.takeRecords().size(), 1u);
  EXPECT_EQ(ring.query(BPF_RB_AVAIL_DATA), 0u);
  EXPECT_EQ(ring.query(BPF_RB_PROD_POS), 2 * 2008u);
  EXPECT_NE(ring.reserve(2000), 0u);
}

TEST_F(MapTest, UnknownTypesAreRefused) {
  definition.name = "m";
  definition.type = BPF_MAP_TYPE_SOCKMAP;
  definition.keySize = definition.valueSize = 4;
  EXPECT_EQ(toString(Map::create(memory, definition, 0).takeError()),
            "the map 'm' is of the type BPF_MAP_TYPE_SOCKMAP, which the "
            "interpreter does not have");
}

TEST_F(MapTest, SizesThatTheTypeDoesNotTakeAreRefused) {
  definition.name = "m";
  definition.type = BPF_MAP_TYPE_ARRAY;
  definition.keySize = 8;
  definition.valueSize = 4;
  EXPECT_EQ(toString(Map::create(memory, definition, 0).takeError()),
            "the map 'm' has keys of 8 bytes, which its type does not take");
  definition.keySize = 4;
  definition.maxEntries = UINT32_MAX;
  EXPECT_EQ(toString(Map::create(memory, definition, 0).takeError()),
            "the map 'm' has an array of 17179869180 bytes, which its type "
            "does not take");
}

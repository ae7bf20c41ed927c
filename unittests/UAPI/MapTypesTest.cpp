//===- MapTypesTest.cpp - Map types and the kernel's view of them ---------===//
// SPDX-License-Identifier: MIT
//===----------------------------------------------------------------------===//
//
// The rules for map parameters, also compared with what the running kernel
// says to them.
//
//===----------------------------------------------------------------------===//

#include "Whistler/UAPI/MapTypes.h"
#include "Whistler/UAPI/Helpers.h"

#include <gtest/gtest.h>
#include <linux/bpf.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

using namespace whistler::uapi;

TEST(MapTypes, AreFoundByName) {
  const MapType *type = lookupMapType("lru-hash");
  ASSERT_NE(type, nullptr);
  EXPECT_EQ(type->value, uint32_t(BPF_MAP_TYPE_LRU_HASH));
  EXPECT_EQ(type->enumerator, "BPF_MAP_TYPE_LRU_HASH");
  EXPECT_EQ(lookupMapType("LRU-HASH"), type);
  EXPECT_EQ(lookupMapTypeByValue(BPF_MAP_TYPE_LRU_HASH), type);
  EXPECT_EQ(lookupMapType("frob"), nullptr);
  EXPECT_EQ(lookupMapType("unspec"), nullptr);
}

TEST(MapTypes, AreTakenByHelpers) {
  using Names = llvm::SmallVector<llvm::StringRef>;
  EXPECT_EQ(getMapTypesOf("tail_call"), Names{"prog-array"});
  EXPECT_TRUE(getMapTypesOf("ktime_get_ns").empty());
  EXPECT_EQ(getHelpersFor(*lookupMapType("stack-trace")), Names{"get_stackid"});
  // Whatever takes a map, but for what works on the map around a value, names
  // types that exist.
  for (const Helper &helper : getHelpers()) {
    bool takesMap = llvm::any_of(helper.args(), [](const HelperArg &arg) {
      return arg.kind == ArgKind::Map;
    });
    llvm::SmallVector<llvm::StringRef> types = getMapTypesOf(helper.cName);
    EXPECT_EQ(takesMap && helper.cName != "timer_init", !types.empty())
        << helper.cName.str();
    for (llvm::StringRef type : types)
      EXPECT_NE(lookupMapType(type), nullptr) << type.str();
  }
}

TEST(MapTypes, HaveRules) {
  EXPECT_TRUE(lookupMapType("array")->key.isFixed());
  EXPECT_FALSE(lookupMapType("array")->key.allows(8));
  EXPECT_TRUE(lookupMapType("ringbuf")->key.isNone());
  EXPECT_EQ(lookupMapType("ringbuf")->entries, EntriesRule::PageMultiple);
  EXPECT_EQ(lookupMapType("perf-event-array")->entries, EntriesRule::Optional);
  const MapType *trie = lookupMapType("lpm-trie");
  EXPECT_FALSE(trie->key.allows(4));
  EXPECT_TRUE(trie->key.allows(5));
  EXPECT_EQ(trie->requiredFlags, uint32_t(BPF_F_NO_PREALLOC));
  EXPECT_EQ(trie->requiredFlagsName, "BPF_F_NO_PREALLOC");
  EXPECT_TRUE(lookupMapType("devmap")->valueSize.allows(8));
  EXPECT_FALSE(lookupMapType("devmap")->valueSize.allows(6));
  EXPECT_TRUE(lookupMapType("percpu-array")->isPerCpu);
  EXPECT_EQ(lookupMapType("queue")->shape, MapShape::Queue);
  EXPECT_FALSE(lookupMapType("struct-ops")->unsupported.empty());
  EXPECT_TRUE(lookupMapType("hash")->unsupported.empty());
}

/// Creates a map with these parameters; 0 or the errno.
static int create(const MapType &type, uint32_t key, uint32_t value,
                  uint32_t entries, uint32_t flags) {
  bpf_attr attr;
  std::memset(&attr, 0, sizeof(attr));
  attr.map_type = type.value;
  attr.key_size = key;
  attr.value_size = value;
  attr.max_entries = entries;
  attr.map_flags = flags;
  int fd = syscall(SYS_bpf, BPF_MAP_CREATE, &attr, sizeof(attr));
  if (fd < 0)
    return errno;
  close(fd);
  return 0;
}

static uint32_t someEntries(const MapType &type) {
  switch (type.entries) {
  case EntriesRule::Zero:
    return 0;
  case EntriesRule::PageMultiple:
    return getpagesize();
  default:
    return 2;
  }
}

/// The running kernel's answer against the rules, for sizes around their
/// limits.
static void compareWithKernel(const MapType &type) {
  uint32_t entries = someEntries(type);
  if (create(type, type.key.min, type.valueSize.min, entries,
             type.requiredFlags) != 0) {
    ADD_FAILURE() << "cannot create the smallest " << type.name.str();
    return;
  }
  for (uint32_t key : {0, 1, 3, 4, 5, 6, 8, 12, 16, 24, 260, 261, 512, 513})
    EXPECT_EQ(
        create(type, key, type.valueSize.min, entries, type.requiredFlags) == 0,
        type.key.allows(key))
        << type.name.str() << " with a key of " << key;
  for (uint32_t value : {0, 1, 3, 4, 5, 6, 8, 12, 16, 24, 1016, 1024})
    EXPECT_EQ(create(type, type.key.min, value, entries, type.requiredFlags) ==
                  0,
              type.valueSize.allows(value))
        << type.name.str() << " with a value of " << value;
  bool mayBeZero = type.entries == EntriesRule::Zero;
  EXPECT_EQ(create(type, type.key.min, type.valueSize.min, 0,
                   type.requiredFlags) == 0,
            mayBeZero)
      << type.name.str() << " without entries";
  if (type.requiredFlags)
    EXPECT_NE(create(type, type.key.min, type.valueSize.min, entries, 0), 0)
        << type.name.str() << " without flags";
}

TEST(MapTypes, MatchTheRunningKernel) {
  const MapType &array = *lookupMapType("array");
  if (int error = create(array, 4, 4, 1, 0))
    GTEST_SKIP() << "the kernel lets no map be created: "
                 << std::strerror(error);
  for (const MapType &type : getMapTypes())
    // Maps of maps are made from a map, not from sizes.
    if (type.unsupported.empty() && !type.needsBtf &&
        !type.name.ends_with("-of-maps"))
      compareWithKernel(type);
}

//===- KernelVersionTest.cpp - tests of versions --------------------------===//
// SPDX-License-Identifier: MIT
//===----------------------------------------------------------------------===//
//
// Versions as text and in order, and the tables that have some.
//
//===----------------------------------------------------------------------===//

#include "Whistler/UAPI/KernelVersion.h"

#include "Whistler/UAPI/MapTypes.h"
#include "Whistler/UAPI/ProgramTypes.h"

#include "gtest/gtest.h"

using namespace whistler::uapi;

TEST(KernelVersion, Parses) {
  std::optional<KernelVersion> version = KernelVersion::parse("6.14");
  ASSERT_TRUE(version);
  EXPECT_EQ(version->str(), "6.14");
  for (llvm::StringRef text :
       {"", "6", "6.", ".1", "6.1.2", "-6.1", "6.x", " 6.1", "6.99999999999"})
    EXPECT_FALSE(KernelVersion::parse(text)) << text.str();
}

TEST(KernelVersion, Orders) {
  EXPECT_LT(KernelVersion({5, 4}), KernelVersion({5, 10}));
  EXPECT_LT(KernelVersion({5, 19}), KernelVersion({6, 0}));
  EXPECT_FALSE(KernelVersion({6, 1}) < KernelVersion({6, 1}));
}

TEST(KernelVersion, ChoosesInstructionSets) {
  EXPECT_EQ(getInstructionSet({3, 0}).name, "v1");
  EXPECT_EQ(getInstructionSet({4, 14}).name, "v2");
  EXPECT_EQ(getInstructionSet(defaultMinKernel).name, "v3");
  EXPECT_EQ(getInstructionSet({6, 5}).name, "v3");
  EXPECT_EQ(getInstructionSet({6, 6}).name, "v4");
  EXPECT_EQ(lookupInstructionSet("v5"), nullptr);
}

TEST(KernelVersion, IsKnownOfMapTypesAndSections) {
  for (const MapType &type : getMapTypes())
    if (type.unsupported.empty())
      EXPECT_FALSE(type.since == KernelVersion()) << type.name.str();
  for (const SectionDef &def : getSectionDefs())
    EXPECT_FALSE(def.since == KernelVersion()) << def.name.str();
  EXPECT_EQ(lookupMapType("ringbuf")->since.str(), "5.8");
  EXPECT_EQ(classifySection("xdp").def->since.str(), "4.8");
  EXPECT_EQ(classifySection("fentry/vfs_read").def->since.str(), "5.5");
  EXPECT_EQ(classifySection("fentry.s/vfs_read").def->since.str(), "5.10");
  EXPECT_EQ(classifySection("tcx/ingress").def->since.str(), "6.6");
}

//===- ProgramTypesTest.cpp - Program types and sections ------------------===//
// SPDX-License-Identifier: MIT
//===----------------------------------------------------------------------===//
//
// The program types of the language and how their sections are classified.
//
//===----------------------------------------------------------------------===//

#include "Whistler/UAPI/ProgramTypes.h"

#include <gtest/gtest.h>
#include <linux/bpf.h>
#include <linux/pkt_cls.h>

using namespace whistler::uapi;

TEST(ProgramTypes, AreIndexedByKind) {
  llvm::ArrayRef<ProgramType> types = getProgramTypes();
  ASSERT_EQ(types.size(), NumProgramKinds);
  for (size_t i = 0; i < types.size(); ++i) {
    EXPECT_EQ(unsigned(types[i].kind), i);
    EXPECT_EQ(lookupProgramType(types[i].name), &types[i]);
    EXPECT_EQ(&getProgramType(types[i].kind), &types[i]);
  }
  EXPECT_EQ(lookupProgramType("XDP"), &getProgramType(ProgramKind::XDP));
  EXPECT_EQ(lookupProgramType("frob"), nullptr);
}

TEST(ProgramTypes, DefaultAndExampleSectionsBelongToThem) {
  for (const ProgramType &type : getProgramTypes()) {
    EXPECT_EQ(type.defaultSection.empty(),
              type.target == SectionTarget::Required);
    for (llvm::StringRef section : {type.defaultSection, type.exampleSection}) {
      if (section.empty())
        continue;
      SectionMatch match = classifySection(section);
      ASSERT_EQ(match.status, SectionMatch::Accepted) << section.str();
      EXPECT_EQ(match.def->kind, type.kind) << section.str();
      EXPECT_EQ(match.def->uapiType, type.uapiType) << section.str();
    }
  }
}

TEST(ProgramTypes, KnowTheirVerdicts) {
  EXPECT_EQ(getProgramType(ProgramKind::XDP).passVerdict, XDP_PASS);
  EXPECT_EQ(getProgramType(ProgramKind::TC).passVerdict, TC_ACT_OK);
  EXPECT_EQ(getProgramType(ProgramKind::CgroupSkb).passVerdict, 1);
  EXPECT_EQ(getProgramType(ProgramKind::SkSkb).passVerdict, 1);
  EXPECT_EQ(getProgramType(ProgramKind::SkMsg).passVerdict, 1);
  for (const ProgramType &type : getProgramTypes())
    EXPECT_EQ(type.hasDirectPacketAccess(), type.passVerdict.has_value());
}

TEST(Sections, SuffixOnAnExactName) {
  SectionMatch match = classifySection("xdp/handler");
  EXPECT_EQ(match.status, SectionMatch::SuffixOnExact);
  EXPECT_EQ(match.section, "xdp");
  EXPECT_EQ(match.target, "handler");
  EXPECT_EQ(match.def->kind, ProgramKind::XDP);
  match = classifySection("cgroup/skb/mine");
  EXPECT_EQ(match.status, SectionMatch::SuffixOnExact);
  EXPECT_EQ(match.section, "cgroup/skb");
  match = classifySection("xdp/devmap/x");
  EXPECT_EQ(match.section, "xdp/devmap");
}

TEST(Sections, ExactNamesWithASlash) {
  SectionMatch match = classifySection("xdp/devmap");
  EXPECT_EQ(match.status, SectionMatch::Accepted);
  EXPECT_EQ(match.section, "xdp/devmap");
  EXPECT_EQ(match.def->attachType, uint32_t(BPF_XDP_DEVMAP));
}

TEST(Sections, Targets) {
  SectionMatch match = classifySection("tracepoint/sched/sched_switch");
  EXPECT_EQ(match.status, SectionMatch::Accepted);
  EXPECT_EQ(match.target, "sched/sched_switch");
  EXPECT_EQ(match.def->kind, ProgramKind::Tracepoint);
  EXPECT_EQ(classifySection("kprobe").target, "");
  EXPECT_EQ(classifySection("fentry.s/vfs_read").def->kind,
            ProgramKind::Fentry);
  EXPECT_TRUE(classifySection("fentry.s/vfs_read").def->isSleepable);
}

TEST(Sections, UnknownNames) {
  for (const char *section : {"", "maps", "xdpx", "XDP", "kprobes/x", "cgroup",
                              "cgroup/frob", "xdp.", "license"})
    EXPECT_FALSE(classifySection(section)) << section;
}

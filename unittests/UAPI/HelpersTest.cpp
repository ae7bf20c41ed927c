//===- HelpersTest.cpp - Helpers and their records ------------------------===//
// SPDX-License-Identifier: MIT
//===----------------------------------------------------------------------===//
//
// Names, numbers and prototypes of helpers, and who may call them.
//
//===----------------------------------------------------------------------===//

#include "Whistler/UAPI/Helpers.h"

#include "llvm/ADT/STLExtras.h"

#include <gtest/gtest.h>
#include <linux/bpf.h>

using namespace whistler::uapi;

TEST(Helpers, LooksUpBothNames) {
  const Helper *helper = lookupHelper("map-update-elem");
  ASSERT_NE(helper, nullptr);
  EXPECT_EQ(helper->id, uint32_t(BPF_FUNC_map_update_elem));
  EXPECT_EQ(lookupHelper("MAP-UPDATE-ELEM"), helper);
  EXPECT_EQ(lookupHelperByCName("bpf_map_update_elem"), helper);
  EXPECT_EQ(lookupHelperByCName("map_update_elem"), helper);
  EXPECT_EQ(lookupHelperById(BPF_FUNC_map_update_elem), helper);
}

TEST(Helpers, DoesNotFindWhatIsNotThere) {
  EXPECT_EQ(lookupHelper("map-frobnicate"), nullptr);
  EXPECT_EQ(lookupHelper(""), nullptr);
  EXPECT_EQ(lookupHelper("unspec"), nullptr);
  EXPECT_EQ(lookupHelperByCName("map-update-elem"), nullptr);
  EXPECT_EQ(lookupHelperById(0), nullptr);
}

TEST(Helpers, TableIsSortedAndComplete) {
  llvm::ArrayRef<Helper> helpers = getHelpers();
  EXPECT_EQ(helpers.size(), size_t(__BPF_FUNC_MAX_ID) - 1);
  for (size_t i = 0; i < helpers.size(); ++i) {
    EXPECT_EQ(helpers[i].index, i);
    EXPECT_EQ(lookupHelper(helpers[i].name), &helpers[i]);
    EXPECT_FALSE(helpers[i].isUndocumented) << helpers[i].name.str();
    EXPECT_LE(helpers[i].numArgs, Helper::MaxArgs);
    for (const HelperArg &arg : helpers[i].args()) {
      EXPECT_FALSE(arg.name.empty());
      EXPECT_LT(arg.sizeArg, helpers[i].numArgs);
    }
  }
}

static std::vector<ArgKind> kindsOf(llvm::StringRef name) {
  std::vector<ArgKind> kinds;
  const Helper *helper = lookupHelper(name);
  if (!helper)
    return kinds;
  for (const HelperArg &arg : helper->args())
    kinds.push_back(arg.kind);
  return kinds;
}

TEST(Helpers, ReadsPrototypes) {
  using K = ArgKind;
  EXPECT_EQ(kindsOf("map-update-elem"),
            (std::vector{K::Map, K::Memory, K::Memory, K::Scalar}));
  EXPECT_EQ(kindsOf("probe-read-kernel"),
            (std::vector{K::Memory, K::Scalar, K::UnsafePointer}));
  EXPECT_EQ(kindsOf("perf-event-output"),
            (std::vector{K::Context, K::Map, K::Scalar, K::Memory, K::Scalar}));
  EXPECT_EQ(kindsOf("xdp-adjust-head"), (std::vector{K::Context, K::Scalar}));
  EXPECT_EQ(kindsOf("skb-load-bytes"),
            (std::vector{K::Context, K::Scalar, K::Memory, K::Scalar}));
  EXPECT_EQ(kindsOf("ringbuf-output"),
            (std::vector{K::Map, K::Memory, K::Scalar, K::Scalar}));
  EXPECT_EQ(kindsOf("loop"),
            (std::vector{K::Scalar, K::Function, K::Memory, K::Scalar}));
  EXPECT_EQ(kindsOf("get-socket-cookie"),
            (std::vector{K::ContextOrKernelPointer}));
  EXPECT_EQ(kindsOf("skc-to-tcp-sock"),
            (std::vector{K::ContextOrKernelPointer}));
  EXPECT_TRUE(kindsOf("ktime-get-ns").empty());
}

TEST(Helpers, FindsTheSizeOfMemory) {
  const Helper *helper = lookupHelper("fib-lookup");
  ASSERT_NE(helper, nullptr);
  EXPECT_EQ(helper->args()[1].sizeArg, 2);
  EXPECT_EQ(helper->args()[0].sizeArg, -1);
  EXPECT_EQ(lookupHelper("check-mtu")->args()[2].sizeArg, -1);
  EXPECT_EQ(lookupHelper("get-current-comm")->args()[0].sizeArg, 1);
}

TEST(Helpers, KnowsVariadicOnes) {
  const Helper *helper = lookupHelper("trace-printk");
  ASSERT_NE(helper, nullptr);
  EXPECT_TRUE(helper->isVariadic);
  EXPECT_EQ(helper->minArgs(), 2u);
  EXPECT_EQ(helper->maxArgs(), 5u);
  EXPECT_EQ(lookupHelper("redirect")->maxArgs(), 2u);
}

TEST(Helpers, KnowsWhatTheyReturn) {
  const Helper *lookup = lookupHelper("map-lookup-elem");
  EXPECT_EQ(lookup->returnKind, ReturnKind::Pointer);
  EXPECT_TRUE(lookup->returnsNull);
  EXPECT_FALSE(lookupHelper("get-current-task-btf")->returnsNull);
  EXPECT_TRUE(lookupHelper("ringbuf-reserve")->returnsNull);
  EXPECT_TRUE(lookupHelper("sk-lookup-tcp")->returnsNull);
  EXPECT_EQ(lookupHelper("sk-lookup-tcp")->returnType, "struct bpf_sock *");
  EXPECT_EQ(lookupHelper("ringbuf-submit")->returnKind, ReturnKind::Void);
  const Helper *random = lookupHelper("get-prandom-u32");
  EXPECT_EQ(random->returnKind, ReturnKind::Integer);
  EXPECT_EQ(random->returnBits, 32);
  EXPECT_FALSE(random->returnsSigned);
  EXPECT_TRUE(lookupHelper("map-update-elem")->returnsSigned);
}

static bool available(llvm::StringRef name, ProgramKind kind) {
  return isHelperAvailable(*lookupHelper(name), kind);
}

TEST(Helpers, KnowsWhoMayCall) {
  for (const ProgramType &type : getProgramTypes())
    EXPECT_TRUE(available("map-lookup-elem", type.kind)) << type.name.str();
  EXPECT_TRUE(available("xdp-adjust-head", ProgramKind::XDP));
  EXPECT_FALSE(available("xdp-adjust-head", ProgramKind::TC));
  EXPECT_TRUE(available("skb-store-bytes", ProgramKind::TC));
  EXPECT_FALSE(available("skb-store-bytes", ProgramKind::XDP));
  EXPECT_FALSE(available("probe-read-kernel", ProgramKind::SkSkb) &&
               available("sysctl-get-name", ProgramKind::SkSkb));
  EXPECT_TRUE(available("get-func-ret", ProgramKind::Fexit));
  EXPECT_FALSE(available("get-func-ret", ProgramKind::XDP));
  EXPECT_TRUE(available("bprm-opts-set", ProgramKind::LSM));
  EXPECT_TRUE(available("override-return", ProgramKind::Kprobe));
}

TEST(Helpers, RecordsSeveralKernels) {
  llvm::ArrayRef<KernelVersion> kernels = getRecordedKernels();
  ASSERT_FALSE(kernels.empty());
  EXPECT_TRUE(llvm::is_sorted(kernels));
  const Helper &lookup = *lookupHelper("map-lookup-elem");
  for (unsigned i = 0; i < kernels.size(); ++i)
    EXPECT_TRUE(isHelperAvailable(lookup, ProgramKind::XDP, i));
}

TEST(Helpers, KnowsTheFirstKernelOfEach) {
  for (const Helper &helper : getHelpers())
    EXPECT_FALSE(helper.since == KernelVersion()) << helper.name.str();
  // No record has a helper that is said to be younger.
  llvm::ArrayRef<KernelVersion> kernels = getRecordedKernels();
  for (const Helper &helper : getHelpers())
    for (const ProgramType &type : getProgramTypes())
      for (unsigned i = 0; i < kernels.size(); ++i)
        if (kernels[i] < helper.since)
          EXPECT_FALSE(isHelperAvailable(helper, type.kind, i))
              << helper.name.str();
  auto since = [](llvm::StringRef name, ProgramKind kind) {
    return getHelperSince(*lookupHelper(name), kind).str();
  };
  EXPECT_EQ(since("ringbuf-reserve", ProgramKind::XDP), "5.8");
  // The headers of this build may not have it.
  if (const Helper *helper = lookupHelper("cgrp-storage-get"))
    EXPECT_EQ(getHelperSince(*helper, ProgramKind::XDP).str(), "6.2");
  // The record of 6.1 has the helper, and not for this type.
  EXPECT_EQ(since("get-current-pid-tgid", ProgramKind::XDP), "6.12");
  EXPECT_EQ(since("get-current-pid-tgid", ProgramKind::Kprobe), "4.2");
}

TEST(Helpers, KnowsGplOnlyOnes) {
  EXPECT_TRUE(isGplOnly(*lookupHelper("trace-printk"), ProgramKind::XDP));
  EXPECT_TRUE(isGplOnly(*lookupHelper("probe-read-kernel")));
  EXPECT_FALSE(isGplOnly(*lookupHelper("map-lookup-elem")));
  EXPECT_FALSE(isGplOnly(*lookupHelper("ktime-get-ns"), ProgramKind::Kprobe));
}

TEST(Helpers, KnowsLicenses) {
  EXPECT_TRUE(isGplCompatible("GPL"));
  EXPECT_TRUE(isGplCompatible("GPL v2"));
  EXPECT_TRUE(isGplCompatible("Dual BSD/GPL"));
  EXPECT_FALSE(isGplCompatible("gpl"));
  EXPECT_FALSE(isGplCompatible("MIT"));
  EXPECT_FALSE(isGplCompatible("GPL v3"));
  EXPECT_FALSE(isGplCompatible(""));
}

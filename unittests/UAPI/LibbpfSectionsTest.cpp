//===- LibbpfSectionsTest.cpp - The section table against libbpf ----------===//
// SPDX-License-Identifier: MIT
//===----------------------------------------------------------------------===//
//
// Asks the installed libbpf about every section name that the table has, and
// about variations on them.
//
//===----------------------------------------------------------------------===//

#include "Whistler/UAPI/ProgramTypes.h"

#include <gtest/gtest.h>

#include <bpf/libbpf.h>
#include <string>

using namespace whistler::uapi;

/// Compares the answers about one name.
static void compare(const std::string &name) {
  bpf_prog_type type;
  bpf_attach_type attachType;
  bool known = libbpf_prog_type_by_name(name.c_str(), &type, &attachType) == 0;
  SectionMatch match = classifySection(name);
  bool isNewer = match.def && match.def->sinceMinor > libbpf_minor_version();
  if (isNewer)
    return;
  EXPECT_EQ(match.status == SectionMatch::Accepted, known) << name;
  if (!known || match.status != SectionMatch::Accepted)
    return;
  EXPECT_EQ(match.def->uapiType, uint32_t(type)) << name;
  EXPECT_EQ(match.def->attachType.value_or(0), uint32_t(attachType)) << name;
}

TEST(LibbpfSections, AgreesOnEveryName) {
  if (libbpf_major_version() != 1)
    GTEST_SKIP() << "the table describes libbpf 1.x";
  libbpf_set_print(nullptr);
  for (const SectionDef &def : getSectionDefs())
    for (const char *suffix : {"", "/", "/vfs_read", "/a/b", ".s", ".x", "x",
                               "+", "/ingress", "/devmap", "4", ".s/vfs_read"})
      compare(def.name.str() + suffix);
  for (const char *name : {"", "/", "maps", ".maps", "license", "version",
                           "XDP", "tcp", "cgroup", "cgroup/", "sk_skb/x"})
    compare(name);
}

TEST(LibbpfSections, HasNoNameThatTheTableLacks) {
  if (libbpf_major_version() != 1)
    GTEST_SKIP() << "the table describes libbpf 1.x";
  // On a failure libbpf lists the names that it would have accepted.
  static std::string listing;
  libbpf_set_print([](libbpf_print_level, const char *format, va_list args) {
    char line[8192];
    vsnprintf(line, sizeof(line), format, args);
    listing += line;
    return 0;
  });
  bpf_prog_type type;
  bpf_attach_type attachType;
  libbpf_prog_type_by_name("no such section", &type, &attachType);
  libbpf_set_print(nullptr);
  llvm::StringRef names = llvm::StringRef(listing).rsplit("are:").second;
  ASSERT_FALSE(names.empty());
  for (llvm::StringRef rest = names.trim(); !rest.empty();) {
    auto [name, tail] = rest.split(' ');
    rest = tail.ltrim();
    EXPECT_EQ(classifySection(name.rtrim("+")).status, SectionMatch::Accepted)
        << name.str();
  }
}

//===- OutputFileTests.cpp - Tests of atomic output files -------*- C++ -*-===//
// SPDX-License-Identifier: MIT
//===----------------------------------------------------------------------===//
//
// Writes to every kind of file and checks what is left behind.
//
//===----------------------------------------------------------------------===//

#include "Whistler/Target/ELF/OutputFile.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include "gtest/gtest.h"
#include <csignal>
#include <sys/resource.h>
#include <sys/stat.h>
#include <thread>
#include <unistd.h>

using namespace llvm;
using whistler::elf::writeFileAtomically;

namespace {
/// A directory of its own for each test.
struct OutputFile : testing::Test {
  SmallString<128> Directory;

  void SetUp() override {
    ASSERT_FALSE(sys::fs::createUniqueDirectory("whistler-output", Directory));
  }
  void TearDown() override { sys::fs::remove_directories(Directory); }

  std::string path(const Twine &Name) const {
    SmallString<128> Path(Directory);
    sys::path::append(Path, Name);
    return std::string(Path);
  }
  static std::string read(const Twine &Path) {
    auto Buffer = MemoryBuffer::getFile(Path);
    return Buffer ? (*Buffer)->getBuffer().str() : "(none)";
  }
  static std::string write(StringRef Path, StringRef Bytes) {
    return toString(writeFileAtomically(Path, Bytes));
  }
  unsigned entries() const {
    std::error_code EC;
    unsigned Count = 0;
    for (sys::fs::directory_iterator It(Directory, EC), End; !EC && It != End;
         It.increment(EC))
      ++Count;
    return Count;
  }
};
} // namespace

TEST_F(OutputFile, NewFileHonoursTheUmask) {
  mode_t Old = umask(027);
  EXPECT_EQ(write(path("a.o"), StringRef("x\0y", 3)), "");
  umask(Old);
  EXPECT_EQ(read(path("a.o")), std::string("x\0y", 3));
  EXPECT_EQ(*sys::fs::getPermissions(path("a.o")),
            sys::fs::owner_read | sys::fs::owner_write | sys::fs::group_read);
  EXPECT_EQ(entries(), 1u);
}

TEST_F(OutputFile, ReplacesAnOlderFile) {
  EXPECT_EQ(write(path("a.o"), "old and longer"), "");
  EXPECT_EQ(write(path("a.o"), "new"), "");
  EXPECT_EQ(read(path("a.o")), "new");
  EXPECT_EQ(entries(), 1u);
}

TEST_F(OutputFile, LongestName) {
  std::string Name(NAME_MAX, 'n');
  EXPECT_EQ(write(path(Name), "new"), "");
  EXPECT_EQ(read(path(Name)), "new");
}

TEST_F(OutputFile, FollowsALink) {
  EXPECT_EQ(write(path("target"), "old"), "");
  ASSERT_EQ(symlink("target", path("link").c_str()), 0);
  EXPECT_EQ(write(path("link"), "new"), "");
  EXPECT_TRUE(sys::fs::is_symlink_file(path("link")));
  EXPECT_EQ(read(path("target")), "new");
}

TEST_F(OutputFile, MakesTheTargetOfADanglingLink) {
  ASSERT_EQ(symlink("target", path("link").c_str()), 0);
  EXPECT_EQ(write(path("link"), "new"), "");
  EXPECT_TRUE(sys::fs::is_symlink_file(path("link")));
  EXPECT_EQ(read(path("target")), "new");
}

TEST_F(OutputFile, WritesIntoAFifo) {
  ASSERT_EQ(mkfifo(path("fifo").c_str(), 0600), 0);
  std::string Seen;
  std::thread Reader([&] { Seen = read(path("fifo")); });
  EXPECT_EQ(write(path("fifo"), "through the pipe"), "");
  Reader.join();
  EXPECT_EQ(Seen, "through the pipe");
}

TEST_F(OutputFile, LeavesADeviceADevice) {
  EXPECT_EQ(write("/dev/null", "gone"), "");
  sys::fs::file_status Status;
  ASSERT_FALSE(sys::fs::status("/dev/null", Status));
  EXPECT_EQ(Status.type(), sys::fs::file_type::character_file);
}

TEST_F(OutputFile, ReportsAFullDevice) {
  if (!sys::fs::exists("/dev/full"))
    GTEST_SKIP() << "no /dev/full";
  EXPECT_TRUE(StringRef(write("/dev/full", "x")).contains("No space left"));
}

TEST_F(OutputFile, FailedWriteLeavesTheOlderFile) {
  EXPECT_EQ(write(path("a.o"), "old"), "");
  rlimit Old;
  ASSERT_EQ(getrlimit(RLIMIT_FSIZE, &Old), 0);
  rlimit Small = Old;
  Small.rlim_cur = 100;
  auto *OldHandler = signal(SIGXFSZ, SIG_IGN);
  ASSERT_EQ(setrlimit(RLIMIT_FSIZE, &Small), 0);
  std::string Message = write(path("a.o"), std::string(1000, 'n'));
  setrlimit(RLIMIT_FSIZE, &Old);
  signal(SIGXFSZ, OldHandler);
  EXPECT_TRUE(StringRef(Message).contains("File too large")) << Message;
  EXPECT_EQ(read(path("a.o")), "old");
  EXPECT_EQ(entries(), 1u);
}

TEST_F(OutputFile, RefusesADirectory) {
  EXPECT_TRUE(StringRef(write(Directory, "x")).contains("Is a directory"));
}

TEST_F(OutputFile, NamesTheFileThatCannotBeWritten) {
  std::string Missing = path("missing/a.o");
  std::string Message = write(Missing, "x");
  EXPECT_TRUE(StringRef(Message).contains(Missing)) << Message;
  EXPECT_EQ(entries(), 0u);
}

//===- TracepointFormatTests.cpp - Tests of format files --------*- C++ -*-===//
// SPDX-License-Identifier: MIT
//===----------------------------------------------------------------------===//
//
// Reads format texts of every sort of field, damaged texts, and files.
//
//===----------------------------------------------------------------------===//

#include "Whistler/KernelTypes/TracepointFormat.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/raw_ostream.h"
#include "gtest/gtest.h"
#include <random>

using namespace llvm;
using namespace whistler;

static const char *const Sample =
    "name: open_door\n"
    "ID: 316\n"
    "format:\n"
    "\tfield:unsigned short common_type;\toffset:0;\tsize:2;\tsigned:0;\n"
    "\tfield:int common_pid;\toffset:4;\tsize:4;\tsigned:1;\n"
    "\n"
    "\tfield:char owner[16];\toffset:8;\tsize:16;\tsigned:0;\n"
    "\tfield:const char * key;\toffset:24;\tsize:8;\tsigned:0;\n"
    "\tfield:void (*done)(struct door *);\toffset:32;\tsize:8;\tsigned:0;\n"
    "\tfield:__data_loc char[] room;\toffset:40;\tsize:4;\tsigned:0;\n"
    "\tfield:__rel_loc u32[] steps;\toffset:44;\tsize:4;\tsigned:0;\n"
    "\tfield:unsigned long args[2][3];\toffset:48;\tsize:48;\tsigned:0;\n"
    "\tfield:struct door *door;\toffset:96;\tsize:8;\tsigned:0;\n"
    "\n"
    "print fmt: \"field:%s\", REC->owner\n";

static std::string errorOf(StringRef Text) {
  Expected<TracepointFormat> Result = parseTracepointFormat(Text);
  return Result ? "" : toString(Result.takeError());
}

TEST(TracepointFormat, EverySortOfField) {
  Expected<TracepointFormat> Result = parseTracepointFormat(Sample);
  ASSERT_TRUE(bool(Result)) << toString(Result.takeError());
  EXPECT_EQ(Result->Name, "open_door");
  EXPECT_EQ(Result->Id, 316u);
  EXPECT_EQ(Result->byteSize(), 104u);
  struct Row {
    const char *Name, *Type;
    uint32_t Offset, Size;
    bool IsSigned, IsArray, IsDataLoc, IsRelative;
  };
  const Row Rows[] = {
      {"common_type", "unsigned short", 0, 2, false, false, false, false},
      {"common_pid", "int", 4, 4, true, false, false, false},
      {"owner", "char", 8, 16, false, true, false, false},
      {"key", "const char *", 24, 8, false, false, false, false},
      {"done", "void (*)(struct door *)", 32, 8, false, false, false, false},
      {"room", "char", 40, 4, false, false, true, false},
      {"steps", "u32", 44, 4, false, false, true, true},
      {"args", "unsigned long", 48, 48, false, true, false, false},
      {"door", "struct door *", 96, 8, false, false, false, false},
  };
  ASSERT_EQ(Result->Fields.size(), std::size(Rows));
  for (const Row &R : Rows) {
    const TracepointField *F = Result->find(R.Name);
    ASSERT_NE(F, nullptr) << R.Name;
    EXPECT_EQ(F->Type, R.Type);
    EXPECT_EQ(F->ByteOffset, R.Offset) << R.Name;
    EXPECT_EQ(F->ByteSize, R.Size) << R.Name;
    EXPECT_EQ(F->IsSigned, R.IsSigned) << R.Name;
    EXPECT_EQ(F->IsArray, R.IsArray) << R.Name;
    EXPECT_EQ(F->IsDataLoc, R.IsDataLoc) << R.Name;
    EXPECT_EQ(F->IsRelative, R.IsRelative) << R.Name;
  }
  EXPECT_EQ(Result->find("window"), nullptr);
}

TEST(TracepointFormat, RefusesOtherTexts) {
  StringRef Lacks = "this is no format of a tracepoint: it lacks the name, the "
                    "ID or the fields";
  EXPECT_EQ(errorOf(""), Lacks);
  EXPECT_EQ(errorOf("name: x\nID: 1\n"), Lacks);
  EXPECT_EQ(errorOf("name: x\nID: one\nfield:int a; offset:0; size:4;\n"),
            Lacks);
  auto Refuses = [](StringRef Field) {
    EXPECT_EQ(errorOf(("name: x\nfield:" + Field).str()),
              ("line 2 is no field of a tracepoint: '" + Field + "'").str());
  };
  Refuses("");
  Refuses("int; offset:0; size:4; signed:1;");
  Refuses("int a; size:4; signed:1;");
  Refuses("int a; offset:0; signed:1;");
  Refuses("int a; offset:-8; size:4;");
  Refuses("int a; offset:4294967295; size:4;");
  Refuses("int a; offset:8; size:99999999999;");
  Refuses("int ]; offset:0; size:4;");
  Refuses("int a(*; offset:0; size:4;");
}

TEST(TracepointFormat, DamagedTextsNeverCrash) {
  std::mt19937 Random(1);
  unsigned Accepted = 0;
  for (int Round = 0; Round != 5000; ++Round) {
    std::string Text = Sample;
    for (int Change = Random() % 4; Change >= 0; --Change)
      Text[Random() % Text.size()] = Random();
    Text.resize(Text.size() - Random() % 8);
    Expected<TracepointFormat> Result = parseTracepointFormat(Text);
    if (!Result) {
      consumeError(Result.takeError());
      continue;
    }
    EXPECT_LE(Result->byteSize(), 1u << 16);
    ++Accepted;
  }
  EXPECT_GT(Accepted, 100u);
}

TEST(TracepointFormat, Files) {
  SmallString<128> Root;
  ASSERT_FALSE(sys::fs::createUniqueDirectory("whistler-events", Root));
  for (const char *Event : {"open_door", "close_door"}) {
    SmallString<128> Folder(Root);
    sys::path::append(Folder, "house", Event);
    ASSERT_FALSE(sys::fs::create_directories(Folder));
  }
  SmallString<128> Path(Root);
  sys::path::append(Path, "house", "open_door", "format");
  std::error_code EC;
  raw_fd_ostream(Path, EC) << Sample;
  ASSERT_FALSE(EC);

  Expected<TracepointFormat> Result =
      readTracepointFormat("house", "open_door", Root);
  ASSERT_TRUE(bool(Result)) << toString(Result.takeError());
  EXPECT_EQ(Result->Id, 316u);
  EXPECT_EQ(tracepointCategories(Root), std::vector<std::string>{"house"});
  EXPECT_EQ(tracepointEvents("house", Root),
            (std::vector<std::string>{"close_door", "open_door"}));
  EXPECT_TRUE(tracepointEvents("garden", Root).empty());

  Result = readTracepointFormat("house", "close_door", Root);
  ASSERT_FALSE(bool(Result));
  EXPECT_EQ(toString(Result.takeError()),
            ("'" + Root +
             "/house/close_door/format': No such file or "
             "directory")
                .str());
  for (StringRef Name : {"..", "", "a/b"}) {
    Result = readTracepointFormat("house", Name, Root);
    ASSERT_FALSE(bool(Result));
    EXPECT_EQ(toString(Result.takeError()),
              ("'house/" + Name + "' is no name of a tracepoint").str());
  }
  sys::fs::remove_directories(Root);
}

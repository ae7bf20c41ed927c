//===- BTFReaderTests.cpp - Tests of reading BTF ----------------*- C++ -*-===//
// SPDX-License-Identifier: MIT
//===----------------------------------------------------------------------===//
//
// Reads back what the builder wrote, all kinds of types, damaged files, and the
// running kernel's types.
//
//===----------------------------------------------------------------------===//

#include "Whistler/Target/BTF/Reader.h"
#include "Whistler/Target/ELF/ObjectWriter.h"
#include "llvm/Support/Endian.h"
#include "llvm/Support/FileSystem.h"
#include "gtest/gtest.h"
#include <random>

using namespace llvm;
using namespace whistler::btf;

/// Raw BTF of these words and strings.
static std::string rawBTF(ArrayRef<uint32_t> Words, StringRef Strings) {
  uint32_t Length = Words.size() * 4;
  uint32_t Header[] = {
      BTF::MAGIC | BTF::VERSION << 16, BTF::HeaderSize, 0, Length, Length,
      uint32_t(Strings.size())};
  std::string Bytes(reinterpret_cast<const char *>(Header), sizeof(Header));
  Bytes.append(reinterpret_cast<const char *>(Words.data()), Length);
  return Bytes.append(Strings.data(), Strings.size());
}

static Expected<std::unique_ptr<Reader>> read(StringRef Bytes) {
  return Reader::create(MemoryBuffer::getMemBufferCopy(Bytes));
}

static std::string errorOf(StringRef Bytes) {
  Expected<std::unique_ptr<Reader>> Result = read(Bytes);
  return Result ? "" : toString(Result.takeError());
}

static std::string written(const Builder &Types) {
  SmallVector<char> Out;
  EXPECT_EQ(toString(Types.write(Out)), "");
  return std::string(Out.begin(), Out.end());
}

static uint32_t info(uint32_t Kind, uint32_t Vlen = 0) {
  return Kind << 24 | Vlen;
}

/// One type of each kind; ids and kinds are the same.
static const uint32_t EveryKind[] = {1,
                                     info(BTF::BTF_KIND_INT),
                                     4,
                                     32,
                                     0,
                                     info(BTF::BTF_KIND_PTR),
                                     4,
                                     0,
                                     info(BTF::BTF_KIND_ARRAY),
                                     0,
                                     1,
                                     1,
                                     9,
                                     3,
                                     info(BTF::BTF_KIND_STRUCT, 1),
                                     4,
                                     1,
                                     1,
                                     0,
                                     3,
                                     info(BTF::BTF_KIND_UNION, 1),
                                     4,
                                     1,
                                     1,
                                     0,
                                     3,
                                     info(BTF::BTF_KIND_ENUM, 1),
                                     4,
                                     1,
                                     7,
                                     3,
                                     info(BTF::BTF_KIND_FWD),
                                     0,
                                     3,
                                     info(BTF::BTF_KIND_TYPEDEF),
                                     9,
                                     0,
                                     info(BTF::BTF_KIND_VOLATILE),
                                     10,
                                     0,
                                     info(BTF::BTF_KIND_CONST),
                                     11,
                                     0,
                                     info(BTF::BTF_KIND_RESTRICT),
                                     2,
                                     3,
                                     info(BTF::BTF_KIND_FUNC),
                                     13,
                                     0,
                                     info(BTF::BTF_KIND_FUNC_PROTO, 1),
                                     0,
                                     1,
                                     1,
                                     3,
                                     info(BTF::BTF_KIND_VAR),
                                     1,
                                     1,
                                     3,
                                     info(BTF::BTF_KIND_DATASEC, 1),
                                     4,
                                     14,
                                     0,
                                     4,
                                     3,
                                     info(BTF::BTF_KIND_FLOAT),
                                     8,
                                     3,
                                     info(BTF::BTF_KIND_DECL_TAG),
                                     4,
                                     0,
                                     3,
                                     info(BTF::BTF_KIND_TYPE_TAG),
                                     1,
                                     3,
                                     info(BTF::BTF_KIND_ENUM64, 1),
                                     8,
                                     1,
                                     7,
                                     1};

static std::string everyKind() {
  return rawBTF(EveryKind, StringRef("\0i\0s\0", 5));
}

TEST(BTFReader, ReadsWhatTheBuilderWrote) {
  Builder Types;
  TypeId U32 = Types.addScalar(4);
  TypeId Pair = Types.addStruct("pair", 8, {{"a", U32, 0}, {"b", U32, 32}});
  TypeId Proto = Types.addFuncProto(U32, {{"x", U32}, {"y", Pair}});
  TypeId Func = Types.addFunc("f", Proto, FuncLinkage::Global);
  auto Result = read(written(Types));
  ASSERT_TRUE(bool(Result)) << toString(Result.takeError());
  const Reader &R = **Result;
  EXPECT_EQ(R.typeCount(), Types.typeCount());
  // The later searches use the index.
  for (int Time = 0; Time != 8; ++Time) {
    EXPECT_EQ(R.find(BTF::BTF_KIND_STRUCT, "pair"), Pair);
    EXPECT_EQ(R.find(BTF::BTF_KIND_STRUCT, "pai"), std::nullopt);
    EXPECT_EQ(R.find(BTF::BTF_KIND_STRUCT, "pairs"), std::nullopt);
  }
  EXPECT_EQ(R.find(BTF::BTF_KIND_FUNC, "f"), Func);
  EXPECT_EQ(R.find(BTF::BTF_KIND_UNION, "pair"), std::nullopt);
  EXPECT_EQ(R.find(BTF::BTF_KIND_STRUCT, ""), std::nullopt);
  ArrayRef<BTF::BTFMember> Members =
      cast<BTF::StructType>(R.type(Pair)).members();
  ASSERT_EQ(Members.size(), 2u);
  EXPECT_EQ(R.string(Members[1].NameOff), "b");
  EXPECT_EQ(Members[1].Offset, 32u);
  ASSERT_EQ(R.params(Proto).size(), 2u);
  EXPECT_EQ(R.string(R.params(Proto)[1].NameOff), "y");
  EXPECT_EQ(R.names(BTF::BTF_KIND_STRUCT), std::vector<StringRef>{"pair"});
}

TEST(BTFReader, KnowsEveryKind) {
  auto Result = read(everyKind());
  ASSERT_TRUE(bool(Result)) << toString(Result.takeError());
  ASSERT_EQ((*Result)->typeCount(), uint32_t(BTF::BTF_KIND_ENUM64));
  for (uint32_t Id = 0; Id <= BTF::BTF_KIND_ENUM64; ++Id)
    EXPECT_EQ((*Result)->kind({Id}), Id);
  EXPECT_EQ((*Result)->intWord({1}), 32u);
}

TEST(BTFReader, FindsTheSectionOfAnObject) {
  Builder Types;
  TypeId Pair = Types.addStruct("pair", 4, {{"a", Types.addScalar(4), 0}});
  std::string Section = written(Types);
  for (uint64_t Align : {1, 4}) {
    whistler::elf::ObjectWriter Object;
    // With an alignment of 1 the odd length leaves the words misaligned.
    Object.addSection("license", ELF::SHT_PROGBITS, 0, 1, StringRef("G"));
    Object.addSection(".BTF", ELF::SHT_PROGBITS, 0, Align, Section);
    SmallVector<char> Out;
    ASSERT_EQ(toString(Object.write(Out)), "");
    auto Result = read(StringRef(Out.data(), Out.size()));
    ASSERT_TRUE(bool(Result)) << toString(Result.takeError());
    EXPECT_EQ((*Result)->find(BTF::BTF_KIND_STRUCT, "pair"), Pair);
  }
  whistler::elf::ObjectWriter Object;
  Object.addSection("license", ELF::SHT_PROGBITS, 0, 1, StringRef("G"));
  SmallVector<char> Out;
  ASSERT_EQ(toString(Object.write(Out)), "");
  EXPECT_EQ(errorOf(StringRef(Out.data(), Out.size())),
            "the ELF file has no .BTF section");
}

TEST(BTFReader, RefusesWhatIsNoBTF) {
  EXPECT_EQ(errorOf(""), "this is no BTF: it has 0 bytes");
  EXPECT_EQ(errorOf(std::string(24, 'x')),
            "this is no BTF: it does not start with the bytes 9f eb");
  std::string Bytes = everyKind();
  std::swap(Bytes[0], Bytes[1]);
  EXPECT_EQ(errorOf(Bytes),
            "the BTF is for a machine with the other byte order");
  Bytes = everyKind();
  Bytes[2] = 9;
  EXPECT_EQ(errorOf(Bytes),
            "the BTF has version 9, and only version 1 is known");
  Bytes = everyKind();
  Bytes.pop_back();
  EXPECT_EQ(errorOf(Bytes),
            "the BTF is damaged: its types or strings lie outside the file");
  Bytes = everyKind();
  Bytes.back() = 'x';
  EXPECT_EQ(errorOf(Bytes), "the BTF is damaged: its strings do not start and "
                            "end with a NUL byte");
  EXPECT_NE(errorOf("\x7f"
                    "ELF and nothing else"),
            "");
}

TEST(BTFReader, RefusesDamagedTypes) {
  StringRef Strings("\0", 1);
  EXPECT_EQ(errorOf(rawBTF({0, info(BTF::BTF_KIND_PTR)}, Strings)),
            "the BTF is damaged: type 1 is cut off");
  EXPECT_EQ(errorOf(rawBTF({0, info(BTF::BTF_KIND_STRUCT, 9), 0}, Strings)),
            "the BTF is damaged: type 1 is cut off");
  EXPECT_EQ(errorOf(rawBTF({0, info(20), 0}, Strings)),
            "the BTF is damaged: type 1 has the kind 20, which is unknown");
  StringRef Reference = "the BTF is damaged: type 1 refers to a name or a type "
                        "that does not exist";
  EXPECT_EQ(errorOf(rawBTF({1, info(BTF::BTF_KIND_PTR), 0}, Strings)),
            Reference);
  EXPECT_EQ(errorOf(rawBTF({0, info(BTF::BTF_KIND_PTR), 2}, Strings)),
            Reference);
  EXPECT_EQ(
      errorOf(rawBTF({0, info(BTF::BTF_KIND_ARRAY), 0, 1, 2, 0}, Strings)),
      Reference);
  EXPECT_EQ(errorOf(rawBTF({0, info(BTF::BTF_KIND_ENUM, 1), 4, 1, 0}, Strings)),
            Reference);
}

/// Follows everything that a Reader hands out.
static size_t touchAll(const Reader &R) {
  size_t Sum = 0;
  for (uint32_t Id = 0; Id <= R.typeCount(); ++Id) {
    Sum += R.name({Id}).size();
    const BTF::CommonType &Type = R.type({Id});
    if (const auto *Struct = dyn_cast<BTF::StructType>(&Type))
      for (const BTF::BTFMember &M : Struct->members())
        Sum += R.string(M.NameOff).size() + R.kind({M.Type});
    if (const auto *Enum = dyn_cast<BTF::EnumType>(&Type))
      for (const BTF::BTFEnum &E : Enum->values())
        Sum += R.string(E.NameOff).size();
    if (Type.getKind() == BTF::BTF_KIND_FUNC_PROTO)
      for (const BTF::BTFParam &P : R.params({Id}))
        Sum += R.string(P.NameOff).size() + R.kind({P.Type});
  }
  return Sum;
}

/// Reads damaged copies of a file; returns how many were accepted and refused.
static std::pair<unsigned, unsigned> readDamaged(StringRef Good,
                                                 unsigned Rounds) {
  std::mt19937 Random(1);
  unsigned Accepted = 0, Refused = 0;
  for (unsigned Round = 0; Round != Rounds; ++Round) {
    std::string Bytes = Good.str();
    for (int Change = Random() % 4; Change >= 0; --Change)
      Bytes[Random() % Bytes.size()] ^= 1 << Random() % 8;
    if (Random() % 8 == 0)
      Bytes.resize(Random() % Bytes.size());
    Expected<std::unique_ptr<Reader>> Result = read(Bytes);
    if (!Result) {
      EXPECT_NE(toString(Result.takeError()), "");
      ++Refused;
      continue;
    }
    touchAll(**Result);
    ++Accepted;
  }
  return {Accepted, Refused};
}

TEST(BTFReader, DamagedBytesNeverCrash) {
  auto [Accepted, Refused] = readDamaged(everyKind(), 20000);
  EXPECT_GT(Accepted, 100u);
  EXPECT_GT(Refused, 100u);
}

TEST(BTFReader, DamagedObjectsNeverCrash) {
  whistler::elf::ObjectWriter Object;
  Object.addSection(".BTF", whistler::elf::SectionKind::BTF, everyKind());
  SmallVector<char> Out;
  ASSERT_EQ(toString(Object.write(Out)), "");
  auto [Accepted, Refused] =
      readDamaged(StringRef(Out.data(), Out.size()), 20000);
  EXPECT_GT(Accepted, 100u);
  EXPECT_GT(Refused, 100u);
}

TEST(BTFReader, ReadsTheRunningKernel) {
  const char *Path = "/sys/kernel/btf/vmlinux";
  if (!sys::fs::exists(Path))
    GTEST_SKIP() << "this kernel has no BTF";
  auto Result = Reader::open(Path);
  ASSERT_TRUE(bool(Result)) << toString(Result.takeError());
  const Reader &R = **Result;
  std::optional<TypeId> Task = R.find(BTF::BTF_KIND_STRUCT, "task_struct");
  ASSERT_TRUE(Task);
  EXPECT_EQ(R.name(*Task), "task_struct");
  EXPECT_GT(touchAll(R), 0u);
}

TEST(BTFReader, NamesTheFileThatItCannotRead) {
  auto Result = Reader::open("/nonexistent/vmlinux");
  ASSERT_FALSE(bool(Result));
  EXPECT_EQ(toString(Result.takeError()),
            "'/nonexistent/vmlinux': No such file or directory");
}

//===- BTFTests.cpp - Tests of the .BTF and .BTF.ext builders ---*- C++ -*-===//
// SPDX-License-Identifier: MIT
//===----------------------------------------------------------------------===//
//
// Checks deduplication, layout, record order and every refusal.
//
//===----------------------------------------------------------------------===//

#include "Whistler/Target/BTF/Builder.h"
#include "Whistler/Target/BTF/ExtBuilder.h"
#include "Whistler/Target/BTF/MapDefinition.h"
#include "llvm/Support/Endian.h"
#include "gtest/gtest.h"

using namespace llvm;
using namespace whistler::btf;

static std::string mistakeOf(const Builder &Types) {
  SmallVector<char> Out;
  return toString(Types.write(Out));
}

/// The words of a section from byte `From` on.
static std::vector<uint32_t> wordsOf(ArrayRef<char> Bytes, size_t From) {
  std::vector<uint32_t> Words;
  for (size_t I = From; I + 4 <= Bytes.size(); I += 4)
    Words.push_back(support::endian::read32le(Bytes.data() + I));
  return Words;
}

/// The words of the type with the highest id, in a builder without strings.
static std::vector<uint32_t> lastType(const Builder &Types, size_t Count) {
  SmallVector<char> Out;
  EXPECT_EQ(toString(Types.write(Out)), "");
  uint32_t End = BTF::HeaderSize + support::endian::read32le(&Out[12]);
  std::vector<uint32_t> All =
      wordsOf(ArrayRef(Out).take_front(End), BTF::HeaderSize);
  return {All.end() - Count, All.end()};
}

TEST(BTFBuilder, EmptySectionIsAHeaderAndTheEmptyString) {
  Builder Types;
  SmallVector<char> Out;
  ASSERT_EQ(toString(Types.write(Out)), "");
  ASSERT_EQ(Out.size(), BTF::HeaderSize + 1u);
  EXPECT_EQ(wordsOf(Out, 0),
            (std::vector<uint32_t>{BTF::MAGIC | BTF::VERSION << 16,
                                   BTF::HeaderSize, 0, 0, 0, 1}));
}

TEST(BTFBuilder, EqualStringsShareOneOffset) {
  Builder Types;
  EXPECT_EQ(Types.addString(""), 0u);
  EXPECT_EQ(Types.addString("ab"), 1u);
  EXPECT_EQ(Types.addString("b"), 4u);
  EXPECT_EQ(Types.addString("ab"), 1u);
}

TEST(BTFBuilder, EqualTypesShareOneId) {
  Builder Types;
  TypeId U32 = Types.addScalar(4);
  EXPECT_EQ(U32, Types.addInt("unsigned int", 4));
  EXPECT_NE(U32, Types.addScalar(4, /*IsSigned=*/true));
  EXPECT_EQ(Types.addPointer(U32), Types.addPointer(U32));
  EXPECT_EQ(Types.addArray(U32, 3), Types.addArray(U32, 3));
  EXPECT_NE(Types.addArray(U32, 3), Types.addArray(U32, 4));
  EXPECT_EQ(Types.addStruct("s", 8, {{"a", U32, 0}, {"b", U32, 32}}),
            Types.addStruct("s", 8, {{"a", U32, 0}, {"b", U32, 32}}));
  EXPECT_NE(Types.addStruct("s", 8, {{"a", U32, 0}}),
            Types.addStruct("s", 8, {{"b", U32, 0}}));
  TypeId Proto = Types.addFuncProto(U32, {{"x", U32}});
  EXPECT_EQ(Proto, Types.addFuncProto(U32, {{"x", U32}}));
  EXPECT_NE(Types.addFunc("f", Proto, FuncLinkage::Static),
            Types.addFunc("f", Proto, FuncLinkage::Static));
  EXPECT_NE(Types.addVar("v", U32, VarLinkage::Static),
            Types.addVar("v", U32, VarLinkage::Static));
  EXPECT_EQ(mistakeOf(Types), "");
}

TEST(BTFBuilder, IntEncodesSizeAndSign) {
  Builder Types;
  Types.addInt("int", 4, IntEncoding::Signed);
  EXPECT_EQ(lastType(Types, 4),
            (std::vector<uint32_t>{1, BTF::BTF_KIND_INT << 24, 4,
                                   BTF::INT_SIGNED << 24 | 32}));
}

TEST(BTFBuilder, RecursiveStruct) {
  Builder Types;
  TypeId Node = Types.declareComposite(Composite::Struct, "node");
  EXPECT_EQ(mistakeOf(Types),
            "the struct 'node' is declared for BTF but never defined");
  TypeId Next = Types.addPointer(Node);
  Types.defineComposite(Node, 8, {{"next", Next, 0}});
  EXPECT_EQ(Node.Value, 1u);
  EXPECT_EQ(mistakeOf(Types), "");
  Types.defineComposite(Node, 8, {});
  EXPECT_EQ(mistakeOf(Types),
            "BTF type id 1 is not a struct that waits for its definition");
}

TEST(BTFBuilder, BitFieldsSplitTheOffsetWord) {
  Builder Types;
  TypeId U32 = Types.addScalar(4);
  Types.addStruct("", 8, {{"", U32, 0, 3}, {"", U32, 32}});
  EXPECT_EQ(lastType(Types, 9),
            (std::vector<uint32_t>{0, 1u << 31 | BTF::BTF_KIND_STRUCT << 24 | 2,
                                   8, 0, 1, 3u << 24, 0, 1, 32}));
}

TEST(BTFBuilder, Enum64OnlyForWideValues) {
  Builder Types;
  uint32_t Name = Types.addString("A");
  Types.addEnum("", 4, /*IsSigned=*/false, {{"A", 0xffffffff}});
  EXPECT_EQ(lastType(Types, 5),
            (std::vector<uint32_t>{0, BTF::BTF_KIND_ENUM << 24 | 1, 4, Name,
                                   0xffffffff}));
  Types.addEnum("", 8, /*IsSigned=*/true, {{"A", -(int64_t(1) << 32)}});
  EXPECT_EQ(lastType(Types, 6),
            (std::vector<uint32_t>{
                0, BTF::ENUM_SIGNED_FLAG | BTF::BTF_KIND_ENUM64 << 24 | 1, 8,
                Name, 0, 0xffffffff}));
}

TEST(BTFBuilder, DataSecSortsItsVariables) {
  Builder Types;
  TypeId U32 = Types.addScalar(4);
  TypeId A = Types.addVar("a", U32, VarLinkage::Global);
  TypeId B = Types.addVar("b", U32, VarLinkage::Global);
  Types.addDataSec(".bss", 8, {{B, 4, 4}, {A, 0, 4}});
  EXPECT_EQ(lastType(Types, 6),
            (std::vector<uint32_t>{A.Value, 0, 4, B.Value, 4, 4}));
}

TEST(BTFBuilder, RefusesWhatTheKernelRefuses) {
  auto Refuses = [](StringRef Part, auto Add) {
    Builder Types;
    TypeId U32 = Types.addScalar(4);
    Add(Types, U32);
    EXPECT_TRUE(StringRef(mistakeOf(Types)).contains(Part)) << mistakeOf(Types);
  };
  Refuses("NUL byte",
          [](Builder &T, TypeId) { T.addString(StringRef("a\0b", 3)); });
  Refuses("no C identifier",
          [](Builder &T, TypeId U32) { T.addTypedef("my-type", U32); });
  Refuses("no C identifier", [](Builder &T, TypeId U32) {
    T.addVar("", U32, VarLinkage::Global);
  });
  Refuses("1, 2, 4, 8 or 16", [](Builder &T, TypeId) { T.addInt("i", 3); });
  Refuses("has no name", [](Builder &T, TypeId) { T.addInt("", 4); });
  Refuses("may not be void", [](Builder &T, TypeId) { T.addArray({}, 1); });
  Refuses("does not exist", [](Builder &T, TypeId) { T.addPointer({99}); });
  Refuses("beyond the 4 bytes", [](Builder &T, TypeId U32) {
    T.addStruct("s", 4, {{"a", U32, 40}});
  });
  Refuses("out of order", [](Builder &T, TypeId U32) {
    T.addStruct("s", 8, {{"a", U32, 32}, {"b", U32, 0}});
  });
  Refuses("without a name", [](Builder &T, TypeId U32) {
    T.addFunc("f", T.addFuncProto(U32, {{"", U32}}), FuncLinkage::Static);
  });
  Refuses("overlaps", [](Builder &T, TypeId U32) {
    TypeId Var = T.addVar("v", U32, VarLinkage::Global);
    T.addDataSec(".bss", 8, {{Var, 0, 4}, {Var, 2, 4}});
  });
}

TEST(BTFBuilder, OpaqueIsAScalarWhereOneFits) {
  Builder Types;
  EXPECT_EQ(Types.addOpaque(8), Types.addScalar(8));
  EXPECT_EQ(Types.addOpaque(12), Types.addArray(Types.addScalar(1), 12));
}

TEST(BTFMapDefinition, SpellsNumbersAsArrays) {
  Builder Types;
  MapDefinition Map;
  Map.Type = 27;
  Map.MaxEntries = 4096;
  MapType Type = addMapDefinition(Types, Map);
  EXPECT_EQ(Type.ByteSize, 16u);
  TypeId Int = Types.addScalar(4, /*IsSigned=*/true);
  TypeId Kind = Types.addPointer(Types.addArray(Int, 27));
  TypeId Max = Types.addPointer(Types.addArray(Int, 4096));
  EXPECT_EQ(
      Type.Type,
      Types.addStruct("", 16, {{"type", Kind, 0}, {"max_entries", Max, 64}}));
  EXPECT_EQ(mistakeOf(Types), "");
}

TEST(BTFMapDefinition, LargeNumbersStayBelowFourGiB) {
  Builder Types;
  MapDefinition Map;
  Map.MapFlags = 1u << 30;
  MapType Type = addMapDefinition(Types, Map);
  TypeId Int = Types.addScalar(4, /*IsSigned=*/true);
  TypeId Kind = Types.addPointer(Types.addArray(Int, 0));
  TypeId Flags = Types.addPointer(Types.addArray(Types.addScalar(1), 1u << 30));
  EXPECT_EQ(
      Type.Type,
      Types.addStruct("", 16, {{"type", Kind, 0}, {"map_flags", Flags, 64}}));
}

namespace {
/// A builder with one function type.
struct BTFExt : testing::Test {
  Builder Types;
  ExtBuilder Ext{Types};
  TypeId Func =
      Types.addFunc("f", Types.addFuncProto({}, {}), FuncLinkage::Global);

  /// The words behind the header.
  std::vector<uint32_t> write() {
    SmallVector<char> Out;
    EXPECT_EQ(toString(Ext.write(Out)), "");
    return wordsOf(Out, BTF::ExtHeaderSize);
  }
  std::string mistake() {
    SmallVector<char> Out;
    return toString(Ext.write(Out));
  }
};
} // namespace

TEST_F(BTFExt, EmptySubsectionsHaveLengthZero) {
  EXPECT_TRUE(Ext.empty());
  Ext.addFunction("xdp", 0, Func);
  EXPECT_FALSE(Ext.empty());
  SmallVector<char> Out;
  ASSERT_EQ(toString(Ext.write(Out)), "");
  EXPECT_EQ(wordsOf(Out, 4),
            (std::vector<uint32_t>{BTF::ExtHeaderSize, 0, 20, 20, 0, 20, 0,
                                   BTF::BPFFuncInfoSize, Types.addString("xdp"),
                                   1, 0, Func.Value}));
}

TEST_F(BTFExt, LinesAreSortedAndClamped) {
  Ext.addLine("xdp", 16, {"f", "two\r\n", MaxLine + 1, MaxColumn + 1});
  Ext.addLine("xdp", 8, {"f", "one", 7, 3});
  uint32_t File = Types.addString("f");
  EXPECT_EQ(write(), (std::vector<uint32_t>{
                         BTF::BPFLineInfoSize, Types.addString("xdp"), 2, 8,
                         File, Types.addString("one"), 7 << 10 | 3, 16, File,
                         Types.addString("two"), 0xffffffff}));
}

TEST_F(BTFExt, LastLineAtAnOffsetCountsAndRepetitionsGo) {
  Ext.addLine("xdp", 0, {"f", "a", 1, 1});
  Ext.addLine("xdp", 8, {"f", "b", 2, 1});
  Ext.addLine("xdp", 8, {"f", "a", 1, 1});
  std::vector<uint32_t> Words = write();
  EXPECT_EQ(Words[2], 1u);
  EXPECT_EQ(Words.size(), 3u + 4u);
}

TEST_F(BTFExt, EveryFunctionStartsWithALine) {
  Ext.addFunction("xdp", 0, Func);
  Ext.addFunction("xdp", 24, Func);
  Ext.addFunction("xdp", 48, Func);
  Ext.addLine("xdp", 8, {"f", "a", 1, 1});
  Ext.addLine("xdp", 32, {"f", "a", 1, 1});
  std::vector<uint32_t> Words = write();
  // Behind the function records: record size, section, count.
  ArrayRef<uint32_t> Lines = ArrayRef(Words).drop_front(3 + 3 * 2);
  ASSERT_EQ(Lines[2], 3u);
  EXPECT_EQ(Lines[3], 0u);
  EXPECT_EQ(Lines[6], 1u << 10 | 1);
  EXPECT_EQ(Lines[7], 24u);
  EXPECT_EQ(Lines[10], 1u << 10 | 1);
  EXPECT_EQ(Lines[11], 48u);
  EXPECT_EQ(Lines.slice(12, 3), ArrayRef<uint32_t>({0, 0, 0}));
}

TEST_F(BTFExt, Relocations) {
  TypeId S = Types.addStruct("s", 4, {{"a", Types.addScalar(4), 0}});
  Ext.addRelocation("xdp", 8, S, "0:0", BTF::FIELD_BYTE_SIZE);
  EXPECT_EQ(write(), (std::vector<uint32_t>{BTF::BPFFieldRelocSize,
                                            Types.addString("xdp"), 1, 8,
                                            S.Value, Types.addString("0:0"),
                                            BTF::FIELD_BYTE_SIZE}));
}

TEST_F(BTFExt, RefusesTwoFunctionsAtOnePlace) {
  Ext.addFunction("xdp", 8, Func);
  Ext.addFunction("xdp", 8, Func);
  EXPECT_EQ(mistake(), "two functions at byte 8 of the section 'xdp'");
}

TEST_F(BTFExt, RefusesOffsetsInsideAnInstruction) {
  Ext.addLine("xdp", 4, {"f", "a", 1, 1});
  EXPECT_EQ(mistake(), "a .BTF.ext record of the section 'xdp' is at byte 4, "
                       "which is not the start of an instruction");
}

TEST_F(BTFExt, RefusesATypeThatIsNoFunction) {
  Ext.addFunction("xdp", 0, Types.addScalar(4));
  EXPECT_EQ(mistake(), "the function at byte 0 of the section 'xdp' has a type "
                       "that is no function");
}

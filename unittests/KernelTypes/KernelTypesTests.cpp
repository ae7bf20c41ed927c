//===- KernelTypesTests.cpp - Tests of questions about a kernel -*- C++ -*-===//
// SPDX-License-Identifier: MIT
//===----------------------------------------------------------------------===//
//
// Asks about types that the tests make, about damaged ones, and about those of
// the running kernel.
//
//===----------------------------------------------------------------------===//

#include "Whistler/KernelTypes/KernelTypes.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/FileSystem.h"
#include "gtest/gtest.h"
#include <random>

using namespace llvm;
using namespace whistler;
using namespace whistler::btf;
using Kind = KernelType::Kind;

static SmallVector<char> bytesOf(const Builder &Types) {
  SmallVector<char> Out;
  EXPECT_EQ(toString(Types.write(Out)), "");
  return Out;
}

static std::unique_ptr<Reader> readerOf(const Builder &Types) {
  SmallVector<char> Bytes = bytesOf(Types);
  auto Result = Reader::create(
      MemoryBuffer::getMemBufferCopy(StringRef(Bytes.data(), Bytes.size())));
  EXPECT_TRUE(bool(Result)) << toString(Result.takeError());
  return std::move(*Result);
}

/// A kernel in small: what the real one has of each sort.
static void addKernel(Builder &B) {
  TypeId U32 = B.addScalar(4), U64 = B.addScalar(8);
  TypeId S32 = B.addScalar(4, /*IsSigned=*/true);
  TypeId Char = B.addInt("char", 1, IntEncoding::Char);
  TypeId Pid = B.addTypedef("pid_t", B.addTypedef("__kernel_pid_t", S32));
  TypeId State =
      B.addEnum("state", 4, /*IsSigned=*/true, {{"IDLE", 0}, {"DEAD", -1}});
  B.addEnum("wide", 8, /*IsSigned=*/false, {{"HUGE", int64_t(1) << 40}});
  TypeId Task = B.declareComposite(Composite::Struct, "task");
  TypeId Ent = B.addStruct("", 8, {{"flags", U32, 0}, {"count", U32, 32}});
  TypeId Low = B.addUnion("", 4, {{"low", U32, 0}, {"raw", S32, 0}});
  TypeId Anonymous = B.addStruct("", 8, {{"", Low, 0}, {"high", U32, 32}});
  TypeId Done = B.addPointer(B.addFuncProto({}, {{"", U32}}));
  TypeId Grid = B.addArray(B.addArray(U64, 3), 2);
  B.defineComposite(
      Task, 152,
      {{"pid", Pid, 0},
       {"state", State, 32},
       {"parent", B.addPointer(Task), 64},
       {"", Anonymous, 128},
       {"ent", Ent, 192},
       {"comm", B.addArray(Char, 16), 256},
       {"done", Done, 384},
       {"name", B.addPointer(Char), 448},
       {"grid", Grid, 512},
       {"low_bits", U32, 896, 3},
       {"high_bits", U32, 899, 13},
       {"other", B.addPointer(B.addForward(Composite::Union, "hidden")),
        1088}});
  TypeId Void = B.addPointer({});
  TypeId Probe =
      B.addFuncProto({}, {{"", Void}, {"", B.addPointer(Task)}, {"", U32}});
  B.addTypedef("btf_trace_wake", B.addPointer(Probe));
  TypeId Caller = B.addFuncProto(
      S32, {{"__data", Void}, {"p", B.addPointer(Task)}, {"cpu", U32}});
  B.addFunc("__traceiter_wake", Caller, FuncLinkage::Static);
  B.addFunc("print",
            B.addFuncProto(S32, {{"format", B.addPointer(Char)}},
                           /*IsVariadic=*/true),
            FuncLinkage::Static);
  B.addStruct("trace_event_raw_wake", 8, {{"cpu", U32, 32}});
}

static KernelTypes kernel() {
  Builder Types;
  addKernel(Types);
  return KernelTypes(readerOf(Types));
}

/// The field `Name` of the struct `task`.
static KernelField fieldOf(const KernelTypes &Types, StringRef Name) {
  std::optional<KernelType> Task = Types.findStruct("task");
  EXPECT_TRUE(Task);
  std::optional<KernelField> Field = Types.findField(Task->Id, Name);
  EXPECT_TRUE(Field) << Name.str();
  return Field.value_or(KernelField());
}

TEST(KernelTypes, StructsAndTheirFields) {
  KernelTypes Types = kernel();
  std::optional<KernelType> Task = Types.findStruct("task");
  ASSERT_TRUE(Task);
  EXPECT_EQ(Task->ByteSize, 152u);
  EXPECT_EQ(Task->Tag, "task");
  EXPECT_FALSE(Task->IsUnion);
  EXPECT_FALSE(Types.findStruct("nothing"));
  EXPECT_FALSE(Types.findField(Task->Id, "nothing"));
  EXPECT_EQ(Types.fieldNames(Task->Id),
            (std::vector<StringRef>{"pid", "state", "parent", "low", "raw",
                                    "high", "ent", "comm", "done", "name",
                                    "grid", "low_bits", "high_bits", "other"}));
}

TEST(KernelTypes, TypedefsAreResolvedAndRemembered) {
  KernelTypes Types = kernel();
  KernelType Pid = fieldOf(Types, "pid").Type;
  EXPECT_TRUE(Pid.isInteger());
  EXPECT_TRUE(Pid.IsSigned);
  EXPECT_EQ(Pid.ByteSize, 4u);
  EXPECT_EQ(Pid.TypedefName, "pid_t");
  EXPECT_TRUE(Types.findTypedef("__kernel_pid_t")->isInteger());
}

TEST(KernelTypes, PointersNameTheirStruct) {
  KernelTypes Types = kernel();
  KernelField Parent = fieldOf(Types, "parent");
  EXPECT_EQ(Parent.BitOffset, 64u);
  EXPECT_TRUE(Parent.Type.isPointer());
  EXPECT_EQ(Parent.Type.ByteSize, 8u);
  EXPECT_EQ(Parent.Type.Tag, "task");
  EXPECT_EQ(Types.target(Parent.Type).Tag, "task");
  KernelType Other = fieldOf(Types, "other").Type;
  EXPECT_EQ(Other.Tag, "hidden");
  EXPECT_TRUE(Other.IsUnion);
  EXPECT_EQ(Types.target(Other).TypeKind, Kind::Opaque);
  for (StringRef Name : {"done", "name"}) {
    EXPECT_TRUE(fieldOf(Types, Name).Type.isPointer());
    EXPECT_EQ(fieldOf(Types, Name).Type.Tag, "");
  }
}

TEST(KernelTypes, AnonymousMembersAreLookedThrough) {
  KernelTypes Types = kernel();
  EXPECT_EQ(fieldOf(Types, "low").BitOffset, 128u);
  EXPECT_EQ(fieldOf(Types, "high").BitOffset, 160u);
  EXPECT_TRUE(fieldOf(Types, "raw").Type.IsSigned);
}

TEST(KernelTypes, NamedMembersWithoutATagAreAskedInTwoSteps) {
  KernelTypes Types = kernel();
  KernelField Ent = fieldOf(Types, "ent");
  EXPECT_EQ(Ent.BitOffset, 192u);
  ASSERT_TRUE(Ent.Type.isStruct());
  EXPECT_EQ(Ent.Type.Tag, "");
  std::optional<KernelField> Count = Types.findField(Ent.Type.Id, "count");
  ASSERT_TRUE(Count);
  EXPECT_EQ(Count->BitOffset, 32u);
}

TEST(KernelTypes, Arrays) {
  KernelTypes Types = kernel();
  KernelType Comm = fieldOf(Types, "comm").Type;
  EXPECT_EQ(Comm.TypeKind, Kind::Array);
  EXPECT_EQ(Comm.Count, 16u);
  EXPECT_EQ(Comm.ByteSize, 16u);
  EXPECT_EQ(Types.target(Comm).ByteSize, 1u);
  KernelType Grid = fieldOf(Types, "grid").Type;
  EXPECT_EQ(Grid.Count, 2u);
  EXPECT_EQ(Grid.ByteSize, 48u);
  EXPECT_EQ(Types.target(Grid).Count, 3u);
  EXPECT_EQ(Types.target(Types.target(Grid)).ByteSize, 8u);
}

TEST(KernelTypes, BitFields) {
  KernelTypes Types = kernel();
  EXPECT_EQ(fieldOf(Types, "pid").BitWidth, 0u);
  EXPECT_EQ(fieldOf(Types, "low_bits").BitWidth, 3u);
  EXPECT_EQ(fieldOf(Types, "high_bits").BitOffset, 899u);
  EXPECT_EQ(fieldOf(Types, "high_bits").BitWidth, 13u);
  EXPECT_EQ(fieldOf(Types, "high_bits").Type.ByteSize, 4u);
}

/// Compilers before clang 7 and pahole 1.13 gave bitfields integer types of
/// their own.
TEST(KernelTypes, BitFieldsWithoutTheFlag) {
  uint32_t Words[] = {BTF::MAGIC | BTF::VERSION << 16, BTF::HeaderSize, 0, 40,
                      40, 5,
                      // An int of 3 bits that starts at bit 2 of its 4 bytes.
                      1, BTF::BTF_KIND_INT << 24, 4, 2 << 16 | 3, 3,
                      BTF::BTF_KIND_STRUCT << 24 | 1, 8, 1, 1, 32};
  std::string Bytes(reinterpret_cast<const char *>(Words), sizeof(Words));
  Bytes += StringRef("\0i\0s\0", 5);
  auto Result = Reader::create(MemoryBuffer::getMemBufferCopy(Bytes));
  ASSERT_TRUE(bool(Result)) << toString(Result.takeError());
  KernelTypes Types(std::move(*Result));
  std::optional<KernelField> Field =
      Types.findField(Types.findStruct("s")->Id, "i");
  ASSERT_TRUE(Field);
  EXPECT_EQ(Field->BitWidth, 3u);
  EXPECT_EQ(Field->BitOffset, 34u);
}

TEST(KernelTypes, Enums) {
  KernelTypes Types = kernel();
  KernelType State = fieldOf(Types, "state").Type;
  EXPECT_EQ(State.TypeKind, Kind::Enum);
  EXPECT_EQ(State.Tag, "state");
  EXPECT_TRUE(State.IsSigned);
  std::vector<KernelEnumerator> Values = Types.enumerators(State.Id);
  ASSERT_EQ(Values.size(), 2u);
  EXPECT_EQ(Values[1].Name, "DEAD");
  EXPECT_EQ(Values[1].Value, -1);
  std::optional<KernelEnumerator> Huge = Types.findEnumerator("HUGE");
  ASSERT_TRUE(Huge);
  EXPECT_EQ(Huge->Value, int64_t(1) << 40);
  EXPECT_EQ(Types.resolve(Huge->Enum).Tag, "wide");
  EXPECT_FALSE(Types.findEnumerator("TINY"));
  EXPECT_EQ(Types.enumeratorNames(),
            (std::vector<StringRef>{"IDLE", "DEAD", "HUGE"}));
  EXPECT_TRUE(Types.findEnum("wide"));
}

TEST(KernelTypes, Functions) {
  KernelTypes Types = kernel();
  std::optional<KernelFunction> Print = Types.findFunction("print");
  ASSERT_TRUE(Print);
  EXPECT_TRUE(Print->IsVariadic);
  ASSERT_EQ(Print->Params.size(), 1u);
  EXPECT_EQ(Print->Params[0].Name, "format");
  EXPECT_TRUE(Print->Result.IsSigned);
  EXPECT_FALSE(Types.findFunction("vprint"));
  EXPECT_EQ(Types.functionNames(),
            (std::vector<StringRef>{"__traceiter_wake", "print"}));
}

TEST(KernelTypes, RawTracepoints) {
  KernelTypes Types = kernel();
  std::optional<KernelFunction> Wake = Types.findRawTracepoint("wake");
  ASSERT_TRUE(Wake);
  EXPECT_EQ(Wake->Name, "wake");
  ASSERT_EQ(Wake->Params.size(), 2u);
  EXPECT_EQ(Wake->Params[0].Name, "p");
  EXPECT_EQ(Wake->Params[0].Type.Tag, "task");
  EXPECT_EQ(Wake->Params[1].Name, "cpu");
  EXPECT_FALSE(Types.findRawTracepoint("sleep"));
  EXPECT_EQ(Types.rawTracepointNames(), std::vector<StringRef>{"wake"});
  std::optional<KernelType> Record = Types.findTracepointRecord("wake");
  ASSERT_TRUE(Record);
  EXPECT_EQ(Types.findField(Record->Id, "cpu")->BitOffset, 32u);
}

TEST(KernelTypes, WithoutBTFNothingIsKnown) {
  KernelTypes Types(std::string("/nonexistent/vmlinux"));
  EXPECT_EQ(Types.reader(), nullptr);
  EXPECT_FALSE(Types.findStruct("task"));
  EXPECT_FALSE(Types.findEnumerator("IDLE"));
  EXPECT_FALSE(Types.findFunction("print"));
  EXPECT_FALSE(Types.findRawTracepoint("wake"));
  EXPECT_TRUE(Types.structNames().empty());
  EXPECT_TRUE(Types.enumeratorNames().empty());
  for (int Time = 0; Time != 2; ++Time)
    EXPECT_EQ(toString(Types.load()),
              "'/nonexistent/vmlinux': No such file or directory");
}

/// Asks everything about everything.
static void askAll(const KernelTypes &Types) {
  for (uint32_t Id = 1; Id <= Types.reader()->typeCount(); ++Id) {
    Types.target(Types.resolve({Id}));
    Types.fields({Id});
    Types.enumerators({Id});
  }
  for (StringRef Name : Types.functionNames())
    Types.findFunction(Name);
  for (StringRef Name : Types.rawTracepointNames())
    Types.findRawTracepoint(Name);
  for (StringRef Name : Types.enumeratorNames())
    Types.findEnumerator(Name);
}

TEST(KernelTypes, DamagedTypesNeverCrash) {
  Builder Good;
  addKernel(Good);
  SmallVector<char> Bytes = bytesOf(Good);
  std::mt19937 Random(1);
  unsigned Asked = 0;
  for (int Round = 0; Round != 2000; ++Round) {
    std::string Damaged(Bytes.begin(), Bytes.end());
    for (int Change = Random() % 3; Change >= 0; --Change)
      Damaged[Random() % Damaged.size()] = Random() % 64;
    auto Result = Reader::create(MemoryBuffer::getMemBufferCopy(Damaged));
    if (!Result) {
      consumeError(Result.takeError());
      continue;
    }
    askAll(KernelTypes(std::move(*Result)));
    ++Asked;
  }
  EXPECT_GT(Asked, 100u);
}

/// Structs that are members of each other, without names, which C cannot say.
TEST(KernelTypes, EndlessTypesEnd) {
  uint32_t Words[] = {
      BTF::MAGIC | BTF::VERSION << 16, BTF::HeaderSize, 0, 96, 96, 3,
      // A struct with two anonymous members of its own type.
      1, BTF::BTF_KIND_STRUCT << 24 | 2, 4, 0, 1, 0, 0, 1, 0,
      // Typedefs of each other; an array, a pointer of itself.
      1, BTF::BTF_KIND_TYPEDEF << 24, 3, 1, BTF::BTF_KIND_TYPEDEF << 24, 2, 0,
      BTF::BTF_KIND_ARRAY << 24, 0, 4, 4, 1u << 31, 0, BTF::BTF_KIND_PTR << 24,
      5};
  std::string Bytes(reinterpret_cast<const char *>(Words), sizeof(Words));
  Bytes += StringRef("\0s\0", 3);
  auto Result = Reader::create(MemoryBuffer::getMemBufferCopy(Bytes));
  ASSERT_TRUE(bool(Result)) << toString(Result.takeError());
  KernelTypes Types(std::move(*Result));
  EXPECT_TRUE(Types.fields({1}).empty());
  EXPECT_EQ(Types.resolve({2}).TypeKind, Kind::Void);
  EXPECT_EQ(Types.resolve({4}).ByteSize, 0u);
  EXPECT_TRUE(Types.resolve({5}).isPointer());
}

TEST(KernelTypes, TheRunningKernel) {
  if (!sys::fs::exists(KernelTypes::RunningKernel))
    GTEST_SKIP() << "this kernel has no BTF";
  KernelTypes Types;
  ASSERT_EQ(toString(Types.load()), "");
  std::optional<KernelType> Task = Types.findStruct("task_struct");
  ASSERT_TRUE(Task);
  std::optional<KernelField> Pid = Types.findField(Task->Id, "pid");
  std::optional<KernelField> Parent = Types.findField(Task->Id, "real_parent");
  std::optional<KernelField> Comm = Types.findField(Task->Id, "comm");
  ASSERT_TRUE(Pid && Parent && Comm);
  EXPECT_EQ(Pid->Type.TypedefName, "pid_t");
  EXPECT_TRUE(Pid->Type.IsSigned);
  EXPECT_EQ(Parent->Type.Tag, "task_struct");
  EXPECT_EQ(Comm->Type.Count, 16u);
  std::optional<KernelType> Buffer = Types.findStruct("sk_buff");
  ASSERT_TRUE(Buffer);
  // `next` stands in an anonymous struct in an anonymous union; `pkt_type` is
  // three bits.
  EXPECT_EQ(Types.findField(Buffer->Id, "next")->BitOffset, 0u);
  EXPECT_EQ(Types.findField(Buffer->Id, "pkt_type")->BitWidth, 3u);
  std::optional<KernelFunction> Read = Types.findFunction("vfs_read");
  ASSERT_TRUE(Read);
  EXPECT_EQ(Read->Params[0].Type.Tag, "file");
  std::optional<KernelFunction> Switch =
      Types.findRawTracepoint("sched_switch");
  ASSERT_TRUE(Switch);
  ASSERT_GE(Switch->Params.size(), 3u);
  EXPECT_EQ(Switch->Params[1].Type.Tag, "task_struct");
  EXPECT_EQ(Switch->Params[1].Name, "prev");
  EXPECT_TRUE(Types.findTracepointRecord("sched_switch"));
  std::optional<KernelEnumerator> Array =
      Types.findEnumerator("BPF_MAP_TYPE_ARRAY");
  ASSERT_TRUE(Array);
  EXPECT_EQ(Array->Value, 2);
  EXPECT_EQ(Types.resolve(Array->Enum).Tag, "bpf_map_type");
}

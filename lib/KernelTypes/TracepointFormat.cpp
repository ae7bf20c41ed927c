//===- TracepointFormat.cpp - The format files of tracefs -------*- C++ -*-===//
// SPDX-License-Identifier: MIT
//===----------------------------------------------------------------------===//
//
// Takes apart what the kernel's f_show() (kernel/trace/trace_events.c) writes.
//
//===----------------------------------------------------------------------===//

#include "Whistler/KernelTypes/TracepointFormat.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include <optional>

using namespace llvm;
using namespace whistler;

/// No record is longer than a page, of which the largest have 64 KiB.
static constexpr uint32_t MaxRecordBytes = 1 << 16;

const TracepointField *TracepointFormat::find(StringRef Field) const {
  for (const TracepointField &F : Fields)
    if (F.Name == Field)
      return &F;
  return nullptr;
}

uint32_t TracepointFormat::byteSize() const {
  uint32_t Size = 0;
  for (const TracepointField &F : Fields)
    Size = std::max(Size, F.ByteOffset + F.ByteSize);
  return Size;
}

static bool isNameChar(char C) { return isAlnum(C) || C == '_'; }

/// The place and the end of the name in a declarator such as
/// "const char * name", "char comm[16]", "int (*done)(void)".
static std::optional<StringRef> nameIn(StringRef Declaration) {
  // The name of a function pointer stands in its first parentheses.
  size_t Star = Declaration.find("(*");
  StringRef Head = Star == StringRef::npos
                       ? Declaration
                       : Declaration.substr(0, Declaration.find(')', Star));
  Head = Head.rtrim();
  while (Head.ends_with("]")) {
    size_t Open = Head.rfind('[');
    if (Open == StringRef::npos)
      return std::nullopt;
    Head = Head.substr(0, Open).rtrim();
  }
  size_t Start = Head.size();
  while (Start && isNameChar(Head[Start - 1]))
    --Start;
  StringRef Name = Head.substr(Start);
  // A type must be left in front of it.
  if (Name.empty() || isDigit(Name.front()) ||
      Head.substr(0, Start).trim().empty())
    return std::nullopt;
  return Name;
}

/// Takes the C declaration of a field apart.
static bool parseDeclaration(StringRef Declaration, TracepointField &Field) {
  std::optional<StringRef> Name = nameIn(Declaration);
  if (!Name)
    return false;
  StringRef Type =
      Declaration.take_front(Name->data() - Declaration.data()).rtrim();
  StringRef Rest = Declaration.drop_front(Name->end() - Declaration.data());
  Field.Name = Name->str();
  Field.IsRelative = Type.consume_front("__rel_loc ");
  Field.IsDataLoc = Field.IsRelative || Type.consume_front("__data_loc ");
  // The bounds of dynamic arrays stand behind the type: "char[] name".
  if (Field.IsDataLoc)
    Type.consume_back("[]");
  Field.IsArray = !Field.IsDataLoc && Rest.ltrim().starts_with("[");
  Field.Type = Type.trim().str();
  // What follows a function pointer's name is the rest of its type.
  if (Type.ends_with("(*"))
    Field.Type = (Type + Rest).str();
  return true;
}

/// Parses what follows "field:".
static bool parseField(StringRef Line, TracepointField &Field) {
  SmallVector<StringRef, 8> Parts;
  Line.split(Parts, ';');
  if (!parseDeclaration(Parts.front().trim(), Field))
    return false;
  bool HasOffset = false, HasSize = false;
  for (StringRef Part : drop_begin(Parts)) {
    auto [Key, Text] = Part.trim().split(':');
    uint32_t Number = 0;
    if (Key == "offset")
      HasOffset = !Text.getAsInteger(10, Field.ByteOffset);
    else if (Key == "size")
      HasSize = !Text.getAsInteger(10, Field.ByteSize);
    else if (Key == "signed" && !Text.getAsInteger(10, Number))
      Field.IsSigned = Number != 0;
  }
  return HasOffset && HasSize && Field.ByteOffset <= MaxRecordBytes &&
         Field.ByteSize <= MaxRecordBytes - Field.ByteOffset;
}

Expected<TracepointFormat> whistler::parseTracepointFormat(StringRef Text) {
  TracepointFormat Format;
  bool HasId = false;
  unsigned Number = 0;
  while (!Text.empty()) {
    StringRef Line;
    std::tie(Line, Text) = Text.split('\n');
    Line = Line.trim();
    ++Number;
    // What follows may be any C expression.
    if (Line.starts_with("print fmt:"))
      break;
    if (Line.consume_front("name:"))
      Format.Name = Line.trim().str();
    else if (Line.consume_front("ID:"))
      HasId = !Line.trim().getAsInteger(10, Format.Id);
    else if (Line.consume_front("field:")) {
      TracepointField Field;
      if (!parseField(Line, Field))
        return createStringError("line " + Twine(Number) +
                                 " is no field of a tracepoint: '" + Line +
                                 "'");
      Format.Fields.push_back(std::move(Field));
    }
  }
  if (Format.Name.empty() || !HasId || Format.Fields.empty())
    return createStringError("this is no format of a tracepoint: it lacks the "
                             "name, the ID or the fields");
  return Format;
}

/// Whether a name may be part of a path below tracefs: one that names another
/// place is none.
static bool isPathElement(StringRef Name) {
  return !Name.empty() && !Name.starts_with(".") &&
         Name.find_first_of(StringRef("/\0", 2)) == StringRef::npos;
}

Expected<TracepointFormat> whistler::readTracepointFormat(StringRef Category,
                                                          StringRef Event,
                                                          StringRef Root) {
  if (!isPathElement(Category) || !isPathElement(Event))
    return createStringError("'" + Category + "/" + Event +
                             "' is no name of a tracepoint");
  SmallString<128> Path(Root);
  sys::path::append(Path, Category, Event, "format");
  // The kernel tells no size of these files.
  ErrorOr<std::unique_ptr<MemoryBuffer>> File =
      MemoryBuffer::getFileAsStream(Path);
  if (!File)
    return createFileError(Path, File.getError());
  Expected<TracepointFormat> Format =
      parseTracepointFormat((*File)->getBuffer());
  if (!Format)
    return createFileError(Path, Format.takeError());
  Format->Path = Path.str().str();
  return Format;
}

/// The names of the folders in a folder, sorted.
static std::vector<std::string> foldersIn(const Twine &Path) {
  std::vector<std::string> Names;
  std::error_code EC;
  for (sys::fs::directory_iterator It(Path, EC), End; It != End && !EC;
       It.increment(EC))
    if (It->type() == sys::fs::file_type::directory_file)
      Names.push_back(sys::path::filename(It->path()).str());
  sort(Names);
  return Names;
}

std::vector<std::string> whistler::tracepointCategories(StringRef Root) {
  return foldersIn(Root);
}

std::vector<std::string> whistler::tracepointEvents(StringRef Category,
                                                    StringRef Root) {
  if (!isPathElement(Category))
    return {};
  SmallString<128> Path(Root);
  sys::path::append(Path, Category);
  return foldersIn(Path);
}

//===- GoWriter.cpp - declarations in Go ------------------------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Writes a Go file as gofmt would. All padding is explicit, so that nothing
// depends on how a machine aligns types.
//
//===----------------------------------------------------------------------===//

#include "Writers.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/FormatVariadic.h"

using namespace whistler;
using namespace whistler::bindings;
using llvm::dyn_cast;
using llvm::LogicalResult;
using llvm::raw_ostream;
using llvm::StringRef;
using mlir::failed;
using mlir::Type;
using mlir::whistler::ArrayType;
using mlir::whistler::EnumType;
using mlir::whistler::PointerType;
using mlir::whistler::StructType;

/// What is exported begins with a capital, and no keyword does.
const NameStyle bindings::goStyle = {
    "Go",          makeCamelName,  makeCamelName,
    makeCamelName, makeCamelName,  makeCamelName,
    makeCamelName, isReservedInGo, /*typesAreValues=*/true};

/// A union's bytes; what has this name already gets another.
static constexpr StringRef unionBytes = "Bytes";

static std::string getType(Type type, const Model &model) {
  if (auto array = dyn_cast<ArrayType>(type))
    return "[" + std::to_string(array.getCount()) + "]" +
           getType(array.getElement(), model);
  if (llvm::isa<StructType>(type))
    return model.getRecord(type).name;
  if (auto enumType = dyn_cast<EnumType>(type))
    if (const Enumeration *enumeration = model.lookupEnumeration(enumType))
      return enumeration->name;
  mlir::IntegerType storage = getStorage(type);
  return (storage.isSigned() ? "int" : "uint") +
         std::to_string(storage.getWidth());
}

static std::string getBytes(uint64_t size) {
  return "[" + std::to_string(size) + "]byte";
}

static std::string getMemberType(const Member &member, const Model &model) {
  return member.isMisaligned ? getBytes(member.size)
                             : getType(member.type, model);
}

/// Writes fields, their types in a column.
static void
writeFields(llvm::ArrayRef<std::pair<std::string, std::string>> fields,
            raw_ostream &os) {
  size_t width = 0;
  for (const auto &[name, type] : fields)
    width = std::max(width, name.size());
  for (const auto &[name, type] : fields)
    os << '\t' << llvm::left_justify(name, width) << ' ' << type << '\n';
}

static void writeStruct(const Record &record, const Model &model,
                        raw_ostream &os) {
  std::vector<std::pair<std::string, std::string>> fields;
  auto addPadding = [&](uint64_t bytes) {
    if (bytes != 0)
      fields.push_back({"_", getBytes(bytes)});
  };
  for (const Member &member : record.members) {
    addPadding(member.padding);
    // Go makes a struct longer that ends in something without bytes.
    if (member.size != 0)
      fields.push_back({member.name, getMemberType(member, model)});
  }
  addPadding(record.trailingPadding);
  os << "\ntype " << record.name << " struct {\n";
  writeFields(fields, os);
  os << "}\n";
}

/// The name under which a union's member is accessed.
static std::string getAccessorName(const Member &member) {
  return member.name == unionBytes ? member.name + "_" : member.name;
}

static LogicalResult writeUnion(const Record &record, const Model &model,
                                raw_ostream &os) {
  std::vector<std::pair<std::string, std::string>> fields;
  // Nothing is aligned to more than 8 bytes.
  uint64_t align = std::min<uint64_t>(record.align, 8);
  if (align > 1)
    fields.push_back({"_", "[0]uint" + std::to_string(8 * align)});
  fields.push_back({unionBytes.str(), getBytes(record.size)});
  os << "\ntype " << record.name << " struct {\n";
  writeFields(fields, os);
  os << "}\n";
  NameScope accessors(model.style);
  for (const Member &member : record.members) {
    std::string name = getAccessorName(member);
    std::string type = getMemberType(member, model);
    if (failed(accessors.claim(name, "the field `" + member.fieldName + "`",
                               record.op)))
      return llvm::failure();
    os << llvm::formatv("\n// {0} is the union as its member {1}.\n"
                        "func (u *{2}) {0}() *{3} {{\n"
                        "\treturn (*{3})(unsafe.Pointer(u))\n}\n",
                        name, member.fieldName, record.name, type);
  }
  return llvm::success();
}

/// Types of arrays whose lengths differ are not the same.
static void writeAssertion(uint64_t expected, const llvm::Twine &actual,
                           raw_ostream &os) {
  os << "var _ [" << expected << "]byte = [" << actual << "]byte{}\n";
}

/// Constants for the offsets of what the struct itself does not have.
static LogicalResult writeEmptyMembers(const Record &record, Model &model,
                                       raw_ostream &os) {
  for (const Member &member : record.members) {
    if (record.isUnion() || member.size != 0)
      continue;
    std::string name = "Offsetof" + record.name + member.name;
    if (failed(model.values.claim(
            name, "the offset of `" + member.fieldName + "`", record.op)))
      return llvm::failure();
    os << "\n// " << name << " is where elements of type "
       << getType(getInnermost(member.type), model) << " begin.\n"
       << "const " << name << " = " << member.offset << '\n';
  }
  return llvm::success();
}

static void writeAssertions(const Record &record, raw_ostream &os) {
  os << '\n';
  writeAssertion(record.size, "unsafe.Sizeof(" + record.name + "{})", os);
  if (record.isUnion())
    return;
  for (const Member &member : record.members)
    if (member.size != 0)
      writeAssertion(
          member.offset,
          "unsafe.Offsetof(" + record.name + "{}." + member.name + ")", os);
}

static void writeValues(const Model &model, raw_ostream &os) {
  for (const Constant &constant : model.constants)
    os << "\nconst " << constant.name << " = " << constant.value.str() << '\n';
  for (const Enumeration &enumeration : model.enumerations) {
    os << "\ntype " << enumeration.name << ' '
       << getType(enumeration.underlying, model) << '\n';
    for (const Constant &enumerator : enumeration.enumerators)
      os << "\nconst " << enumerator.name << ' ' << enumeration.name << " = "
         << enumerator.value.str() << '\n';
  }
}

static void writeObjects(const Model &model, raw_ostream &os) {
  for (const ObjectName &object : model.objects) {
    os << "\n// " << object.name << ": " << object.description << ".\n"
       << "const " << object.name << " = \"" << object.symbol << "\"\n";
    if (object.entries)
      os << "const " << object.entries->name << " = "
         << object.entries->value.str() << '\n';
  }
}

static std::string getPackageName(StringRef name) {
  std::string result;
  for (char c : makeKebabName(name))
    if (c != '-')
      result += c;
  if (llvm::isDigit(result.front()))
    result.insert(result.begin(), 'x');
  return isReservedInGo(result) ? result + "_" : result;
}

LogicalResult bindings::writeGo(Model &model, StringRef name, raw_ostream &os) {
  os << "// " << notice << "\n\npackage " << getPackageName(name) << '\n';
  if (!model.records.empty())
    os << "\nimport \"unsafe\"\n";
  writeValues(model, os);
  for (const Record &record : model.records) {
    if (!record.isUnion())
      writeStruct(record, model, os);
    else if (failed(writeUnion(record, model, os)))
      return llvm::failure();
    writeAssertions(record, os);
    if (failed(writeEmptyMembers(record, model, os)))
      return llvm::failure();
  }
  writeObjects(model, os);
  return llvm::success();
}

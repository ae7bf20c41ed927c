//===- CWriter.cpp - declarations in C --------------------------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Writes a header for C11 and C++11 with the extensions that GCC and clang have
// in common. Pointers are integers: the programs' are no use to anyone else,
// and have 8 bytes on every machine.
//
//===----------------------------------------------------------------------===//

#include "Writers.h"

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

const NameStyle bindings::cStyle = {
    "C",           keepName,      keepName,
    makeUpperName, keepName,      makeUpperName,
    makeUpperName, isReservedInC, /*typesAreValues=*/false};

/// An integer constant expression that the preprocessor understands too. The
/// least negative number has no literal of its own.
static std::string getLiteral(const Integer &value) {
  if (!value.isNegative)
    return value.str() + (int64_t(value.bits) < 0 ? "ULL" : "");
  if (value.bits == uint64_t(INT64_MIN))
    return "(-" + std::to_string(INT64_MAX) + "LL - 1)";
  return "(" + value.str() + ")";
}

static std::string getElementType(Type type, const Model &model) {
  if (llvm::isa<StructType>(type)) {
    const Record &record = model.getRecord(type);
    return (record.isUnion() ? "union " : "struct ") + record.name;
  }
  // An enumeration has the size of an int, in C and C++ alike.
  if (auto enumType = dyn_cast<EnumType>(type))
    if (const Enumeration *enumeration = model.lookupEnumeration(enumType))
      if (enumeration->underlying.getWidth() == 32 &&
          !enumeration->enumerators.empty())
        return "enum " + enumeration->name;
  mlir::IntegerType storage = getStorage(type);
  return (storage.isSigned() ? "__s" : "__u") +
         std::to_string(storage.getWidth());
}

static void writeMember(const Member &member, const Model &model,
                        raw_ostream &os) {
  os << '\t' << getElementType(getInnermost(member.type), model) << ' '
     << member.name;
  for (Type type = member.type; auto array = dyn_cast<ArrayType>(type);
       type = array.getElement())
    os << '[' << array.getCount() << ']';
  os << ';';
  if (llvm::isa<PointerType>(getInnermost(member.type)))
    os << " /* pointer */";
  os << '\n';
}

static void writePadding(const Record &record, uint64_t bytes, unsigned &count,
                         raw_ostream &os) {
  // C puts the padding of natural layouts there itself.
  if (bytes != 0 && !record.isNatural)
    os << "\t__u8 " << record.makePaddingName(count) << '[' << bytes << "];\n";
}

static void writeRecord(const Record &record, const Model &model,
                        raw_ostream &os) {
  unsigned numPaddings = 0;
  os << '\n'
     << (record.isUnion() ? "union " : "struct ") << record.name << " {\n";
  for (const Member &member : record.members) {
    writePadding(record, member.padding, numPaddings, os);
    writeMember(member, model, os);
  }
  // All of a union begins at its start.
  writePadding(record,
               record.isUnion() && record.trailingPadding != 0
                   ? record.size
                   : record.trailingPadding,
               numPaddings, os);
  os << '}';
  if (!record.isNatural)
    os << " __attribute__((packed, aligned(" << record.align << ")))";
  os << ";\n";
}

/// C++ has another word for static assertions than C had before 2023.
static void writeAssertions(const Model &model, StringRef keyword,
                            raw_ostream &os) {
  for (const Record &record : model.records) {
    std::string type = (record.isUnion() ? "union " : "struct ") + record.name;
    os << keyword << "(sizeof(" << type << ") == " << record.size << ", \""
       << type << "\");\n";
    for (const Member &member : record.members)
      os << keyword << "(offsetof(" << type << ", " << member.name
         << ") == " << member.offset << ", \"" << type << ", " << member.name
         << "\");\n";
  }
}

static void writeObjects(const Model &model, raw_ostream &os) {
  for (const ObjectName &object : model.objects) {
    os << "\n/* " << object.description << " */\n"
       << "#define " << object.name << " \"" << object.symbol << "\"\n";
    if (object.entries)
      os << "#define " << object.entries->name << ' '
         << getLiteral(object.entries->value) << '\n';
  }
}

/// A macro would replace names of any kind.
static LogicalResult checkMacros(const Model &model) {
  for (const Record &record : model.records) {
    if (failed(model.values.check(
            record.name, "the tag `" + record.getTag() + "`", record.op)))
      return llvm::failure();
    for (const Member &member : record.members)
      if (failed(model.values.check(
              member.name, "the field `" + member.fieldName + "`", record.op)))
        return llvm::failure();
  }
  return llvm::success();
}

LogicalResult bindings::writeC(Model &model, StringRef name, raw_ostream &os) {
  std::string guard = "WHISTLER_" + makeUpperName(name) + "_H";
  if (failed(model.values.claim(guard, "the include guard", model.module)) ||
      failed(checkMacros(model)))
    return llvm::failure();
  os << "/* " << notice << " */\n"
     << "#ifndef " << guard << "\n#define " << guard << "\n\n"
     << "#include <stddef.h>\n"
     << "#ifndef __VMLINUX_H__\n#include <linux/types.h>\n#endif\n\n";
  for (const Constant &constant : model.constants)
    os << "#define " << constant.name << ' ' << getLiteral(constant.value)
       << '\n';
  for (const Enumeration &enumeration : model.enumerations) {
    // C has no enumeration without enumerators.
    if (enumeration.enumerators.empty())
      continue;
    os << "\nenum " << enumeration.name << " {\n";
    for (const Constant &enumerator : enumeration.enumerators)
      os << '\t' << enumerator.name << " = " << getLiteral(enumerator.value)
         << ",\n";
    os << "};\n";
  }
  for (const Record &record : model.records)
    writeRecord(record, model, os);
  if (!model.records.empty()) {
    os << "\n#ifdef __cplusplus\n";
    writeAssertions(model, "static_assert", os);
    os << "#else\n";
    writeAssertions(model, "_Static_assert", os);
    os << "#endif\n";
  }
  writeObjects(model, os);
  os << "\n#endif /* " << guard << " */\n";
  return llvm::success();
}

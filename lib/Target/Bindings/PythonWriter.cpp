//===- PythonWriter.cpp - declarations in Python ----------------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Writes a Python module of ctypes classes (3.11 or later if there are unions).
// All padding is explicit, so that `_pack_`, which changes how the class itself
// is aligned, is never needed.
//
//===----------------------------------------------------------------------===//

#include "Writers.h"

using namespace whistler;
using namespace whistler::bindings;
using llvm::dyn_cast;
using llvm::LogicalResult;
using llvm::raw_ostream;
using llvm::StringRef;
using mlir::Type;
using mlir::whistler::ArrayType;
using mlir::whistler::StructType;

const NameStyle bindings::pythonStyle = {
    "Python",      makeCamelName,      keepName,
    makeUpperName, keepName,           makeUpperName,
    makeUpperName, isReservedInPython, /*typesAreValues=*/true};

static std::string getType(Type type, const Model &model) {
  if (auto array = dyn_cast<ArrayType>(type)) {
    bool isNested = llvm::isa<ArrayType>(array.getElement());
    std::string element = getType(array.getElement(), model);
    return (isNested ? "(" + element + ")" : element) + " * " +
           std::to_string(array.getCount());
  }
  if (llvm::isa<StructType>(type))
    return model.getRecord(type).name;
  mlir::IntegerType storage = getStorage(type);
  return (storage.isSigned() ? "ctypes.c_int" : "ctypes.c_uint") +
         std::to_string(storage.getWidth());
}

static std::string getBytes(uint64_t size) {
  return "ctypes.c_uint8 * " + std::to_string(size);
}

static void writeFields(const Record &record, const Model &model,
                        raw_ostream &os) {
  unsigned numPaddings = 0;
  auto addField = [&](StringRef name, StringRef type) {
    os << "        (\"" << name << "\", " << type << "),\n";
  };
  auto addPadding = [&](uint64_t bytes) {
    if (bytes != 0)
      addField(record.makePaddingName(numPaddings), getBytes(bytes));
  };
  for (const Member &member : record.members) {
    addPadding(member.padding);
    addField(member.name, member.isMisaligned ? getBytes(member.size)
                                              : getType(member.type, model));
  }
  // All of a union begins at its start.
  addPadding(record.isUnion() && record.trailingPadding != 0
                 ? record.size
                 : record.trailingPadding);
}

static void writeRecord(const Record &record, const Model &model,
                        raw_ostream &os) {
  os << "\n\nclass " << record.name << "(ctypes.LittleEndian"
     << (record.isUnion() ? "Union" : "Structure") << "):\n"
     << "    _fields_ = [\n";
  writeFields(record, model, os);
  os << "    ]\n\n\n"
     << "assert ctypes.sizeof(" << record.name << ") == " << record.size
     << '\n';
  for (const Member &member : record.members)
    os << "assert " << record.name << '.' << member.name
       << ".offset == " << member.offset << '\n';
}

LogicalResult bindings::writePython(Model &model, StringRef name,
                                    raw_ostream &os) {
  auto writeConstant = [&](const Constant &constant) {
    os << constant.name << " = " << constant.value.str() << '\n';
  };
  os << "# " << notice << "\n\n";
  if (!model.records.empty())
    os << "import ctypes\n\n";
  for (const Constant &constant : model.constants)
    writeConstant(constant);
  for (const Enumeration &enumeration : model.enumerations) {
    os << "\n# The enumeration " << enumeration.name << ".\n";
    for (const Constant &enumerator : enumeration.enumerators)
      writeConstant(enumerator);
  }
  for (const Record &record : model.records)
    writeRecord(record, model, os);
  for (const ObjectName &object : model.objects) {
    os << "\n# The name of a " << object.description << ".\n"
       << object.name << " = \"" << object.symbol << "\"\n";
    if (object.entries)
      writeConstant(*object.entries);
  }
  return llvm::success();
}

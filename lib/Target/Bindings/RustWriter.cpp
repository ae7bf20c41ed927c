//===- RustWriter.cpp - declarations in Rust --------------------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Writes a Rust module that needs `core` only (1.77 or later, for offset_of!).
// Padding has names: what is passed to the kernel has to be initialised.
//
//===----------------------------------------------------------------------===//

#include "Writers.h"

#include "llvm/Support/FormatVariadic.h"

using namespace whistler;
using namespace whistler::bindings;
using llvm::dyn_cast;
using llvm::LogicalResult;
using llvm::raw_ostream;
using llvm::StringRef;
using mlir::Type;
using mlir::whistler::ArrayType;
using mlir::whistler::EnumType;
using mlir::whistler::StructType;

const NameStyle bindings::rustStyle = {
    "Rust",        makeCamelName,    keepName,
    makeUpperName, keepName,         makeUpperName,
    makeUpperName, isReservedInRust, /*typesAreValues=*/false};

static std::string getType(Type type, const Model &model) {
  if (auto array = dyn_cast<ArrayType>(type))
    return "[" + getType(array.getElement(), model) + "; " +
           std::to_string(array.getCount()) + "]";
  if (llvm::isa<StructType>(type))
    return model.getRecord(type).name;
  if (auto enumType = dyn_cast<EnumType>(type))
    if (const Enumeration *enumeration = model.lookupEnumeration(enumType))
      return enumeration->name;
  mlir::IntegerType storage = getStorage(type);
  return (storage.isSigned() ? "i" : "u") + std::to_string(storage.getWidth());
}

static std::string getBytes(uint64_t size) {
  return "[u8; " + std::to_string(size) + "]";
}

static void writeFields(const Record &record, const Model &model,
                        raw_ostream &os) {
  unsigned numPaddings = 0;
  auto addPadding = [&](uint64_t bytes) {
    if (bytes != 0)
      os << "    pub " << record.makePaddingName(numPaddings) << ": "
         << getBytes(bytes) << ",\n";
  };
  for (const Member &member : record.members) {
    addPadding(member.padding);
    os << "    pub " << member.name << ": "
       << (member.isMisaligned ? getBytes(member.size)
                               : getType(member.type, model))
       << ",\n";
  }
  // All of a union begins at its start.
  addPadding(record.isUnion() && record.trailingPadding != 0
                 ? record.size
                 : record.trailingPadding);
}

static void writeRecord(const Record &record, const Model &model,
                        raw_ostream &os) {
  os << "\n#[repr(C";
  if (!record.isNatural)
    os << ", align(" << record.align << ")";
  os << ")]\n#[derive(Clone, Copy)]\npub "
     << (record.isUnion() ? "union " : "struct ") << record.name << " {\n";
  writeFields(record, model, os);
  os << "}\n"
     << llvm::formatv("\nimpl {0} {{\n"
                      "    /// All bytes zero, padding included.\n"
                      "    pub const fn zeroed() -> Self {{\n"
                      "        // SAFETY: there are only integers in it.\n"
                      "        unsafe {{ ::core::mem::zeroed() }\n    }\n}\n",
                      record.name);
  os << "\nconst _: () = assert!(::core::mem::size_of::<" << record.name
     << ">() == " << record.size << ");\n";
  for (const Member &member : record.members)
    os << "const _: () = assert!(::core::mem::offset_of!(" << record.name
       << ", " << member.name << ") == " << member.offset << ");\n";
}

static void writeConstant(const Constant &constant, StringRef type,
                          raw_ostream &os) {
  os << "pub const " << constant.name << ": " << type << " = "
     << constant.value.str() << ";\n";
}

static void writeObjects(const Model &model, raw_ostream &os) {
  for (const ObjectName &object : model.objects) {
    os << "\n/// The name of a " << object.description << ".\n"
       << "pub const " << object.name << ": &str = \"" << object.symbol
       << "\";\n";
    if (object.entries)
      writeConstant(*object.entries, "u32", os);
  }
}

LogicalResult bindings::writeRust(Model &model, StringRef name,
                                  raw_ostream &os) {
  os << "// " << notice << "\n\n";
  for (const Constant &constant : model.constants)
    writeConstant(constant, constant.value.isNegative ? "i64" : "u64", os);
  for (const Enumeration &enumeration : model.enumerations) {
    os << "\npub type " << enumeration.name << " = "
       << getType(enumeration.underlying, model) << ";\n";
    for (const Constant &enumerator : enumeration.enumerators)
      writeConstant(enumerator, enumeration.name, os);
  }
  for (const Record &record : model.records)
    writeRecord(record, model, os);
  writeObjects(model, os);
  return llvm::success();
}

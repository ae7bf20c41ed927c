//===- LispWriter.cpp - declarations in Common Lisp -------------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Writes a package of constants and of functions that read and write structs in
// vectors of bytes. The package uses no other, not even Common Lisp's, so that
// no name of the source can mean anything but what it is there for.
//
//===----------------------------------------------------------------------===//

#include "Writers.h"

#include "llvm/ADT/StringExtras.h"

using namespace whistler;
using namespace whistler::bindings;
using llvm::dyn_cast;
using llvm::LogicalResult;
using llvm::raw_ostream;
using llvm::StringRef;
using llvm::Twine;
using mlir::failed;
using mlir::Type;
using mlir::whistler::ArrayType;
using mlir::whistler::StructType;

//===----------------------------------------------------------------------===//
// Names
//===----------------------------------------------------------------------===//

/// Whether the reader makes a symbol of `name` as it is, and no number.
static bool isPlainSymbol(StringRef name) {
  bool isMarked =
      name.size() > 2 && (name.front() == '+' || name.front() == '*');
  // What ends with a sign is no number either.
  StringRef inner = isMarked && name.back() == name.front()
                        ? name.drop_front().drop_back()
                        : name;
  return llvm::isAlpha(inner.front()) && llvm::all_of(inner, [](char c) {
           return llvm::isLower(c) || llvm::isDigit(c) ||
                  StringRef("-+*<>=/!?&$%_").contains(c);
         });
}

/// A symbol as the reader takes it; `name` is in lower case.
static std::string makeSymbol(StringRef name) {
  if (name.empty() || isPlainSymbol(name))
    return name.str();
  std::string result = "|";
  for (char c : name) {
    if (c == '|' || c == '\\')
      result += '\\';
    result += llvm::toUpper(c);
  }
  return result + "|";
}

static std::string makeConstantName(StringRef name) {
  std::string words = makeKebabName(name);
  return words.empty() ? words : "+" + words + "+";
}

static std::string makeVariableName(StringRef name) {
  return "*" + makeKebabName(name) + "*";
}

/// The parameters of functions begin with a percent sign; a constant could not
/// be bound.
static bool isReservedInLisp(StringRef name) { return name.starts_with("|%"); }

const NameStyle bindings::lispStyle = {"Lisp",
                                       makeKebabName,
                                       makeKebabName,
                                       makeSymbol,
                                       makeConstantName,
                                       makeVariableName,
                                       makeConstantName,
                                       isReservedInLisp, /*typesAreValues=*/
                                       false};

//===----------------------------------------------------------------------===//
// Functions
//===----------------------------------------------------------------------===//

/// What the accessors have in common: little-endian integers of `%size` bytes,
/// and the distance of an element from the first one.
static constexpr StringRef helpers = R"(
(cl:defun %get (%bytes %start %size %signed)
  (cl:let ((%value 0))
    (cl:dotimes (%i %size)
      (cl:setf (cl:ldb (cl:byte 8 (cl:* 8 %i)) %value)
               (cl:aref %bytes (cl:+ %start %i))))
    (cl:if (cl:and %signed (cl:logbitp (cl:1- (cl:* 8 %size)) %value))
           (cl:- %value (cl:ash 1 (cl:* 8 %size)))
           %value)))

(cl:defun %put (%value %bytes %start %size %signed)
  (cl:unless (cl:typep %value (cl:list (cl:if %signed
                                              'cl:signed-byte
                                              'cl:unsigned-byte)
                                       (cl:* 8 %size)))
    (cl:error "~S does not fit ~D byte~:P" %value %size))
  (cl:dotimes (%i %size %value)
    (cl:setf (cl:aref %bytes (cl:+ %start %i))
             (cl:ldb (cl:byte 8 (cl:* 8 %i)) %value))))

(cl:defun %at (%index %count %size)
  (cl:unless (cl:typep %index (cl:if %count
                                     (cl:list 'cl:integer 0 (cl:1- %count))
                                     '(cl:integer 0)))
    (cl:error "~S is no index~@[ below ~D~]" %index %count))
  (cl:* %index %size))
)";

namespace {
/// Writes definitions and remembers what there is to export.
class LispWriter {
public:
  LispWriter(Model &model) : model(model), functions(model.style), os(text) {}

  LogicalResult write();
  void print(StringRef package, raw_ostream &out) const;

private:
  /// Claims a function's name.
  LogicalResult claim(StringRef function, const Twine &what,
                      const Record &record);
  void writeConstant(const Constant &constant);
  LogicalResult writeRecord(const Record &record);
  LogicalResult writeMember(const Record &record, const Member &member);
  void writeAccessors(StringRef name, StringRef indices, StringRef place,
                      mlir::IntegerType type);
  void writeObject(const ObjectName &object);

  Model &model;
  NameScope functions;
  std::vector<std::string> exports;
  std::string text;
  llvm::raw_string_ostream os;
};
} // namespace

LogicalResult LispWriter::claim(StringRef function, const Twine &what,
                                const Record &record) {
  exports.push_back(function.str());
  return functions.claim(function, what, record.op);
}

void LispWriter::writeConstant(const Constant &constant) {
  exports.push_back(constant.name);
  os << "(cl:defconstant " << constant.name << ' ' << constant.value.str()
     << ")\n";
}

void LispWriter::writeAccessors(StringRef name, StringRef indices,
                                StringRef place, mlir::IntegerType type) {
  std::string layout = std::to_string(type.getWidth() / 8) +
                       (type.isSigned() ? " cl:t" : " cl:nil");
  os << "\n(cl:defun " << name << " (%bytes" << indices
     << " cl:&optional (%start 0))\n  (%get %bytes " << place << ' ' << layout
     << "))\n(cl:defun (cl:setf " << name << ") (%value %bytes" << indices
     << " cl:&optional (%start 0))\n  (%put %value %bytes " << place << ' '
     << layout << "))\n";
}

LogicalResult LispWriter::writeMember(const Record &record,
                                      const Member &member) {
  std::string indices;
  std::string place = "(cl:+ %start " + std::to_string(member.offset);
  unsigned numIndices = 0;
  for (Type type = member.type; auto array = dyn_cast<ArrayType>(type);
       type = array.getElement()) {
    std::string index = "%i" + std::to_string(numIndices++);
    indices += " " + index;
    place += " (%at " + index + " " +
             (array.getCount() ? std::to_string(array.getCount()) : "cl:nil") +
             " " + std::to_string(model.getSize(array.getElement())) + ")";
  }
  place += ")";
  std::string name = record.name + "-" + member.name;
  std::string what = ("the accessor of `" + member.fieldName + "` of `" +
                      record.getTag() + "`")
                         .str();
  Type element = getInnermost(member.type);
  if (!llvm::isa<StructType>(element)) {
    writeAccessors(name, indices, place, getStorage(element));
    return claim(name, what, record);
  }
  name += "-start";
  // Without an argument in front a space would stand there.
  os << "\n(cl:defun " << name << " (" << StringRef(indices).ltrim()
     << (indices.empty() ? "" : " ") << "cl:&optional (%start 0))\n  " << place
     << ")\n";
  return claim(name, what, record);
}

LogicalResult LispWriter::writeRecord(const Record &record) {
  Constant size{"+sizeof-" + record.name + "+", {record.size, false}};
  std::string what = ("the size of `" + record.getTag() + "`").str();
  if (failed(model.values.claim(size.name, what, record.op)))
    return llvm::failure();
  os << "\n;;; " << (record.isUnion() ? "Union " : "Struct ") << record.getTag()
     << "\n\n";
  writeConstant(size);
  std::string maker = "make-" + record.name;
  os << "\n(cl:defun " << maker << " ()\n"
     << "  (cl:make-array " << record.size
     << " :element-type '(cl:unsigned-byte 8)\n"
     << "                 :initial-element 0))\n";
  if (failed(
          claim(maker, "the constructor of `" + record.getTag() + "`", record)))
    return llvm::failure();
  for (const Member &member : record.members)
    if (failed(writeMember(record, member)))
      return llvm::failure();
  return llvm::success();
}

void LispWriter::writeObject(const ObjectName &object) {
  exports.push_back(object.name);
  os << "\n;; The name of a " << object.description << ".\n"
     << "(cl:defparameter " << object.name << " \"" << object.symbol << "\")\n";
  if (object.entries)
    writeConstant(*object.entries);
}

LogicalResult LispWriter::write() {
  for (const Constant &constant : model.constants)
    writeConstant(constant);
  for (const Enumeration &enumeration : model.enumerations) {
    os << "\n;;; Enumeration " << enumeration.tag << "\n\n";
    for (const Constant &enumerator : enumeration.enumerators)
      writeConstant(enumerator);
  }
  if (!model.records.empty())
    os << helpers;
  for (const Record &record : model.records)
    if (failed(writeRecord(record)))
      return llvm::failure();
  for (const ObjectName &object : model.objects)
    writeObject(object);
  return llvm::success();
}

void LispWriter::print(StringRef package, raw_ostream &out) const {
  out << ";;;; " << notice << "\n\n"
      << "(cl:defpackage #:" << package << "\n  (:use)\n  (:export";
  for (const std::string &name : exports)
    out << "\n   #:" << name;
  out << "))\n\n(cl:in-package #:" << package << ")\n\n" << text;
}

LogicalResult bindings::writeLisp(Model &model, StringRef name,
                                  raw_ostream &os) {
  LispWriter writer(model);
  if (failed(writer.write()))
    return llvm::failure();
  // The words may be a number alone.
  writer.print(makeKebabName(name) + "-types", os);
  return llvm::success();
}

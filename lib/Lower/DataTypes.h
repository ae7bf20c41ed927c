//===- DataTypes.h - the types of what is in memory -------------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Scalars, structs, arrays and pointers as sources declare them.
//
// A type of memory is an MLIR type: a signed or unsigned integer, or one of the
// whistler dialect's `struct`, `enum`, `array` and `pointer`.
//
//===----------------------------------------------------------------------===//

#ifndef WHISTLER_LIB_LOWER_DATATYPES_H
#define WHISTLER_LIB_LOWER_DATATYPES_H

#include "Whistler/Dialect/Whistler/IR/WhistlerDialect.h"
#include "Whistler/Reader/Form.h"
#include "Whistler/Target/BTF/Builder.h"

#include "llvm/ADT/StringSet.h"

#include <deque>
#include <optional>
#include <string>
#include <vector>

namespace whistler {

class Environment;

/// A scalar type of the language: `u8` to `i64`.
struct ScalarType {
  unsigned bits;
  bool isSigned;

  unsigned getBytes() const { return bits / 8; }

  /// The type of that (upper-case) name, if there is one.
  static std::optional<ScalarType> get(llvm::StringRef name);
  /// The type that a form names, if it does.
  static std::optional<ScalarType> get(const Form *form);
  /// The scalar that an integer or enumeration in memory is, if `type` is one.
  static std::optional<ScalarType> get(mlir::Type type);
};

/// The type of memory that holds a scalar.
mlir::Type getDataType(ScalarType scalar, mlir::MLIRContext *context);

/// A field of a struct or union.
struct StructField {
  /// As in accessors, in lower case, and in C.
  std::string name, cName;
  mlir::Type type;
  /// In bits from the start of the struct.
  uint32_t bitOffset;
  /// In bits; 0 for a field that is no bitfield.
  uint32_t bitWidth = 0;
  const Form *form = nullptr;
  /// Whether there is an accessor for it.
  bool isNamed = true;

  int32_t getOffset() const { return int32_t(bitOffset / 8); }
};

/// A struct or union that the source declares or imports.
struct StructInfo {
  /// The Lisp name in lower case, and the tag in C.
  std::string name, tag;
  bool isUnion = false;
  /// One of the kernel's own, whose accesses the loader relocates.
  bool isKernel = false;
  /// The struct in the kernel's BTF where it is imported from, else void.
  btf::TypeId importedFrom = {};
  /// All fields of an imported struct have accessors, not only those that are
  /// named.
  bool isOpen = false;
  /// It is here because another struct's field has its type.
  bool isImplicit = false;
  /// In bytes.
  uint32_t size = 0;
  uint32_t alignment = 1;
  /// More may be imported; the addresses of those that are here stay.
  std::deque<StructField> fields;
  /// Fields of structs in an imported one that have accessors as if they were
  /// its own: `cName` is a path such as "se.exec_start".
  std::deque<StructField> paths;
  llvm::SMRange range;
  /// The declaration in the module, which follows `fields`.
  mlir::whistler::StructOp op;

  const StructField *lookup(llvm::StringRef fieldName) const;
};

/// A global variable.
struct GlobalInfo {
  /// The name in the object file, a C identifier.
  std::string cName;
  mlir::Type type;
  bool isConstant;
};

/// A tracepoint, for programs that are attached to it.
struct TracepointInfo {
  /// In C: "sched" and "sched_switch".
  std::string category, event;
  /// The record's type, if the kernel has one.
  StructInfo *record = nullptr;
  /// The record's fields, where only its format is known.
  std::deque<StructField> fields;
  /// The fields that have accessors; all if it is open.
  llvm::StringSet<> named;
  bool isOpen = false;
};

/// What an operator of a struct does.
struct StructOperator {
  enum Kind {
    /// `(make-S ...)`
    Make,
    /// `(S-FIELD p [i])`
    Field,
    /// `(S-FIELD-ptr p [i])`
    Address,
  };
  Kind kind;
  StructInfo *info;
  const StructField *field = nullptr;
};

/// The type that a form names: a scalar, a struct's name, `(array T n)`,
/// `(ptr T)` or `(ptr)`. Reports another form and gives nothing.
std::optional<mlir::Type> parseDataType(const Form *form, Environment &env);

/// The same for a type that takes up memory of the program's. Also reports a
/// struct of the kernel's of which the source writes some fields: its size is
/// not known.
std::optional<mlir::Type> parseSizedType(const Form *form, Environment &env);

/// A type as users write it: "u32", "ct-key", "(array u8 16)".
std::string getTypeName(mlir::Type type, const Environment &env);

} // namespace whistler

#endif // WHISTLER_LIB_LOWER_DATATYPES_H

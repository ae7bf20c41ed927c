//===- KernelImport.h - types of the kernel ---------------------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Brings what programs use of the kernel's types into the environment.
//
//===----------------------------------------------------------------------===//

#ifndef WHISTLER_LIB_LOWER_KERNELIMPORT_H
#define WHISTLER_LIB_LOWER_KERNELIMPORT_H

#include "Environment.h"

#include "Whistler/KernelTypes/KernelTypes.h"

#include <functional>

namespace whistler {

/// The kernel's BTF, of which structs and fields are imported as they are asked
/// for. What has been imported is declared in the module.
class KernelImport {
public:
  KernelImport(Environment &env, std::string path,
               std::function<void(StructInfo &)> declare)
      : types(std::move(path)), env(env), declare(std::move(declare)) {}

  /// Reads the types; reports at `range` why they cannot be read.
  bool load(llvm::SMRange range);
  /// Whether there are types, without a report.
  bool hasTypes() { return !llvm::errorToBool(loadTypes()); }

  /// Declares a struct of the kernel's with its size, unless it is declared.
  mlir::Type importStructType(const KernelType &type, llvm::StringRef tag);
  /// The struct of that tag, declared in the source or in the kernel; or null.
  StructInfo *lookupStruct(llvm::StringRef tag);
  /// The field of a declared or imported struct that has a Lisp name; null if
  /// there is none, or one that programs cannot read, which is reported at
  /// `form`. `isNamed` gives it an accessor.
  const StructField *importField(StructInfo &info, llvm::StringRef name,
                                 const Form *form, bool isNamed);
  const StructField *lookupTracepointField(TracepointInfo &info,
                                           llvm::StringRef name,
                                           const Form *form);
  /// Declares the enumeration and gives the C name of its enumerator of that
  /// Lisp name, if both exist.
  std::optional<std::string> importEnumerator(llvm::StringRef tag,
                                              llvm::StringRef name);

  /// Names in Lisp spelling, to find near misses among.
  std::vector<std::string> getFieldNames(const StructInfo &info) const;
  std::vector<std::string> getFieldNames(const TracepointInfo &info) const;
  std::vector<std::string> getEnumeratorNames(llvm::StringRef tag) const;

  KernelTypes types;
  /// Where enumerations are declared.
  mlir::ModuleOp module;

private:
  llvm::Error loadTypes();
  mlir::Type convert(const KernelType &type, llvm::StringRef owner);

  Environment &env;
  bool hasReported = false;
  /// Writes what is known of a struct to the module.
  std::function<void(StructInfo &)> declare;
};

/// C names as Lisp programs write them.
std::vector<std::string>
getLispSpellings(llvm::ArrayRef<llvm::StringRef> cNames);

} // namespace whistler

#endif // WHISTLER_LIB_LOWER_KERNELIMPORT_H

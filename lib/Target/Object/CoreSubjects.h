//===- CoreSubjects.h - what relocations ask about --------------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Looks up the subjects of CO-RE relocations in the object's own types, and
// answers their questions for these, as libbpf does before it asks the kernel.
//
//===----------------------------------------------------------------------===//

#ifndef WHISTLER_LIB_TARGET_OBJECT_CORESUBJECTS_H
#define WHISTLER_LIB_TARGET_OBJECT_CORESUBJECTS_H

#include "Whistler/Dialect/Whistler/Utils/StructLayouts.h"

#include "Whistler/Target/BPF/Encoder.h"

#include "llvm/Support/Error.h"

namespace whistler {

/// A relocation's subject in the object's own types.
struct CoreSubject {
  /// The struct or the enumeration that the access starts from.
  llvm::StringRef tag;
  bool isEnum = false;
  /// The path from there that libbpf wants: "0:1:2".
  std::string access;
  /// What libbpf's bpf_core_calc_relo() computes for these types. It refuses an
  /// instruction that holds something else.
  uint64_t value = 0;
  /// A bitfield, whose offset libbpf does not compare.
  bool isBitField = false;
};

/// Finds out what `kind` asks about `subject`, which is `struct:path`, the tag
/// of a struct, or `enum:ENUMERATOR`.
llvm::Expected<CoreSubject> lookupCoreSubject(StructLayouts &layouts,
                                              mlir::bpf::CoreKind kind,
                                              llvm::StringRef subject);

/// Puts the answers for the object's own types into the instructions of `code`.
/// Reports subjects that do not exist and accesses to another place than their
/// field's.
llvm::LogicalResult fillInCoreAnswers(StructLayouts &layouts,
                                      mlir::bpf::EncodedFunction &code);

} // namespace whistler

#endif // WHISTLER_LIB_TARGET_OBJECT_CORESUBJECTS_H

//===- ModuleLowering.h - top-level forms -----------------------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Handles a source file's declarations and starts the lowering of programs.
//
//===----------------------------------------------------------------------===//

#ifndef WHISTLER_LIB_LOWER_MODULELOWERING_H
#define WHISTLER_LIB_LOWER_MODULELOWERING_H

#include "Environment.h"

#include "Whistler/UAPI/ProgramTypes.h"

#include "mlir/IR/Builders.h"

namespace whistler {

/// The location of a range of source text.
mlir::Location getLocation(llvm::SMRange range, const DiagnosticEngine &diags,
                           mlir::MLIRContext *context);

/// Whether `name` (upper case) is a form that the language has and this
/// compiler does not have yet; reports its use at `form`.
bool diagnoseUnavailable(const Form *form, llvm::StringRef name,
                         DiagnosticEngine &diags);

class ModuleLowering {
public:
  ModuleLowering(DiagnosticEngine &diags, mlir::MLIRContext &context,
                 const LowerOptions &options)
      : env(diags, options), diags(diags), context(context), builder(&context) {
  }

  LoweredSource run(unsigned bufferID);

private:
  using Arguments = llvm::ArrayRef<const Form *>;
  struct Declaration {
    llvm::StringRef name;
    unsigned minArgs;
    llvm::StringRef usage;
    void (ModuleLowering::*lower)(const Form *form, Arguments args);
  };
  static const Declaration declarations[];

  void lowerTopLevel(const Form *form);
  /// Reports a name that is not a symbol that can be declared.
  bool checkName(const Form *name, llvm::StringRef what);
  /// Reports a name that has a meaning in the language already.
  bool checkNotBuiltIn(const Form *name);

  void lowerInPackage(const Form *form, Arguments args);
  void lowerConstant(const Form *form, Arguments args);
  void lowerHeader(const Form *form, Arguments args);
  std::optional<Accessor> parseHeaderField(const Form *field);
  void lowerCompileToElf(const Form *form, Arguments args);

  // MapDeclaration.cpp
  struct MapParameters;
  void lowerMap(const Form *form, Arguments args);
  bool parseEntrySize(const KeywordArguments &keywords, llvm::StringRef role,
                      const uapi::SizeRule &rule, const uapi::MapType &type,
                      const Form *form, uint32_t &size,
                      std::optional<ScalarType> &scalar);
  bool parseMaxEntries(const KeywordArguments &keywords,
                       const uapi::MapType &type, const Form *form,
                       uint32_t &entries);
  bool parseMapFlags(const KeywordArguments &keywords,
                     const uapi::MapType &type, const Form *form,
                     std::optional<uint32_t> &flags);
  bool parsePinning(const KeywordArguments &keywords, bool &pinByName);

  // ProgramDeclaration.cpp
  void lowerProgram(const Form *form, Arguments args);
  const uapi::ProgramType *parseProgramType(const Form *type);
  const uapi::ProgramType *parseSection(const Form *section,
                                        const uapi::ProgramType *type,
                                        std::string &name);
  bool parseLicense(const Form *license, const Form *form,
                    const uapi::ProgramType &type, std::string &text);

  Environment env;
  DiagnosticEngine &diags;
  mlir::MLIRContext &context;
  mlir::OpBuilder builder;
  LoweredSource result;
  /// The license of the first program, and where it was given.
  std::optional<std::string> license;
  llvm::SMRange licenseRange;
};

} // namespace whistler

#endif // WHISTLER_LIB_LOWER_MODULELOWERING_H

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
#include "KernelImport.h"

#include "Whistler/Lower/Session.h"
#include "Whistler/UAPI/ProgramTypes.h"

#include "Whistler/Dialect/Whistler/IR/WhistlerDialect.h"
#include "mlir/IR/Builders.h"

namespace whistler {

class Reader;

/// The location of a range of source text.
mlir::Location getLocation(llvm::SMRange range, const DiagnosticEngine &diags,
                           mlir::MLIRContext *context);

class ModuleLowering : private LispClient {
public:
  ModuleLowering(DiagnosticEngine &diags, mlir::MLIRContext &context,
                 const LowerOptions &options)
      : lisp(forms, diags, *this, options.lisp),
        env(diags, context, options, forms, lisp),
        kernel(env, options.btfPath,
               [this](StructInfo &info) { declareStruct(info); }),
        diags(diags), context(context), builder(&context) {
    env.kernel = &kernel;
  }

  LoweredSource run(unsigned bufferID);

  // Session.cpp: a module that grows form by form.
  /// Starts an empty module, with `host` to do what the source asks for.
  void startSession(SessionHost &sessionHost);
  std::optional<std::vector<std::string>> evaluateAtPrompt(const Form *form);
  std::optional<std::vector<std::string>>
  evaluateSequenceAtPrompt(const Form *form);
  std::vector<std::string> getKnownNames();
  FormContext &getForms() { return forms; }
  mlir::ModuleOp getModule() { return *result.module; }

private:
  using Arguments = llvm::ArrayRef<const Form *>;
  struct Declaration {
    llvm::StringRef name;
    unsigned minArgs;
    llvm::StringRef usage;
    void (ModuleLowering::*lower)(const Form *form, Arguments args);
  };
  static const Declaration declarations[];
  static const Declaration *lookupDeclaration(const Symbol *op);

  void startModule(mlir::Location loc);
  /// Removes the earlier definition of the name that `definition` has.
  void removeEarlier(mlir::Operation *definition);
  /// Forgets the programs that were compiled for a map that `map` replaces.
  void dropUsers(mlir::whistler::MapOp old, mlir::whistler::MapOp map);

  // TopLevel.cpp
  /// Lowers the forms of a buffer. `directory` is what files are relative to.
  void lowerBuffer(unsigned bufferID);
  /// Tells the Lisp that `currentFile` has changed.
  void enterFile();
  void updateFeatures(Reader &reader);
  /// A form with all its syntax read. Null after an error.
  const Form *resolveReaderSyntax(const Form *form);
  static bool isDeclaration(const Form *form);
  void lowerTopLevel(const Form *form);
  void lowerTopLevelForms(Arguments forms);
  void lowerUnknown(const Form *form, const Symbol *op);
  void lowerProgn(const Form *form, Arguments args);
  void lowerEvalWhen(const Form *form, Arguments args);
  void lowerMacrolet(const Form *form, Arguments args);
  void lowerMacroDefinition(const Form *form, Arguments args);
  void lowerCompilerMacro(const Form *form, Arguments args);
  void lowerLoad(const Form *form, Arguments args);

  // LispClient
  llvm::LogicalResult declare(const Form *declaration) override;
  llvm::LogicalResult loadFile(llvm::StringRef path) override;
  void noteFile(llvm::StringRef path) override;
  llvm::LogicalResult defineConstant(const Symbol *name,
                                     const Form *value) override;
  std::vector<llvm::StringRef> getLanguageNames() override;
  std::optional<uint64_t> getConstant(const Symbol *name) override;
  std::optional<uint64_t> getSize(const Symbol *name) override;
  std::vector<const Symbol *> getMapNames() override;
  std::vector<const Symbol *> getProgramNames() override;
  std::vector<const Symbol *> getConstantNames() override;
  std::optional<const Form *>
  callCommand(llvm::StringRef name, llvm::ArrayRef<const Form *> args) override;

  /// Reports a name that is not a symbol that can be declared.
  bool checkName(const Form *name, llvm::StringRef what);

  void lowerInPackage(const Form *form, Arguments args);
  void lowerConstant(const Form *form, Arguments args);
  /// Makes `name`, written at `range`, a constant of 64 bits: here, and for
  /// users of the module.
  void addConstant(const Symbol *name, const IntegerForm &value,
                   llvm::SMRange range);
  const IntegerForm *evaluateInteger(const Form *form);
  void lowerHeader(const Form *form, Arguments args);
  std::optional<Accessor> parseHeaderField(const Form *field);
  void lowerCompileToElf(const Form *form, Arguments args);

  // MapDeclaration.cpp
  struct MapParameters;
  void lowerMap(const Form *form, Arguments args);
  bool parseEntrySize(const KeywordArguments &keywords, llvm::StringRef role,
                      const uapi::SizeRule &rule, const uapi::MapType &type,
                      const Form *form, uint32_t &size, mlir::Type &entryType);
  bool parseInnerMap(const KeywordArguments &keywords,
                     const uapi::MapType &type, const Form *form,
                     mlir::FlatSymbolRefAttr &inner);
  bool parseMaxEntries(const KeywordArguments &keywords,
                       const uapi::MapType &type, const Form *form,
                       uint32_t &entries);
  bool parseMapFlags(const KeywordArguments &keywords,
                     const uapi::MapType &type, const Form *form,
                     std::optional<uint32_t> &flags);
  bool parsePinning(const KeywordArguments &keywords, bool &pinByName);

  // StructDeclaration.cpp
  void lowerStruct(const Form *form, Arguments args);
  bool parseStructName(const Form *form, bool isUnion, StructInfo &info,
                       const Symbol *&name);
  bool parseFields(Arguments args, StructInfo &info);
  bool checkNewLayout(const StructInfo &earlier, const StructInfo &info);
  /// Writes what is known of a struct to the module.
  void declareStruct(StructInfo &info);

  // KernelDeclaration.cpp
  void lowerImportStruct(const Form *form, Arguments args);
  bool importFieldPath(StructInfo &info, const Form *form);
  void lowerTracepoint(const Form *form, Arguments args);
  bool readTracepointFormat(TracepointInfo &info, const Form *form);

  // GlobalDeclaration.cpp
  void lowerGlobal(const Form *form, Arguments args);

  // FunctionDeclaration.cpp
  void lowerFunction(const Form *form, Arguments args);
  bool parseParameters(const Form *form, FunctionInfo &info);

  // ProgramDeclaration.cpp
  void lowerProgram(const Form *form, Arguments args);
  const uapi::ProgramType *parseProgramType(const Form *type);
  const uapi::ProgramType *parseSection(const Form *section,
                                        const uapi::ProgramType *type,
                                        std::string &name);
  bool parseLicense(const Form *license, const Form *form,
                    const uapi::ProgramType &type, std::string &text);

  FormContext forms;
  CompileTimeLisp lisp;
  Environment env;
  KernelImport kernel;
  DiagnosticEngine &diags;
  mlir::MLIRContext &context;
  mlir::OpBuilder builder;
  LoweredSource result;
  /// Null but in a session.
  SessionHost *host = nullptr;
  std::vector<const Symbol *> declaredPrograms;
  /// The file that is being read, for messages and relative names; empty for
  /// standard input.
  std::string currentFile;
  /// The top-level form that is being handled: where files are loaded from.
  llvm::SMRange loadRange;
  /// How many files are being loaded, to tell a file that loads itself.
  unsigned loadDepth = 0;
  /// The license of the first program, and where it was given.
  std::optional<std::string> license;
  llvm::SMRange licenseRange;
};

} // namespace whistler

#endif // WHISTLER_LIB_LOWER_MODULELOWERING_H

//===- Environment.h - what a source file has declared ----------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Maps, constants and header accessors, the user's and the built-in ones.
//
//===----------------------------------------------------------------------===//

#ifndef WHISTLER_LIB_LOWER_ENVIRONMENT_H
#define WHISTLER_LIB_LOWER_ENVIRONMENT_H

#include "DataTypes.h"

#include "Whistler/Lisp/CompileTimeLisp.h"
#include "Whistler/Lower/Lower.h"
#include "Whistler/Reader/Form.h"
#include "Whistler/UAPI/Helpers.h"
#include "Whistler/UAPI/MapTypes.h"

#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/SmallPtrSet.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/StringSet.h"

namespace whistler {

struct MapInfo {
  /// The name in the object file, a C identifier.
  std::string cName;
  const uapi::MapType *type = nullptr;
  /// In bytes; 0 where the type has none.
  uint32_t keySize = 0;
  uint32_t valueSize = 0;
  /// What `:key` and `:value` said; null where only sizes are given.
  mlir::Type keyType, valueType;
  /// For a map of maps, the name in the object of the map that those in it are
  /// like.
  std::optional<llvm::StringRef> innerMap;
  llvm::SMRange range;

  /// Whether `getmap` yields a value and no pointer.
  bool hasScalarValue() const {
    if (innerMap)
      return false;
    if (valueType)
      return ScalarType::get(valueType).has_value();
    return valueSize == 1 || valueSize == 2 || valueSize == 4 || valueSize == 8;
  }
  /// How a value is extended to 64 bits: unsigned where only a size is known.
  ScalarType getScalarValueType() const {
    std::optional<ScalarType> type;
    if (valueType)
      type = ScalarType::get(valueType);
    return type.value_or(ScalarType{8 * valueSize, false});
  }
};

/// A function of the source.
struct FunctionInfo {
  struct Parameter {
    const Symbol *name;
    mlir::Type type;
  };
  /// A helper that the function, or one that it calls, uses.
  struct HelperUse {
    const uapi::Helper *helper;
    llvm::SMRange range;
  };

  std::string cName;
  std::vector<Parameter> parameters;
  mlir::Type result;
  std::vector<HelperUse> helpers;
};

/// A field of a packet header.
struct Accessor {
  /// Bytes from the start of the header.
  int32_t offset;
  /// How the field's bytes are loaded.
  ScalarType type;
  /// The bytes are in network order.
  bool isNetOrder = false;
  /// What of the loaded and swapped value is the field.
  unsigned shift = 0;
  uint64_t mask = ~uint64_t(0);
  /// The accessor yields the field's address.
  bool isAddress = false;

  bool isPartial() const {
    return shift != 0 || mask != ~uint64_t(0) >> (64 - type.bits);
  }
};

class KernelImport;

/// What is known when a form is lowered. Names are looked up as Common Lisp
/// symbols: folded to upper case by the reader.
class Environment {
public:
  Environment(DiagnosticEngine &diags, mlir::MLIRContext &context,
              const LowerOptions &options, FormContext &forms,
              CompileTimeLisp &lisp)
      : diags(diags), context(context), options(options), forms(forms),
        lisp(lisp) {}

  DiagnosticEngine &diags;
  mlir::MLIRContext &context;
  const LowerOptions &options;
  FormContext &forms;
  CompileTimeLisp &lisp;
  /// The macros of the `macrolet` forms around, the innermost last.
  llvm::SmallVector<const LocalMacro *> localMacros;

  /// The kernel's types.
  KernelImport *kernel = nullptr;

  /// What was read beside the sources.
  std::vector<std::string> otherFiles;

  /// At a prompt a name may be defined anew.
  bool allowsRedefinition = false;

  /// Macros that were defined at top level, in lower case, to find near misses
  /// among.
  std::vector<std::string> macroNames;

  /// Functions of compile time, which `defun` made at top level.
  llvm::SmallPtrSet<const Symbol *, 4> lispFunctions;

  /// Whether a form calls a macro of the user's. The language's own forms are
  /// none, whatever is defined under their names.
  bool isMacroCall(const Form *form) const;

  /// The declaration of that name, or null.
  const MapInfo *lookupMap(const Symbol *name) const;
  std::optional<uint64_t> lookupConstant(const Symbol *name) const;
  std::optional<Accessor> lookupAccessor(const Symbol *name) const;
  StructInfo *lookupStruct(const Symbol *name) const;
  StructInfo *lookupStructByTag(llvm::StringRef tag) const;
  /// What `make-S`, `S-FIELD` or `S-FIELD-ptr` does.
  std::optional<StructOperator> lookupStructOperator(const Symbol *name) const;
  const GlobalInfo *lookupGlobal(const Symbol *name) const;
  FunctionInfo *lookupFunction(const Symbol *name) const;

  /// Bytes of a type of memory; none of an undeclared struct.
  std::optional<uint64_t> getSize(mlir::Type type) const;
  /// In bytes, as C has it on this target.
  uint32_t getAlignment(mlir::Type type) const;

  /// Declares a struct, or replaces it, and its operators.
  StructInfo &addStruct(const Symbol *name, StructInfo info);
  void addGlobal(const Symbol *name, GlobalInfo info) {
    globals[getKey(name)] = std::move(info);
  }
  FunctionInfo &addFunction(const Symbol *name, FunctionInfo info);
  void addTracepoint(TracepointInfo info);
  /// The tracepoint `category/event`, in C spelling, or null.
  TracepointInfo *lookupTracepoint(llvm::StringRef name);
  bool hasTracepoints() const { return !tracepoints.empty(); }

  void addMap(const Symbol *name, MapInfo info) {
    maps[getKey(name)] = std::move(info);
    if (!llvm::is_contained(declaredMaps, name))
      declaredMaps.push_back(name);
  }
  void addConstant(const Symbol *name, uint64_t value) {
    constants[getKey(name)] = value;
    if (!llvm::is_contained(declaredConstants, name))
      declaredConstants.push_back(name);
  }
  void addAccessor(llvm::StringRef name, Accessor accessor) {
    accessors[name] = accessor;
  }

  /// Notes that the declaration of a name had an error, which was reported:
  /// the uses of that name shall not be.
  void addBroken(llvm::StringRef name) { brokenNames.insert(name); }
  /// The same for a struct: also for its operators, of which not all names may
  /// be known.
  void addBrokenStruct(llvm::StringRef name) {
    addBroken(name);
    brokenStructs.push_back(name.str());
  }
  bool isBroken(const Symbol *name) const {
    auto isOperatorOf = [&](llvm::StringRef structName) {
      llvm::StringRef key = getKey(name);
      key.consume_front("MAKE-");
      return key == structName ||
             (key.consume_front(structName) && key.starts_with("-"));
    };
    return brokenNames.contains(getKey(name)) ||
           llvm::any_of(brokenStructs, isOperatorOf);
  }
  /// A top-level form could not be read: any unknown map, constant or accessor
  /// may be what it declares.
  bool hasUnreadForms = false;

  /// Takes the C identifier that `name` becomes in the object file, for a map
  /// or program; reports a name that is taken and returns nothing.
  std::optional<std::string> claimName(const Form *name);

  /// Names in the order of their declaration.
  llvm::ArrayRef<const Symbol *> getDeclaredMaps() const {
    return declaredMaps;
  }
  llvm::ArrayRef<const Symbol *> getDeclaredConstants() const {
    return declaredConstants;
  }

  /// All names of one kind, as they are usually written, to find near misses
  /// among.
  std::vector<std::string> getMapNames() const;
  std::vector<std::string> getAccessorNames() const;
  std::vector<std::string> getConstantNames() const;
  std::vector<std::string> getTypeNames() const;
  /// Functions and the operators of structs.
  std::vector<std::string> getOperatorNames() const;
  std::vector<std::string> getGlobalNames() const;
  std::vector<std::string> getFunctionNames() const;

private:
  static llvm::StringRef getKey(const Symbol *name) { return name->getName(); }

  llvm::StringMap<MapInfo> maps;
  llvm::StringMap<uint64_t> constants;
  llvm::StringMap<Accessor> accessors;
  llvm::StringMap<std::unique_ptr<StructInfo>> structs;
  llvm::StringMap<StructInfo *> structsByTag;
  llvm::StringMap<GlobalInfo> globals;
  llvm::StringMap<std::unique_ptr<FunctionInfo>> functions;
  llvm::StringMap<std::unique_ptr<TracepointInfo>> tracepoints;
  llvm::StringSet<> brokenNames;
  std::vector<std::string> brokenStructs;
  /// Names in the object file, and who took them.
  llvm::StringMap<const Form *> claimedNames;
  llvm::SmallVector<const Symbol *> declaredMaps, declaredConstants;
  friend class MacroExpansion;
  unsigned macroDepth = 0;
};

/// Expands the macro call that a form is until something else remains, and
/// keeps diagnostics pointing at the calls for its lifetime.
class MacroExpansion {
public:
  MacroExpansion(const Form *form, Environment &env);
  ~MacroExpansion();
  MacroExpansion(const MacroExpansion &) = delete;
  MacroExpansion &operator=(const MacroExpansion &) = delete;

  /// What remained; null after an error.
  const Form *getForm() const { return form; }

private:
  Environment &env;
  const Form *form;
  std::vector<std::unique_ptr<MacroCallScope>> scopes;
};

//===----------------------------------------------------------------------===//
// Names
//===----------------------------------------------------------------------===//

/// The C identifier for a Lisp name: lower case, every character that C does
/// not have replaced by `_`, a C keyword followed by `_`.
std::string getCIdentifier(llvm::StringRef lispName);

/// A symbol as the user would write it.
std::string getLispName(const Symbol *symbol);

/// A form for a message: as it was written where that is short, else its start.
std::string getText(const Form *form);

/// A string for a message, with quotes around it and nothing unprintable in it.
std::string getQuoted(llvm::StringRef text);

/// "1 byte", "2 bytes".
std::string getCount(uint64_t count, llvm::StringRef unit);

/// The name nearest to `name`, whatever the case of the letters, if it is near
/// enough to be what was meant; empty otherwise.
std::string findNearest(llvm::StringRef name,
                        llvm::ArrayRef<std::string> candidates);

/// "; did you mean X?" with the nearest name, or "X or Y" with the two or three
/// that are equally near; nothing if none is near enough.
std::string getSuggestion(const Symbol *symbol,
                          llvm::ArrayRef<std::string> candidates);

//===----------------------------------------------------------------------===//
// Constant expressions
//===----------------------------------------------------------------------===//

/// The value of a form that is an integer, a constant, or arithmetic on them,
/// in the integers of Common Lisp; nothing for another form. An error inside an
/// expression that is otherwise constant (division by zero) is reported.
std::optional<llvm::APSInt> evaluateConstant(const Form *form,
                                             Environment &env);

/// Whether a form is arithmetic that `evaluateConstant` knows.
bool isConstantOperator(const Form *form);

/// The innermost part of `form` that is not constant, or null: it is neither an
/// integer, nor a constant, nor arithmetic.
const Form *findNonConstant(const Form *form, const Environment &env);

/// Reports a form that should be constant and is not, unless that was reported
/// already; `what` names it in the message.
void reportNonConstant(const Form *form, Environment &env,
                       const llvm::Twine &what);

/// The value of a form that has to be constant, as 64 bits. Reports a form that
/// is not; `what` names it in the message ("the offset").
std::optional<uint64_t> requireConstant(const Form *form, Environment &env,
                                        const llvm::Twine &what);

/// As above, within bounds.
std::optional<int64_t> requireConstantIn(const Form *form, Environment &env,
                                         const llvm::Twine &what, int64_t min,
                                         int64_t max);

//===----------------------------------------------------------------------===//
// Argument lists
//===----------------------------------------------------------------------===//

/// `:key value` pairs.
class KeywordArguments {
public:
  /// Parses `forms`. Reports keywords that are not in `allowed` (lower case),
  /// are given twice or have no value; `what` names the form in messages.
  KeywordArguments(llvm::ArrayRef<const Form *> forms,
                   llvm::ArrayRef<llvm::StringRef> allowed,
                   llvm::StringRef what, DiagnosticEngine &diags);

  /// Whether the list was well formed.
  bool isValid() const { return valid; }
  /// The value of `:keyword`, or null.
  const Form *lookup(llvm::StringRef keyword) const {
    return values.lookup(keyword);
  }

private:
  llvm::StringMap<const Form *> values;
  bool valid = true;
};

/// The elements of a list; reports a dotted list, or another form, and returns
/// nothing. `expected` says what the list is, for the message.
std::optional<llvm::SmallVector<const Form *>>
getElements(const Form *list, DiagnosticEngine &diags,
            llvm::StringRef expected = "a list");

} // namespace whistler

#endif // WHISTLER_LIB_LOWER_ENVIRONMENT_H

//===- PureInterpreter.h - evaluation without effects -----------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// The evaluator behind PureEvaluator: values, environments, functions and the
// tables of the operators that it knows.
//
// Declining is sticky: once `fail` was called nothing that is computed counts.
// An operation that has no value returns a null Value, either because it failed
// or because a `return-from` is on its way to its block.
//
//===----------------------------------------------------------------------===//

#ifndef WHISTLER_LIB_LISP_PUREINTERPRETER_H
#define WHISTLER_LIB_LISP_PUREINTERPRETER_H

#include "Whistler/Reader/Form.h"

#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/PointerUnion.h"
#include "llvm/ADT/SmallVector.h"

#include <array>
#include <memory>

namespace whistler::pure {

class Interpreter;
struct Function;
struct Lambda;

//===----------------------------------------------------------------------===//
// Values and environments
//===----------------------------------------------------------------------===//

/// A form or a function; null where there is no value.
class Value {
public:
  Value() = default;
  Value(const Form *form) : storage(form) {}
  Value(const Function *function) : storage(function) {}

  explicit operator bool() const { return !storage.isNull(); }
  /// The form, or null for a function.
  const Form *getForm() const {
    return llvm::dyn_cast_if_present<const Form *>(storage);
  }
  /// The function, or null for a form.
  const Function *getFunction() const {
    return llvm::dyn_cast_if_present<const Function *>(storage);
  }

private:
  llvm::PointerUnion<const Form *, const Function *> storage;
};

using Arguments = llvm::ArrayRef<Value>;
using FormList = llvm::SmallVector<const Form *, 8>;

/// A lexical variable. A null value may not be read.
struct Variable {
  const Symbol *name;
  Value value;
  Variable *next;
};

/// A function of `flet` or `labels`.
struct LocalFunction {
  const Symbol *name;
  const Function *function;
  LocalFunction *next;
};

/// A block that `return-from` can leave.
struct Block {
  const Symbol *name;
  Block *next;
  /// False once the block has been left.
  bool active = true;
};

/// What names mean in a piece of code: innermost bindings first.
struct Env {
  Variable *variables = nullptr;
  LocalFunction *functions = nullptr;
  Block *blocks = nullptr;
  /// How many definitions there were when the code was defined. Common Lisp
  /// expands macros then, so it sees no macro that is younger.
  unsigned time = 0;
};

//===----------------------------------------------------------------------===//
// Operators
//===----------------------------------------------------------------------===//

/// A function that is built in. `call` gets as many arguments as allowed, each
/// a form whose value is known unless the flags say otherwise.
struct Builtin {
  enum Flags : uint8_t {
    None = 0,
    /// Takes functions as arguments.
    Functions = 1,
    /// Only passes arguments on: even unevaluated reader syntax will do.
    Opaque = 2,
  };
  static constexpr uint8_t anyNumber = 255;

  llvm::StringLiteral name;
  uint8_t minArgs;
  uint8_t maxArgs;
  uint8_t flags;
  Value (*call)(Interpreter &interpreter, Arguments args);
};

/// A special operator, or a macro of Common Lisp that is handled as one. `form`
/// is the whole form, a proper list.
struct SpecialForm {
  llvm::StringLiteral name;
  Value (*eval)(Interpreter &interpreter, const ConsForm *form, const Env &env);
};

/// The tables, each sorted by name.
llvm::ArrayRef<Builtin> getFunctionBuiltins();
llvm::ArrayRef<Builtin> getListBuiltins();
llvm::ArrayRef<Builtin> getNumberBuiltins();
llvm::ArrayRef<Builtin> getPredicateBuiltins();
llvm::ArrayRef<Builtin> getPrinterBuiltins();
llvm::ArrayRef<Builtin> getSearchBuiltins();
llvm::ArrayRef<Builtin> getSequenceBuiltins();
llvm::ArrayRef<Builtin> getStringBuiltins();
llvm::ArrayRef<SpecialForm> getBindingForms();
llvm::ArrayRef<SpecialForm> getControlForms();
llvm::ArrayRef<SpecialForm> getIterationForms();

/// All of them.
std::array<llvm::ArrayRef<Builtin>, 8> getBuiltinTables();
std::array<llvm::ArrayRef<SpecialForm>, 3> getSpecialFormTables();

Value evalQuasiquote(Interpreter &interpreter, const ConsForm *form,
                     const Env &env);
Value evalLoop(Interpreter &interpreter, const ConsForm *form, const Env &env);

/// Whether a name belongs to package COMMON-LISP.
bool isStandardName(llvm::StringRef name);
/// Whether Common Lisp makes a name a constant or a dynamic variable.
bool isStandardVariable(llvm::StringRef name);

/// A function object.
struct Function {
  enum class Kind { Builtin, Closure, Constantly, Complement };
  Kind kind;
  const Builtin *builtin = nullptr;
  /// Of a closure, with the name of the block around its body, if any.
  const Lambda *lambda = nullptr;
  const Symbol *blockName = nullptr;
  Env env = {};
  /// What `constantly` returns, or the function that is complemented.
  Value payload = {};
};

/// What is known of a symbol.
struct SymbolInfo {
  enum class Definition : uint8_t { None, Unknown, Function, Macro };
  enum class Global : uint8_t { None, Unknown, Variable, Constant };

  const SpecialForm *special = nullptr;
  const Builtin *builtin = nullptr;
  /// Of a user's function or macro.
  const Function *function = nullptr;
  const Form *value = nullptr;
  unsigned time = 0;
  Definition definition = Definition::None;
  Global global = Global::None;
  /// Belongs to COMMON-LISP.
  bool standard = false;
  /// Can name a lexical variable, unless it is a global one.
  bool bindable = false;
};

//===----------------------------------------------------------------------===//
// Interpreter
//===----------------------------------------------------------------------===//

class Interpreter {
public:
  explicit Interpreter(FormContext &forms);
  ~Interpreter();

  /// Starts a computation: its budget is full and nothing has failed.
  void begin();
  /// The result of the computation, or null if it failed. Forgets everything
  /// that does not outlive it.
  const Form *finish(Value value);

  /// Declines. Returns no value, for the caller to return.
  Value fail() {
    failed = true;
    return Value();
  }
  bool hasFailed() const { return failed; }
  bool isWithinBudget() const;

  //===--------------------------------------------------------------------===//
  // Evaluation
  //===--------------------------------------------------------------------===//

  Value eval(const Form *form, const Env &env);
  /// The value of the last form, NIL without forms.
  Value evalBody(const Form *body, const Env &env);
  /// Evaluates to a form: functions are declined.
  const Form *evalForm(const Form *form, const Env &env);
  /// Evaluates a condition; nothing where it has no value.
  std::optional<bool> evalTest(const Form *form, const Env &env);

  Value call(const Function &function, Arguments args);
  /// The value of a call that has to be a form.
  const Form *callForm(const Function &function, Arguments args);
  /// The truth of what a call returns; nothing where it has no value.
  std::optional<bool> callTest(const Function &function, Arguments args);
  Value callBuiltin(const Builtin &builtin, Arguments args);
  /// The body of a macro on a call.
  Value expandMacro(const Function &macro, const ConsForm *form);

  /// The function that a function or a symbol designates; null after failing.
  const Function *getFunction(Value designator);
  /// What `#'name` is; null after failing.
  const Function *getFunction(const Symbol *name, const Env &env);
  const Function *makeClosure(const Form *lambdaListAndBody, const Env &env,
                              const Symbol *blockName = nullptr);

  /// A function or macro that outlives the computation; null if its syntax is
  /// not one that is known.
  const Function *makeGlobalFunction(const Form *lambdaListAndBody,
                                     const Symbol *name, bool isMacro,
                                     unsigned time);

  /// The part of a body behind its declarations (and documentation); null after
  /// failing on a declaration that would matter.
  const Form *skipDeclarations(const Form *body, bool hasDocumentation);

  //===--------------------------------------------------------------------===//
  // Environments
  //===--------------------------------------------------------------------===//

  SymbolInfo &getInfo(const Symbol *symbol);
  /// Adds a variable. Fails if `name` cannot be a lexical variable.
  bool bind(Env &env, const Symbol *name, Value value);
  /// The lexical variable, or null after failing.
  Variable *findVariable(const Symbol *name, const Env &env);

  /// Enters a block in `env`.
  Block *enterBlock(Env &env, const Symbol *name);
  /// Leaves it with the value of its body or of a `return-from`.
  Value leaveBlock(Block *block, Value value);
  Value returnFrom(const Symbol *name, Value value, const Env &env);

  /// Allocates something that lives as long as the computation.
  template <typename T, typename... Args> T *make(Args &&...args) {
    return new (arena.Allocate<T>()) T{std::forward<Args>(args)...};
  }

  //===--------------------------------------------------------------------===//
  // Data
  //===--------------------------------------------------------------------===//

  FormContext &getForms() { return forms; }
  const Form *getNil() const { return forms.getNil(); }
  const Form *getBoolean(bool value) const {
    return value ? trueForm : getNil();
  }
  /// False for NIL; fails for syntax that has not been evaluated.
  bool isTrue(Value value);
  /// The form, or null after failing for a function.
  const Form *toForm(Value value);

  const ConsForm *makeCons(const Form *car, const Form *cdr);
  const Form *makeList(llvm::ArrayRef<const Form *> elements,
                       const Form *tail = nullptr);
  const Form *makeInteger(const llvm::APSInt &value);
  const Form *makeString(llvm::StringRef value);
  const Form *makeGensym(llvm::StringRef prefix);
  bool isGensym(const Symbol *symbol) const { return gensyms.contains(symbol); }

  /// Must be called before a part of a cons is used.
  void touch(const ConsForm *cons) {
    ++steps;
    if (!overwritten.empty() && overwritten.contains(cons))
      fail();
  }
  /// For destructive operations, which are done on copies: no cons of `list`
  /// may be looked at afterwards. Fails unless the last cons, or all of them,
  /// were made by this computation, as a literal would remain changed.
  bool overwrite(const Form *list, bool all);
  /// Where Common Lisp allows a list to share conses with an older one, it must
  /// not be overwritten: gives the list as it is.
  const Form *share(const Form *list);
  /// Fails if a part of the form has been overwritten.
  bool check(const Form *form);

  /// The predicates of Common Lisp; they fail where the answer is not certain.
  bool isEq(Value a, Value b);
  bool isEql(Value a, Value b);
  bool isEqual(const Form *a, const Form *b, unsigned depth = 0);
  bool isSameSymbol(const Symbol *a, const Symbol *b);
  /// Whether a form is of a type that a form names.
  bool isOfType(Value value, const Form *type);

  /// The elements of a proper list; false after failing.
  bool getElements(const Form *list, llvm::SmallVectorImpl<const Form *> &out);
  /// Charges the budget.
  void charge(size_t amount) { steps += amount; }

private:
  friend class DepthGuard;

  Value evalSymbol(const SymbolForm *form, const Env &env);
  Value evalCons(const ConsForm *form, const Env &env);
  Value evalMacroCall(const SymbolInfo &info, const ConsForm *form,
                      const Env &env);
  bool evalArguments(const Form *args, const Env &env,
                     llvm::SmallVectorImpl<Value> &values);
  Value callClosure(const Function &function, Arguments args);
  const Lambda *getLambda(const Form *lambdaListAndBody, bool isMacro);
  SymbolInfo *makeInfo(const Symbol *symbol);

  FormContext &forms;
  const Form *trueForm;
  llvm::DenseMap<const Symbol *, SymbolInfo *> infos;
  llvm::DenseMap<const Form *, std::unique_ptr<Lambda>> lambdas;
  /// Symbols whose names tell how many were made before.
  llvm::DenseSet<const Symbol *> gensyms;
  /// What outlives a computation, and what does not.
  llvm::BumpPtrAllocator permanent;
  llvm::BumpPtrAllocator arena;

  /// Conses that this computation has made, and those that a destructive
  /// operation has changed.
  llvm::DenseSet<const Form *> fresh;
  llvm::DenseSet<const Form *> overwritten;
  Block *exitBlock = nullptr;
  Value exitValue;
  size_t steps = 0;
  unsigned depth = 0;
  unsigned gensymCounter = 1;
  unsigned gensymsBefore = 1;
  bool failed = false;
};

/// Counts how deep evaluations nest; fails where it is too deep for the stack.
class DepthGuard {
public:
  explicit DepthGuard(Interpreter &interpreter);
  ~DepthGuard() { --depth; }

private:
  unsigned &depth;
};

/// Walks the conses of a list as code that the budget is charged for.
class ListWalker {
public:
  ListWalker(Interpreter &interpreter, const Form *list)
      : interpreter(interpreter), rest(list) {}

  /// The next element, or null at the end.
  const Form *next() {
    const auto *cons = llvm::dyn_cast<ConsForm>(rest);
    if (!cons)
      return nullptr;
    interpreter.touch(cons);
    rest = cons->getCdr();
    return cons->getCar();
  }
  /// What is left.
  const Form *getRest() const { return rest; }

private:
  Interpreter &interpreter;
  const Form *rest;
};

} // namespace whistler::pure

#endif // WHISTLER_LIB_LISP_PUREINTERPRETER_H

//===- EclRuntime.h - starting and calling Common Lisp ----------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Embeddable Common Lisp in this process: started once, entered through one
// guarded call that nothing leaves but by returning.
//
// ECL unwinds with longjmp, which runs no destructors. So a function that ECL
// code may unwind (everything below `callGuarded`) holds only plain data where
// it calls ECL.
//
//===----------------------------------------------------------------------===//

#ifndef WHISTLER_LIB_LISP_ECLRUNTIME_H
#define WHISTLER_LIB_LISP_ECLRUNTIME_H

#include "Whistler/Lisp/CompileTimeLisp.h"

#include "EclLibrary.h"

namespace whistler::ecl {

/// A C++ function that Lisp code can call, in the package WHISTLER-IMPL.
struct Callback {
  const char *name;
  cl_objectfn_fixed function;
  int numArguments;
};

/// Starts Common Lisp, with the limits of `options`. Does nothing from the
/// second time on, except to set the heap limit. False if it does not work.
bool boot(const LispOptions &options, llvm::ArrayRef<Callback> callbacks);

bool isBooted();

/// How a guarded call ended.
struct Outcome {
  enum Kind {
    /// It returned `value`.
    Value,
    /// Nothing has handled the condition `value`.
    Condition,
    /// The time was up.
    TimedOut,
    /// ECL itself has failed.
    Faulted,
    /// Code has left it in a way that is no condition.
    Escaped,
  };
  Kind kind;
  cl_object value;
};

/// What a guarded call runs. It may be unwound.
using Entry = cl_object (*)(void *context);

/// Calls `entry(context)`. Guarded calls nest; the outermost one's time limit
/// holds for all of them. `lastWords` is written to standard error when the
/// process has to be given up, because code refuses to be ended.
Outcome callGuarded(Entry entry, void *context, unsigned milliseconds,
                    llvm::StringRef lastWords = {});

/// Whether a guarded call is under way, which Lisp code has left for C++ code.
bool isInGuardedCall();

/// While an object of this class exists, C++ code that Lisp has called is
/// running: it cannot be unwound, and the time limit waits for its end.
class OutsideLisp {
public:
  OutsideLisp();
  ~OutsideLisp();
  OutsideLisp(const OutsideLisp &) = delete;
  OutsideLisp &operator=(const OutsideLisp &) = delete;

private:
  bool wasInside;
};

/// A symbol of the package WHISTLER-IMPL. Not to be called before `boot`.
cl_object implSymbol(const char *name);

/// Calls a function of the package WHISTLER-IMPL, unguarded.
cl_object callImpl(const char *name);
cl_object callImpl(const char *name, cl_object argument);
cl_object callImpl(const char *name, cl_object first, cl_object second);

/// Signals an error with that (constant) message, unguarded.
[[noreturn]] void signalError(const char *message);
/// Signals an error with a message that has one directive for `argument`.
[[noreturn]] void signalError(const char *message, cl_object argument);
/// Signals that the error has been reported already.
[[noreturn]] void signalReported();

/// The current package.
cl_object currentPackage();

/// Copies UTF-8 text to a Lisp string, unguarded.
cl_object makeString(llvm::StringRef text);

/// The contents of a Lisp string as UTF-8.
std::string getString(cl_object string);

} // namespace whistler::ecl

#endif // WHISTLER_LIB_LISP_ECLRUNTIME_H

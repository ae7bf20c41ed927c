//===- EclTimer.h - the time limit of an evaluation -------------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// A timer whose signal unwinds the Lisp code that is running.
//
//===----------------------------------------------------------------------===//

#ifndef WHISTLER_LIB_LISP_ECLTIMER_H
#define WHISTLER_LIB_LISP_ECLTIMER_H

#include "llvm/ADT/StringRef.h"

#include <ecl/ecl.h>

namespace whistler::ecl {

/// Names the variable whose value is the tag that the innermost guarded call
/// catches, and installs the signal's handler.
void initializeTimer(cl_object tagVariable);

/// Starts the timer. `lastWords` must live until `stopTimer`.
void startTimer(unsigned milliseconds, llvm::StringRef lastWords);
void stopTimer();

/// Whether the time was up since `startTimer`.
bool hasTimedOut();

/// Whether Lisp code is running, which the timer may unwind. Returns what was
/// set before.
bool setInsideLisp(bool inside);

} // namespace whistler::ecl

#endif // WHISTLER_LIB_LISP_ECLTIMER_H

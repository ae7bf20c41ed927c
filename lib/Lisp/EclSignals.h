//===- EclSignals.h - ending Lisp code from outside -------------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// The time limit of an evaluation, and what happens when ECL itself fails.
//
//===----------------------------------------------------------------------===//

#ifndef WHISTLER_LIB_LISP_ECLSIGNALS_H
#define WHISTLER_LIB_LISP_ECLSIGNALS_H

#include "llvm/ADT/StringRef.h"

#include "EclLibrary.h"

namespace whistler::ecl {

/// Names the variable whose value is the tag that the innermost guarded call
/// catches: what the handlers throw to.
void initializeSignals(cl_object tagVariable);

/// Starts the timer, and takes over the signals of memory faults: some
/// malformed forms make ECL's compiler follow a bad pointer. `lastWords` must
/// live until `stopSignals`.
void startSignals(unsigned milliseconds, llvm::StringRef lastWords);

/// Stops the timer and gives the signals back.
void stopSignals();

/// What has happened since `startSignals`.
bool hasTimedOut();
bool hasFaulted();

/// Whether Lisp code is running, which may be unwound. Returns what was set
/// before.
bool setInsideLisp(bool inside);

} // namespace whistler::ecl

#endif // WHISTLER_LIB_LISP_ECLSIGNALS_H

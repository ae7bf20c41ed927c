//===- EclSignals.cpp - ending Lisp code from outside -----------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Unwinds from signal handlers, at points where ECL allows that.
//
//===----------------------------------------------------------------------===//

#include "EclSignals.h"

#include <cerrno>
#include <csignal>
#include <pthread.h>
#include <sys/time.h>
#include <unistd.h>

using namespace whistler;

/// Between two attempts to unwind: the first may come where it is not allowed,
/// or code may go on in a cleanup form.
static constexpr unsigned tickMilliseconds = 10;
/// The number of attempts after which the process is given up: two seconds.
static constexpr sig_atomic_t maxTicks = 200;

static constexpr int faultSignals[] = {SIGSEGV, SIGBUS, SIGFPE};
static constexpr size_t numFaultSignals = std::size(faultSignals);

static cl_object tagVariable = nullptr;
static cl_object divisionByZero = nullptr;
static pthread_t lispThread;
static volatile sig_atomic_t insideLisp = 0;
static volatile sig_atomic_t timedOut = 0;
static volatile sig_atomic_t faulted = 0;
static volatile sig_atomic_t numTicks = 0;
static const char *lastWordsStart = nullptr;
static size_t lastWordsSize = 0;
static struct sigaction savedActions[numFaultSignals];

[[noreturn]] static void giveUp() {
  ssize_t written = write(STDERR_FILENO, lastWordsStart, lastWordsSize);
  (void)written;
  _exit(1);
}

/// Throws to the innermost guarded call, unless ECL is in the middle of
/// something that must not be left.
static void tryToThrow() {
  cl_env_ptr env = ecl_process_env();
  if (env->disable_interrupts ||
      ecl_symbol_value(ECL_INTERRUPTS_ENABLED) == ECL_NIL)
    return;
  cl_object tag = ecl_symbol_value(tagVariable);
  if (tag == ECL_NIL)
    return;
  // A throw passes on the values of whatever was interrupted, and two of them
  // would look like a result.
  env->nvalues = 0;
  env->values[0] = ECL_NIL;
  cl_throw(tag);
}

static void handleTimer(int signal) {
  int savedErrno = errno;
  if (!pthread_equal(pthread_self(), lispThread)) {
    pthread_kill(lispThread, signal);
  } else {
    timedOut = 1;
    if (insideLisp) {
      if (++numTicks > maxTicks)
        giveUp();
      tryToThrow();
    }
  }
  errno = savedErrno;
}

static void restoreFaultSignals() {
  for (size_t i = 0; i != numFaultSignals; ++i)
    sigaction(faultSignals[i], &savedActions[i], nullptr);
}

static void handleFault(int) {
  if (!insideLisp || !pthread_equal(pthread_self(), lispThread)) {
    // The instruction is repeated, with whoever handled it before.
    restoreFaultSignals();
    return;
  }
  faulted = 1;
  tryToThrow();
  giveUp();
}

/// Integer division by zero in compiled Lisp code is a condition like any
/// other, as in ECL's own handler.
static void handleArithmeticFault(int signal) {
  cl_env_ptr env = ecl_process_env();
  bool canSignal = insideLisp && pthread_equal(pthread_self(), lispThread) &&
                   !env->disable_interrupts;
  if (!canSignal)
    return handleFault(signal);
  cl_error(1, divisionByZero);
}

/// The handlers are left by longjmp, which unblocks no signal.
static struct sigaction makeAction(void (*handler)(int), int flags) {
  struct sigaction action = {};
  action.sa_handler = handler;
  sigemptyset(&action.sa_mask);
  action.sa_flags = SA_NODEFER | flags;
  return action;
}

static void setTimer(unsigned milliseconds, unsigned interval) {
  itimerval timer = {
      {time_t(interval / 1000), suseconds_t(interval % 1000) * 1000},
      {time_t(milliseconds / 1000), suseconds_t(milliseconds % 1000) * 1000}};
  setitimer(ITIMER_REAL, &timer, nullptr);
}

/// A fault may be that the stack is used up.
static void provideAlternateStack() {
  static char memory[64 * 1024];
  stack_t stack;
  if (sigaltstack(nullptr, &stack) != 0 || !(stack.ss_flags & SS_DISABLE))
    return;
  stack = {memory, 0, sizeof(memory)};
  sigaltstack(&stack, nullptr);
}

void ecl::initializeSignals(cl_object variable) {
  tagVariable = variable;
  divisionByZero = ecl_make_symbol("DIVISION-BY-ZERO", "COMMON-LISP");
  lispThread = pthread_self();
  struct sigaction action = makeAction(handleTimer, SA_RESTART);
  sigaction(SIGALRM, &action, nullptr);
  provideAlternateStack();
}

void ecl::startSignals(unsigned milliseconds, llvm::StringRef lastWords) {
  timedOut = faulted = numTicks = 0;
  lastWordsStart = lastWords.data();
  lastWordsSize = lastWords.size();
  struct sigaction fault = makeAction(handleFault, SA_ONSTACK);
  // User code handles this one, on the stack that it has grown.
  struct sigaction arithmetic = makeAction(handleArithmeticFault, 0);
  for (size_t i = 0; i != numFaultSignals; ++i)
    sigaction(faultSignals[i], faultSignals[i] == SIGFPE ? &arithmetic : &fault,
              &savedActions[i]);
  setTimer(milliseconds, tickMilliseconds);
}

void ecl::stopSignals() {
  setTimer(0, 0);
  restoreFaultSignals();
}

bool ecl::hasTimedOut() { return timedOut; }
bool ecl::hasFaulted() { return faulted; }

bool ecl::setInsideLisp(bool inside) {
  bool wasInside = insideLisp;
  insideLisp = inside;
  return wasInside;
}

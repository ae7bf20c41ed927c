//===- EclTimer.cpp - the time limit of an evaluation -----------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Unwinds from a signal handler, at points where ECL allows that.
//
//===----------------------------------------------------------------------===//

#include "EclTimer.h"

#include <csignal>
#include <cerrno>
#include <pthread.h>
#include <sys/time.h>
#include <unistd.h>

using namespace whistler;

/// Between two attempts to unwind: the first may come where it is not allowed,
/// or code may go on in a cleanup form.
static constexpr unsigned tickMilliseconds = 10;
/// The number of attempts after which the process is given up: two seconds.
static constexpr unsigned maxTicks = 200;

static cl_object tagVariable = nullptr;
static pthread_t lispThread;
static volatile sig_atomic_t insideLisp = 0;
static volatile sig_atomic_t timedOut = 0;
static volatile sig_atomic_t numTicks = 0;
static const char *lastWordsStart = nullptr;
static size_t lastWordsSize = 0;

[[noreturn]] static void giveUp() {
  ssize_t written = write(STDERR_FILENO, lastWordsStart, lastWordsSize);
  (void)written;
  _exit(1);
}

/// Whether ECL is in the middle of something that must not be left.
static bool isUninterruptible(cl_env_ptr env) {
  return env->disable_interrupts ||
         ecl_symbol_value(ECL_INTERRUPTS_ENABLED) == ECL_NIL;
}

static void handleSignal(int) {
  int savedErrno = errno;
  if (!pthread_equal(pthread_self(), lispThread)) {
    pthread_kill(lispThread, SIGALRM);
    errno = savedErrno;
    return;
  }
  timedOut = 1;
  if (insideLisp) {
    if (++numTicks > sig_atomic_t(maxTicks))
      giveUp();
    if (!isUninterruptible(ecl_process_env())) {
      cl_object tag = ecl_symbol_value(tagVariable);
      if (tag != ECL_NIL)
        cl_throw(tag);
    }
  }
  errno = savedErrno;
}

static timeval fromMilliseconds(unsigned milliseconds) {
  return {time_t(milliseconds / 1000),
          suseconds_t(milliseconds % 1000) * 1000};
}

void ecl::initializeTimer(cl_object variable) {
  tagVariable = variable;
  lispThread = pthread_self();
  struct sigaction action = {};
  action.sa_handler = handleSignal;
  sigemptyset(&action.sa_mask);
  // The handler is left by longjmp, which unblocks nothing.
  action.sa_flags = SA_NODEFER | SA_RESTART;
  sigaction(SIGALRM, &action, nullptr);
}

void ecl::startTimer(unsigned milliseconds, llvm::StringRef lastWords) {
  timedOut = 0;
  numTicks = 0;
  lastWordsStart = lastWords.data();
  lastWordsSize = lastWords.size();
  itimerval timer = {fromMilliseconds(tickMilliseconds),
                     fromMilliseconds(milliseconds)};
  setitimer(ITIMER_REAL, &timer, nullptr);
}

void ecl::stopTimer() {
  itimerval off = {};
  setitimer(ITIMER_REAL, &off, nullptr);
}

bool ecl::hasTimedOut() { return timedOut; }

bool ecl::setInsideLisp(bool inside) {
  bool wasInside = insideLisp;
  insideLisp = inside;
  return wasInside;
}

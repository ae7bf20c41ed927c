//===- EclRuntime.cpp - starting and calling Common Lisp --------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Boots ECL without its signal handlers and runs code below a frame that
// catches everything.
//
//===----------------------------------------------------------------------===//

#include "EclRuntime.h"
#include "EclSignals.h"

#include "llvm/Support/ConvertUTF.h"

#include <sys/resource.h>

using namespace whistler;
using namespace whistler::ecl;
using llvm::ArrayRef;
using llvm::StringRef;

static constexpr char preludeText[] =
#include "Prelude.inc"
    ;

static constexpr size_t mebibyte = size_t(1) << 20;
/// How much of the C stack Lisp code may use before ECL signals an overflow.
static constexpr size_t stackSize = 64 * mebibyte;
/// What the C++ code and a handler may need beyond it.
static constexpr size_t stackReserve = 8 * mebibyte;
/// What ECL adds to the heap limit when it signals exhaustion, for handlers.
static constexpr size_t heapReserve = 4 * mebibyte;

/// The address space that is taken for Lisp objects at once.
static constexpr size_t initialRoom = 48 * mebibyte;

/// Stands for what is no character.
static constexpr llvm::UTF32 replacementCharacter = 0xFFFD;

namespace {
/// The guarded call whose entry is about to run.
struct Request {
  Entry entry;
  void *context;
};
} // namespace

static bool booted = false;
static size_t heapLimit = 0;
static unsigned guardDepth = 0;
static Request currentRequest = {};

// Rooted when ECL is booted: the collector does not look at C++ variables.
static cl_object implPackage = nullptr;
static cl_object packageVariable = nullptr;
static cl_object guardedSymbol = nullptr;

//===----------------------------------------------------------------------===//
// Boot
//===----------------------------------------------------------------------===//

/// The kernel grows the main thread's stack up to this limit.
static void raiseStackLimit() {
  rlimit limit;
  rlim_t wanted = stackSize + stackReserve;
  if (getrlimit(RLIMIT_STACK, &limit) != 0 || limit.rlim_cur == RLIM_INFINITY ||
      limit.rlim_cur >= wanted)
    return;
  limit.rlim_cur = std::min(wanted, limit.rlim_max);
  setrlimit(RLIMIT_STACK, &limit);
}

static void setOptions() {
  // The compiler's own handlers and the terminal's signals stay as they are.
  for (int option :
       {ECL_OPT_TRAP_SIGSEGV, ECL_OPT_TRAP_SIGFPE, ECL_OPT_TRAP_SIGINT,
        ECL_OPT_TRAP_SIGILL, ECL_OPT_TRAP_SIGBUS, ECL_OPT_TRAP_SIGPIPE,
        ECL_OPT_TRAP_INTERRUPT_SIGNAL, ECL_OPT_SIGNAL_HANDLING_THREAD})
    ecl_set_option(option, 0);
  ecl_set_option(ECL_OPT_C_STACK_SIZE, stackSize);
  // The defaults allow for some 2000 nested blocks or special bindings.
  ecl_set_option(ECL_OPT_FRAME_STACK_SIZE, 16384);
  ecl_set_option(ECL_OPT_BIND_STACK_SIZE, 32768);
  ecl_set_option(ECL_OPT_HEAP_SIZE, heapLimit);
  ecl_set_option(ECL_OPT_HEAP_SAFETY_AREA, heapReserve);
}

namespace {
/// Where ECL signals that a stack overflows, from the beginning of each.
struct StackLimits {
  ptrdiff_t frames;
  ptrdiff_t bindings;
  ptrdiff_t cStack;
};
} // namespace

static StackLimits stackLimits;

static void recordStackLimits() {
  const cl_env_ptr env = ecl_process_env();
  stackLimits = {env->frs_limit - env->frs_org, env->bds_limit - env->bds_org,
                 env->cs_limit - env->cs_org};
}

/// After an overflow or exhaustion ECL has raised the limits, to let handlers
/// run, and may have moved a stack.
static void resetLimits() {
  const cl_env_ptr env = ecl_process_env();
  env->frs_limit = env->frs_org + stackLimits.frames;
  env->bds_limit = env->bds_org + stackLimits.bindings;
  env->cs_limit = env->cs_org + stackLimits.cStack;
  if (cl_core.max_heap_size != heapLimit)
    si_set_limit(ecl_make_symbol("HEAP-SIZE", "EXT"),
                 ecl_make_unsigned_integer(heapLimit));
}

static cl_object runRequest() {
  Request request = currentRequest;
  return request.entry(request.context);
}

static void defineCallbacks(ArrayRef<Callback> callbacks) {
  for (const Callback &callback : callbacks)
    ecl_def_c_function(_ecl_intern(callback.name, implPackage),
                       callback.function, callback.numArguments);
}

/// Evaluates the prelude with WHISTLER-IMPL as the current package.
static void evaluatePrelude() {
  const cl_env_ptr env = ecl_process_env();
  ecl_setq(env, packageVariable, implPackage);
  cl_object text =
      ecl_make_simple_base_string(preludeText, sizeof(preludeText) - 1);
  cl_object stream =
      ecl_make_string_input_stream(text, 0, text->base_string.dim);
  for (;;) {
    cl_object form = cl_read(3, stream, ECL_NIL, OBJNULL);
    if (form == OBJNULL)
      break;
    cl_eval(form);
  }
}

/// The prelude redefines some of Common Lisp's functions; nobody else may.
static void lockCommonLisp(cl_object isLocked) {
  cl_funcall(3, ecl_make_symbol("PACKAGE-LOCK", "EXT"),
             ecl_find_package("COMMON-LISP"), isLocked);
}

static void prepare(ArrayRef<Callback> callbacks) {
  for (cl_object *root : {&implPackage, &packageVariable, &guardedSymbol})
    ecl_register_root(root);
  implPackage = cl_make_package(
      3, ecl_make_simple_base_string("WHISTLER-IMPL", -1),
      ecl_make_keyword("USE"), ecl_list1(ecl_find_package("COMMON-LISP")));
  packageVariable = ecl_make_symbol("*PACKAGE*", "COMMON-LISP");
  // `compile` must not need a C compiler.  This locks the package.
  cl_funcall(1, ecl_make_symbol("INSTALL-BYTECODES-COMPILER", "EXT"));
  lockCommonLisp(ECL_NIL);
  static const Callback ownCallbacks[] = {
      {"RUN-REQUEST", reinterpret_cast<cl_objectfn_fixed>(runRequest), 0}};
  defineCallbacks(ownCallbacks);
  defineCallbacks(callbacks);
  guardedSymbol = _ecl_intern("GUARDED", implPackage);
  evaluatePrelude();
  lockCommonLisp(ECL_T);
}

/// Prepares below a frame that catches everything.
static bool tryToPrepare(ArrayRef<Callback> callbacks) {
  const cl_env_ptr env = ecl_process_env();
  volatile bool succeeded = false;
  ECL_CATCH_ALL_BEGIN(env) {
    prepare(callbacks);
    succeeded = true;
  }
  ECL_CATCH_ALL_IF_CAUGHT {}
  ECL_CATCH_ALL_END;
  return succeeded;
}

bool ecl::boot(const LispOptions &options, ArrayRef<Callback> callbacks) {
  heapLimit = options.heapMegabytes * mebibyte;
  if (booted) {
    resetLimits();
    return true;
  }
  raiseStackLimit();
  setOptions();
  // All that is allocated now stays.
  GC_set_markers_count(1);
  GC_disable();
  static char name[] = "whistler";
  static char *arguments[] = {name, nullptr};
  if (!cl_boot(1, arguments) || !tryToPrepare(callbacks))
    return false;
  // Room for what most sources need, so that nothing is collected at all.
  GC_expand_hp(initialRoom);
  GC_enable();
  recordStackLimits();
  initializeSignals(implSymbol("*TAG*"));
  return booted = true;
}

bool ecl::isBooted() { return booted; }

//===----------------------------------------------------------------------===//
// The guarded call
//===----------------------------------------------------------------------===//

/// The only frame that Lisp code can unwind to. It is a function of its own,
/// with nothing in it that a longjmp could damage.
static LLVM_ATTRIBUTE_NOINLINE void runProtected(Outcome *outcome) {
  const cl_env_ptr env = ecl_process_env();
  ECL_CATCH_ALL_BEGIN(env) {
    outcome->value = cl_funcall(1, guardedSymbol);
    outcome->kind = env->nvalues > 1 ? Outcome::Value : Outcome::Condition;
  }
  ECL_CATCH_ALL_IF_CAUGHT { outcome->kind = Outcome::Escaped; }
  ECL_CATCH_ALL_END;
}

Outcome ecl::callGuarded(Entry entry, void *context, unsigned milliseconds,
                         StringRef lastWords) {
  Outcome outcome = {Outcome::Escaped, ECL_NIL};
  Request savedRequest = currentRequest;
  currentRequest = {entry, context};
  bool isOutermost = guardDepth++ == 0;
  if (isOutermost)
    startSignals(milliseconds, lastWords);
  bool wasInside = setInsideLisp(true);
  runProtected(&outcome);
  setInsideLisp(wasInside);
  --guardDepth;
  currentRequest = savedRequest;
  if (outcome.kind != Outcome::Value && hasTimedOut())
    outcome.kind = Outcome::TimedOut;
  else if (outcome.kind != Outcome::Value && hasFaulted())
    outcome.kind = Outcome::Faulted;
  if (isOutermost) {
    stopSignals();
    if (outcome.kind != Outcome::Value)
      resetLimits();
  }
  return outcome;
}

bool ecl::isInGuardedCall() { return guardDepth != 0; }

OutsideLisp::OutsideLisp() : wasInside(setInsideLisp(false)) {}
OutsideLisp::~OutsideLisp() { setInsideLisp(wasInside); }

//===----------------------------------------------------------------------===//
// Small services
//===----------------------------------------------------------------------===//

cl_object ecl::implSymbol(const char *name) {
  return _ecl_intern(name, implPackage);
}

cl_object ecl::callImpl(const char *name) {
  return cl_funcall(1, implSymbol(name));
}

cl_object ecl::callImpl(const char *name, cl_object argument) {
  return cl_funcall(2, implSymbol(name), argument);
}

cl_object ecl::callImpl(const char *name, cl_object first, cl_object second) {
  return cl_funcall(3, implSymbol(name), first, second);
}

void ecl::signalError(const char *message) { FEerror(message, 0); }

void ecl::signalError(const char *message, cl_object argument) {
  FEerror(message, 1, argument);
}

void ecl::signalReported() { cl_error(1, implSymbol("REPORTED-ERROR")); }

cl_object ecl::currentPackage() { return ecl_symbol_value(packageVariable); }

/// Decodes one code point; the reader has made sure that the text is UTF-8.
static uint32_t nextCodePoint(const char *&pos, const char *end) {
  auto *source = reinterpret_cast<const llvm::UTF8 *>(pos);
  auto *limit = reinterpret_cast<const llvm::UTF8 *>(end);
  llvm::UTF32 codePoint = replacementCharacter;
  if (llvm::convertUTF8Sequence(&source, limit, &codePoint,
                                llvm::lenientConversion) !=
      llvm::conversionOK) {
    ++pos;
    return replacementCharacter;
  }
  pos = reinterpret_cast<const char *>(source);
  return codePoint;
}

static size_t countCodePoints(StringRef text) {
  size_t count = 0;
  for (const char *pos = text.begin(); pos != text.end(); ++count)
    nextCodePoint(pos, text.end());
  return count;
}

cl_object ecl::makeString(StringRef text) {
  cl_object string = ecl_alloc_simple_extended_string(countCodePoints(text));
  ecl_character *out = string->string.self;
  for (const char *pos = text.begin(); pos != text.end();)
    *out++ = nextCodePoint(pos, text.end());
  return string;
}

static void appendCodePoint(std::string &text, uint32_t codePoint) {
  char buffer[UNI_MAX_UTF8_BYTES_PER_CODE_POINT];
  char *end = buffer;
  if (!llvm::ConvertCodePointToUTF8(codePoint, end)) {
    end = buffer;
    llvm::ConvertCodePointToUTF8(replacementCharacter, end);
  }
  text.append(buffer, end);
}

std::string ecl::getString(cl_object string) {
  std::string text;
  if (ecl_t_of(string) == t_base_string) {
    for (cl_index i = 0; i != string->base_string.fillp; ++i)
      appendCodePoint(text, string->base_string.self[i]);
  } else if (ecl_t_of(string) == t_string) {
    for (cl_index i = 0; i != string->string.fillp; ++i)
      appendCodePoint(text, string->string.self[i]);
  }
  return text;
}

//===- FailureTests.cpp - everything that goes wrong ends in an error -----===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Conditions, exits, overflows, exhaustion and endless evaluation.
//
//===----------------------------------------------------------------------===//

#include "LispFixture.h"

#include <chrono>

using namespace whistler;
using llvm::StringRef;

namespace {
struct Failure {
  const char *text;
  /// What the error says.
  const char *message;
};

class FailureTest : public LispTest {
protected:
  FailureTest() {
    options.timeoutSeconds = 1;
    options.useFastPath = false;
    restart();
    diags.setErrorLimit(0);
  }

  void check(llvm::ArrayRef<Failure> failures) {
    for (const Failure &failure : failures) {
      auto start = std::chrono::steady_clock::now();
      EXPECT_EQ(evaluate(failure.text), "") << failure.text;
      std::chrono::duration<double> time =
          std::chrono::steady_clock::now() - start;
      EXPECT_LT(time.count(), options.timeoutSeconds + 3) << failure.text;
      std::string text = takeReports();
      EXPECT_TRUE(StringRef(text).starts_with("test.lisp:1:")) << text;
      EXPECT_NE(text.find(failure.message), std::string::npos)
          << failure.text << "\n"
          << text;
      EXPECT_EQ(StringRef(text).count(": error: "), 1u) << text;
      EXPECT_EQ(text.find("0x"), std::string::npos) << text;
    }
    EXPECT_EQ(evaluate("(+ 1 2)"), "3");
  }
};
} // namespace

static const Failure conditions[] = {
    {"(error \"plain ~a\" 1)", "evaluation failed: plain 1"},
    {"(foo)", "The function FOO is undefined."},
    {"unbound", "The variable UNBOUND is unbound."},
    {"(car 1)", "not of the expected type"},
    {"(funcall (lambda (x) x))", "Wrong number of arguments"},
    {"(break)", "the debugger was entered: Break"},
    {"(break \"here ~a\" 1)", "the debugger was entered: here 1"},
    {"(throw 'nowhere 1)", "NOWHERE is undefined"},
    {"(return-from nothing 1)", "Unknown block name NOTHING"},
    {"(go x)", "Unknown tag X"},
    {"(/ 1 0)", "division by zero"},
    {"(error 'no-such-condition)", "NO-SUCH-CONDITION"},
    {"(error (make-condition 'simple-error))", "of type SIMPLE-ERROR"},
    {"(invoke-debugger (make-condition 'error))", "of type ERROR"},
    {"(invoke-restart 'nope)", "Restart NOPE is not active"},
    {"(abort)", "Restart ABORT is not active"},
    {"(handler-bind ((error (lambda (c) (error \"again\")))) (error "
     "\"first\"))",
     "again"},
    {"(aref #(1 2) 5)", "out of the range"},
    {"(elt '(1) 7)", "7 is not a valid index"},
    {"(make-instance 'nope)", "No class named NOPE"},
    {"(ecase 1 (2 3))", "fell through ECASE"},
    {"(destructuring-bind (a) '(1 2) a)", "Too many arguments"},
    {"(let ((x 1)) (check-type x string))", "not of type STRING"},
    {"(assert nil)", "assertion NIL failed"},
    {"(cerror \"go on\" \"stop\")", "stop"},
    {"(format nil \"~z\")", "Unknown format directive"},
    {"(setf (nope 1) 2)", "(SETF NOPE) is undefined"},
    {"(loop for x in '(1 2) collect (nope x))", "NOPE is undefined"},
    {"(coerce 'a 'integer)", "Cannot coerce"},
    {"(read-from-string \"(1 2\")", "Unexpected end of file"},
    {"(read-from-string \")\")", "Unmatched right parenthesis"},
    {"(in-package :nope)", "NOPE"},
    {"(warn 1)", "Bad argument to WARN"},
    {"(eval '(foo (bar)))", "BAR is undefined"},
    {"(let ((*print-circle* t) (c (list 1))) (setf (cdr c) c) (error \"~s\" "
     "c))",
     "(1 1 1"},
};

TEST_F(FailureTest, Conditions) {
  // Nothing may pile up.
  for (int i = 0; i != 20; ++i)
    check(conditions);
}

static const Failure malformed[] = {
    {"(let)", "invalid memory access"},
    {"(let ((x 1 2)) x)", "evaluation failed"},
    {"(lambda)", "No lambda list"},
    {"(defun)", "Too few arguments"},
    {"(defmacro foo)", "Too few arguments"},
    {"(setq nil 1)", "the constant NIL"},
    {"(setq :a 1)", "the constant :A"},
    {"(defmacro when (x) x)", "locked package"},
    {"(defun car (x) x)", "locked package"},
    {"(defconstant pi 3)", "PI of Common Lisp cannot be changed"},
    {"(nopackage::foo)", "no package with the name NOPACKAGE"},
    {"(apply #'+ 1)", "Not a proper list"},
};

TEST_F(FailureTest, MalformedForms) { check(malformed); }

static const Failure outside[] = {
    {"(ext:quit 3)", "cannot be left"},
    {"(ext:exit)", "cannot be left"},
    {"(si:quit)", "cannot be left"},
    {"(read-line)", "Unexpected end of file"},
    {"(read)", "Unexpected end of file"},
    {"(y-or-n-p)", "Unexpected end of file"},
    {"(open \"/nonexistent/file\")", "the file does not exist"},
    {"(load \"nonexistent\")", "There is no file nonexistent"},
    {"(require :nonexistent)", "Don't know how to REQUIRE"},
    {"(compile-file \"nonexistent\")", "the file does not exist"},
    {"(mp:process-kill mp:*current-process*)", "has ended its thread"},
    {"(mp:exit-process)", "has ended its thread"},
};

TEST_F(FailureTest, OutsideWorld) { check(outside); }

static const Failure badReports[] = {
    {"(progn (define-condition bad (error) () (:report (lambda (c s) "
     "(error \"fails\")))) (error 'bad))",
     "a condition of type BAD, which cannot be printed"},
    {"(progn (define-condition bad2 (error) () (:report (lambda (c s) "
     "(loop)))) (error 'bad2))",
     "a condition of type BAD2, which cannot be printed"},
    {"(progn (define-condition bad3 (error) () (:report (lambda (c s) "
     "(throw 'x 1)))) (error 'bad3))",
     "a condition of type BAD3, which cannot be printed"},
    {"(let ((l nil)) (dotimes (i 200000) (setq l (list l))) (error \"~a\" l))",
     "((((("},
};

TEST_F(FailureTest, ReportsThatFail) { check(badReports); }

static const Failure unusable[] = {
    {"(let ((c (list 1))) (setf (cdr c) c) c)", "circular"},
    {"(let ((c (list 1))) (setf (car c) c) c)", "circular"},
    {"(let ((v (vector 1))) (setf (aref v 0) v) v)", "circular"},
    {"(let ((l nil)) (dotimes (i 200000) (setq l (list l))) l)", "circular"},
    {"(let ((l (list 1))) (dotimes (i 100) (setq l (cons l l))) l)",
     "too large"},
    {"(make-list 2000000)", "too large"},
};

TEST_F(FailureTest, ValuesThatAreNoForms) { check(unusable); }

static const Failure endless[] = {
    {"(loop)", "evaluation took longer than 1 second"},
    {"(sleep 100)", "evaluation took longer than 1 second"},
    {"(loop (ignore-errors (loop)))", "took longer"},
    {"(loop (catch 'x (loop)))", "took longer"},
    {"(unwind-protect (loop) (loop))", "took longer"},
    {"(handler-bind ((error (lambda (c) (loop)))) (error \"x\"))",
     "took longer"},
    {"#.(loop)", "took longer"},
    // What it is interrupted in has two values.
    {"(progn (defmacro grow (x) `(grow (1+ ,x))) (eval '(grow 1)))",
     "took longer"},
};

TEST_F(FailureTest, TimeLimit) { check(endless); }

static const Failure recursions[] = {
    {"(labels ((f (x) (+ 1 (f x)))) (f 1))", "the recursion is too deep"},
    {"(progn (defun rec (x) (1+ (rec x))) (rec 1))",
     "the recursion is too deep"},
    {"(labels ((f () (handler-case (f) (error () (f))))) (f))",
     "its recursion is too deep"},
    {"(labels ((f (*print-base*) (f *print-base*))) (f 10))", "too deep"},
};

TEST_F(FailureTest, Recursion) {
  for (int i = 0; i != 3; ++i)
    check(recursions);
}

static const Failure exhaustion[] = {
    {"(make-array 1000000000)", "used more than 256 MB of memory"},
    {"(make-string 900000000)", "used more than 256 MB"},
    {"(let ((l nil)) (loop (push (make-array 1000) l)))",
     "used more than 256 MB"},
    {"(expt 7 (expt 10 12))", "used more than 256 MB"},
    {"(handler-case (let ((l nil)) (loop (push (make-array 1000) l))) "
     "(type-error () 1))",
     "used more than 256 MB"},
};

TEST_F(FailureTest, Memory) {
  // Collecting a full heap may take a while on a busy machine.
  options.timeoutSeconds = 10;
  restart();
  for (int i = 0; i != 3; ++i)
    check(exhaustion);
}

TEST_F(FailureTest, ReportsThePlaceInsideOfTheForm) {
  EXPECT_EQ(evaluate("(list 1\n  #.(nope))"), "");
  EXPECT_TRUE(StringRef(takeReports()).starts_with("test.lisp:2:3: error:"));
}

TEST_F(FailureTest, HandledConditionsAreNoErrors) {
  EXPECT_EQ(evaluate("(handler-case (error \"x\") (error () 7))"), "7");
  EXPECT_EQ(evaluate("(ignore-errors (car 1))"), "nil");
  EXPECT_EQ(evaluate("(restart-case (invoke-restart 'r 2) (r (x) x))"), "2");
  EXPECT_EQ(evaluate("(handler-bind ((error (lambda (c) (use-value 5 c)))) "
                     "(restart-case (error \"x\") (use-value (v) v)))"),
            "5");
  EXPECT_EQ(evaluate("(handler-case (warn \"w\") (warning () 'caught))"),
            "caught");
  EXPECT_EQ(evaluate("(signal 'error)"), "nil");
  EXPECT_EQ(takeReports(), "");
}

TEST_F(FailureTest, WarningsAreReported) {
  EXPECT_EQ(evaluate("(progn (warn \"careful with ~a\" 'this) 1)"), "1");
  std::string text = takeReports();
  EXPECT_NE(text.find("warning: careful with THIS"), std::string::npos) << text;
  EXPECT_EQ(evaluate("(let ((unused 1)) 2)"), "2");
  EXPECT_EQ(takeReports(), "");
}

TEST_F(FailureTest, ErrorsInMacrosNameTheMacro) {
  ASSERT_TRUE(define("(defmacro check-it (x) (assert (integerp x)) x)"));
  EXPECT_EQ(expand("(check-it y)"), "");
  EXPECT_NE(takeReports().find("1:1: error: in macro `check-it`: "),
            std::string::npos);
  EXPECT_EQ(expand("(check-it)"), "");
  EXPECT_NE(takeReports().find("in macro `check-it`: Too few arguments"),
            std::string::npos);
  ASSERT_TRUE(define("(defmacro endless () (loop))"));
  EXPECT_EQ(expand("(endless)"), "");
  EXPECT_NE(takeReports().find("in macro `endless`: evaluation took longer"),
            std::string::npos);
  ASSERT_TRUE(define("(defmacro circular () '#1=(a . #1#))"));
  EXPECT_EQ(expand("(circular)"), "");
  EXPECT_NE(
      takeReports().find("in macro `circular`: the expansion is circular"),
      std::string::npos);
}

TEST_F(FailureTest, ForbiddenEvaluation) {
  options.allowEvaluation = false;
  restart();
  EXPECT_EQ(evaluate("(+ 1 2)"), "");
  EXPECT_FALSE(define("(defmacro m () 1)"));
  EXPECT_FALSE(lisp->isMacro(forms.intern("M")));
  EXPECT_FALSE(lisp->isStarted());
  std::string text = takeReports();
  EXPECT_NE(text.find("`--no-eval` forbids"), std::string::npos) << text;
  EXPECT_NE(text.find("hint: "), std::string::npos) << text;
}

using FailureDeathTest = FailureTest;

TEST_F(FailureDeathTest, GivesUpOnCodeThatCannotBeEnded) {
  testing::GTEST_FLAG(death_test_style) = "threadsafe";
  EXPECT_EXIT(evaluate("(mp:without-interrupts (loop))"),
              testing::ExitedWithCode(1),
              "test.lisp:1:1: error: evaluation took longer than 1 second and "
              "does not let itself be ended");
}

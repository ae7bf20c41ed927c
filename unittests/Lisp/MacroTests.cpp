//===- MacroTests.cpp - global and local macros ---------------------------===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Lambda lists, environments, and which names are macros.
//
//===----------------------------------------------------------------------===//

#include "LispFixture.h"

using namespace whistler;

namespace {
/// Runs without and with the fast path: nothing may depend on it.
class MacroTest : public LispTest, public testing::WithParamInterface<bool> {
protected:
  MacroTest() {
    options.useFastPath = GetParam();
    restart();
  }

  const LocalMacro *
  defineLocal(llvm::StringRef text,
              llvm::ArrayRef<const LocalMacro *> locals = {}) {
    const LocalMacro *macro = lisp->defineLocalMacro(read(text), locals);
    EXPECT_TRUE(macro) << takeReports();
    return macro;
  }

  bool isMacro(llvm::StringRef name, llvm::StringRef package = "") {
    return lisp->isMacro(forms.intern(name, package));
  }
};
} // namespace

INSTANTIATE_TEST_SUITE_P(FastPath, MacroTest, testing::Bool());

TEST_P(MacroTest, LambdaLists) {
  ASSERT_TRUE(define("(defmacro m1 ((a &optional (b 2)) &key (c 3 c-p) "
                     "&allow-other-keys) `(list ,a ,b ,c ,c-p))"));
  EXPECT_EQ(expand("(m1 (1))"), "(list 1 2 3 nil)");
  EXPECT_EQ(expand("(m1 (1 4) :c 5 :d 6)"), "(list 1 4 5 t)");
  ASSERT_TRUE(
      define("(defmacro m2 (&whole w a . rest) `(quote (,w ,a ,rest)))"));
  EXPECT_EQ(expand("(m2 x y z)"), "'((m2 x y z) x (y z))");
  ASSERT_TRUE(
      define("(defmacro m3 (x &environment e &rest r &aux (n (length r)))"
             " (declare (ignore e)) `(f ,x ,n))"));
  EXPECT_EQ(expand("(m3 a b c)"), "(f a 2)");
  ASSERT_TRUE(define("(defmacro m4 (&body (a (b c)) ) \"Documented.\" "
                     "`(f ,a ,b ,c))"));
  EXPECT_EQ(expand("(m4 1 (2 3))"), "(f 1 2 3)");
}

TEST_P(MacroTest, MacrosUseFunctionsAndState) {
  ASSERT_TRUE(define("(defvar *ports* '())"));
  ASSERT_TRUE(define("(defun port-test (p port) (push port *ports*) "
                     "`(= (tcp-dst-port ,p) ,port))"));
  ASSERT_TRUE(define("(defmacro check-ports (p &rest ports) "
                     "`(or ,@(mapcar (lambda (x) (port-test p x)) ports)))"));
  EXPECT_EQ(expand("(check-ports tcp 22 80)"),
            "(or (= (tcp-dst-port tcp) 22) (= (tcp-dst-port tcp) 80))");
  EXPECT_EQ(evaluate("*ports*"), "(80 22)");
}

TEST_P(MacroTest, WhichNamesAreMacros) {
  EXPECT_FALSE(isMacro("FOO"));
  EXPECT_FALSE(isMacro("WHEN"));
  EXPECT_FALSE(isMacro("LOOP"));
  EXPECT_FALSE(isMacro("DEFMAP"));
  ASSERT_TRUE(define("(defmacro foo () 1)"));
  ASSERT_TRUE(define("(defun bar () 1)"));
  ASSERT_TRUE(define("(defmacro log2 (x) x)"));
  EXPECT_TRUE(isMacro("FOO"));
  EXPECT_FALSE(isMacro("BAR"));
  EXPECT_TRUE(isMacro("LOG2"));
  EXPECT_EQ(evaluate("(length (list (vector 1)))"), "1");
  ASSERT_TRUE(define("(defpackage :tools (:use :cl) (:export #:tool))"));
  EXPECT_TRUE(lisp->isStarted());
  ASSERT_TRUE(define("(defmacro tools:tool () 1)"));
  EXPECT_TRUE(isMacro("FOO"));
  EXPECT_FALSE(isMacro("BAR"));
  EXPECT_TRUE(isMacro("LOG2"));
  EXPECT_FALSE(isMacro("WHEN"));
  EXPECT_FALSE(isMacro("DEFMAP"));
  EXPECT_FALSE(isMacro("DEFPROG", "WHISTLER"));
  EXPECT_TRUE(isMacro("TOOL", "TOOLS"));
  EXPECT_FALSE(isMacro("TOOL"));
  ASSERT_TRUE(define("(use-package :tools)"));
  EXPECT_TRUE(isMacro("TOOL"));
}

TEST_P(MacroTest, MacrosThatDefineMacros) {
  ASSERT_TRUE(define("(defmacro define-getter (name map) "
                     "`(defmacro ,name (k) `(getmap ,',map ,k)))"));
  ASSERT_TRUE(define(expand("(define-getter get-count counts)")));
  EXPECT_EQ(expand("(get-count 5)"), "(getmap counts 5)");
}

TEST_P(MacroTest, LocalMacros) {
  const LocalMacro *square = defineLocal("(square (x) `(* ,x ,x))");
  EXPECT_EQ(CompileTimeLisp::getName(square), forms.intern("SQUARE"));
  EXPECT_EQ(expand("(square y)", square), "(* y y)");
  EXPECT_FALSE(isMacro("SQUARE"));

  // The innermost definition counts.
  const LocalMacro *inner = defineLocal("(square (x) `(sq ,x))", square);
  EXPECT_EQ(expand("(square y)", {square, inner}), "(sq y)");

  // One may hide a global one.
  ASSERT_TRUE(define("(defmacro cube (x) `(* ,x ,x ,x))"));
  const LocalMacro *cube = defineLocal("(cube (x) `(c ,x))");
  EXPECT_EQ(expand("(cube y)", cube), "(c y)");
  EXPECT_EQ(expand("(cube y)"), "(* y y y)");
}

TEST_P(MacroTest, LocalMacrosInTheBodiesOfLocalMacros) {
  const LocalMacro *five = defineLocal("(five () 5)");
  const LocalMacro *list = defineLocal("(fives (n) `(f ,@(loop repeat n "
                                       "collect (five))))",
                                       five);
  EXPECT_EQ(expand("(fives 3)", {five, list}), "(f 5 5 5)");
}

TEST_P(MacroTest, EnvironmentsShowLocalMacros) {
  ASSERT_TRUE(define("(defmacro look (form &environment e) "
                     "`'(,(macroexpand-1 form e) ,(macroexpand form e)))"));
  ASSERT_TRUE(define("(defmacro global () '(local))"));
  const LocalMacro *local = defineLocal("(local () 7)");
  EXPECT_EQ(expand("(look (global))", local), "'((local) 7)");
  EXPECT_EQ(expand("(look (global))"), "'((local) (local))");
  const LocalMacro *symbol =
      lisp->defineLocalSymbolMacro(forms.intern("PLACE"), read("(getmap m 1)"));
  EXPECT_EQ(expand("(look place)", {local, symbol}),
            "'((getmap m 1) (getmap m 1))");
}

TEST_P(MacroTest, LocalLambdaLists) {
  const LocalMacro *macro =
      defineLocal("(m (&whole w (a &optional b) &rest r &key c &environment e) "
                  "(declare (ignore e)) `'(,(first w) ,a ,b ,c ,r))");
  EXPECT_EQ(expand("(m (1 2) :c 3)", macro), "'(m 1 2 3 (:c 3))");
}

TEST_P(MacroTest, MalformedLocalMacros) {
  for (const char *text : {"(m)", "(1 ())", "(m x)", "(m () . 1)", "x"}) {
    ASSERT_FALSE(lisp->defineLocalMacro(read(text), {})) << text;
    EXPECT_NE(takeReports().find("this defines no local macro"),
              std::string::npos);
  }
  const LocalMacro *macro =
      lisp->defineLocalMacro(read("(m (a) (nope a))"), {});
  ASSERT_TRUE(macro);
  EXPECT_EQ(expand("(m 1)", macro), "");
  EXPECT_NE(takeReports().find("in macro `m`: The function NOPE is undefined"),
            std::string::npos);
}

TEST_P(MacroTest, SymbolMacros) {
  EXPECT_EQ(lisp->expandSymbol(forms.intern("TOTAL")), nullptr);
  ASSERT_TRUE(define("(define-symbol-macro total (getmap totals 0))"));
  const Form *form = lisp->expandSymbol(forms.intern("TOTAL"));
  ASSERT_TRUE(form);
  EXPECT_EQ(form->str(), "(getmap totals 0)");
  EXPECT_EQ(covered(form), "(getmap totals 0)");
  // The same when Lisp has been started.
  ASSERT_TRUE(define("(defpackage :other)"));
  form = lisp->expandSymbol(forms.intern("TOTAL"));
  ASSERT_TRUE(form);
  EXPECT_EQ(form->str(), "(getmap totals 0)");
  EXPECT_EQ(covered(form), "(getmap totals 0)");
  EXPECT_EQ(lisp->expandSymbol(forms.intern("OTHER")), nullptr);
  EXPECT_EQ(lisp->expandSymbol(forms.internKeyword("KEY")), nullptr);
  EXPECT_EQ(lisp->expandSymbol(forms.getNilSymbol()), nullptr);
}

TEST_P(MacroTest, SetfPlaces) {
  ASSERT_TRUE(define("(defsetf my-place (k) (v) `(store-it ,k ,v))"));
  EXPECT_EQ(
      evaluate("(third (macroexpand-1 '(setf (my-place 1) 2)))").find("error"),
      std::string::npos);
  EXPECT_EQ(takeReports(), "");
}

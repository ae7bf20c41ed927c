//===- PureEvaluatorTests.cpp - tests of the pure evaluator -----*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// What a comparison with Common Lisp cannot show: ranges, identity, limits, and
// which definitions are known.
//
//===----------------------------------------------------------------------===//

#include "PureInterpreter.h"
#include "Whistler/Lisp/PureEvaluator.h"
#include "Whistler/Reader/Reader.h"

#include "gtest/gtest.h"

using namespace llvm;
using namespace whistler;

namespace {

/// Reads a text and works on its forms.
class PureEvaluatorTest : public testing::Test {
protected:
  /// Reads forms, each of which stays readable for the whole test.
  const Form *read(StringRef source) {
    unsigned bufferID =
        diags.addBuffer(MemoryBuffer::getMemBufferCopy(source, "t"));
    SmallVector<const Form *> forms;
    EXPECT_TRUE(succeeded(readForms(bufferID, context, diags, forms)));
    EXPECT_EQ(forms.size(), 1u) << source.str();
    return forms.empty() ? context.getNil() : forms.front();
  }

  bool define(StringRef source) { return evaluator.define(read(source)); }

  std::string evaluate(StringRef source) {
    std::optional<const Form *> value = evaluator.evaluate(read(source));
    return value ? (*value)->str() : "declined";
  }

  std::string expand(StringRef source) {
    std::optional<const Form *> form = evaluator.expand(read(source));
    return form ? (*form)->str() : "declined";
  }

  std::string output;
  raw_string_ostream os{output};
  DiagnosticEngine diags{os};
  FormContext context;
  PureEvaluator evaluator{context};
};

} // namespace

//===----------------------------------------------------------------------===//
// Forms
//===----------------------------------------------------------------------===//

TEST_F(PureEvaluatorTest, ArgumentsKeepTheirIdentity) {
  ASSERT_TRUE(define("(defmacro m (a &body b) `(f ,a x ,@b))"));
  const Form *call = read("(m (g 1) (h 2) (i 3))");
  std::optional<const Form *> expansion = evaluator.expand(call);
  ASSERT_TRUE(expansion);
  EXPECT_EQ((*expansion)->str(), "(f (g 1) x (h 2) (i 3))");
  EXPECT_FALSE((*expansion)->getRange().isValid());
  EXPECT_EQ(listElement(*expansion, 1), listElement(call, 1));
  EXPECT_TRUE(listElement(*expansion, 1)->getRange().isValid());
  // The body is shared, conses and all.
  const auto *second = cast<ConsForm>(cast<ConsForm>(*expansion)->getCdr());
  const auto *third = cast<ConsForm>(second->getCdr());
  const auto *body = cast<ConsForm>(cast<ConsForm>(call)->getCdr())->getCdr();
  EXPECT_EQ(third->getCdr(), body);
}

TEST_F(PureEvaluatorTest, ConstantPartsAreThoseOfTheTemplate) {
  ASSERT_TRUE(define("(defmacro m (a) `(,a (b c) d))"));
  std::optional<const Form *> expansion = evaluator.expand(read("(m 1)"));
  ASSERT_TRUE(expansion);
  EXPECT_TRUE(listElement(*expansion, 1)->getRange().isValid());
}

TEST_F(PureEvaluatorTest, GensymsAreDistinct) {
  ASSERT_TRUE(define("(defmacro m () (let ((g (gensym))) `(,g ,g)))"));
  std::optional<const Form *> a = evaluator.expand(read("(m)"));
  std::optional<const Form *> b = evaluator.expand(read("(m)"));
  ASSERT_TRUE(a && b);
  EXPECT_TRUE(listElement(*a, 0)->getSymbol()->isUninterned());
  EXPECT_EQ(listElement(*a, 0)->getSymbol(), listElement(*a, 1)->getSymbol());
  EXPECT_NE(listElement(*a, 0)->getSymbol(), listElement(*b, 0)->getSymbol());
}

TEST_F(PureEvaluatorTest, NamesOfGensymsAreNotSeen) {
  EXPECT_EQ(evaluate("(list (symbolp (gensym)))"), "(t)");
  EXPECT_EQ(evaluate("(symbol-name (gensym))"), "declined");
  EXPECT_EQ(evaluate("(format nil \"~a\" (gensym))"), "declined");
  EXPECT_EQ(evaluate("(string-downcase (gensym))"), "declined");
}

TEST_F(PureEvaluatorTest, UnevaluatedSyntaxIsOnlyPassedOn) {
  ASSERT_TRUE(define("(defmacro pass (a) `(f ,a))"));
  ASSERT_TRUE(define("(defmacro test (a) (if a 1 2))"));
  ASSERT_TRUE(define("(defmacro kind (a) (integerp a))"));
  ASSERT_TRUE(define("(defmacro same (a) (eq a 'x))"));
  ASSERT_TRUE(define("(defmacro match ((a)) a)"));
  EXPECT_EQ(expand("(pass #.(+ 1 2))"), "(f #.(+ 1 2))");
  EXPECT_EQ(expand("(test #.nil)"), "declined");
  EXPECT_EQ(expand("(kind #.(+ 1 2))"), "declined");
  EXPECT_EQ(expand("(same #.'x)"), "declined");
  EXPECT_EQ(expand("(match #.'(1))"), "declined");
  EXPECT_EQ(evaluate("#.(+ 1 2)"), "declined");
}

TEST_F(PureEvaluatorTest, SymbolsOfOtherPackages) {
  EXPECT_EQ(evaluate("(eq 'car 'cl:car)"), "t");
  EXPECT_EQ(evaluate("(eq 'a 'other::a)"), "declined");
  EXPECT_EQ(evaluate("(eq 'a 'other::b)"), "nil");
  EXPECT_EQ(evaluate("(cl:car '(1))"), "1");
  EXPECT_EQ(evaluate("(other::car '(1))"), "declined");
  EXPECT_EQ(evaluate("(let ((other::x 1)) other::x)"), "declined");
  EXPECT_FALSE(define("(defmacro other::m () 1)"));
  EXPECT_FALSE(define("(defmacro cl:m () 1)"));
}

//===----------------------------------------------------------------------===//
// Definitions
//===----------------------------------------------------------------------===//

TEST_F(PureEvaluatorTest, KnowsMacros) {
  EXPECT_FALSE(evaluator.isMacro(context.intern("M")));
  EXPECT_TRUE(define("(defmacro m (x) x)"));
  EXPECT_TRUE(define("(defun f (x) x)"));
  EXPECT_TRUE(evaluator.isMacro(context.intern("M")));
  EXPECT_FALSE(evaluator.isMacro(context.intern("F")));
  EXPECT_EQ(expand("(m 5)"), "5");
  EXPECT_EQ(expand("(f 5)"), "declined");
  EXPECT_EQ(expand("(g 5)"), "declined");
  EXPECT_EQ(expand("5"), "declined");
  EXPECT_EQ(expand("((m) 5)"), "declined");
}

TEST_F(PureEvaluatorTest, RefusedDefinitionsHideOlderOnes) {
  ASSERT_TRUE(define("(defmacro m (x) x)"));
  EXPECT_FALSE(define("(defmacro m (x &rest) x)"));
  EXPECT_FALSE(evaluator.isMacro(context.intern("M")));
  EXPECT_EQ(expand("(m 5)"), "declined");
  ASSERT_TRUE(define("(defun f () 1)"));
  EXPECT_FALSE(define("(defmacro f () 2)"));
  EXPECT_EQ(evaluate("(f)"), "declined");
  ASSERT_TRUE(define("(defparameter *p* 1)"));
  EXPECT_FALSE(define("(defparameter *p* (make-hash-table))"));
  EXPECT_EQ(evaluate("*p*"), "declined");
}

TEST_F(PureEvaluatorTest, OtherFormsAreNoDefinitions) {
  for (StringRef source :
       {"(print 1)", "x", "5", "(defmacro)", "(defun f . x)", "(defun 5 ())",
        "(defvar)", "(defconstant c)", "(defconstant c 1 2)",
        "(defparameter p 1 \"doc\" 2)", "(define-symbol-macro a b)",
        "(defmacro when (x) x)", "(defvar *print-base* 2)"})
    EXPECT_FALSE(define(source)) << source.str();
}

TEST_F(PureEvaluatorTest, DisabledDeclinesEverything) {
  ASSERT_TRUE(define("(defmacro m (x) x)"));
  evaluator.disable();
  EXPECT_EQ(expand("(m 5)"), "declined");
  EXPECT_EQ(evaluate("(+ 1 2)"), "declined");
  EXPECT_FALSE(define("(defun f () 1)"));
}

/// Code means what it did when it was defined.
TEST_F(PureEvaluatorTest, LaterMacrosAreNotUsedByEarlierCode) {
  ASSERT_TRUE(define("(defun f (x) (twice x))"));
  ASSERT_TRUE(define("(defmacro twice (x) `(* 2 ,x))"));
  EXPECT_EQ(evaluate("(f 1)"), "declined");
  EXPECT_EQ(evaluate("(twice 1)"), "2");
  ASSERT_TRUE(define("(defun f (x) (twice x))"));
  EXPECT_EQ(evaluate("(f 1)"), "2");
}

//===----------------------------------------------------------------------===//
// Limits
//===----------------------------------------------------------------------===//

TEST_F(PureEvaluatorTest, LongEvaluationsAreDeclined) {
  EXPECT_EQ(evaluate("(dotimes (i 1000 i) (list i))"), "1000");
  EXPECT_EQ(evaluate("(loop)"), "declined");
  EXPECT_EQ(evaluate("(do () (nil) (list 1))"), "declined");
  EXPECT_EQ(evaluate("(labels ((f () (f))) (f))"), "declined");
  EXPECT_EQ(evaluate("(let ((l '(1))) (loop (setq l (append l l))))"),
            "declined");
  EXPECT_EQ(evaluate("(let ((n 3)) (loop (setq n (* n n))))"), "declined");
  // One that was declined costs the next one nothing.
  EXPECT_EQ(evaluate("(+ 1 2)"), "3");
}

TEST_F(PureEvaluatorTest, DeepTemplatesAndDataAreDeclined) {
  std::string open(3000, '('), close(3000, ')');
  EXPECT_EQ(evaluate("`" + open + ",(+ 1 2)" + close), "declined");
  EXPECT_EQ(evaluate("(equal '" + open + "1" + close + " '" + open + "1" +
                     close + ")"),
            "declined");
  EXPECT_EQ(evaluate("(copy-tree '" + open + close + ")"), "declined");
}

//===----------------------------------------------------------------------===//
// Tables
//===----------------------------------------------------------------------===//

template <typename T> static void expectSorted(ArrayRef<T> table) {
  for (size_t i = 1; i < table.size(); ++i)
    EXPECT_LT(StringRef(table[i - 1].name), StringRef(table[i].name));
}

TEST(PureTablesTest, AreSortedStandardNames) {
  for (ArrayRef<pure::Builtin> table : pure::getBuiltinTables()) {
    expectSorted(table);
    for (const pure::Builtin &builtin : table)
      EXPECT_TRUE(pure::isStandardName(builtin.name)) << builtin.name.str();
  }
  for (ArrayRef<pure::SpecialForm> table : pure::getSpecialFormTables()) {
    expectSorted(table);
    for (const pure::SpecialForm &form : table)
      EXPECT_TRUE(pure::isStandardName(form.name)) << form.name.str();
  }
}

TEST(PureTablesTest, StandardNames) {
  for (StringRef name : {"&ALLOW-OTHER-KEYS", "*", "**", "1+", "ABORT", "CAR",
                         "LET*", "NIL", "YES-OR-NO-P", "ZEROP"})
    EXPECT_TRUE(pure::isStandardName(name)) << name.str();
  for (StringRef name :
       {"", " ", "!", "CA", "CARS", "CAR CDR", "ZEROPS", "car"})
    EXPECT_FALSE(pure::isStandardName(name)) << name.str();
  for (StringRef name : {"*", "-", "NIL", "PI", "T"})
    EXPECT_TRUE(pure::isStandardVariable(name)) << name.str();
  EXPECT_FALSE(pure::isStandardVariable("LIST"));
}

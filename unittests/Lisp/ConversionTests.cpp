//===- ConversionTests.cpp - forms through Lisp and back ------------------===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// What comes out of Lisp is what went in: data, ranges and identities.
//
//===----------------------------------------------------------------------===//

#include "LispFixture.h"

using namespace whistler;

namespace {
class ConversionTest : public LispTest {
protected:
  ConversionTest() {
    options.useFastPath = false;
    restart();
  }

  const Form *evaluateForm(const Form *form) {
    std::optional<const Form *> value = lisp->evaluate(form);
    EXPECT_TRUE(value) << takeReports();
    return value ? *value : forms.getNil();
  }

  const Form *expandForm(llvm::StringRef text) {
    std::optional<const Form *> form = lisp->expand(read(text));
    EXPECT_TRUE(form) << takeReports();
    return form ? *form : forms.getNil();
  }
};
} // namespace

TEST_F(ConversionTest, DataComeBackAsTheyWere) {
  for (const char *text : {"nil",
                           "foo",
                           ":key",
                           "#:nobody",
                           "common-lisp-user::x",
                           "|a b|",
                           "t",
                           "0",
                           "-1",
                           "4611686018427387904",
                           "-4611686018427387905",
                           "18446744073709551615",
                           "-9223372036854775808",
                           "123456789012345678901234567890",
                           "-123456789012345678901234567890",
                           "1/3",
                           "-7/2",
                           "1.5",
                           "1.5d0",
                           "-2.5e-3",
                           "#\\a",
                           "#\\Newline",
                           "#\\U+1F600",
                           "\"\"",
                           "\"text\"",
                           "\"caf\303\251 \360\237\230\200\"",
                           "\"quote \\\" and \\\\\"",
                           "(1 . 2)",
                           "(a b . c)",
                           "(() (()) ((a)))",
                           "#(1 (2) #(3))",
                           "#()",
                           "|caf\303\251|",
                           "cl:defstruct",
                           "defstruct",
                           "whistler:sizeof"}) {
    const Form *form = read("(quote (" + std::string(text) + "))");
    const Form *value = evaluateForm(form);
    EXPECT_EQ(value, listElement(form, 1)) << text << " gave " << value->str();
  }
}

TEST_F(ConversionTest, FreshDataAreMadeOfForms) {
  EXPECT_EQ(evaluate("(list 1 -2 (expt 2 70) (/ 1 3) (* 1.5 1) (* 1.5d0 1))"),
            "(1 -2 1180591620717411303424 1/3 1.5 1.5d0)");
  EXPECT_EQ(evaluate("(- (expt 2 64))"), "-18446744073709551616");
  EXPECT_EQ(evaluate("(concatenate 'string \"a\" (string (code-char 233)))"),
            "\"a\303\251\"");
  EXPECT_EQ(evaluate("(format nil \"~a-~d\" 'x 5)"), "\"X-5\"");
  EXPECT_EQ(evaluate("(code-char 955)"), read("#\\\316\273")->str());
  EXPECT_EQ(evaluate("(vector 1 'a)"), "#(1 a)");
  EXPECT_EQ(evaluate("(make-array 2 :element-type '(unsigned-byte 8) "
                     ":initial-element 7)"),
            "#(7 7)");
  EXPECT_EQ(evaluate("(intern \"FRESH\")"), "fresh");
  EXPECT_EQ(evaluate("(intern \"mixed\")"), "|mixed|");
  EXPECT_EQ(evaluate("(list :k 'cl:car 'whistler:defmap 'cl:defstruct "
                     "'defstruct)"),
            "(:k car defmap cl:defstruct defstruct)");
}

TEST_F(ConversionTest, ListsKeepTheirRanges) {
  const Form *form = read("(list '(a (b c)) 'd)");
  const Form *value = evaluateForm(form);
  EXPECT_EQ(covered(value), "-");
  EXPECT_EQ(covered(listElement(value, 0)), "(a (b c))");
  EXPECT_EQ(covered(listElement(listElement(value, 0), 1)), "(b c)");
}

TEST_F(ConversionTest, ModifiedListsKeepTheirRanges) {
  const Form *value = evaluateForm(
      read("(let ((l (list 1 '(a b c)))) (setf (second (second l)) 'x) "
           "(second l))"));
  EXPECT_EQ(value->str(), "(a x c)");
  EXPECT_EQ(covered(value), "(a b c)");
  EXPECT_EQ(covered(listElement(value, 0)), "a");
  EXPECT_EQ(covered(listElement(value, 1)), "-");
  EXPECT_EQ(covered(listElement(value, 2)), "c");

  value = evaluateForm(read("(nreverse '(a (b) c))"));
  EXPECT_EQ(value->str(), "(c (b) a)");
  EXPECT_EQ(covered(listElement(value, 1)), "(b)");
}

TEST_F(ConversionTest, StringsAndVectorsKeepTheirRanges) {
  const Form *value =
      evaluateForm(read("(list \"text\" #(1 2) 12345678901234567890123 1.5)"));
  EXPECT_EQ(covered(listElement(value, 0)), "\"text\"");
  EXPECT_EQ(covered(listElement(value, 1)), "#(1 2)");
  EXPECT_EQ(covered(listElement(value, 3)), "1.5");
}

TEST_F(ConversionTest, AtomsOfAnExpansionAreFoundInTheCall) {
  ASSERT_TRUE(define("(defmacro add (x y) `(+ ,x (the-cast ,y 5)))"));
  const Form *form = expandForm("(add count 17)");
  EXPECT_EQ(form->str(), "(+ count (the-cast 17 5))");
  EXPECT_EQ(covered(form), "-");
  EXPECT_EQ(covered(listElement(form, 0)), "-");
  EXPECT_EQ(covered(listElement(form, 1)), "count");
  EXPECT_EQ(covered(listElement(listElement(form, 2), 1)), "17");
  EXPECT_EQ(covered(listElement(listElement(form, 2), 2)), "-");
}

TEST_F(ConversionTest, BodiesKeepTheirRanges) {
  ASSERT_TRUE(define("(defmacro twice (&body body) `(progn ,@body ,@body))"));
  const Form *form = expandForm("(twice (f x) (g y))");
  EXPECT_EQ(form->str(), "(progn (f x) (g y) (f x) (g y))");
  for (size_t i : {1, 3}) {
    EXPECT_EQ(covered(listElement(form, i)), "(f x)");
    EXPECT_EQ(covered(listElement(listElement(form, i), 1)), "x");
  }
}

TEST_F(ConversionTest, QuotedTemplatesHaveTheRangeOfTheDefinition) {
  ASSERT_TRUE(define("(defmacro fixed () '(do-it 1))"));
  EXPECT_EQ(covered(expandForm("(fixed)")), "(do-it 1)");
}

TEST_F(ConversionTest, RangesSurviveCollection) {
  ASSERT_TRUE(define("(defvar *kept* '(keep (me)))"));
  EXPECT_EQ(evaluate("(dotimes (i 2000000) (list i i))"), "nil");
  EXPECT_EQ(evaluate("(progn (si::gc t) 1)"), "1");
  const Form *value = evaluateForm(read("*kept*"));
  EXPECT_EQ(covered(value), "(keep (me))");
  const Form *fresh = evaluateForm(read("(loop repeat 100000 collect 1)"));
  for (const Form *rest = fresh; auto *cons = llvm::dyn_cast<ConsForm>(rest);
       rest = cons->getCdr())
    ASSERT_FALSE(cons->getRange().isValid());
}

TEST_F(ConversionTest, UninternedSymbolsKeepTheirIdentity) {
  ASSERT_TRUE(define("(defmacro with-temporary (&body body) "
                     "(let ((v (gensym))) `(let ((,v 1)) ,@body (use ,v))))"));
  const Form *form = expandForm("(with-temporary (f))");
  const Symbol *bound =
      listElement(listElement(listElement(form, 1), 0), 0)->getSymbol();
  const Symbol *used = listElement(listElement(form, 3), 1)->getSymbol();
  ASSERT_TRUE(bound && bound->isUninterned());
  EXPECT_EQ(bound, used);
  const Form *other = expandForm("(with-temporary (f))");
  EXPECT_NE(listElement(listElement(other, 3), 1)->getSymbol(), used);

  // Back in, it is the same symbol again.
  ASSERT_TRUE(define("(defvar *seen* nil)"));
  ASSERT_TRUE(define("(defmacro remember (x) (push x *seen*) nil)"));
  const Form *call =
      forms.makeList({forms.makeSymbol("REMEMBER"), forms.makeSymbol(used)});
  ASSERT_TRUE(lisp->expand(call));
  ASSERT_TRUE(lisp->expand(call));
  EXPECT_EQ(evaluate("(and (eq (first *seen*) (second *seen*)) "
                     "(null (symbol-package (first *seen*))))"),
            "t");
  const Symbol *ours = forms.makeUninterned("OURS");
  ASSERT_TRUE(lisp->expand(
      forms.makeList({forms.makeSymbol("REMEMBER"), forms.makeSymbol(ours)})));
  EXPECT_EQ(evaluateForm(read("(first *seen*)"))->getSymbol(), ours);
}

TEST_F(ConversionTest, OtherObjectsPassThrough) {
  EXPECT_EQ(evaluate("(make-hash-table)"), "\"#<hash-table>\"");
  ASSERT_TRUE(define("(defvar *table* (make-hash-table))"));
  ASSERT_TRUE(define("(defmacro outer () `(inner ,*table*))"));
  ASSERT_TRUE(define("(defmacro inner (x) (if (eq x *table*) 'same 'other))"));
  std::optional<const Form *> form = lisp->expand(read("(outer)"));
  ASSERT_TRUE(form);
  EXPECT_EQ((*form)->str(), "(inner #:|#<HASH-TABLE>|)");
  form = lisp->expand(*form);
  ASSERT_TRUE(form);
  EXPECT_EQ((*form)->str(), "same");
}

TEST_F(ConversionTest, BackquoteIsLisps) {
  EXPECT_EQ(evaluate("(let ((x 1) (l '(2 3))) `(a ,x ,@l (b ,(+ x 1)) . c))"),
            "(a 1 2 3 (b 2) . c)");
  EXPECT_EQ(evaluate("(let ((x 1)) `#(a ,x #(,x)))"), "#(a 1 #(1))");
  EXPECT_EQ(evaluate("(let ((x 5)) (eval (eval ```(list ,,',x 1))))"),
            "(list 5 1)");
  EXPECT_EQ(evaluate("(let ((l '(1 2))) (eval `(let ((m '(3 4))) "
                     "`(,@m ,@',l))))"),
            "(3 4 1 2)");
}

TEST_F(ConversionTest, ReaderSyntaxIsResolved) {
  auto resolve = [&](llvm::StringRef text) {
    std::optional<const Form *> form = lisp->resolveReaderSyntax(read(text));
    return form ? (*form)->str() : takeReports();
  };
  ASSERT_TRUE(define("(defvar *size* 8)"));
  EXPECT_EQ(resolve("(load u32 p #.(* *size* 4))"), "(load u32 p 32)");
  EXPECT_EQ(resolve("(a #.(list 'b 1))"), "(a (b 1))");
  EXPECT_EQ(resolve("(#1=(x y) #1#)"), "((x y) (x y))");
  EXPECT_NE(resolve("(#1=(x . #1#))").find("circular"), std::string::npos);
  EXPECT_EQ(evaluate("(length #*1011)"), "4");
  EXPECT_EQ(evaluate("(pathname-name #p\"dir/file.txt\")"), "\"file\"");
  EXPECT_EQ(evaluate("(array-dimensions #2a((1 2) (3 4)))"), "(2 2)");
  EXPECT_EQ(evaluate("(realpart #c(1 2))"), "1");

  std::optional<const Form *> form =
      lisp->resolveReaderSyntax(read("(f (g) #.(+ 1 1))"));
  ASSERT_TRUE(form);
  EXPECT_EQ(covered(listElement(*form, 1)), "(g)");
  EXPECT_EQ(covered(*form), "(f (g) #.(+ 1 1))");
}

TEST_F(ConversionTest, DeepAndLongForms) {
  std::string deep = "'" + std::string(3900, '(') + std::string(3900, ')');
  const Form *form = read(deep);
  EXPECT_EQ(evaluateForm(form), listElement(form, 1));
  EXPECT_EQ(evaluate("(length (loop for i below 500000 collect i))"), "500000");
  std::optional<const Form *> longList =
      lisp->evaluate(read("(loop for i below 500000 collect i)"));
  ASSERT_TRUE(longList);
  EXPECT_EQ(properListLength(*longList), 500000u);
}

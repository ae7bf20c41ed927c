//===- FormTests.cpp - tests of forms ---------------------------*- C++ -*-===//
// SPDX-License-Identifier: MIT
//===----------------------------------------------------------------------===//
//
// Forms made by hand: symbols, integers, lists, printing.
//
//===----------------------------------------------------------------------===//

#include "ReadText.h"

#include "gtest/gtest.h"

using namespace llvm;
using namespace whistler;

//===----------------------------------------------------------------------===//
// Symbols
//===----------------------------------------------------------------------===//

TEST(SymbolTest, Interning) {
  FormContext context;
  const Symbol *when = context.intern("WHEN");
  EXPECT_EQ(when, context.intern("WHEN"));
  EXPECT_EQ(when, context.intern("WHEN", "WHISTLER-USER"));
  EXPECT_EQ(when->getPackage(), "");
  const Symbol *clWhen = context.intern("WHEN", "CL");
  EXPECT_NE(when, clWhen);
  EXPECT_EQ(clWhen, context.intern("WHEN", "COMMON-LISP"));
  EXPECT_EQ(clWhen->getPackage(), "COMMON-LISP");
  EXPECT_NE(context.intern("when"), when);
  EXPECT_NE(context.makeUninterned("X"), context.makeUninterned("X"));
}

TEST(SymbolTest, LanguageNames) {
  FormContext context;
  for (StringRef package : {"", "CL", "WHISTLER"})
    EXPECT_TRUE(context.intern("WHEN", package)->is("WHEN"));
  EXPECT_FALSE(context.intern("WHEN", "FOO")->is("WHEN"));
  EXPECT_FALSE(context.internKeyword("WHEN")->is("WHEN"));
  EXPECT_FALSE(context.makeUninterned("WHEN")->is("WHEN"));
  EXPECT_TRUE(context.internKeyword("TYPE")->isKeyword("TYPE"));
  EXPECT_FALSE(context.intern("TYPE")->isKeyword("TYPE"));
  EXPECT_FALSE(context.makeUninterned("TYPE")->isLanguageName());
}

TEST(SymbolTest, NilIsOneSymbol) {
  FormContext context;
  for (StringRef package : {"", "CL", "COMMON-LISP", "WHISTLER"})
    EXPECT_EQ(context.intern("NIL", package), context.getNilSymbol());
  EXPECT_NE(context.internKeyword("NIL"), context.getNilSymbol());
  EXPECT_TRUE(context.getNil()->isNil());
  EXPECT_TRUE(context.getNil()->isList());
}

//===----------------------------------------------------------------------===//
// Integers
//===----------------------------------------------------------------------===//

TEST(IntegerTest, SmallValues) {
  FormContext context;
  for (int64_t value : {int64_t(0), int64_t(1), int64_t(-1),
                        std::numeric_limits<int64_t>::min(),
                        std::numeric_limits<int64_t>::max()}) {
    const IntegerForm *form = context.makeInteger(value);
    EXPECT_EQ(form->getInt64(), value);
    EXPECT_EQ(form->getValue(), value);
    EXPECT_EQ(form->getBits64(), static_cast<uint64_t>(value));
    EXPECT_EQ(form->getUInt64().has_value(), value >= 0);
    EXPECT_EQ(form->isNegative(), value < 0);
    EXPECT_EQ(form->str(), std::to_string(value));
    EXPECT_EQ(context.makeInteger(APSInt::get(value))->getInt64(), value);
  }
}

TEST(IntegerTest, LargeValues) {
  FormContext context;
  const IntegerForm *max = context.makeInteger(APSInt::getUnsigned(~0ull));
  EXPECT_EQ(max->getUInt64(), ~0ull);
  EXPECT_EQ(max->getBits64(), ~0ull);
  EXPECT_EQ(max->getInt64(), std::nullopt);
  EXPECT_EQ(max->str(), "18446744073709551615");

  const IntegerForm *wide =
      context.makeInteger(APSInt("-18446744073709551617"));
  EXPECT_EQ(wide->getInt64(), std::nullopt);
  EXPECT_EQ(wide->getUInt64(), std::nullopt);
  EXPECT_EQ(wide->getBits64(), std::nullopt);
  EXPECT_EQ(wide->str(), "-18446744073709551617");

  const IntegerForm *below =
      context.makeInteger(APSInt("-9223372036854775809"));
  EXPECT_EQ(below->getBits64(), std::nullopt);
}

//===----------------------------------------------------------------------===//
// Lists
//===----------------------------------------------------------------------===//

TEST(ListTest, Walking) {
  ReadText text("(a b c) (a . b) (a b . c) () nil x");
  const auto &forms = text.forms;
  ASSERT_EQ(forms.size(), 6u);
  std::vector<std::string> names;
  for (const Form *element : listElements(forms[0]))
    names.push_back(element->getSymbol()->getName().str());
  EXPECT_EQ(names, (std::vector<std::string>{"A", "B", "C"}));
  EXPECT_TRUE(listElements(forms[0]).isProper());
  EXPECT_EQ(properListLength(forms[0]), 3u);
  EXPECT_EQ(properListLength(forms[1]), std::nullopt);
  EXPECT_FALSE(listElements(forms[2]).isProper());
  EXPECT_TRUE(listElements(forms[2]).getTail()->isSymbol("C"));
  EXPECT_EQ(properListLength(forms[3]), 0u);
  EXPECT_EQ(properListLength(forms[4]), 0u);
  EXPECT_TRUE(forms[3]->isNil());
  EXPECT_TRUE(forms[4]->isNil());
  EXPECT_EQ(properListLength(forms[5]), std::nullopt);
  EXPECT_TRUE(listElements(forms[5]).empty());
  EXPECT_FALSE(listElements(forms[5]).isProper());

  EXPECT_TRUE(listElement(forms[0], 2)->isSymbol("C"));
  EXPECT_EQ(listElement(forms[0], 3), nullptr);
  EXPECT_EQ(listElement(forms[3], 0), nullptr);
  EXPECT_TRUE(listOperator(forms[0])->is("A"));
  EXPECT_EQ(listOperator(forms[3]), nullptr);
  EXPECT_EQ(listOperator(forms[5]), nullptr);
}

TEST(ListTest, MadeByHand) {
  FormContext context;
  const Form *a = context.makeSymbol("A"), *b = context.makeSymbol("B");
  EXPECT_EQ(context.makeList({a, b})->str(), "(a b)");
  EXPECT_EQ(context.makeList({a}, SMRange(), b)->str(), "(a . b)");
  EXPECT_TRUE(context.makeList({})->isNil());
  EXPECT_EQ(context.makeList({}, SMRange(), b), b);
  EXPECT_FALSE(context.makeList({a, b})->getRange().isValid());
}

//===----------------------------------------------------------------------===//
// Printing
//===----------------------------------------------------------------------===//

static std::string printSymbol(StringRef name, StringRef package = "") {
  FormContext context;
  return context.makeSymbol(context.intern(name, package))->str();
}

TEST(PrintTest, Symbols) {
  EXPECT_EQ(printSymbol("FOO-BAR"), "foo-bar");
  EXPECT_EQ(printSymbol("1+"), "1+");
  EXPECT_EQ(printSymbol("Foo"), "|Foo|");
  EXPECT_EQ(printSymbol(""), "||");
  EXPECT_EQ(printSymbol("12"), "|12|");
  EXPECT_EQ(printSymbol("1E5"), "|1E5|");
  EXPECT_EQ(printSymbol("..."), "|...|");
  EXPECT_EQ(printSymbol("A B"), "|A B|");
  EXPECT_EQ(printSymbol("A:B"), "|A:B|");
  EXPECT_EQ(printSymbol("A|\\B"), "|A\\|\\\\B|");
  EXPECT_EQ(printSymbol("#A"), "|#A|");
  EXPECT_EQ(printSymbol("A#"), "a#");
  EXPECT_EQ(printSymbol("TYPE", "KEYWORD"), ":type");
  EXPECT_EQ(printSymbol("CAR", "CL"), "cl:car");
  EXPECT_EQ(printSymbol("X", "PKG"), "pkg::x");
  EXPECT_EQ(printSymbol("X", "Pkg"), "|Pkg|::x");
}

TEST(PrintTest, CommasOutsideOfABackquote) {
  FormContext context;
  const Form *x = context.makeSymbol("X");
  const Form *unquote = context.makeList(
      {context.makeSymbol(context.intern("UNQUOTE", "SI")), x});
  EXPECT_EQ(unquote->str(), "(si::unquote x)");
  const Form *quasiquote = context.makeList(
      {context.makeSymbol(context.intern("QUASIQUOTE", "SI")), unquote});
  EXPECT_EQ(quasiquote->str(), "`,x");
}

TEST(PrintTest, DeepForms) {
  FormContext context;
  const Form *form = context.getNil();
  for (unsigned i = 0; i < 200000; ++i)
    form = context.makeList({form});
  EXPECT_EQ(form->str().size(), 400003u);
}

TEST(PrintTest, RoundTrip) {
  for (StringRef source :
       {"(defprog f (:type :xdp :license \"GPL\") (incf (getmap m 0)) "
        "xdp_pass)",
        "(a . b)",
        "(a b . c)",
        "'(a 'b #'c)",
        "''a",
        "(quote)",
        "'(quote . x)",
        "`(a ,b ,@c ,.d `(e ,(f ,g)))",
        "`, @x",
        "`, .5",
        "#(1 #(2) nil)",
        "\"a \\\"b\\\" \\\\ \n c\"",
        "(#\\a #\\Space #\\Newline #\\( #\\\\)",
        "#\\U200B",
        "(|Foo bar| || :|a| |1| \\1+)",
        "#:g",
        "(p::q cl:car)",
        "(1 -2 36893488147419103232 1/2 1.5d0 -3e-2)",
        "(#.(+ 1 2) #p\"x\" #c(1 2) #*01 #2a((1)) #3(1) #1=(a . #1#))",
        "#\\\xCE\xBB",
        "\xCE\xBB"}) {
    ReadText first(source);
    ASSERT_TRUE(first.succeeded) << source.str() << first.output;
    ReadText second(first.str());
    ASSERT_TRUE(second.succeeded) << first.str() << second.output;
    EXPECT_EQ(first.str(), second.str());
    EXPECT_EQ(first.forms.size(), 1u);
  }
}

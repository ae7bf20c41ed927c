//===- ReaderErrorTests.cpp - tests of what the reader refuses --*- C++ -*-===//
// SPDX-License-Identifier: MIT
//===----------------------------------------------------------------------===//
//
// Where errors are reported, how often, and what is read around them.
//
//===----------------------------------------------------------------------===//

#include "ReadText.h"

#include "gtest/gtest.h"

using namespace llvm;
using namespace whistler;

using Messages = std::vector<std::string>;

/// The messages of a text that must fail.
static Messages readBad(StringRef source,
                        const ReaderOptions &options = ReaderOptions()) {
  ReadText text(source, options);
  EXPECT_FALSE(text.succeeded) << source.str();
  return text.messages();
}

//===----------------------------------------------------------------------===//
// Brackets
//===----------------------------------------------------------------------===//

TEST(ReaderErrorTest, UnclosedList) {
  EXPECT_EQ(readBad("a\n  (b c\n"),
            (Messages{"t:2:3: error: this `(` is never closed",
                      "t:3:1: note: the text ends here"}));
  EXPECT_EQ(
      readBad("(a #(b ("),
      (Messages{"t:1:1: error: this `(` is never closed, and 2 more inside of "
                "it",
                "t:1:9: note: the text ends here"}));
  EXPECT_EQ(readBad("#(a"), (Messages{"t:1:1: error: this `#(` is never closed",
                                      "t:1:4: note: the text ends here"}));
}

TEST(ReaderErrorTest, UnclosedListBeforeADeclaration) {
  ReadText text("(defmap a\n(defmap b)\n(defmap c :x #z1\n(defmap d)\n");
  EXPECT_EQ(text.messages(),
            (Messages{"t:3:14: error: `#z` is no reader syntax",
                      "t:1:1: error: this `(` is never closed",
                      "t:2:1: note: this form begins in column 1 inside of it: "
                      "perhaps a `)` is missing before here",
                      "t:5:1: note: the text ends here",
                      "t:3:1: error: this `(` is never closed",
                      "t:4:1: note: this form begins in column 1 inside of it: "
                      "perhaps a `)` is missing before here",
                      "t:5:1: note: the text ends here"}));
  EXPECT_EQ(text.str(), "(defmap b) (defmap d)");
}

TEST(ReaderErrorTest, UnclosedListBeforeOtherForms) {
  ReadText text("(a\n(b)\n(c)\n");
  EXPECT_EQ(text.messages(),
            (Messages{"t:1:1: error: this `(` is never closed",
                      "t:2:1: note: this form begins in column 1 inside of it: "
                      "perhaps a `)` is missing before here",
                      "t:4:1: note: the text ends here"}));
  EXPECT_EQ(text.str(), "");
}

TEST(ReaderErrorTest, ManyUnclosedDeclarations) {
  std::string source;
  for (unsigned i = 0; i < 3000; ++i)
    source += "(defmap a\n";
  ReadText text(source);
  EXPECT_FALSE(text.succeeded);
  EXPECT_LT(text.diags.getNumErrors(), 30u);
}

TEST(ReaderErrorTest, ExtraBrackets) {
  ReadText text("(a)\n(b)) )\n; c\n)\n(d))");
  EXPECT_EQ(
      text.messages(),
      (Messages{
          "t:2:4: error: this `)` closes nothing",
          "t:2:1: note: the form before it begins here and is complete",
          "t:5:4: error: this `)` closes nothing",
          "t:5:1: note: the form before it begins here and is complete"}));
  EXPECT_EQ(text.str(), "(a) (b) (d)");
  EXPECT_EQ(readBad(")"), (Messages{"t:1:1: error: this `)` closes nothing"}));
}

//===----------------------------------------------------------------------===//
// Text that ends too early
//===----------------------------------------------------------------------===//

TEST(ReaderErrorTest, UnclosedTokens) {
  std::string end = "note: the text ends here";
  EXPECT_EQ(
      readBad("(a\n \"b\n c)"),
      (Messages{"t:2:2: error: this string is never closed", "t:3:4: " + end}));
  EXPECT_EQ(readBad("(a #| b #| |#\n"),
            (Messages{"t:1:4: error: this `#|` comment is never closed",
                      "t:2:1: " + end}));
  EXPECT_EQ(
      readBad("(a b|c"),
      (Messages{"t:1:5: error: this `|` is never closed", "t:1:7: " + end}));
  EXPECT_EQ(readBad("a\\"), (Messages{"t:1:2: error: nothing follows this `\\`",
                                      "t:1:3: " + end}));
  EXPECT_EQ(readBad("#1"), (Messages{"t:1:1: error: nothing follows this `#`",
                                     "t:1:3: " + end}));
  EXPECT_EQ(readBad("#\\"),
            (Messages{"t:1:1: error: no character follows this `#\\`",
                      "t:1:3: " + end}));
  EXPECT_EQ(readBad("a #'"),
            (Messages{"t:1:3: error: no form follows `#'`", "t:1:5: " + end}));
  EXPECT_EQ(
      readBad("#+sbcl"),
      (Messages{"t:1:1: error: no form follows `#+sbcl`", "t:1:7: " + end}));
}

TEST(ReaderErrorTest, SuspectString) {
  EXPECT_EQ(readBad("(a \"b)\n(c \"d\")\n(e)\n"),
            (Messages{"t:2:6: error: this string is never closed",
                      "t:1:4: note: this string holds a line that begins with "
                      "`(`: perhaps it should end before that",
                      "t:4:1: note: the text ends here"}));
}

TEST(ReaderErrorTest, SkippedTextMustEndToo) {
  EXPECT_EQ(readBad("#-whistler (a"),
            (Messages{"t:1:12: error: this `(` is never closed",
                      "t:1:14: note: the text ends here"}));
  EXPECT_EQ(readBad("#-whistler \"a").front(),
            "t:1:12: error: this string is never closed");
}

//===----------------------------------------------------------------------===//
// Dots and prefixes
//===----------------------------------------------------------------------===//

TEST(ReaderErrorTest, Dots) {
  EXPECT_EQ(
      readBad("(. a) (a .) (a . b c d) (a . b . c) . .. #(a . b)"),
      (Messages{"t:1:2: error: nothing stands before the `.` of this list",
                "t:1:11: error: no form follows the `.` of this list",
                "t:1:20: error: more than one form after the `.` of a list",
                "t:1:22: error: more than one form after the `.` of a list",
                "t:1:32: error: a second `.` in one list",
                "t:1:34: error: more than one form after the `.` of a list",
                "t:1:37: error: a `.` where no list can have its tail",
                "t:1:39: error: `..` is no symbol",
                "t:1:46: error: a `.` where no list can have its tail"}));
}

TEST(ReaderErrorTest, PrefixesWithoutAForm) {
  EXPECT_EQ(readBad("(a ') (b '#') (#+sbcl) (#-sbcl) (#.) (`)"),
            (Messages{"t:1:4: error: no form follows `'` before the `)`",
                      "t:1:11: error: no form follows `#'` before the `)`",
                      "t:1:16: error: no form follows `#+sbcl` before the `)`",
                      "t:1:25: error: no form follows `#-sbcl` before the `)`",
                      "t:1:34: error: no form follows `#.` before the `)`",
                      "t:1:39: error: no form follows ``` before the `)`"}));
}

TEST(ReaderErrorTest, CommasOutsideOfABackquote) {
  EXPECT_EQ(readBad(",a `(,b ,(c ,d)) ,@e"),
            (Messages{"t:1:1: error: `,` outside of a backquote",
                      "t:1:13: error: `,` outside of a backquote",
                      "t:1:18: error: `,@` outside of a backquote"}));
}

//===----------------------------------------------------------------------===//
// Tokens
//===----------------------------------------------------------------------===//

TEST(ReaderErrorTest, Numbers) {
  EXPECT_EQ(readBad("#b102 #x-FG #8r9 #b1/2/3 1/0 #x #o+ #16r|FF|"),
            (Messages{"t:1:5: error: `2` is no digit in radix 2",
                      "t:1:11: error: `G` is no digit in radix 16",
                      "t:1:16: error: `9` is no digit in radix 8",
                      "t:1:18: error: `#b1/2/3` is no number in radix 2",
                      "t:1:26: error: the denominator of `1/0` is zero",
                      "t:1:30: error: no digits follow `#x`",
                      "t:1:33: error: `#o+` is no number in radix 8",
                      "t:1:37: error: `#16r|FF|` is no number in radix 16"}));
  EXPECT_EQ(
      readBad("#r1 #1r0 #37r1 #99999999999r1"),
      (Messages{"t:1:1: error: `#r` has no radix from 2 to 36",
                "t:1:5: error: `#1r` has no radix from 2 to 36",
                "t:1:10: error: `#37r` has no radix from 2 to 36",
                "t:1:16: error: `#99999999999r` has no radix from 2 to 36"}));
}

TEST(ReaderErrorTest, Symbols) {
  EXPECT_EQ(readBad("a:b:c a:::b ::a a: : #: #:a:b"),
            (Messages{"t:1:1: error: too many colons in `a:b:c`",
                      "t:1:7: error: too many colons in `a:::b`",
                      "t:1:13: error: no package stands before the `::` of "
                      "`::a`",
                      "t:1:17: error: no name follows the `:` of `a:`",
                      "t:1:20: error: no name follows the `:` of `:`",
                      "t:1:22: error: no name follows this `#:`",
                      "t:1:25: error: a symbol without package, `#:a:b`, takes "
                      "no package prefix"}));
}

TEST(ReaderErrorTest, Characters) {
  ReadText text("(#\\Spce #\\a1 #\\U+D800 #\\U+110000)");
  EXPECT_EQ(text.messages(),
            (Messages{"t:1:2: error: unknown character name `Spce`",
                      "t:1:9: error: unknown character name `a1`",
                      "t:1:14: error: unknown character name `U+D800`",
                      "t:1:23: error: unknown character name `U+110000`"}));
  EXPECT_NE(text.output.find("hint: write `#\\Space`"), std::string::npos);
}

TEST(ReaderErrorTest, Dispatch) {
  EXPECT_EQ(
      readBad("#z #<a b> #) # #y(1) #A #\xCE\xBBx #*012"),
      (Messages{
          "t:1:1: error: `#z` is no reader syntax",
          "t:1:4: error: `#<` begins the printed image of an object, which "
          "cannot be read",
          "t:1:11: error: nothing follows this `#`",
          "t:1:12: error: this `)` closes nothing",
          "t:1:14: error: nothing follows this `#`",
          "t:1:16: error: `#y` is no reader syntax",
          "t:1:22: error: `#A` is no reader syntax",
          "t:1:25: error: `#\xCE\xBB` is no reader syntax",
          "t:1:30: error: `#*012` is no bit vector: it holds other digits than "
          "0 and 1"}));
}

TEST(ReaderErrorTest, FeatureExpressions) {
  EXPECT_EQ(readBad("#+(frob) a #+(not) b #+12 c #-whistler (#+(and . x) d)"),
            (Messages{"t:1:3: error: unknown operator in a feature expression",
                      "t:1:14: error: `not` takes one feature",
                      "t:1:24: error: this is no feature expression",
                      "t:1:43: error: this is no feature expression"}));
}

TEST(ReaderErrorTest, InvisibleCharacters) {
  EXPECT_EQ(readBad("(a\x01 b) \xC2\xA0x a\xE2\x80\x8B"),
            (Messages{"t:1:3: error: a control character, code 0x01, in the "
                      "program text",
                      "t:1:8: error: an invisible character, U+00A0, in a name",
                      "t:1:13: error: an invisible character, U+200B, in a "
                      "name"}));
}

//===----------------------------------------------------------------------===//
// Bytes
//===----------------------------------------------------------------------===//

TEST(ReaderErrorTest, BadBytes) {
  static const char source[] =
      "(a \xFF\xFE b)\n\"x\xC3\" ; \xE6\x97\n\0(c) #|\xED\xA0\x80|#";
  ReadText text(StringRef(source, sizeof(source) - 1));
  EXPECT_FALSE(text.succeeded);
  EXPECT_EQ(text.messages(),
            (Messages{"t:1:4: error: invalid UTF-8: byte 0xFF",
                      "t:2:3: error: invalid UTF-8: byte 0xC3",
                      "t:2:8: error: invalid UTF-8: byte 0xE6",
                      "t:3:1: error: a NUL byte in the source text",
                      "t:3:8: error: invalid UTF-8: byte 0xED"}));
}

TEST(ReaderErrorTest, OverlongAndCutSequences) {
  EXPECT_EQ(readBad("\xC0\x80").front(),
            "t:1:1: error: invalid UTF-8: byte 0xC0");
  EXPECT_EQ(readBad("\xF4\x90\x80\x80").front(),
            "t:1:1: error: invalid UTF-8: byte 0xF4");
  EXPECT_EQ(readBad("a\xF0\x9F\x98").front(),
            "t:1:2: error: invalid UTF-8: byte 0xF0");
}

TEST(ReaderErrorTest, NotText) {
  EXPECT_EQ(readBad("\xFF\xFE(\0)\0"),
            (Messages{"t:1:1: error: the source text is UTF-16"}));
  std::string binary;
  for (unsigned i = 0; i < 1000; ++i)
    binary += "x\xFF(";
  ReadText text(binary);
  EXPECT_FALSE(text.succeeded);
  EXPECT_EQ(text.diags.getNumErrors(), 11u);
  EXPECT_EQ(text.messages().back(),
            "t:1:32: error: too many bytes that are no text: this is not a "
            "source file");
}

//===----------------------------------------------------------------------===//
// Recovery
//===----------------------------------------------------------------------===//

TEST(ReaderErrorTest, GoodFormsSurvive) {
  ReadText text("(a)\n(b #z)\n(c)\n(d a:b:c)\n(e)");
  EXPECT_FALSE(text.succeeded);
  EXPECT_EQ(text.str(), "(a) (c) (e)");
  EXPECT_EQ(text.diags.getNumErrors(), 2u);
}

TEST(ReaderErrorTest, TooDeep) {
  ReaderOptions options;
  options.maxDepth = 10;
  ReadText text("(((((((((( a ))))))))))", options);
  EXPECT_TRUE(text.succeeded);
  ReadText tooDeep("(b)\n(((((((((( (a \") |\" #\\) |)| ((;)\n) #|)|# x)) c "
                   "))))))))))\n(d)",
                   options);
  EXPECT_FALSE(tooDeep.succeeded);
  EXPECT_EQ(tooDeep.messages(),
            (Messages{"t:2:12: error: forms nest more than 10 deep"}));
  EXPECT_EQ(tooDeep.str(), "(b) (d)");
  EXPECT_EQ(readBad("'''''''''''x", options),
            (Messages{"t:1:11: error: forms nest more than 10 deep"}));
  EXPECT_EQ(readBad("#-whistler (((((((((((a))))))))))) b", options),
            (Messages{"t:1:21: error: forms nest more than 10 deep"}));
}

TEST(ReaderErrorTest, FarTooDeep) {
  EXPECT_EQ(readBad(std::string(1000000, '(')),
            (Messages{"t:1:4001: error: forms nest more than 4000 deep"}));
  EXPECT_EQ(readBad(std::string(1000000, '\'') + "x"),
            (Messages{"t:1:4001: error: forms nest more than 4000 deep"}));
  std::string features;
  for (unsigned i = 0; i < 100000; ++i)
    features += "#+";
  EXPECT_EQ(readBad(features),
            (Messages{"t:1:8001: error: forms nest more than 4000 deep"}));
}

TEST(ReaderErrorTest, TheCaretIsInPlace) {
  ReadText text("\t(\xE6\x97\xA5 #z)\n");
  EXPECT_EQ(text.output, "t:1:7: error: `#z` is no reader syntax\n"
                         "        (\xE6\x97\xA5 #z)\n"
                         "            ^~\n");
}

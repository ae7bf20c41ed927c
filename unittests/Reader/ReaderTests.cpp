//===- ReaderTests.cpp - tests of what the reader accepts -------*- C++ -*-===//
// SPDX-License-Identifier: MIT
//===----------------------------------------------------------------------===//
//
// Every kind of token, ranges, features, nesting, reading step by step.
//
//===----------------------------------------------------------------------===//

#include "ReadText.h"

#include "gtest/gtest.h"

using namespace llvm;
using namespace whistler;

/// The forms of a text without errors, as printed.
static std::string read(StringRef source,
                        const ReaderOptions &options = ReaderOptions()) {
  ReadText text(source, options);
  EXPECT_TRUE(text.succeeded) << source.str();
  EXPECT_EQ(text.output, "");
  return text.str();
}

/// The only form of a text, if it is a T.
template <typename T> static const T *readOne(ReadText &text) {
  EXPECT_EQ(text.output, "");
  if (text.forms.size() != 1)
    return nullptr;
  return dyn_cast<T>(text.forms[0]);
}

//===----------------------------------------------------------------------===//
// Blanks
//===----------------------------------------------------------------------===//

TEST(ReaderTest, Blanks) {
  EXPECT_EQ(read(""), "");
  EXPECT_EQ(read(" \t\r\n\f"), "");
  EXPECT_EQ(read("; only a comment"), "");
  EXPECT_EQ(read("a ; b\n c"), "a c");
  EXPECT_EQ(read("a #| b #| c |# d |# e"), "a e");
  EXPECT_EQ(read("#||# a #|||# b #|#||#|# c"), "a b c");
  EXPECT_EQ(read("a;b\r\nc"), "a c");
  EXPECT_EQ(read("\xEF\xBB\xBF(a)"), "(a)");
  EXPECT_EQ(read("; \xE6\x97\xA5\n#| \xF0\x9F\x98\x80 |# a"), "a");
}

//===----------------------------------------------------------------------===//
// Numbers
//===----------------------------------------------------------------------===//

TEST(ReaderTest, Integers) {
  EXPECT_EQ(read("0 1 -1 +1 007 12. -12. +0"), "0 1 -1 1 7 12 -12 0");
  EXPECT_EQ(read("#x1F #X-ff #b101 #B+11 #o17 #36rZz #2r-10 #16rFF"),
            "31 -255 5 3 15 1295 -2 255");
  EXPECT_EQ(read("9223372036854775807 9223372036854775808 #xFFFFFFFFFFFFFFFF"),
            "9223372036854775807 9223372036854775808 18446744073709551615");
  EXPECT_EQ(read("-9223372036854775808 -9223372036854775809"),
            "-9223372036854775808 -9223372036854775809");
  EXPECT_EQ(read("4/2 -6/3 #x10/8 0/7"), "2 -2 2 0");
  std::string digits(5000, '7');
  EXPECT_EQ(read(digits), digits);
}

TEST(ReaderTest, IntegerAccess) {
  ReadText text("18446744073709551615");
  const auto *form = readOne<IntegerForm>(text);
  ASSERT_TRUE(form);
  EXPECT_EQ(form->getUInt64(), ~0ull);
  EXPECT_EQ(form->getInt64(), std::nullopt);
}

TEST(ReaderTest, RatiosAndFloats) {
  for (StringRef source : {"3/4", "-3/4", "+1/3", "#xA/3", "#3r1/2"}) {
    ReadText text(source);
    const auto *form = readOne<RatioForm>(text);
    ASSERT_TRUE(form) << source.str();
    EXPECT_EQ(form->getText(), source);
  }
  for (StringRef source :
       {"1.5", ".5", "-.5", "1e5", "1.e5", "1.5d-3", "1S0", "2f+1", "3L2"}) {
    ReadText text(source);
    const auto *form = readOne<FloatForm>(text);
    ASSERT_TRUE(form) << source.str();
    EXPECT_EQ(form->getText(), source);
  }
}

TEST(ReaderTest, AlmostNumbers) {
  for (StringRef source :
       {"1+", "1-",    "+",    "-",  "+foo+", "1e", "1/2/3", "1/",
        "/2", "1.2.3", "0x10", "+.", "1e5x",  "e5", "-e",    "...a",
        "1a", "<<",    ">>>",  "/=", "s>=",   "++"}) {
    ReadText text(source);
    const auto *form = readOne<SymbolForm>(text);
    ASSERT_TRUE(form) << source.str();
    EXPECT_EQ(form->getName(), source.upper());
  }
  // An escape makes a name of digits.
  for (StringRef source : {"\\12", "|12|", "1\\2", "12||"}) {
    ReadText text(source);
    const auto *form = readOne<SymbolForm>(text);
    ASSERT_TRUE(form) << source.str();
    EXPECT_EQ(form->getName(), "12");
  }
}

//===----------------------------------------------------------------------===//
// Characters and strings
//===----------------------------------------------------------------------===//

static uint32_t readCharacter(StringRef source) {
  ReadText text(source);
  const auto *form = readOne<CharacterForm>(text);
  EXPECT_TRUE(form) << source.str();
  return form ? form->getCodePoint() : ~0u;
}

TEST(ReaderTest, Characters) {
  EXPECT_EQ(readCharacter("#\\a"), 'a');
  EXPECT_EQ(readCharacter("#\\A"), 'A');
  EXPECT_EQ(readCharacter("#\\ "), ' ');
  EXPECT_EQ(readCharacter("#\\("), '(');
  EXPECT_EQ(readCharacter("#\\)"), ')');
  EXPECT_EQ(readCharacter("#\\;"), ';');
  EXPECT_EQ(readCharacter("#\\\""), '"');
  EXPECT_EQ(readCharacter("#\\\\"), '\\');
  EXPECT_EQ(readCharacter("#\\|"), '|');
  EXPECT_EQ(readCharacter("#\\#"), '#');
  EXPECT_EQ(readCharacter("#\\1"), '1');
  EXPECT_EQ(readCharacter("#\\\xCE\xBB"), 0x3BBu);
  EXPECT_EQ(readCharacter("#\\\xF0\x9F\x98\x80"), 0x1F600u);
  EXPECT_EQ(read("(#\\a)(#\\))"), "(#\\a) (#\\))");
}

TEST(ReaderTest, CharacterNames) {
  std::pair<StringRef, uint32_t> names[] = {
      {"Space", ' '},       {"NEWLINE", '\n'}, {"tab", '\t'},
      {"Nul", 0},           {"null", 0},       {"Backspace", '\b'},
      {"Rubout", 0x7F},     {"page", '\f'},    {"Return", '\r'},
      {"linefeed", '\n'},   {"U+3bb", 0x3BB},  {"u3BB", 0x3BB},
      {"U+1F600", 0x1F600}, {"U", 'U'}};
  for (auto [name, codePoint] : names)
    EXPECT_EQ(readCharacter(("#\\" + name).str()), codePoint) << name.str();
}

static std::string readString(StringRef source) {
  ReadText text(source);
  const auto *form = readOne<StringForm>(text);
  EXPECT_TRUE(form) << source.str();
  return form ? form->getValue().str() : "";
}

TEST(ReaderTest, Strings) {
  EXPECT_EQ(readString("\"\""), "");
  EXPECT_EQ(readString("\"a;b #| c\""), "a;b #| c");
  EXPECT_EQ(readString("\"a\\\"b\\\\c\\d\""), "a\"b\\cd");
  EXPECT_EQ(readString("\"a\nb\""), "a\nb");
  EXPECT_EQ(readString("\"a\r\nb\rc\""), "a\nb\rc");
  EXPECT_EQ(readString("\"\xE6\x97\xA5\""), "\xE6\x97\xA5");
}

//===----------------------------------------------------------------------===//
// Symbols
//===----------------------------------------------------------------------===//

static const Symbol *readSymbol(ReadText &text) {
  const auto *form = readOne<SymbolForm>(text);
  EXPECT_TRUE(form);
  return form ? form->getSymbol() : nullptr;
}

static std::string readName(StringRef source) {
  ReadText text(source);
  const Symbol *symbol = readSymbol(text);
  return symbol ? (symbol->getPackage() + "/" + symbol->getName()).str() : "";
}

TEST(ReaderTest, Symbols) {
  EXPECT_EQ(readName("foo"), "/FOO");
  EXPECT_EQ(readName("|Foo bar|"), "/Foo bar");
  EXPECT_EQ(readName("f\\oo"), "/FoO");
  EXPECT_EQ(readName("foo|Bar|baz"), "/FOOBarBAZ");
  EXPECT_EQ(readName("\\("), "/(");
  EXPECT_EQ(readName("|a\\|b|"), "/a|b");
  EXPECT_EQ(readName("||"), "/");
  EXPECT_EQ(readName("a#b"), "/A#B");
  EXPECT_EQ(readName("\\\xCE\xBBx"), "/\xCE\xBBX");
  EXPECT_EQ(readName("XDP_PASS"), "/XDP_PASS");
  EXPECT_EQ(readName("\\:x"), "/:X");
}

TEST(ReaderTest, Packages) {
  EXPECT_EQ(readName(":type"), "KEYWORD/TYPE");
  EXPECT_EQ(readName(":|type|"), "KEYWORD/type");
  EXPECT_EQ(readName(":||"), "KEYWORD/");
  EXPECT_EQ(readName("keyword:type"), "KEYWORD/TYPE");
  EXPECT_EQ(readName("cl:car"), "COMMON-LISP/CAR");
  EXPECT_EQ(readName("common-lisp::car"), "COMMON-LISP/CAR");
  EXPECT_EQ(readName("whistler::x"), "WHISTLER/X");
  EXPECT_EQ(readName("whistler-user::x"), "/X");
  EXPECT_EQ(readName("foo:x"), "FOO/X");
  EXPECT_EQ(readName("|Foo|::|x:y|"), "Foo/x:y");
}

TEST(ReaderTest, UninternedSymbols) {
  ReadText text("#:foo #:foo #:|a b| #:12");
  ASSERT_EQ(text.forms.size(), 4u);
  EXPECT_EQ(text.output, "");
  EXPECT_TRUE(text.forms[0]->getSymbol()->isUninterned());
  EXPECT_NE(text.forms[0]->getSymbol(), text.forms[1]->getSymbol());
  EXPECT_EQ(text.forms[1]->getSymbol()->getName(), "FOO");
  EXPECT_EQ(text.forms[2]->getSymbol()->getName(), "a b");
  EXPECT_EQ(text.forms[3]->getSymbol()->getName(), "12");
}

//===----------------------------------------------------------------------===//
// Lists, vectors, prefixes
//===----------------------------------------------------------------------===//

TEST(ReaderTest, Lists) {
  EXPECT_EQ(read("(a b) (a . b) (a b . c) (a . (b c)) (a . nil) ( )"),
            "(a b) (a . b) (a b . c) (a b c) (a) nil");
  EXPECT_EQ(read("(a .5) (a . .5) (a.b)"), "(a .5) (a . .5) (a.b)");
  EXPECT_EQ(read("#() #(a) #(a (b) #(c))"), "#() #(a) #(a (b) #(c))");
}

TEST(ReaderTest, Prefixes) {
  ReadText text("'x #'f `(a ,b ,@c ,.d)");
  ASSERT_EQ(text.forms.size(), 3u);
  EXPECT_TRUE(listOperator(text.forms[0])->is("QUOTE"));
  EXPECT_TRUE(listOperator(text.forms[1])->is("FUNCTION"));
  EXPECT_EQ(properListLength(text.forms[1]), 2u);
  const Symbol *quasiquote = listOperator(text.forms[2]);
  EXPECT_EQ(quasiquote->getPackage(), "SI");
  EXPECT_EQ(quasiquote->getName(), "QUASIQUOTE");
  const Form *parts = listElement(text.forms[2], 1);
  EXPECT_EQ(listOperator(listElement(parts, 1))->getName(), "UNQUOTE");
  EXPECT_EQ(listOperator(listElement(parts, 2))->getName(), "UNQUOTE-SPLICE");
  EXPECT_EQ(listOperator(listElement(parts, 3))->getName(), "UNQUOTE-NSPLICE");
  EXPECT_EQ(read("' x ''y `(a . ,b) `(`(,,x))"), "'x ''y `(a . ,b) `(`(,,x))");
}

TEST(ReaderTest, Unevaluated) {
  struct Case {
    StringRef text;
    char dispatch;
    StringRef subform;
  } cases[] = {
      {"#.(+ 1 2)", '.', "(+ 1 2)"},
      {"#p\"x\"", 'P', "\"x\""},
      {"#C(1 2)", 'C', "(1 2)"},
      {"#*0101", '*', ""},
      {"#*", '*', ""},
      {"#4*01", '*', ""},
      {"#2a((1) (2))", 'A', "((1) (2))"},
      {"#s(foo :a 1)", 'S', "(foo :a 1)"},
      {"#3(1 2)", '(', "(1 2)"},
      {"#1=(a . #1#)", '=', "(a . #1#)"},
      {"#1#", '#', ""},
  };
  for (const Case &testCase : cases) {
    ReadText text(testCase.text);
    const auto *form = readOne<UnevaluatedForm>(text);
    ASSERT_TRUE(form) << testCase.text.str();
    EXPECT_EQ(form->getText(), testCase.text);
    EXPECT_EQ(form->getDispatch(), testCase.dispatch);
    EXPECT_EQ(form->getSubform() ? form->getSubform()->str() : "",
              testCase.subform);
  }
}

//===----------------------------------------------------------------------===//
// Features
//===----------------------------------------------------------------------===//

TEST(ReaderTest, Features) {
  EXPECT_EQ(read("#+whistler a #-whistler b c"), "a c");
  EXPECT_EQ(read("#+sbcl a #-sbcl b"), "b");
  EXPECT_EQ(read("#+:whistler a #+foo:whistler b"), "a");
  EXPECT_EQ(read("#+(and whistler linux) a #+(and whistler sbcl) b"), "a");
  EXPECT_EQ(read("#+(or sbcl whistler) a #+(or) b #+(and) c"), "a c");
  EXPECT_EQ(read("#+(not sbcl) a #+(not (or sbcl whistler)) b"), "a");
  EXPECT_EQ(read("(a #+sbcl b #-sbcl c . #+sbcl d e)"), "(a c . e)");
  EXPECT_EQ(read("(a #+sbcl (b . c) . #-whistler d e #+sbcl f)"), "(a . e)");
  EXPECT_EQ(read("#+sbcl #+whistler a b c"), "b c");
  EXPECT_EQ(read("#+sbcl #+ecl a b c"), "c");
  EXPECT_EQ(read("'#+sbcl a b"), "'b");
  EXPECT_EQ(read("#+ #-whistler sbcl whistler a"), "a");
}

TEST(ReaderTest, SkippedTextIsNotChecked) {
  EXPECT_EQ(read("#-whistler (foo:bar:baz #<unreadable 1> #y(1 2) #z"
                 " #\\Frob .. 1/0 ,x #x( ) #8r9 a: : (. b) (a . b . c)) d"),
            "d");
  EXPECT_EQ(read("#-whistler \"a ) b\" c"), "c");
  EXPECT_EQ(read("#-whistler #|x|# a ; b\n c"), "c");
  EXPECT_EQ(read("#-whistler #\\) c"), "c");
}

TEST(ReaderTest, FeaturesCanBeChosen) {
  ReaderOptions options;
  options.features.insert("SBCL");
  options.features.erase("WHISTLER");
  EXPECT_EQ(read("#+sbcl a #+whistler b", options), "a");
}

//===----------------------------------------------------------------------===//
// Ranges
//===----------------------------------------------------------------------===//

TEST(ReaderTest, AtomRanges) {
  StringRef atoms[] = {"foo",     "cl:car", "|a b|",    "12.",   "-3/4",
                       "1.5e3",   "#xFF",   "#\\Space", "\"a\"", "#:g",
                       ":k",      "()",     "nil",      "#*01",  "#.(+ 1)",
                       "#(1 2)",  "#1=x",   "'x",       "`(,x)", "#'car",
                       "#p\"x\"", "#3(1)",  "#\\)",     "(a)"};
  std::string source = " " + join(ArrayRef(atoms), "\n ; c\n ") + " ";
  ReadText text(source);
  EXPECT_EQ(text.output, "");
  ASSERT_EQ(text.forms.size(), std::size(atoms));
  for (auto [form, atom] : zip(text.forms, atoms))
    EXPECT_EQ(text.source(form), atom);
}

TEST(ReaderTest, ListRanges) {
  ReadText text("( a (b c)  . d )");
  const auto *first = cast<ConsForm>(text.forms[0]);
  EXPECT_EQ(text.source(first), "( a (b c)  . d )");
  EXPECT_EQ(text.source(first->getCar()), "a");
  const auto *second = cast<ConsForm>(first->getCdr());
  EXPECT_EQ(text.source(second), "(b c)  . d");
  const auto *inner = cast<ConsForm>(second->getCar());
  EXPECT_EQ(text.source(inner), "(b c)");
  EXPECT_EQ(text.source(inner->getCdr()), "c");
  EXPECT_EQ(text.source(second->getCdr()), "d");
}

TEST(ReaderTest, PrefixRanges) {
  ReadText text("' x #+whistler y");
  EXPECT_EQ(text.source(text.forms[0]), "' x");
  EXPECT_EQ(text.source(listElement(text.forms[0], 0)), "'");
  EXPECT_EQ(text.source(listElement(text.forms[0], 1)), "x");
  EXPECT_EQ(text.source(text.forms[1]), "y");
}

TEST(ReaderTest, LinesAndColumns) {
  ReadText text("\xEF\xBB\xBF(a)\r\n  \xCE\xBB foo\n");
  ASSERT_EQ(text.forms.size(), 3u);
  std::optional<SourceExtent> extent =
      text.diags.getExtent(text.forms[0]->getRange());
  EXPECT_EQ(extent->startColumn, 1u);
  EXPECT_EQ(extent->endColumn, 4u);
  extent = text.diags.getExtent(text.forms[2]->getRange());
  EXPECT_EQ(extent->startLine, 2u);
  EXPECT_EQ(extent->startColumn, 6u);
  EXPECT_EQ(extent->endColumn, 9u);
}

//===----------------------------------------------------------------------===//
// Nesting
//===----------------------------------------------------------------------===//

TEST(ReaderTest, DeepNesting) {
  for (auto [open, close] : {std::pair<StringRef, StringRef>("(", ")"),
                             {"#(", ")"},
                             {"'", ""},
                             {"(a . ", ")"}}) {
    std::string source;
    for (unsigned i = 0; i < 3999; ++i)
      source += open;
    source += "x";
    for (unsigned i = 0; i < 3999; ++i)
      source += close;
    ReadText text(source);
    EXPECT_TRUE(text.succeeded) << text.output;
    EXPECT_EQ(text.forms.size(), 1u);
  }
}

TEST(ReaderTest, LongLists) {
  std::string source = "(" + std::string(200000, '1');
  for (char &c :
       MutableArrayRef<char>(source.data(), source.size()).drop_front())
    if ((&c - source.data()) % 2 == 0)
      c = ' ';
  ReadText text(source + ")");
  ASSERT_TRUE(text.succeeded);
  EXPECT_EQ(properListLength(text.forms[0]), 100000u);
}

//===----------------------------------------------------------------------===//
// Step by step
//===----------------------------------------------------------------------===//

namespace {
/// An interactive reader of a text.
struct Prompt {
  explicit Prompt(StringRef text) : reader(makeReader(text)) {}

  Reader makeReader(StringRef text) {
    ReaderOptions options;
    options.interactive = true;
    unsigned id = diags.addBuffer(MemoryBuffer::getMemBufferCopy(text, "t"));
    return Reader(id, context, diags, options);
  }

  std::string output;
  raw_string_ostream os{output};
  DiagnosticEngine diags{os};
  FormContext context;
  Reader reader;
};
} // namespace

TEST(ReaderTest, ReadsOneFormAtATime) {
  Prompt prompt("#+later a b #+later c d");
  ReadResult result = prompt.reader.read();
  ASSERT_EQ(result.status, ReadStatus::Form);
  EXPECT_TRUE(result.form->isSymbol("B"));
  prompt.reader.getOptions().features.insert("LATER");
  result = prompt.reader.read();
  ASSERT_EQ(result.status, ReadStatus::Form);
  EXPECT_TRUE(result.form->isSymbol("C"));
  EXPECT_EQ(prompt.reader.read().status, ReadStatus::Form);
  EXPECT_EQ(prompt.reader.read().status, ReadStatus::EndOfInput);
  EXPECT_EQ(prompt.reader.read().status, ReadStatus::EndOfInput);
}

TEST(ReaderTest, IncompleteIsNoError) {
  for (StringRef source :
       {"(",       "(a (b)", "'",     "\"abc", "(a \"b", "|ab",   "#|",
        "(a #| b", "#(1",    "#",     "#1",    "#\\",    "#+foo", "#+foo bar (",
        "#+",      "(a .",   "`(a ,", "a\\",   "#.",     "#p",    "#3"}) {
    Prompt prompt(source);
    EXPECT_EQ(prompt.reader.read().status, ReadStatus::Incomplete)
        << source.str();
    EXPECT_EQ(prompt.output, "");
    EXPECT_FALSE(prompt.reader.hadError());
  }
}

TEST(ReaderTest, ErrorsAreNotIncomplete) {
  for (StringRef source : {")", "(a #<b", "(a . . b", "..", "#8r9", "(a ,b"}) {
    Prompt prompt(source);
    EXPECT_EQ(prompt.reader.read().status, ReadStatus::Error) << source.str();
    EXPECT_NE(prompt.output, "");
    EXPECT_TRUE(prompt.reader.hadError());
  }
}

TEST(ReaderTest, CompleteFormsBeforeAnIncompleteOne) {
  Prompt prompt("a (b");
  EXPECT_EQ(prompt.reader.read().status, ReadStatus::Form);
  EXPECT_EQ(prompt.reader.read().status, ReadStatus::Incomplete);
}

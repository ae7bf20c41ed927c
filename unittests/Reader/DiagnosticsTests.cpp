//===- DiagnosticsTests.cpp - tests of the diagnostic engine ----*- C++ -*-===//
// SPDX-License-Identifier: MIT
//===----------------------------------------------------------------------===//
//
// How diagnostics are printed, counted and limited.
//
//===----------------------------------------------------------------------===//

#include "Whistler/Support/Diagnostics.h"

#include "gtest/gtest.h"

using namespace llvm;
using namespace whistler;

namespace {

class DiagnosticsTest : public ::testing::Test {
protected:
  unsigned add(StringRef text, StringRef name = "f.lisp",
               SMLoc includedFrom = SMLoc()) {
    unsigned id = diags.addBuffer(MemoryBuffer::getMemBufferCopy(text, name),
                                  includedFrom);
    buffer = diags.getSourceMgr().getMemoryBuffer(id)->getBuffer();
    return id;
  }

  /// The range of the first occurrence of `part` in the last buffer.
  SMRange find(StringRef part) const {
    const char *start = buffer.data() + buffer.find(part);
    return SMRange(SMLoc::getFromPointer(start),
                   SMLoc::getFromPointer(start + part.size()));
  }

  std::string take() { return std::exchange(output, std::string()); }

  std::string output;
  raw_string_ostream os{output};
  DiagnosticEngine diags{os};
  StringRef buffer;
};

} // namespace

TEST_F(DiagnosticsTest, PrintsPlaceLineAndRange) {
  add("(a\n  (foo bar))\n");
  diags.error(find("foo"), "unknown operator `foo`")
      .note(find("a"), "in this form")
      .hint("write `fop`");
  EXPECT_EQ(take(), "f.lisp:2:4: error: unknown operator `foo`\n"
                    "  (foo bar))\n"
                    "   ^~~\n"
                    "f.lisp:1:2: note: in this form\n"
                    "(a\n"
                    " ^\n"
                    "  hint: write `fop`\n");
  diags.warning(find("bar"), "unused");
  EXPECT_EQ(take(), "f.lisp:2:8: warning: unused\n"
                    "  (foo bar))\n"
                    "       ^~~\n");
  EXPECT_EQ(diags.getNumErrors(), 1u);
  EXPECT_EQ(diags.getNumWarnings(), 1u);
}

TEST_F(DiagnosticsTest, ClipsARangeToItsFirstLine) {
  add("  (a b  \r\n   c)\n");
  diags.error(find("(a b  \r\n   c)"), "m");
  EXPECT_EQ(take(), "f.lisp:1:3: error: m\n  (a b  \n  ^~~~\n");
}

TEST_F(DiagnosticsTest, PrintsWithoutAPlace) {
  diags.error(SMRange(), "no such file");
  EXPECT_EQ(take(), "error: no such file\n");
}

TEST_F(DiagnosticsTest, MarksTheEndOfALine) {
  add("(a\n");
  SMLoc end = SMLoc::getFromPointer(buffer.data() + 2);
  diags.error(SMRange(end, end), "m");
  EXPECT_EQ(take(), "f.lisp:1:3: error: m\n(a\n  ^\n");
  end = SMLoc::getFromPointer(buffer.end());
  diags.error(SMRange(end, end), "m");
  EXPECT_EQ(take(), "f.lisp:2:1: error: m\n");
}

TEST_F(DiagnosticsTest, AlignsBehindTabsAndWideCharacters) {
  add("\ta\tbc");
  diags.error(find("bc"), "m");
  EXPECT_EQ(take(), "f.lisp:1:4: error: m\n"
                    "        a       bc\n"
                    "                ^~\n");
  // Two columns for each ideograph, none for a combining accent.
  add("\xE6\x97\xA5\xE6\x9C\xAC e\xCC\x81 x");
  diags.error(find("x"), "m");
  EXPECT_EQ(take(), "f.lisp:1:12: error: m\n"
                    "\xE6\x97\xA5\xE6\x9C\xAC e\xCC\x81 x\n"
                    "       ^\n");
  diags.error(find("\xE6\x9C\xAC"), "m");
  EXPECT_EQ(take(), "f.lisp:1:4: error: m\n"
                    "\xE6\x97\xA5\xE6\x9C\xAC e\xCC\x81 x\n"
                    "  ^~\n");
}

TEST_F(DiagnosticsTest, ShowsWhatATerminalCannot) {
  add("a\xFF\x1B\xE2\x80\x8Bx");
  diags.error(find("x"), "m");
  EXPECT_EQ(take(), "f.lisp:1:7: error: m\n"
                    "a<FF><U+001B><U+200B>x\n"
                    "                     ^\n");
}

TEST_F(DiagnosticsTest, CutsLongLines) {
  std::string line(5000, 'x');
  line[3000] = '!';
  add(line);
  diags.error(find("!"), "m");
  std::string text = take();
  SmallVector<StringRef> lines;
  StringRef(text).split(lines, '\n');
  ASSERT_GE(lines.size(), 3u);
  EXPECT_LT(lines[1].size(), 300u);
  EXPECT_TRUE(lines[1].starts_with("..."));
  EXPECT_TRUE(lines[1].ends_with("..."));
  EXPECT_EQ(lines[1].find('!'), lines[2].find('^'));
}

TEST_F(DiagnosticsTest, AByteOrderMarkHasNoColumn) {
  unsigned id = add("\xEF\xBB\xBF(foo)\n");
  diags.error(find("foo"), "m");
  EXPECT_EQ(take(), "f.lisp:1:2: error: m\n(foo)\n ^~~\n");
  EXPECT_EQ(diags.getLocation(id, 1, 2), find("foo").Start);
}

TEST_F(DiagnosticsTest, StopsAtTheErrorLimit) {
  add("x");
  diags.setErrorLimit(2);
  diags.error(find("x"), "one");
  EXPECT_FALSE(diags.reachedErrorLimit());
  diags.error(find("x"), "two").note(find("x"), "kept");
  take();
  diags.error(find("x"), "three").note(find("x"), "dropped").hint("dropped");
  EXPECT_EQ(take(), "error: more than 2 errors: the rest is not shown\n");
  diags.error(find("x"), "four");
  diags.warning(find("x"), "five");
  EXPECT_EQ(take(), "");
  EXPECT_EQ(diags.getNumErrors(), 4u);
  EXPECT_TRUE(diags.reachedErrorLimit());
}

TEST_F(DiagnosticsTest, SaysWhereAFileWasLoaded) {
  add("\n (load \"f.lisp\")", "main.lisp");
  SMLoc load = find("(load").Start;
  add("x", "f.lisp", load);
  diags.error(find("x"), "m");
  EXPECT_EQ(take(), "in a file loaded at main.lisp:2:2:\n"
                    "f.lisp:1:1: error: m\nx\n^\n");
}

TEST_F(DiagnosticsTest, GivesExtents) {
  add("(a\r\n  b\xCE\xBB c)");
  std::optional<SourceExtent> extent =
      diags.getExtent(find("(a\r\n  b\xCE\xBB c)"));
  ASSERT_TRUE(extent);
  EXPECT_EQ(extent->filename, "f.lisp");
  EXPECT_EQ(extent->startLine, 1u);
  EXPECT_EQ(extent->startColumn, 1u);
  EXPECT_EQ(extent->endLine, 2u);
  EXPECT_EQ(extent->endColumn, 9u);
  EXPECT_FALSE(diags.getExtent(SMRange()));
  static const char elsewhere[] = "x";
  SMLoc loc = SMLoc::getFromPointer(elsewhere);
  EXPECT_FALSE(diags.getExtent(SMRange(loc, loc)));
}

TEST_F(DiagnosticsTest, FindsLocations) {
  unsigned id = add("ab\r\ncd\n");
  EXPECT_EQ(diags.getLocation(id, 2, 2), find("d").Start);
  EXPECT_EQ(diags.getLocation(id, 1, 99).getPointer(), buffer.data() + 2);
  EXPECT_FALSE(diags.getLocation(id, 9, 1).isValid());
  EXPECT_FALSE(diags.getLocation(id, 0, 1).isValid());
}

TEST_F(DiagnosticsTest, IsAFailure) {
  auto fail = [&]() -> LogicalResult { return diags.error(SMRange(), "m"); };
  EXPECT_TRUE(failed(fail()));
}

TEST_F(DiagnosticsTest, HasColorsOnlyWhenAsked) {
  diags.error(SMRange(), "m");
  EXPECT_EQ(take().find('\033'), std::string::npos);
  diags.setColors(true);
  diags.error(SMRange(), "m");
  EXPECT_NE(take().find('\033'), std::string::npos);
}

//===- CompilationTests.cpp - one compilation's Lisp ----------------------===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Deferred definitions, packages, the package WHISTLER, files, and that one
// compilation knows nothing of another.
//
//===----------------------------------------------------------------------===//

#include "LispFixture.h"

#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"

using namespace whistler;
using llvm::StringRef;

namespace {
class CompilationTest : public LispTest {
protected:
  // Nothing stands in for Common Lisp.
  CompilationTest() {
    options.useFastPath = false;
    restart();
  }
};
} // namespace

//===----------------------------------------------------------------------===//
// Deferral
//===----------------------------------------------------------------------===//

TEST_F(CompilationTest, DefinitionsStartNothing) {
  EXPECT_TRUE(define("(defun helper (x) (format nil \"~a\" x))"));
  EXPECT_TRUE(define("(defmacro m (x) (helper x))"));
  EXPECT_TRUE(define("(define-symbol-macro s 5)"));
  EXPECT_TRUE(lisp->isMacro(forms.intern("M")));
  EXPECT_FALSE(lisp->isMacro(forms.intern("HELPER")));
  EXPECT_FALSE(lisp->isMacro(forms.intern("WHEN")));
  EXPECT_FALSE(lisp->isStarted());
  EXPECT_EQ(expand("(m foo)"), "\"FOO\"");
  EXPECT_TRUE(lisp->isStarted());
}

TEST_F(CompilationTest, DefinitionsAreReplayedInOrder) {
  EXPECT_TRUE(define("(defun which () 'first)"));
  EXPECT_TRUE(define("(eval-when (:compile-toplevel :load-toplevel :execute) "
                     "(defun which () 'second) "
                     "(defun other () (which)))"));
  EXPECT_FALSE(lisp->isStarted());
  EXPECT_TRUE(define("(defparameter *now* (format nil \"~a\" (other)))"));
  EXPECT_TRUE(lisp->isStarted());
  EXPECT_TRUE(define("(defun which () 'third)"));
  EXPECT_EQ(evaluate("(list *now* (other))"), "(\"SECOND\" third)");
}

TEST_F(CompilationTest, ErrorsOfDeferredDefinitionsAreAtTheirPlace) {
  EXPECT_TRUE(define("(defun bad (x x x) (let ((y)) y)\n (go nowhere))"));
  EXPECT_FALSE(lisp->isStarted());
  EXPECT_EQ(evaluate("(intern \"X\")"), "x");
  EXPECT_TRUE(StringRef(takeReports()).starts_with("test.lisp:1:1: error:"));
}

TEST_F(CompilationTest, MalformedDefinitionsAreErrorsAtOnce) {
  EXPECT_FALSE(define("(defmacro 5 () 1)"));
  EXPECT_FALSE(define("(defun f)"));
  EXPECT_NE(takeReports(), "");
}

TEST_F(CompilationTest, EverySituationIsNow) {
  EXPECT_TRUE(define("(eval-when (:compile-toplevel) (defvar *a* (list 1)))"));
  EXPECT_TRUE(define("(eval-when (:load-toplevel) (push 2 *a*))"));
  EXPECT_EQ(evaluate("*a*"), "(2 1)");
}

//===----------------------------------------------------------------------===//
// Packages
//===----------------------------------------------------------------------===//

TEST_F(CompilationTest, Packages) {
  EXPECT_EQ(lisp->getPackage(), "WHISTLER-USER");
  EXPECT_TRUE(lisp->setPackage("WHISTLER"));
  EXPECT_FALSE(lisp->isStarted());
  EXPECT_EQ(lisp->getPackage(), "WHISTLER");
  EXPECT_TRUE(define("(defun here () (package-name *package*))"));
  EXPECT_EQ(evaluate("(values (intern (here)))"), "whistler");
  EXPECT_EQ(lisp->getPackage(), "WHISTLER");
  EXPECT_TRUE(lisp->setPackage("WHISTLER-USER"));
  EXPECT_EQ(evaluate("(whistler::here)"), "\"WHISTLER-USER\"");
  EXPECT_FALSE(lisp->setPackage("NOWHERE"));
  EXPECT_EQ(lisp->getPackage(), "WHISTLER-USER");
}

TEST_F(CompilationTest, UserPackages) {
  ASSERT_TRUE(define("(defpackage :tools (:use :cl :whistler) "
                     "(:export #:bump))"));
  ASSERT_TRUE(lisp->setPackage("TOOLS"));
  ASSERT_TRUE(define("(defmacro bump (m k) `(incf (getmap ,m ,k) (hidden)))"));
  EXPECT_EQ(expand("(bump a 1)"), "(incf (getmap a 1) (hidden))");
  ASSERT_TRUE(lisp->setPackage("WHISTLER-USER"));
  // The language's own names mean the same everywhere.
  EXPECT_EQ(expand("(tools:bump a 1)"), "(incf (getmap a 1) (tools::hidden))");
}

TEST_F(CompilationTest, DefstructIsOurs) {
  EXPECT_EQ(evaluate("(eq 'defstruct 'cl:defstruct)"), "nil");
  EXPECT_EQ(evaluate("(eq 'defstruct 'whistler::defstruct)"), "t");
  EXPECT_TRUE(define("(cl:defstruct point x y)"));
  EXPECT_EQ(evaluate("(point-x (make-point :x 3))"), "3");
  EXPECT_TRUE(define("(progn (print 1) (eval '(defstruct key (a u32))))"));
  ASSERT_EQ(client.declarations.size(), 1u);
  EXPECT_EQ(client.declarations[0]->str(), "(defstruct key (a u32))");
}

TEST_F(CompilationTest, Features) {
  EXPECT_EQ(evaluate("(and (member :whistler *features*) t)"), "t");
  EXPECT_EQ(evaluate("(and (find-package :whistler-user) t)"), "t");
}

//===----------------------------------------------------------------------===//
// The package WHISTLER
//===----------------------------------------------------------------------===//

TEST_F(CompilationTest, DeclarationsReachTheClient) {
  EXPECT_EQ(evaluate("(let ((n 16)) (eval `(defmap m :type :hash "
                     ":max-entries ,n)))"),
            "m");
  EXPECT_TRUE(define("(dolist (n '(a b)) (eval `(defprog ,n () 0)))"));
  ASSERT_EQ(client.declarations.size(), 3u);
  EXPECT_EQ(client.declarations[0]->str(),
            "(defmap m :type :hash :max-entries 16)");
  EXPECT_EQ(client.declarations[2]->str(), "(defprog b nil 0)");
  EXPECT_TRUE(define("(let ((name \"x\")) (compile-to-elf "
                     "(concatenate 'string name \".o\")))"));
  EXPECT_EQ(client.declarations[3]->str(), "(compile-to-elf \"x.o\")");
}

TEST_F(CompilationTest, DeclarationsKeepTheirRanges) {
  EXPECT_TRUE(define("(when (find-package :cl) (defmap m :type :hash))"));
  ASSERT_EQ(client.declarations.size(), 1u);
  EXPECT_EQ(covered(client.declarations[0]), "(defmap m :type :hash)");
}

TEST_F(CompilationTest, AFailedDeclarationIsReportedOnce) {
  client.onDeclare = [&](const Form *form) -> llvm::LogicalResult {
    return diags.error(form->getRange(), "wrong map");
  };
  EXPECT_FALSE(define("(progn 1 (eval '(defmap m)))"));
  std::string text = takeReports();
  EXPECT_EQ(StringRef(text).count("error: "), 1u) << text;
  EXPECT_EQ(evaluate("(handler-case (eval '(defmap m)) (error () 'failed))"),
            "failed");
}

TEST_F(CompilationTest, TheClientMayUseTheLisp) {
  ASSERT_TRUE(define("(defmacro size () (length \"abcd\"))"));
  ASSERT_TRUE(define("(defmacro bad () (error \"bad macro\"))"));
  std::string inner;
  client.onDeclare = [&](const Form *form) -> llvm::LogicalResult {
    inner = expand("(size)");
    std::optional<const Form *> value = lisp->expand(listElement(form, 2));
    return llvm::success(value.has_value());
  };
  EXPECT_FALSE(define("(handler-case (eval '(defmap m (bad))) "
                      "(type-error () 'wrong))"));
  EXPECT_EQ(inner, "4");
  std::string text = takeReports();
  EXPECT_NE(text.find("in macro `bad`: bad macro"), std::string::npos) << text;
  EXPECT_EQ(StringRef(text).count("error: "), 1u) << text;
}

TEST_F(CompilationTest, TimeLimitHoldsForNestedEvaluation) {
  options.timeoutSeconds = 1;
  restart();
  client.onDeclare = [&](const Form *) -> llvm::LogicalResult {
    return llvm::success(lisp->evaluate(read("(loop)")).has_value());
  };
  EXPECT_FALSE(define("(progn (ignore-errors (eval '(defmap m))) (loop))"));
  std::string text = takeReports();
  EXPECT_EQ(StringRef(text).count("took longer than 1 second"), 2u) << text;
}

TEST_F(CompilationTest, QuestionsAboutDeclarations) {
  EXPECT_EQ(evaluate("(whistler:sizeof 'u32)"), "4");
  EXPECT_EQ(evaluate("(sizeof 'u32)"), "4");
  EXPECT_EQ(evaluate("(constant-value '+answer+)"), "42");
  EXPECT_EQ(evaluate("(constant-value '+all+)"), "18446744073709551615");
  EXPECT_EQ(evaluate("(map-names)"), "(counts events)");
  EXPECT_EQ(evaluate("(program-names)"), "nil");
  EXPECT_EQ(evaluate("(constant-names)"), "(+answer+)");
  EXPECT_EQ(evaluate("(sizeof 'u33)"), "");
  EXPECT_NE(takeReports().find("There is no type with the name U33."),
            std::string::npos);
  EXPECT_EQ(evaluate("(constant-value 5)"), "");
  EXPECT_NE(takeReports().find("5 is not a symbol."), std::string::npos);
}

TEST_F(CompilationTest, ConstantsAreTold) {
  EXPECT_TRUE(define("(defconstant +top+ (length \"abc\"))"));
  EXPECT_TRUE(client.constants.empty());
  EXPECT_TRUE(define("(eval-when (:execute) (eval '(defconstant +in+ 7)))"));
  EXPECT_TRUE(define("(let () (defconstant +big+ (expt 2 63)) "
                     "(defconstant +text+ \"no integer\"))"));
  EXPECT_EQ(client.constants,
            (std::vector<std::string>{"+IN+=7", "+BIG+=9223372036854775808"}));
  EXPECT_EQ(evaluate("(+ +top+ +in+)"), "10");
}

//===----------------------------------------------------------------------===//
// Files
//===----------------------------------------------------------------------===//

namespace {
class FileTest : public CompilationTest {
protected:
  void SetUp() override {
    ASSERT_FALSE(llvm::sys::fs::createUniqueDirectory("whistler", directory));
    llvm::sys::fs::real_path(directory, directory);
    write("table.txt", "80 443\n");
    write("library.lisp", "(defmacro lib () 1)\n");
    write("main.lisp", "");
  }
  void TearDown() override { llvm::sys::fs::remove_directories(directory); }

  void write(StringRef name, StringRef text) {
    std::error_code error;
    llvm::raw_fd_ostream file(path(name), error);
    file << text;
  }
  std::string path(StringRef name) { return (directory + "/" + name).str(); }

  llvm::SmallString<128> directory;
};
} // namespace

TEST_F(FileTest, NamesAreRelativeToTheDirectory) {
  lisp->setDirectory(directory);
  StringRef form =
      "(with-open-file (s \"table.txt\") (list (read s) (read s)))";
  EXPECT_EQ(evaluate(form), "(80 443)");
  lisp->setDirectory("/");
  EXPECT_EQ(evaluate(form), "");
  lisp->setDirectory(directory);
  EXPECT_EQ(evaluate(form), "(80 443)");
}

TEST_F(FileTest, LoadGoesThroughTheClient) {
  lisp->setFile(path("main.lisp"));
  EXPECT_EQ(evaluate("(load \"library.lisp\")"), "t");
  EXPECT_EQ(evaluate("(load \"library\")"), "t");
  EXPECT_EQ(evaluate("(load (merge-pathnames \"library.lisp\" "
                     "*load-truename*))"),
            "t");
  EXPECT_EQ(client.loaded, std::vector<std::string>(3, path("library.lisp")));
  EXPECT_EQ(evaluate("(load \"none\" :if-does-not-exist nil)"), "nil");
  EXPECT_EQ(evaluate("(with-open-file (s \"library.lisp\") (load s) t)"), "t");
  EXPECT_EQ(client.loaded.size(), 3u);
  EXPECT_TRUE(lisp->isMacro(forms.intern("LIB")));
  EXPECT_EQ(evaluate("(file-namestring *load-truename*)"), "\"main.lisp\"");
}

TEST_F(FileTest, RequireWorks) {
  EXPECT_TRUE(define("(require :asdf)")) << takeReports();
  EXPECT_EQ(evaluate("(and (find-package :asdf) t)"), "t");
  EXPECT_TRUE(client.loaded.empty());
}

//===----------------------------------------------------------------------===//
// One after the other
//===----------------------------------------------------------------------===//

TEST_F(CompilationTest, CompilationsAreApart) {
  ASSERT_TRUE(define("(defpackage :mine (:use :cl :whistler))"));
  ASSERT_TRUE(define("(defmacro mine::m () 1)"));
  ASSERT_TRUE(define("(defmacro log2 (x) x)"));
  ASSERT_TRUE(define("(defvar *v* (list 1))"));
  ASSERT_TRUE(define("(push :extra *features*)"));
  ASSERT_TRUE(lisp->setPackage("MINE"));
  restart();
  EXPECT_EQ(lisp->getPackage(), "WHISTLER-USER");
  EXPECT_EQ(evaluate("(list (find-package :mine) (boundp '*v*) "
                     "(member :extra *features*) (fboundp 'log2) "
                     "(package-name *package*))"),
            "(nil nil nil nil \"WHISTLER-USER\")");
  EXPECT_FALSE(lisp->isMacro(forms.intern("LOG2")));
  EXPECT_EQ(evaluate("(sizeof 'u32)"), "4");
}

TEST_F(CompilationTest, CompilationsAreAlike) {
  StringRef form = "(list (symbol-name (gensym)) (random 1000000) "
                   "(random 1.0) (gentemp))";
  std::string first = evaluate(form);
  restart();
  EXPECT_EQ(evaluate(form), first);
}

namespace {
class HashTableTest : public CompilationTest {
protected:
  void SetUp() override {
    ASSERT_TRUE(define("(defun keys (table) (loop for k being the hash-keys of "
                       "table collect k))"));
    ASSERT_TRUE(define("(defun fill-table (table keys) (dolist (k keys table) "
                       "(setf (gethash k table) (list k))))"));
  }

  /// Evaluates forms in which H is a table with that test.
  std::string evaluateWith(StringRef test, StringRef body) {
    return evaluate(
        ("(let ((h (make-hash-table :test '" + test + "))) " + body + ")")
            .str());
  }
};
} // namespace

static const char *const hashTests[] = {"eq", "eql", "equal", "equalp"};

TEST_F(HashTableTest, TablesKeepTheirOrder) {
  for (StringRef test : hashTests) {
    auto keys = [&](StringRef body) { return evaluateWith(test, body); };
    EXPECT_EQ(keys("(fill-table h '(z b :k a #\\c 7 b)) (keys h)"),
              "(z b :k a #\\c 7)");
    EXPECT_EQ(keys("(let (l) (fill-table h '(c b a)) "
                   "(maphash (lambda (k v) (push (list k v) l)) h) l)"),
              "((a (a)) (b (b)) (c (c)))");
    EXPECT_EQ(keys("(fill-table h '(a b c)) (remhash 'b h) "
                   "(setf (gethash 'b h) 1) (list (keys h) "
                   "(hash-table-count h) (gethash 'x h 'none))"),
              "((a c b) 3 none)");
    EXPECT_EQ(keys("(fill-table h '(a b)) (clrhash h) (fill-table h '(b a)) "
                   "(keys h)"),
              "(b a)");
    EXPECT_EQ(keys("(dotimes (i 10000) (setf (gethash i h) i)) "
                   "(dotimes (i 9990) (remhash i h)) "
                   "(dotimes (i 5) (setf (gethash i h) i)) (keys h)"),
              "(9990 9991 9992 9993 9994 9995 9996 9997 9998 9999 0 1 2 3 4)");
  }
}

TEST_F(HashTableTest, KeysAreComparedAsTheTestSays) {
  for (StringRef test : hashTests) {
    auto keys = [&](StringRef body) { return evaluateWith(test, body); };
    EXPECT_EQ(keys("(dotimes (i 1000) (setf (gethash (* i (expt 2 70)) h) i)) "
                   "(gethash (* 500 (expt 2 70)) h)"),
              test == "eq" ? "nil" : "500");
    EXPECT_EQ(keys("(setf (gethash \"Ab\" h) 1 (gethash '(1 (2)) h) 2 "
                   "(gethash 1.5d0 h) 3) (list (gethash \"Ab\" h) "
                   "(gethash \"aB\" h) (gethash (list 1 (list 2)) h) "
                   "(gethash (+ 1 0.5d0) h))"),
              test == "eq"      ? "(nil nil nil nil)"
              : test == "eql"   ? "(nil nil nil 3)"
              : test == "equal" ? "(1 nil 2 3)"
                                : "(1 1 2 3)");
    EXPECT_EQ(keys("(fill-table h '(a b)) (maphash (lambda (k v) "
                   "(remhash k h)) h) (hash-table-count h)"),
              "0");
    EXPECT_EQ(keys("(fill-table h '(a b c)) (let ((c (si:copy-hash-table h))) "
                   "(setf (gethash 'd c) 1) (remhash 'a c) "
                   "(list (keys h) (keys c)))"),
              "((a b c) (b c d))");
    EXPECT_EQ(keys("(hash-table-test h)"), test);
  }
  EXPECT_EQ(evaluate("(let ((h (make-hash-table :weakness :key))) "
                     "(setf (gethash 'a h) 1) (gethash 'a h))"),
            "1");
}

TEST_F(CompilationTest, TheStateLastsForOneCompilation) {
  EXPECT_EQ(evaluate("(progn (setq *print-base* 16) (gensym))"),
            evaluate("(quote #:g1)"));
  EXPECT_EQ(evaluate("(string (gensym))"), "\"G2\"");
}

//===----------------------------------------------------------------------===//
// The prompt
//===----------------------------------------------------------------------===//

TEST_F(CompilationTest, Prompt) {
  using Texts = std::vector<std::string>;
  EXPECT_EQ(lisp->evaluateAtPrompt(read("(values 1 \"a\" 'b)")),
            (Texts{"1", "\"a\"", "B"}));
  EXPECT_EQ(lisp->evaluateAtPrompt(read("(list * / +)")),
            (Texts{"(1 (1 \"a\" B) (VALUES 1 \"a\" 'B))"}));
  EXPECT_EQ(lisp->evaluateAtPrompt(read("(values)")), Texts());
  EXPECT_EQ(lisp->evaluateAtPrompt(read("(error \"x\")")), std::nullopt);
  EXPECT_EQ(lisp->evaluateAtPrompt(read("(+ 1 1)")), Texts{"2"});
}

TEST_F(CompilationTest, OutputGoesWhereItShould) {
  testing::internal::CaptureStdout();
  testing::internal::CaptureStderr();
  EXPECT_EQ(evaluate("(progn (format t \"hello~%\") 1)"), "1");
  EXPECT_EQ(testing::internal::GetCapturedStderr(), "hello\n");
  EXPECT_EQ(testing::internal::GetCapturedStdout(), "");
  options.printToStandardOutput = true;
  restart();
  testing::internal::CaptureStdout();
  EXPECT_EQ(evaluate("(progn (format t \"hello~%\") 1)"), "1");
  EXPECT_EQ(testing::internal::GetCapturedStdout(), "hello\n");
}

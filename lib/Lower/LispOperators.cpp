//===- LispOperators.cpp - what programs write instead ----------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// The table of operators, and of the keywords of `loop`.
//
//===----------------------------------------------------------------------===//

#include "LispOperators.h"
#include "Whistler/Reader/Form.h"

#include "llvm/ADT/STLExtras.h"

using namespace whistler;

namespace {
/// Names with a space around each, and what there is instead of them.
struct Replacement {
  llvm::StringLiteral names;
  llvm::StringLiteral instead;
};
} // namespace

static constexpr Replacement replacements[] = {
    {" EQ EQL EQUAL EQUALP ", "`=` compares numbers and pointers"},
    {" NULL ENDP ", "`not` is true of 0 and the null pointer"},
    {" ZEROP ", "write `(= x 0)`"},
    {" PLUSP ", "write `(s> x 0)`"},
    {" MINUSP ", "write `(s< x 0)`"},
    {" EVENP ", "write `(= (logand x 1) 0)`"},
    {" ODDP ", "write `(= (logand x 1) 1)`"},
    {" ABS ", "write `(if (s< x 0) (- x) x)`"},
    {" LOGTEST ", "write `(logand x mask)`: any number but 0 is true"},
    {" LOGBITP ", "write `(logand (>> x index) 1)`"},
    {" LDB ", "write `(logand (>> x position) mask)`"},
    {" DPB ", "write `(logior (logand x (lognot mask)) (<< new position))`"},
    {" LOGANDC2 ", "write `(logand x (lognot y))`"},
    {" LOGANDC1 ", "write `(logand (lognot x) y)`"},
    {" REM ", "`mod` is the remainder, as numbers have no sign"},
    {" FLOOR TRUNCATE ",
     "`/` is the quotient and `mod` the remainder, as numbers have no sign"},
    {" EXPT ", "`<<` has the powers of two; a `defconstant` may have others"},
    {" RANDOM ", "write `(get-prandom-u32)`"},
    {" GET-UNIVERSAL-TIME GET-INTERNAL-REAL-TIME GET-INTERNAL-RUN-TIME ",
     "`(ktime-get-ns)` is the time since the start in nanoseconds"},
    {" DO DO* WHILE UNTIL TAGBODY GO PROG PROG* ",
     "`dotimes` counts to a constant, and `return-from` leaves a `block` "
     "early"},
    {" DOLIST MAPCAR MAPC MAP LIST LIST* CONS CAR CDR FIRST SECOND REST NTH "
     "APPEND PUSH POP LENGTH REVERSE ",
     "lists exist at compile time only, in macros and `defun`"},
    {" CATCH THROW UNWIND-PROTECT ",
     "`return-from` leaves a `block`, and `return` the program"},
    {" ERROR ASSERT WARN SIGNAL CHECK-TYPE ",
     "`return` ends the program with a value"},
    {" PROG1 PROG2 ", "keep the value: `(let ((old x)) ... old)`"},
    {" PSETF PSETQ ROTATEF SHIFTF ",
     "keep a value: `(let ((old a)) (setf a b b old))`"},
    {" FLET LABELS LAMBDA ",
     "`defn` declares a function, and `macrolet` a macro for some forms"},
    {" FUNCALL APPLY ", "a function is called by its name"},
    {" MULTIPLE-VALUE-BIND VALUES ",
     "a function has one result; more goes through pointers"},
    {" THE ", "`(cast u32 x)` makes a number of a type"},
    {" TYPECASE ETYPECASE TYPEP ", "types are known at compile time"},
    {" ECASE CCASE ", "`case` is 0 where no key is equal"},
    {" FORMAT PRINT PRINC PRIN1 WRITE-LINE ",
     "write `(trace-printk \"x is %d\" x)`"},
    {" MAKE-ARRAY VECTOR MAKE-STRING ",
     "arrays are fields of structs: `(defstruct buffer (bytes (array u8 16)))` "
     "has `(make-buffer)`"},
    {" ELT SVREF CHAR ", "`(aref ptr index)` reads arrays"},
    {" GETHASH ", "`(getmap map key)` reads an entry, and `setf` sets it"},
    {" REMHASH ", "`(remmap map key)` removes an entry"},
    {" MAKE-HASH-TABLE ", "`(defmap name :type :hash ...)` declares a map"},
    {" DEFUN DEFMACRO DEFVAR DEFPARAMETER EVAL-WHEN ",
     "it stands outside of programs"},
};

llvm::StringRef whistler::getReplacement(llvm::StringRef name) {
  std::string word = " " + name.str() + " ";
  const auto *found = llvm::find_if(replacements, [&](const Replacement &row) {
    return llvm::StringRef(row.names).contains(word);
  });
  return found == std::end(replacements) ? "" : llvm::StringRef(found->instead);
}

bool whistler::isLispLoop(llvm::ArrayRef<const Form *> args) {
  static constexpr llvm::StringLiteral keywords[] = {
      "FOR", "AS", "WITH", "WHILE", "UNTIL", "REPEAT", "DO", "DOING", "NAMED"};
  if (args.empty())
    return true;
  if (const Symbol *first = args.front()->getSymbol())
    return llvm::is_contained(keywords, first->getName());
  return llvm::all_of(
      args, [](const Form *arg) { return arg->isList() && !arg->isNil(); });
}

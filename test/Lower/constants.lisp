; Constants are in the module for those who declare them in other languages; the
; language's own are not.

; RUN: whistler-translate --import-whistler %s | FileCheck %s

; CHECK: #[[LATE:.*]] = loc("{{.*}}constants.lisp":[[#@LINE+28]]:1 to
; CHECK: whistler.define "+limit+" 10
; CHECK-NEXT: whistler.define "+mask+" -1 unsigned
; CHECK-NEXT: whistler.define "+top+" -9223372036854775808 unsigned
; CHECK-NEXT: whistler.define "+least+" -9223372036854775808 loc
; CHECK-NEXT: whistler.define "+again+" 3
; CHECK-NEXT: whistler.define "+made+" 7
; CHECK-NEXT: whistler.define "+computed+" 10
; CHECK-NOT: whistler.define
; CHECK: whistler.prog @prog
; CHECK: whistler.define "+late+" 11 loc(#[[LATE]])
; CHECK-NOT: whistler.define

(defconstant +limit+ 10 "with a documentation string")
(defconstant +mask+ #xffffffffffffffff)
(defconstant +top+ (ash 1 63))
(defconstant +least+ (- (ash 1 63)))
(defconstant +again+ 3)
(defconstant +again+ 3)
(defmacro define (name value) `(defconstant ,name ,value))
(define +made+ 7)
; What Common Lisp code defines; a string is no constant of a program.
(let ((one 1))
  (cl:defconstant +computed+ (+ one 9))
  (cl:defconstant +text+ "text"))
(defmacro late ()
  (eval '(cl:defconstant +late+ 11))
  11)
(defprog prog ()
  (late))

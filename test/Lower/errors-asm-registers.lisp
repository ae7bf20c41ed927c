; What `asm` is given is constant.
; RUN: rm -f %t.o
; RUN: sh -c 'whistler compile %s -o %t.o 2>%t.err; test $? -eq 1'
; RUN: FileCheck %s --input-file=%t.err --strict-whitespace --match-full-lines
; RUN: not test -e %t.o

;  CHECK-NOT:{{.*(error|warning):.*}}

(defprog p ()
  (let ((x 1))
;      CHECK:{{.*}}errors-asm-registers.lisp:[[#@LINE+3]]:15: error: the destination register has to be a constant, and `x` is none
; CHECK-NEXT:    (asm #xb7 x 0 0 0)
; CHECK-NEXT:              ^
    (asm #xb7 x 0 0 0)
; CHECK-NEXT:{{.*}}errors-asm-registers.lisp:[[#@LINE+3]]:21: error: the immediate has to be a constant, and `x` is none
; CHECK-NEXT:    (asm #xb7 0 0 0 x)
; CHECK-NEXT:                    ^
    (asm #xb7 0 0 0 x)
; CHECK-NEXT:{{.*}}errors-asm-registers.lisp:[[#@LINE+3]]:19: error: the offset has to be a constant: an integer, a `defconstant`, or arithmetic on them
; CHECK-NEXT:    (asm #xb7 0 0 (ktime-get-ns) 0)
; CHECK-NEXT:                  ^~~~~~~~~~~~~~
    (asm #xb7 0 0 (ktime-get-ns) 0)
; CHECK-NEXT:{{.*}}errors-asm-registers.lisp:[[#@LINE+6]]:15: error: the destination register has to be a constant, and `r1` is none
; CHECK-NEXT:    (asm #xbf r1 r2 0 0)))
; CHECK-NEXT:              ^~
; CHECK-NEXT:{{.*}}errors-asm-registers.lisp:[[#@LINE+3]]:18: error: the source register has to be a constant, and `r2` is none
; CHECK-NEXT:    (asm #xbf r1 r2 0 0)))
; CHECK-NEXT:                 ^~
    (asm #xbf r1 r2 0 0)))

;  CHECK-NOT:{{.*(error|warning):.*}}

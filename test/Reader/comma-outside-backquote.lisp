; A comma has a meaning only inside of a backquote.
; RUN: rm -f %t.o
; RUN: not whistler compile %s -o %t.o 2>&1 | FileCheck %s --strict-whitespace --match-full-lines
; RUN: not test -e %t.o

;       CHECK:{{.*}}comma-outside-backquote.lisp:[[#@LINE+3]]:14: error: `,` outside of a backquote
;  CHECK-NEXT:(defconstant ,x 1)
;  CHECK-NEXT:             ^
(defconstant ,x 1)
;       CHECK:{{.*}}comma-outside-backquote.lisp:[[#@LINE+1]]:9: error: `,@` outside of a backquote
`(a ,(b ,@c))

;  CHECK-NOT:{{.*}}error:{{.*}}

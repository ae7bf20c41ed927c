; No instruction may write the frame pointer.
; RUN: rm -f %t.o
; RUN: sh -c 'whistler compile %s -o %t.o 2>%t.err; test $? -eq 1'
; RUN: FileCheck %s --input-file=%t.err --strict-whitespace --match-full-lines
; RUN: not test -e %t.o

;  CHECK-NOT:{{.*(error|warning):.*}}

(defprog p ()
;      CHECK:{{.*}}errors-asm-frame-pointer.lisp:[[#@LINE+3]]:13: error: r10 is the frame pointer, which no instruction may write
; CHECK-NEXT:  (asm #xb7 10 0 0 0)
; CHECK-NEXT:            ^~
  (asm #xb7 10 0 0 0)
; CHECK-NEXT:{{.*}}errors-asm-frame-pointer.lisp:[[#@LINE+3]]:13: error: r10 is the frame pointer, which no instruction may write
; CHECK-NEXT:  (asm #x79 10 1 0 0)
; CHECK-NEXT:            ^~
  (asm #x79 10 1 0 0)
; CHECK-NEXT:{{.*}}errors-asm-frame-pointer.lisp:[[#@LINE+3]]:15: error: r10 is the frame pointer, which no instruction may write
; CHECK-NEXT:  (asm #xdb 1 10 0 1)
; CHECK-NEXT:              ^~
  (asm #xdb 1 10 0 1)
; CHECK-NEXT:{{.*}}errors-asm-frame-pointer.lisp:[[#@LINE+3]]:8: error: `asm` emits one instruction that control goes on behind; jumps, `exit` and 64-bit immediates are written in Lisp
; CHECK-NEXT:  (asm #x8d 0 0 0 0)
; CHECK-NEXT:       ^~~~
  (asm #x8d 0 0 0 0)
  (asm #x7a 10 0 -8 0)
  XDP_PASS)

;  CHECK-NOT:{{.*(error|warning):.*}}

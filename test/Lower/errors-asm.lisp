; `asm` emits one instruction.
; RUN: rm -f %t.o
; RUN: sh -c 'whistler compile %s -o %t.o 2>%t.err; test $? -eq 1'
; RUN: FileCheck %s --input-file=%t.err --strict-whitespace --match-full-lines
; RUN: not test -e %t.o

;  CHECK-NOT:{{.*(error|warning):.*}}

(defprog p ()
;      CHECK:{{.*}}errors-asm.lisp:[[#@LINE+3]]:8: error: the opcode has to be between 0 and 255, and this is 300
; CHECK-NEXT:  (asm 300 0 0 0 0)
; CHECK-NEXT:       ^~~
  (asm 300 0 0 0 0)
; CHECK-NEXT:{{.*}}errors-asm.lisp:[[#@LINE+3]]:13: error: the destination register has to be between 0 and 10, and this is 11
; CHECK-NEXT:  (asm #xb7 11 0 0 0)
; CHECK-NEXT:            ^~
  (asm #xb7 11 0 0 0)
; CHECK-NEXT:{{.*}}errors-asm.lisp:[[#@LINE+3]]:15: error: the source register has to be between 0 and 10, and this is -1
; CHECK-NEXT:  (asm #xb7 0 -1 0 0)
; CHECK-NEXT:              ^~
  (asm #xb7 0 -1 0 0)
; CHECK-NEXT:{{.*}}errors-asm.lisp:[[#@LINE+3]]:17: error: the offset has to be between -32768 and 32767, and this is 40000
; CHECK-NEXT:  (asm #xb7 0 0 40000 0)
; CHECK-NEXT:                ^~~~~
  (asm #xb7 0 0 40000 0)
; CHECK-NEXT:{{.*}}errors-asm.lisp:[[#@LINE+3]]:19: error: the immediate has to be between -2147483648 and 4294967295, and this is 4294967296
; CHECK-NEXT:  (asm #xb7 0 0 0 4294967296)
; CHECK-NEXT:                  ^~~~~~~~~~
  (asm #xb7 0 0 0 4294967296)
; CHECK-NEXT:{{.*}}errors-asm.lisp:[[#@LINE+3]]:8: error: `asm` emits one instruction that control goes on behind; jumps, `exit` and 64-bit immediates are written in Lisp
; CHECK-NEXT:  (asm #x95 0 0 0 0)
; CHECK-NEXT:       ^~~~
  (asm #x95 0 0 0 0)
; CHECK-NEXT:{{.*}}errors-asm.lisp:[[#@LINE+3]]:8: error: `asm` emits one instruction that control goes on behind; jumps, `exit` and 64-bit immediates are written in Lisp
; CHECK-NEXT:  (asm #x05 0 0 1 0)
; CHECK-NEXT:       ^~~~
  (asm #x05 0 0 1 0)
; CHECK-NEXT:{{.*}}errors-asm.lisp:[[#@LINE+3]]:8: error: `asm` emits one instruction that control goes on behind; jumps, `exit` and 64-bit immediates are written in Lisp
; CHECK-NEXT:  (asm #x18 0 0 0 0)
; CHECK-NEXT:       ^~~~
  (asm #x18 0 0 0 0)
; CHECK-NEXT:{{.*}}errors-asm.lisp:[[#@LINE+3]]:8: error: `asm` emits one instruction that control goes on behind; jumps, `exit` and 64-bit immediates are written in Lisp
; CHECK-NEXT:  (asm #x16 0 0 1 0)
; CHECK-NEXT:       ^~~~
  (asm #x16 0 0 1 0)
; CHECK-NEXT:{{.*}}errors-asm.lisp:[[#@LINE+3]]:8: error: the opcode has to be a constant, and `mov` is none
; CHECK-NEXT:  (asm mov 0 0 0 0)
; CHECK-NEXT:       ^~~
  (asm mov 0 0 0 0)
; CHECK-NEXT:{{.*}}errors-asm.lisp:[[#@LINE+3]]:4: error: `asm` is given 4 arguments; it is written `(asm opcode dst src offset immediate)`
; CHECK-NEXT:  (asm #xb7 0 0 0))
; CHECK-NEXT:   ^~~
  (asm #xb7 0 0 0))

;  CHECK-NOT:{{.*(error|warning):.*}}

; `compile-to-elf` names one file.
; RUN: rm -f %t.o
; RUN: sh -c 'whistler compile %s -o %t.o 2>%t.err; test $? -eq 1'
; RUN: FileCheck %s --input-file=%t.err --strict-whitespace --match-full-lines
; RUN: not test -e %t.o

;  CHECK-NOT:{{.*(error|warning):.*}}

;      CHECK:{{.*}}errors-compile-to-elf.lisp:[[#@LINE+3]]:17: error: `compile-to-elf` takes the name of a file as a string
; CHECK-NEXT:(compile-to-elf 5)
; CHECK-NEXT:                ^
(compile-to-elf 5)

; CHECK-NEXT:{{.*}}errors-compile-to-elf.lisp:[[#@LINE+3]]:17: error: `compile-to-elf` takes the name of a file as a string
; CHECK-NEXT:(compile-to-elf "")
; CHECK-NEXT:                ^~
(compile-to-elf "")

; CHECK-NEXT:{{.*}}errors-compile-to-elf.lisp:[[#@LINE+3]]:23: error: `compile-to-elf` takes one file name
; CHECK-NEXT:(compile-to-elf "a.o" "b.o")
; CHECK-NEXT:                      ^~~~~
(compile-to-elf "a.o" "b.o")

; CHECK-NEXT:{{.*}}errors-compile-to-elf.lisp:[[#@LINE+3]]:17: error: `compile-to-elf` takes the name of a file as a string
; CHECK-NEXT:(compile-to-elf name)
; CHECK-NEXT:                ^~~~
(compile-to-elf name)

;  CHECK-NOT:{{.*(error|warning):.*}}

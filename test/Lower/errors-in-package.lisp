; There are two packages.
; RUN: rm -f %t.o
; RUN: sh -c 'whistler compile %s -o %t.o 2>%t.err; test $? -eq 1'
; RUN: FileCheck %s --input-file=%t.err --strict-whitespace --match-full-lines
; RUN: not test -e %t.o

;  CHECK-NOT:{{.*(error|warning):.*}}

;      CHECK:{{.*}}errors-in-package.lisp:[[#@LINE+3]]:13: error: there is no package `#:wistler`; a source file is in `#:whistler` or `#:whistler-user`
; CHECK-NEXT:(in-package #:wistler)
; CHECK-NEXT:            ^~~~~~~~~
(in-package #:wistler)

; CHECK-NEXT:{{.*}}errors-in-package.lisp:[[#@LINE+3]]:13: error: there is no package `"NOWHERE"`; a source file is in `#:whistler` or `#:whistler-user`
; CHECK-NEXT:(in-package "NOWHERE")
; CHECK-NEXT:            ^~~~~~~~~
(in-package "NOWHERE")

; CHECK-NEXT:{{.*}}errors-in-package.lisp:[[#@LINE+3]]:13: error: there is no package `7`; a source file is in `#:whistler` or `#:whistler-user`
; CHECK-NEXT:(in-package 7)
; CHECK-NEXT:            ^
(in-package 7)

; CHECK-NEXT:{{.*}}errors-in-package.lisp:[[#@LINE+3]]:23: error: `in-package` takes one name
; CHECK-NEXT:(in-package :whistler :extra)
; CHECK-NEXT:                      ^~~~~~
(in-package :whistler :extra)

;  CHECK-NOT:{{.*(error|warning):.*}}

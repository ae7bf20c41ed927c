; A name is as long as the kernel takes.
; RUN: rm -f %t.o
; RUN: sh -c 'whistler compile %s -o %t.o 2>%t.err; test $? -eq 1'
; RUN: FileCheck %s --input-file=%t.err --strict-whitespace --match-full-lines
; RUN: not test -e %t.o

;  CHECK-NOT:{{.*(error|warning):.*}}

;      CHECK:{{.*}}errors-long-name.lisp:[[#@LINE+3]]:9: error: the name has 513 characters, and the kernel takes at most 512
; CHECK-NEXT:(defmap a-name-of-fifty-characters-and-more-0123456789-xyz-a-name-of-fifty-characters-and-more-0123456789-xyz-a-name-of-fifty-characters-and-more-0123456789-xyz-a-name-of-fifty-characters-and-more-0123456789-xyz-a-name-of-fifty-characters-a...
; CHECK-NEXT:        ^~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
(defmap a-name-of-fifty-characters-and-more-0123456789-xyz-a-name-of-fifty-characters-and-more-0123456789-xyz-a-name-of-fifty-characters-and-more-0123456789-xyz-a-name-of-fifty-characters-and-more-0123456789-xyz-a-name-of-fifty-characters-and-more-0123456789-xyz-a-name-of-fifty-characters-and-more-0123456789-xyz-a-name-of-fifty-characters-and-more-0123456789-xyz-a-name-of-fifty-characters-and-more-0123456789-xyz-a-name-of-fifty-characters-and-more-0123456789-xyz-a-name-of-fifty-characters-and-more-0123456789-xyz-a-n :type :array :value-size 8 :max-entries 1)

; CHECK-NEXT:{{.*}}errors-long-name.lisp:[[#@LINE+3]]:10: error: the name has 513 characters, and the kernel takes at most 512
; CHECK-NEXT:(defprog a-name-of-fifty-characters-and-more-0123456789-xyz-a-name-of-fifty-characters-and-more-0123456789-xyz-a-name-of-fifty-characters-and-more-0123456789-xyz-a-name-of-fifty-characters-and-more-0123456789-xyz-a-name-of-fifty-characters-...
; CHECK-NEXT:         ^~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
(defprog a-name-of-fifty-characters-and-more-0123456789-xyz-a-name-of-fifty-characters-and-more-0123456789-xyz-a-name-of-fifty-characters-and-more-0123456789-xyz-a-name-of-fifty-characters-and-more-0123456789-xyz-a-name-of-fifty-characters-and-more-0123456789-xyz-a-name-of-fifty-characters-and-more-0123456789-xyz-a-name-of-fifty-characters-and-more-0123456789-xyz-a-name-of-fifty-characters-and-more-0123456789-xyz-a-name-of-fifty-characters-and-more-0123456789-xyz-a-name-of-fifty-characters-and-more-0123456789-xyz-a-n () 0)

(defprog a-name-of-fifty-characters-and-more-0123456789-xyz-a-name-of-fifty-characters-and-more-0123456789-xyz-a-name-of-fifty-characters-and-more-0123456789-xyz-a-name-of-fifty-characters-and-more-0123456789-xyz-a-name-of-fifty-characters-and-more-0123456789-xyz-a-name-of-fifty-characters-and-more-0123456789-xyz-a-name-of-fifty-characters-and-more-0123456789-xyz-a-name-of-fifty-characters-and-more-0123456789-xyz-a-name-of-fifty-characters-and-more-0123456789-xyz-a-name-of-fifty-characters-and-more-0123456789-xyz-a- () 0)

;  CHECK-NOT:{{.*(error|warning):.*}}

; The caret stands under the culprit behind tabs and wide characters too.
; RUN: rm -f %t.o
; RUN: sh -c 'whistler compile %s -o %t.o 2>%t.err; test $? -eq 1'
; RUN: FileCheck %s --input-file=%t.err --strict-whitespace --match-full-lines
; RUN: not test -e %t.o

;  CHECK-NOT:{{.*(error|warning):.*}}

(defprog p ()
;      CHECK:{{.*}}errors-tab-columns.lisp:[[#@LINE+3]]:3: error: unknown operator `frobnicate`
; CHECK-NEXT:        (frobnicate 1)
; CHECK-NEXT:         ^~~~~~~~~~
	(frobnicate 1)
; CHECK-NEXT:{{.*}}errors-tab-columns.lisp:[[#@LINE+3]]:33: error: unknown operator `froß`
; CHECK-NEXT:        (let ((größe 1))        (+ größe (froß größe))
; CHECK-NEXT:                                          ^~~~
	(let ((größe 1))	(+ größe (froß größe))
; CHECK-NEXT:{{.*}}errors-tab-columns.lisp:[[#@LINE+3]]:15: error: there is no variable or constant `unbound`
; CHECK-NEXT:          (+    größe   unbound)))
; CHECK-NEXT:                        ^~~~~~~
	  (+	größe	unbound)))

;  CHECK-NOT:{{.*(error|warning):.*}}

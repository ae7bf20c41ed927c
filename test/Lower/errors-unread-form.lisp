; What a form that cannot be read declares is not missed elsewhere.
; RUN: rm -f %t.o
; RUN: sh -c 'whistler compile %s -o %t.o 2>%t.err; test $? -eq 1'
; RUN: FileCheck %s --input-file=%t.err --strict-whitespace --match-full-lines
; RUN: not test -e %t.o

;  CHECK-NOT:{{.*(error|warning):.*}}

;      CHECK:{{.*}}errors-unread-form.lisp:[[#@LINE+3]]:22: error: `#z` is no reader syntax
; CHECK-NEXT:(defmap counts :type #z :value-size 8 :max-entries 1)
; CHECK-NEXT:                     ^~
(defmap counts :type #z :value-size 8 :max-entries 1)

(defprog p ()
  (incf (getmap counts 0))
  (map-lookup counts limit)
  (dotimes (i limit) (ktime-get-ns))
  (frobnicate))

;  CHECK-NOT:{{.*(error|warning):.*}}

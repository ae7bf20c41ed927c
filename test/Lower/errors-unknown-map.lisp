; A map that is not declared is reported with the nearest one.
; RUN: rm -f %t.o
; RUN: sh -c 'whistler compile %s -o %t.o 2>%t.err; test $? -eq 1'
; RUN: FileCheck %s --input-file=%t.err --strict-whitespace --match-full-lines
; RUN: not test -e %t.o

;  CHECK-NOT:{{.*(error|warning):.*}}

(defmap counts :type :hash :key u32 :value u64 :max-entries 1)

(defprog p ()
;      CHECK:{{.*}}errors-unknown-map.lisp:[[#@LINE+3]]:11: error: there is no map `count`; did you mean `counts`?
; CHECK-NEXT:  (getmap count 1)
; CHECK-NEXT:          ^~~~~
  (getmap count 1)
; CHECK-NEXT:{{.*}}errors-unknown-map.lisp:[[#@LINE+3]]:17: error: there is no map `cuonts`; did you mean `counts`?
; CHECK-NEXT:  (setf (getmap cuonts 1) 2)
; CHECK-NEXT:                ^~~~~~
  (setf (getmap cuonts 1) 2)
; CHECK-NEXT:{{.*}}errors-unknown-map.lisp:[[#@LINE+3]]:17: error: there is no map `coutns`; did you mean `counts`?
; CHECK-NEXT:  (incf (getmap coutns 1))
; CHECK-NEXT:                ^~~~~~
  (incf (getmap coutns 1))
; CHECK-NEXT:{{.*}}errors-unknown-map.lisp:[[#@LINE+3]]:15: error: there is no map `frobnicate`
; CHECK-NEXT:  (map-lookup frobnicate 1)
; CHECK-NEXT:              ^~~~~~~~~~
  (map-lookup frobnicate 1)
; CHECK-NEXT:{{.*}}errors-unknown-map.lisp:[[#@LINE+3]]:15: error: there is no map `counst`; did you mean `counts`?
; CHECK-NEXT:  (map-update counst 1 2)
; CHECK-NEXT:              ^~~~~~
  (map-update counst 1 2)
; CHECK-NEXT:{{.*}}errors-unknown-map.lisp:[[#@LINE+3]]:15: error: the name of a map is needed, and this is `5`
; CHECK-NEXT:  (map-delete 5 1)
; CHECK-NEXT:              ^
  (map-delete 5 1)
; CHECK-NEXT:{{.*}}errors-unknown-map.lisp:[[#@LINE+3]]:11: error: the name of a map is needed, and this is `"counts"`
; CHECK-NEXT:  (remmap "counts" 1)
; CHECK-NEXT:          ^~~~~~~~
  (remmap "counts" 1)
; CHECK-NEXT:{{.*}}errors-unknown-map.lisp:[[#@LINE+3]]:14: error: there is no map `nowhere`
; CHECK-NEXT:  (tail-call nowhere 0)
; CHECK-NEXT:             ^~~~~~~
  (tail-call nowhere 0)
; CHECK-NEXT:{{.*}}errors-unknown-map.lisp:[[#@LINE+3]]:11: error: there is no map `:counts`; did you mean `counts`?
; CHECK-NEXT:  (getmap :counts 1)
; CHECK-NEXT:          ^~~~~~~
  (getmap :counts 1)
; CHECK-NEXT:{{.*}}errors-unknown-map.lisp:[[#@LINE+3]]:11: error: the name of a map is needed, and this is `(counts)`
; CHECK-NEXT:  (getmap (counts) 1)
; CHECK-NEXT:          ^~~~~~~~
  (getmap (counts) 1)
; CHECK-NEXT:{{.*}}errors-unknown-map.lisp:[[#@LINE+3]]:11: error: there is no map `later`
; CHECK-NEXT:  (getmap later 1))
; CHECK-NEXT:          ^~~~~
  (getmap later 1))

(defmap later :type :hash :key u32 :value u64 :max-entries 1)

;  CHECK-NOT:{{.*(error|warning):.*}}

; A map is no value.
; RUN: rm -f %t.o
; RUN: sh -c 'whistler compile %s -o %t.o 2>%t.err; test $? -eq 1'
; RUN: FileCheck %s --input-file=%t.err --strict-whitespace --match-full-lines
; RUN: not test -e %t.o

;  CHECK-NOT:{{.*(error|warning):.*}}

(defmap m :type :hash :key u32 :value u64 :max-entries 1)

(defprog p ()
;      CHECK:{{.*}}errors-map-as-value.lisp:[[#@LINE+3]]:12: error: `m` is a map, not a value; `(getmap m key)` reads it
; CHECK-NEXT:  (let ((x m)) x)
; CHECK-NEXT:           ^
  (let ((x m)) x)
; CHECK-NEXT:{{.*}}errors-map-as-value.lisp:[[#@LINE+3]]:6: error: `m` is a map, not a value; `(getmap m key)` reads it
; CHECK-NEXT:  (+ m 1)
; CHECK-NEXT:     ^
  (+ m 1)
; CHECK-NEXT:{{.*}}errors-map-as-value.lisp:[[#@LINE+3]]:4: error: `m` is a map, not an operator; `(getmap m key)` reads it
; CHECK-NEXT:  (m 1)
; CHECK-NEXT:   ^
  (m 1)
; CHECK-NEXT:{{.*}}errors-map-as-value.lisp:[[#@LINE+3]]:13: error: `m` is a map, not a value; `(getmap m key)` reads it
; CHECK-NEXT:  (getmap m m)
; CHECK-NEXT:            ^
  (getmap m m)
; CHECK-NEXT:{{.*}}errors-map-as-value.lisp:[[#@LINE+3]]:22: error: `m` is a map, not a value; `(getmap m key)` reads it
; CHECK-NEXT:  (setf (getmap m 1) m)
; CHECK-NEXT:                     ^
  (setf (getmap m 1) m)
; CHECK-NEXT:{{.*}}errors-map-as-value.lisp:[[#@LINE+3]]:7: error: `m` is a map, not a value; `(getmap m key)` reads it
; CHECK-NEXT:  (if m 1 2)
; CHECK-NEXT:      ^
  (if m 1 2)
; CHECK-NEXT:{{.*}}errors-map-as-value.lisp:[[#@LINE+3]]:11: error: `m` is a map, not a value; `(getmap m key)` reads it
; CHECK-NEXT:  (return m))
; CHECK-NEXT:          ^
  (return m))

;  CHECK-NOT:{{.*(error|warning):.*}}

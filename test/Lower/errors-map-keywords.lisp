; A map takes known keywords, each once and with a value.
; RUN: rm -f %t.o
; RUN: sh -c 'whistler compile %s -o %t.o 2>%t.err; test $? -eq 1'
; RUN: FileCheck %s --input-file=%t.err --strict-whitespace --match-full-lines
; RUN: not test -e %t.o

;  CHECK-NOT:{{.*(error|warning):.*}}

;      CHECK:{{.*}}errors-map-keywords.lisp:[[#@LINE+3]]:25: error: a map has no keyword `:value-sise`; did you mean `:value-size`?
; CHECK-NEXT:(defmap m1 :type :array :value-sise 8 :max-entries 1)
; CHECK-NEXT:                        ^~~~~~~~~~~
(defmap m1 :type :array :value-sise 8 :max-entries 1)

; CHECK-NEXT:{{.*}}errors-map-keywords.lisp:[[#@LINE+3]]:54: error: a map has no keyword `:frobnicate`; it takes :type :key-size :value-size :key :value :max-entries :map-flags :pinning :inner-map
; CHECK-NEXT:(defmap m2 :type :array :value-size 8 :max-entries 1 :frobnicate 3)
; CHECK-NEXT:                                                     ^~~~~~~~~~~
(defmap m2 :type :array :value-size 8 :max-entries 1 :frobnicate 3)

; CHECK-NEXT:{{.*}}errors-map-keywords.lisp:[[#@LINE+3]]:54: error: `:max-entries` is given twice
; CHECK-NEXT:(defmap m3 :type :array :value-size 8 :max-entries 1 :max-entries 2)
; CHECK-NEXT:                                                     ^~~~~~~~~~~~
(defmap m3 :type :array :value-size 8 :max-entries 1 :max-entries 2)

; CHECK-NEXT:{{.*}}errors-map-keywords.lisp:[[#@LINE+3]]:39: error: `:max-entries` has no value
; CHECK-NEXT:(defmap m4 :type :array :value-size 8 :max-entries)
; CHECK-NEXT:                                      ^~~~~~~~~~~~
(defmap m4 :type :array :value-size 8 :max-entries)

; CHECK-NEXT:{{.*}}errors-map-keywords.lisp:[[#@LINE+3]]:25: error: a map takes `:keyword value` pairs; `8` is not a keyword
; CHECK-NEXT:(defmap m5 :type :array 8 :max-entries 1)
; CHECK-NEXT:                        ^
(defmap m5 :type :array 8 :max-entries 1)

; CHECK-NEXT:{{.*}}errors-map-keywords.lisp:[[#@LINE+3]]:12: error: a map takes `:keyword value` pairs; `(:type :array :value-size 8 :max-entr...` is not a keyword
; CHECK-NEXT:(defmap m6 (:type :array :value-size 8 :max-entries 1))
; CHECK-NEXT:           ^~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
(defmap m6 (:type :array :value-size 8 :max-entries 1))

;  CHECK-NOT:{{.*(error|warning):.*}}

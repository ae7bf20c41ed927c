; A Lisp name becomes a C identifier that C and C++ do not use themselves.
; RUN: whistler compile %s -o %t.o
; RUN: llvm-readelf --symbols --wide %t.o | FileCheck %s

; CHECK-DAG: FUNC GLOBAL DEFAULT {{[0-9]+}} for_{{$}}
(defprog for () 0)
; CHECK-DAG: FUNC GLOBAL DEFAULT {{[0-9]+}} class_{{$}}
(defprog class () 0)
; CHECK-DAG: OBJECT GLOBAL DEFAULT {{[0-9]+}} int_{{$}}
(defmap int :type :array :value-size 4 :max-entries 1)
; CHECK-DAG: OBJECT GLOBAL DEFAULT {{[0-9]+}} pkt_count{{$}}
(defmap pkt-count :type :array :value-size 4 :max-entries 1)
; CHECK-DAG: FUNC GLOBAL DEFAULT {{[0-9]+}} _1st_try{{$}}
(defprog 1st-try () (getmap int 0))
; CHECK-DAG: FUNC GLOBAL DEFAULT {{[0-9]+}} camel_case_{{$}}
(defprog |Camel Case!| () (getmap pkt-count 0))
; CHECK-DAG: FUNC GLOBAL DEFAULT {{[0-9]+}} gr__e{{$}}
(defprog gr§e () 0)
; CHECK-DAG: FUNC GLOBAL DEFAULT {{[0-9]+}} a_b_c{{$}}
(defprog a.b/c () 0)

; Several programs in one file: their sections, their order, one license.

; RUN: whistler-translate --import-whistler %s | FileCheck %s
; RUN: %whistler compile %s -o %t.o
; RUN: llvm-readelf -S -s --wide %t.o | FileCheck %s --check-prefix=OBJECT

; CHECK: whistler.map @shared
; CHECK: whistler.prog @first type "xdp" section "xdp" license "Dual BSD/GPL"
; CHECK: whistler.map_add @shared
; CHECK: whistler.prog @second type "tc" section "tc" license "Dual BSD/GPL"
; CHECK: whistler.map_add @shared
; CHECK: whistler.map @late
; CHECK: whistler.prog @third type "xdp" section "xdp" license "Dual BSD/GPL"

; OBJECT: xdp PROGBITS
; OBJECT-NOT: xdp PROGBITS
; OBJECT: tc PROGBITS
; OBJECT: license PROGBITS
; OBJECT-DAG: OBJECT GLOBAL DEFAULT {{[0-9]+}} shared
; OBJECT-DAG: OBJECT GLOBAL DEFAULT {{[0-9]+}} late
; OBJECT-DAG: FUNC GLOBAL DEFAULT 1 first
; OBJECT-DAG: FUNC GLOBAL DEFAULT 1 third
; OBJECT-DAG: FUNC GLOBAL DEFAULT 2 second

(in-package #:whistler)
(defmap shared :type :array :key u32 :value u64 :max-entries 1)
(defprog first (:license "Dual BSD/GPL") (incf (getmap shared 0)) XDP_PASS)
(defprog second (:type :tc :license "Dual BSD/GPL") (incf (getmap shared 0)) TC_ACT_OK)
(defmap late :type :array :key u32 :value u64 :max-entries 1)
(defprog third (:license "Dual BSD/GPL") (incf (getmap late 0)) XDP_DROP)

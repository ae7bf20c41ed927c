; The address of a map's value is hardly meant to be counted.
; RUN: whistler compile %s -o %t.o 2>%t.err
; RUN: FileCheck %s --input-file=%t.err --strict-whitespace --match-full-lines

(defmap counts :type :hash :key u32 :value u64 :max-entries 8)

(defprog p (:type :xdp :license "GPL")
  (when-let ((count (map-lookup counts 1)))
;      CHECK:{{.*}}warnings-incf-address.lisp:[[#@LINE+3]]:11: warning: `count` is the address of the map's value, and this moves it by a byte; `(atomic-add count 0 1)` changes the value, and with a 1 written behind it the address is meant
; CHECK-NEXT:    (incf count)
; CHECK-NEXT:          ^~~~~
    (incf count)
; CHECK-NEXT:{{.*}}warnings-incf-address.lisp:[[#@LINE+3]]:11: warning: `count` is the address of the map's value, and this moves it by a byte; `(atomic-add count 0 -1)` changes the value, and with a 1 written behind it the address is meant
; CHECK-NEXT:    (decf count)
; CHECK-NEXT:          ^~~~~
    (decf count)
    ; Meant, as are the packet's bytes, and the value itself.
    (incf count 1)
    (atomic-add count 0 1)
    (incf (getmap counts 1)))
  (with-packet (data end :min-len 14)
    (incf data)
    (load u8 data)))

;  CHECK-NOT:{{.*(error|warning):.*}}

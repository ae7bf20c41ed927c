; `aref`: elements of arrays by their types.

; RUN: whistler-translate --import-whistler %s | whistler-opt | FileCheck %s

(defstruct cell
  (grid (array (array u16 4) 3)))

(defglobal counts (array u64 4))
(defglobal table (array cell 2))

; CHECK-LABEL: @elements
(defprog elements ()
  ; A constant index is part of the access.
  ; CHECK: %[[COUNTS:.*]] = whistler.global_addr @counts
  ; CHECK: whistler.load %[[COUNTS]][24] : !whistler.ptr<map_value> -> i64
  (aref counts 3)
  ; Two subscripts, and the field of an element.
  ; CHECK: %[[TABLE:.*]] = whistler.global_addr @table
  ; CHECK: %[[CELL:.*]] = whistler.ptr_add %[[TABLE]], %{{.*}} : !whistler.ptr<map_value>
  ; CHECK: whistler.store %{{.*}}, %[[CELL]][12] : i16, !whistler.ptr<map_value>
  (setf (aref (cell-grid (aref table 1)) 1 2) 5)
  ; Any other index is checked, and multiplied by the element's size.
  ; CHECK: %[[I:.*]] = whistler.index %{{.*}} below 4
  ; CHECK: %[[BYTES:.*]] = arith.muli %[[I]], %{{.*}} : i64
  ; CHECK: whistler.ptr_add %{{.*}}, %[[BYTES]] : !whistler.ptr<map_value>
  (aref counts (logand (ctx rx-queue-index) 3))
  XDP_PASS)

; Of a pointer to one number nobody knows how many follow.
; CHECK-LABEL: whistler.func @behind
; CHECK-NOT: whistler.index
; CHECK: whistler.return
(defn behind ((numbers (ptr u32)) (i u32)) -> u32
  (aref numbers i))

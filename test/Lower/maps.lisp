; Maps by value and by address.

; RUN: whistler-translate --import-whistler %s | whistler-opt --whistler-O1 | FileCheck %s

(defmap hash :type :hash :key u32 :value u64 :max-entries 8)
(defmap small :type :hash :key-size 1 :value-size 2 :max-entries 8)
(defmap odd :type :hash :key-size 6 :value-size 16 :max-entries 8)
(defmap big :type :hash :key-size 16 :value-size 4 :max-entries 8)
(defmap array :type :array :key u32 :value i16 :max-entries 8)
(defmap halves :type :array :key u32 :value u32 :max-entries 8)
(defmap percpu :type :percpu-array :key u32 :value u32 :max-entries 8)

; The value, or 0 where the key is absent; signed as declared.
; CHECK-LABEL: @get_scalar
; CHECK: %[[K:.*]] = arith.trunci %{{.*}} : i64 to i32
; CHECK: %[[P:.*]] = whistler.map_lookup @hash[%[[K]]] : i32
; CHECK: whistler.ptr_cmp ne %[[P]]
; CHECK: whistler.load %[[P]][0] : !whistler.ptr<map_value> -> i64
; CHECK: whistler.map_lookup @array[%c1_i32] : i32
; CHECK: whistler.load %{{.*}}[0] : !whistler.ptr<map_value> -> i16
; CHECK: arith.extsi
(defprog get-scalar ()
  (+ (getmap hash (ktime-get-ns)) (getmap array 1)))

; Scalars have the map's widths.
; CHECK-LABEL: @widths
; CHECK: %[[K:.*]] = arith.trunci %{{.*}} : i64 to i8
; CHECK: %[[V:.*]] = arith.trunci %{{.*}} : i64 to i16
; CHECK: whistler.map_update @small[%[[K]]], %[[V]], %{{.*}} : i8, i16
(defprog widths ()
  (let ((x (ktime-get-ns)))
    (setf (getmap small x) x)))

; A key of an odd size is put on the stack, zeroed up to its size.
; CHECK-LABEL: @odd_key
; CHECK: %[[SLOT:.*]] = whistler.alloca i64
; CHECK: whistler.store %{{.*}}, %[[SLOT]][0] : i64
; CHECK: %[[P:.*]] = whistler.map_lookup @odd[%[[SLOT]]] : !whistler.ptr<stack>
; CHECK: whistler.load %[[P]][8] : !whistler.ptr<map_value> -> i32
(defprog odd-key ()
  (let ((p (getmap odd 5)))
    (when p (return (load u32 p 8)))
    0))

; A packet or map value may be a key as it stands.
; CHECK-LABEL: @pointer_key
; CHECK: %[[P:.*]] = whistler.map_lookup @odd
; CHECK: whistler.map_lookup @big[%[[P]]] : !whistler.ptr<map_value>
(defprog pointer-key ()
  (let ((key 0))
    (when-let ((p (map-lookup-ptr odd (stack-addr key))))
      (return (getmap big p))))
  0)

; Additions say what is added, at the width of the map's values.
; CHECK-LABEL: @increments
; CHECK: whistler.map_add @halves[%{{.*}}], %c1_i32 : i32, i32
; CHECK: whistler.map_add @hash[%{{.*}}], %c5_i64 : i32, i64
; CHECK: whistler.map_add @percpu[%{{.*}}], %c1_i32 : i32, i32
(defprog increments ()
  (incf (getmap halves 1))
  (incf (getmap hash 3) 5)
  (incf (getmap percpu 0))
  0)

; Updates yield the value, deletions what the helper says; flags are passed on.
; CHECK-LABEL: @updates
; CHECK: %[[T:.*]] = whistler.helper_call
; CHECK: whistler.map_update @hash[%c1_i32], %[[T]], %c0_i64 : i32, i64
; CHECK: %[[E:.*]] = whistler.map_delete @hash[%c1_i32] : i32
; CHECK: %[[F:.*]] = whistler.map_update @hash[%c2_i32], %{{.*}}, %c1_i64 : i32, i64
(defprog updates ()
  (let ((v (setf (getmap hash 1) (ktime-get-ns))))
    (+ v (remmap hash 1) (map-update hash 2 7 BPF_NOEXIST))))

; Memory, the context and atomic operations.

; RUN: whistler-translate --import-whistler %s | whistler-opt --whistler-O1 | FileCheck %s

(defmap values :type :array :key-size 4 :value-size 64 :max-entries 1)

; CHECK-LABEL: @accesses
; CHECK: %[[P:.*]] = whistler.map_lookup @values
; CHECK: whistler.load %[[P]][0] : !whistler.ptr<map_value> -> i8
; CHECK: arith.extui
; CHECK: whistler.load %[[P]][2] : !whistler.ptr<map_value> -> i16
; CHECK: arith.extsi
; CHECK: whistler.store %{{.*}}, %[[P]][4] : i32, !whistler.ptr<map_value>
; CHECK: whistler.store %{{.*}}, %[[P]][8] : i64, !whistler.ptr<map_value>
(defprog accesses ()
  (when-let ((p (map-lookup values 0)))
    (store u32 p 4 (+ (load u8 p) (load i16 p 2)))
    (store u64 p 8 (ktime-get-ns)))
  0)

; Offsets that are not constant move the pointer, and constants add up.
; CHECK-LABEL: @pointers
; CHECK: %[[P:.*]] = whistler.map_lookup @values
; CHECK: %[[N:.*]] = arith.andi
; CHECK: %[[Q:.*]] = whistler.ptr_add %[[P]], %[[N]] : !whistler.ptr<map_value>
; CHECK: %[[R:.*]] = whistler.ptr_add %[[Q]], %c8_i64 : !whistler.ptr<map_value>
; CHECK: whistler.load %[[R]][4] : !whistler.ptr<map_value> -> i8
(defprog pointers ()
  (when-let ((p (map-lookup values 0)))
    (let ((q (+ p (logand (ktime-get-ns) 15))))
      (return (load u8 (+ q 8) 4))))
  0)

; CHECK-LABEL: @blocks
; CHECK: %[[P:.*]] = whistler.map_lookup @values
; CHECK: whistler.memset %[[P]][16], %{{.*}}, 12 : !whistler.ptr<map_value>
; CHECK: whistler.memcpy %[[P]][0], %[[P]][32], 8 : !whistler.ptr<map_value>, !whistler.ptr<map_value>
(defprog blocks ()
  (when-let ((p (map-lookup values 0)))
    (memset p 16 0 12)
    (memcpy p 0 p 32 8))
  0)

; CHECK-LABEL: @atomics
; CHECK: %[[P:.*]] = whistler.map_lookup @values
; CHECK: whistler.atomic_rmw add %[[P]][0], %{{.*}} : !whistler.ptr<map_value>, i64{{$}}
; CHECK: whistler.atomic_rmw or %[[P]][8], %{{.*}} : !whistler.ptr<map_value>, i32{{$}}
; CHECK: whistler.atomic_rmw xor %[[P]][16], %{{.*}} : !whistler.ptr<map_value>, i64 -> i64
; CHECK: whistler.atomic_rmw xchg %[[P]][24], %{{.*}} : !whistler.ptr<map_value>, i64 -> i64
; CHECK: whistler.atomic_cmpxchg %[[P]][32], %{{.*}}, %{{.*}} : !whistler.ptr<map_value>, i64
(defprog atomics ()
  (when-let ((p (map-lookup values 0)))
    (atomic-add p 0 1)
    (atomic-or p 8 1 u32)
    (return (+ (atomic-fetch-xor p 16 1)
               (atomic-xchg p 24 5)
               (atomic-cmpxchg p 32 1 2))))
  0)

; The context by name and by offset; pointers in it are pointers.
; CHECK-LABEL: @context
; CHECK: whistler.ctx_load %arg0[8] size 4 field "__sk_buff:mark" : i32
; CHECK: whistler.ctx_load %arg0[0] size 4 : i32
; CHECK: whistler.ctx_load %arg0[76] size 4 field "__sk_buff:data" : !whistler.ptr<packet>
; CHECK: whistler.ctx_store %{{.*}}, %arg0[8] field "__sk_buff:mark" : i32
(defprog context (:type :tc)
  (let ((m (ctx mark)) (n (ctx-load u32 0)) (p (ctx data)))
    (setf (ctx mark) (+ m n))
    (if (= p (ctx data)) 1 0)))

; CHECK-LABEL: @whole_context
; CHECK: whistler.helper_call "get_socket_cookie"(%arg0) : (!whistler.ptr<ctx>) -> i64
(defprog whole-context (:type :tc)
  (get-socket-cookie (ctx-ptr)))

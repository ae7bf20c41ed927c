; Macros around map operations: look-ups that are checked, values that are bound.

; REQUIRES: bpf-kernel
; RUN: %whistler compile %s -o %t.o
; RUN: %bpf-run %t.o %s | FileCheck %s

(defmap table :type :hash :key u32 :value u64 :max-entries 16)
(defmap records :type :hash :key u32 :value-size 16 :max-entries 16)
(defmap out :type :array :key u32 :value u64 :max-entries 8)

(defmacro with-entry ((pointer map key &key else) &body body)
  (let ((slot (gensym "SLOT")))
    `(let ((,slot ,key))
       (if-let (,pointer (map-lookup ,map ,slot))
         (progn ,@body)
         ,(or else 0)))))

(defmacro ensure-entry ((pointer map key initial) &body body)
  (let ((slot (gensym "SLOT")))
    `(let ((,slot ,key))
       (unless (map-lookup ,map ,slot)
         (map-update ,map ,slot ,initial BPF_NOEXIST))
       (with-entry (,pointer ,map ,slot) ,@body))))

(defprog expanded (:type :xdp)
  (setf (getmap out 0) (with-entry (p table 5 :else 99) (load u64 p 0)))
  (setf (getmap table 5) 50)
  (setf (getmap out 1) (with-entry (p table (+ 2 3) :else 99) (load u64 p 0)))
  (with-entry (p table 5)
    (store u64 p 0 (1+ (load u64 p 0))))
  (dotimes (i 3)
    (ensure-entry (p table 7 70)
      (atomic-add p 0 2)))
  (setf (getmap out 2) (with-entry (p records 1 :else 1) 0))
  XDP_PASS)

(defprog by-hand (:type :xdp)
  (remmap table 5)
  (remmap table 7)
  (setf (getmap out 3) (if-let (p (map-lookup table 5)) (load u64 p 0) 99))
  (setf (getmap table 5) 50)
  (setf (getmap out 4) (if-let (p (map-lookup table 5)) (load u64 p 0) 99))
  (when-let ((p (map-lookup table 5)))
    (store u64 p 0 (1+ (load u64 p 0))))
  (dotimes (i 3)
    (unless (map-lookup table 7) (map-update table 7 70 BPF_NOEXIST))
    (when-let ((p (map-lookup table 7))) (atomic-add p 0 2)))
  (setf (getmap out 5) (if (map-lookup records 1) 0 1))
  XDP_PASS)

; BPF: run expanded eth
; CHECK: expanded: XDP_PASS (2)
; BPF: expect out 0=99 1=50 2=1
; BPF: expect table 5=51 7=76
; BPF: run by_hand eth
; CHECK-NEXT: by_hand: XDP_PASS (2)
; BPF: expect out 3=99 4=50 5=1
; BPF: expect table 5=51 7=76
; CHECK-NEXT: {{^[0-9]+}} values as expected

; Addresses of structs that depend on the way taken, and structs that live through loops,
; calls and more of them than there are registers.

; REQUIRES: bpf-kernel
; RUN: %whistler compile %s -o %t.o
; RUN: %bpf-run %t.o %s | FileCheck %s

(defstruct key (a u8) (b u32))
(defstruct item (n u64) (small i16) (key key))
(defmap items :type :hash :key key :value item :max-entries 16)
(defmap out :type :array :key u32 :value u64 :max-entries 16)
(defglobal fallback item (:n 1000 :key (:a 1 :b 2)))

(defprog choosing (:type :xdp)
  (with-packet (data end :min-len 20)
    (let* ((x (load u8 data 16))
           (key (if (= x 1)
                    (make-key :a 1 :b 10)
                    (make-key :a 2 :b (+ x 20))))
           (item (cond ((= x 1) (make-item :n 1 :key key))
                       ((= x 2) (make-item :n 2 :small -2))
                       (t (make-item :n x :key (make-key :b x))))))
      (incf (item-n item) 100)
      (setf (getmap items key) item)
      (setf (key-b key) 99)
      (let ((found (or (map-lookup items (make-key :a 1 :b 10)) fallback)))
        (incf (item-n found))
        (setf (getmap out 0) (item-n found)
              (getmap out 1) (key-b (item-key found))))))
  XDP_PASS)
; BPF: run choosing hex:0000000000000000000000000000000003000000
; BPF: expect out 0=1001 1=2
; BPF: run choosing hex:0000000000000000000000000000000001000000
; BPF: expect out 0=102 1=10
; BPF: run choosing hex:0000000000000000000000000000000002000000
; BPF: expect out 0=103 1=10
; BPF: expect items hex:010000000a000000=hex:670000000000000000000000010000000a00000000000000
; BPF: expect items hex:0200000016000000=hex:6600000000000000feff0000000000000000000000000000
; BPF: expect items hex:0200000017000000=hex:670000000000000000000000000000000300000000000000

; A struct made in a loop is new in each round, and its address may be kept.
(defprog looping (:type :xdp)
  (let ((sum 0)
        (last (make-item :n 7)))
    (dotimes (i 5)
      (let ((item (make-item)))
        (incf sum (item-n item))
        (incf sum (item-small item))
        (setf (item-n item) (+ i 1)
              (item-small item) -1
              (key-b (item-key item)) (item-n last))
        (when (= i 3)
          (setf last item))
        (incf sum (key-b (item-key item)))))
    (setf (getmap out 0) sum
          (getmap out 1) (item-n last)
          (getmap out 2) (item-small last)))
  XDP_PASS)
; BPF: run looping eth
; The address is of the round that comes after, too: it is the same memory.
; BPF: expect out 0=33 1=5 2=-1

; Eight at once.
(defprog many (:type :xdp)
  (with-packet (data end :min-len 24)
    (let* ((x (load u64 data 16))
           (a (make-item :n x)) (b (make-item :n (+ x 1))) (c (make-item :n (+ x 2)))
           (d (make-item :n (+ x 3))) (e (make-item :n (+ x 4))) (f (make-item :n (+ x 5)))
           (g (make-item :n (+ x 6))) (h (make-item :n (+ x 7))))
      (setf (item-key a) (item-key b)
            (key-a (item-key h)) 9
            (item-key a) (item-key h))
      (dotimes (i 3)
        (setf (getmap items (item-key a)) h)
        (incf (item-n a) (item-n h)) (incf (item-n b) (item-n g))
        (incf (item-n c) (item-n f)) (incf (item-n d) (item-n e))
        (decf (item-n h)) (decf (item-n g)) (decf (item-n f)) (decf (item-n e)))
      (setf (getmap out 0) (item-n a) (getmap out 1) (item-n b) (getmap out 2) (item-n c)
            (getmap out 3) (item-n d) (getmap out 4) (item-n e) (getmap out 5) (item-n f)
            (getmap out 6) (item-n g) (getmap out 7) (item-n h))))
  XDP_PASS)
; BPF: run many hex:00000000000000000000000000000000e803000000000000
; BPF: expect out 0=4018 1=4016 2=4014 3=4012 4=1001 5=1002 6=1003 7=1004
; BPF: expect items hex:0900000000000000=hex:ed0300000000000000000000090000000000000000000000

; CHECK: choosing: XDP_PASS (2)
; CHECK: many: XDP_PASS (2)
; CHECK-NEXT: {{^[0-9]+}} values as expected

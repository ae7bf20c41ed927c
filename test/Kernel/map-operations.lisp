; Each map operation at its level: values, pointers, results, absent keys, flags.

; REQUIRES: bpf-kernel
; RUN: %whistler compile %s -o %t.o
; RUN: %bpf-run %t.o %s | FileCheck %s

(defmap table :type :hash :key u32 :value u64 :max-entries 2)
(defmap bytes :type :hash :key-size 1 :value-size 1 :max-entries 16)
(defmap words :type :hash :key u16 :value u16 :max-entries 16)
(defmap longs :type :hash :key u64 :value u32 :max-entries 16)
(defmap narrow :type :array :key u32 :value u32 :max-entries 4)
(defmap deltas :type :array :key u32 :value i16 :max-entries 4)
(defmap out :type :array :key u32 :value u64 :max-entries 16)
(defmap per-cpu :type :percpu-hash :key u32 :value u64 :max-entries 8)
(defmap recent :type :lru-hash :key u32 :value u64 :max-entries 8)

; An absent key reads as 0, a stored one as its value.
(defprog reading (:type :xdp)
  (setf (getmap out 0) (getmap table 7))
  (setf (getmap table 7) #x1122334455667788)
  (setf (getmap out 1) (getmap table 7))
  (setf (getmap out 2) (if (map-lookup table 7) 1 0))
  (setf (getmap out 3) (if (map-lookup table 8) 1 0))
  (setf (getmap out 4) (+ (setf (getmap table 9) 40) 2))
  XDP_PASS)
; BPF: run reading eth
; BPF: expect out 0=0 1=0x1122334455667788 2=1 3=0 4=42
; BPF: expect table 7=0x1122334455667788 9=40

; Results of updates and deletes: the map is full, flags are respected.
(defprog results (:type :xdp)
  (setf (getmap out 0) (map-update table 10 1 BPF_ANY))
  (setf (getmap out 1) (map-update table 7 70 BPF_EXIST))
  (setf (getmap out 2) (map-update table 7 71 BPF_NOEXIST))
  (setf (getmap out 3) (map-delete table 9))
  (setf (getmap out 4) (map-delete table 9))
  (setf (getmap out 5) (remmap table 7))
  (setf (getmap out 6) (map-update table 7 72 BPF_EXIST))
  XDP_PASS)
; E2BIG 7, EEXIST 17, ENOENT 2.
; BPF: run results eth
; BPF: expect out 0=-7 1=0 2=-17 3=0 4=-2 5=0 6=-2
; BPF: expect table 7=none 9=none 10=none

; incf inserts into hashes, counts in arrays, and yields 0.
(defprog counting (:type :xdp)
  (dotimes (i 3)
    (incf (getmap table 1))
    (incf (getmap table 2) 100)
    (incf (getmap narrow 1) #xffffffff)
    (incf (getmap per-cpu 5) 11)
    (incf (getmap recent 6) -1))
  (setf (getmap out 0) (+ 5 (incf (getmap narrow 2))))
  (incf (getmap narrow 4))
  XDP_PASS)
; BPF: run counting eth
; BPF: expect table 1=3 2=300
; BPF: expect narrow 0=0 1=0xfffffffd 2=1 3=0
; BPF: expect per_cpu 5=33
; BPF: expect recent 6=-3
; BPF: expect out 0=5

; Keys and values of every scalar size; a narrow value is extended when read.
(defprog sizes (:type :xdp)
  (setf (getmap bytes 200) 250)
  (setf (getmap words #x1234) #xfffe)
  (setf (getmap longs #x123456789abcdef0) #xdeadbeef)
  (setf (getmap deltas 1) -5)
  (setf (getmap out 0) (getmap bytes 200))
  (setf (getmap out 1) (getmap words #x1234))
  (setf (getmap out 2) (getmap longs #x123456789abcdef0))
  (setf (getmap out 3) (getmap longs #x9abcdef0))
  (setf (getmap out 4) (getmap deltas 1))
  (setf (getmap out 5) (getmap bytes (+ 456 (getmap out 15))))
  XDP_PASS)
; BPF: run sizes eth
; BPF: expect out 0=250 1=0xfffe 2=0xdeadbeef 3=0 4=-5 5=250
; BPF: expect bytes 200=250
; BPF: expect words 0x1234=0xfffe
; BPF: expect longs 0x123456789abcdef0=0xdeadbeef
; BPF: expect deltas 1=-5

; A variable, an expression and packet memory as a key; a pointer as a value.
(defprog pointers (:type :xdp)
  (with-packet (data end :min-len 64)
    (let ((key u32 77)
          (value 1234))
      (remmap table 1)
      (remmap table 2)
      (map-update table key value BPF_ANY)
      (setf (getmap out 0) (getmap table (+ 70 7)))
      (setf (getmap out 1) (getmap table (stack-addr key)))
      (map-update table (+ data 16) (+ data 24) BPF_ANY)
      (setf (getmap out 2) (getmap table #x04030201))
      (when-let ((place (map-lookup table key)))
        (store u64 place 0 (+ 1 (load u64 place 0)))
        (atomic-add place 0 10))
      (setf (getmap out 3) (getmap table key))
      (setf (getmap out 4) (map-delete table (stack-addr key)))))
  XDP_PASS)
; BPF: run pointers hex:00000000000000000000000000000000010203040000000011223344556677880000000000000000000000000000000000000000000000000000000000000000
; BPF: expect out 0=1234 1=1234 2=0x8877665544332211 3=1245 4=0
; BPF: expect table 77=none 0x04030201=0x8877665544332211

; CHECK: reading: XDP_PASS (2)
; CHECK-NEXT: results: XDP_PASS (2)
; CHECK-NEXT: counting: XDP_PASS (2)
; CHECK-NEXT: sizes: XDP_PASS (2)
; CHECK-NEXT: pointers: XDP_PASS (2)
; CHECK-NEXT: {{^[0-9]+}} values as expected

; Near misses: nothing here is refused, by the compiler or by the kernel.

; REQUIRES: bpf-kernel
; RUN: %whistler compile -O0 %s -o %t.0.o
; RUN: %bpf-run %t.0.o %s | FileCheck %s
; RUN: %whistler compile %s -o %t.o
; RUN: %bpf-run %t.o %s | FileCheck %s

(defmap entries :type :hash :key u32 :value u64 :max-entries 16)
(defmap others :type :hash :key u32 :value u64 :max-entries 16)
(defmap settings :type :array :key u32 :value u64 :max-entries 1 :map-flags BPF_F_RDONLY_PROG)
(defmap events :type :ringbuf :max-entries 4096)
(defglobal verbose u32 0 :const t)
(defglobal mode u32 3)

; BPF: set entries 1=40

; Code that the loader's constants rule out is not looked at.
(defprog ruled-out (:type :xdp)
  (let ((entry (map-lookup entries 1)))
    (when verbose
      (return (load u64 entry))))
  50)
; BPF: run ruled_out eth
; CHECK: ruled_out: 50

; What no number can be, no way leads to.
(defprog impossible (:type :xdp)
  (with-packet (data end :min-len 14)
    (let ((entry (map-lookup entries 1)) (x (load u8 data 0)) (y 5))
      (when (> x 300)
        (return (load u64 entry)))
      (when (and (> x 10) (< x 5))
        (return (load u64 entry)))
      (when (= (logand x 6) 1)
        (return (load u64 entry)))
      (when (= y 6)
        (return (load u64 entry)))))
  50)
; BPF: run impossible eth
; CHECK-NEXT: impossible: 50

; Either pointer is there.
(defprog either (:type :xdp)
  (let* ((first (map-lookup entries 1))
         (second (map-lookup others 1))
         (entry (if first first second)))
    (when (and (not first) (not second))
      (return 1))
    (load u64 (if first entry second))))
; BPF: run either eth
; CHECK-NEXT: either: 40

; Checked when it has been moved; a part of the packet that was checked before.
(defprog parts (:type :xdp)
  (let ((data (xdp-data)) (end (xdp-data-end)))
    (let ((payload (+ data 14)))
      (when (> (+ payload 4) end)
        (return 1))
      (+ (load u8 data 13) (load u8 payload 3) (load u8 (- payload 14))))))
; BPF: run parts hex:010000000000000000000000000200000003
; CHECK-NEXT: parts: 6

; Read again after it was moved.
(defprog again (:type :xdp)
  (with-packet (data end :min-len 34)
    (xdp-adjust-head (ctx-ptr) 4)
    (with-packet (data end :min-len 10)
      (return (load u8 data 9))))
  50)
; BPF: run again hex:000000000000000000000000002a0000000000000000000000000000000000000000000000000000
; CHECK-NEXT: again: 42

; The record is released on each way, or kept by none.
(defprog ways (:type :xdp)
  (let ((record (ringbuf-reserve events 8)) (x (ctx rx-queue-index)))
    (unless record (return 1))
    (store u64 record 0 x)
    (cond ((= x 1) (ringbuf-discard record))
          ((= x 2) (ringbuf-submit record 0) (return 2))
          (t (ringbuf-submit record)))
    60))
; BPF: run ways eth
; CHECK: ways: 60

; A function fills and submits it.
(defn (finish :inline nil) ((record (ptr u64)) (value u64)) -> u32
  (store u64 record 0 value)
  (ringbuf-submit record)
  1)
(defprog given (:type :xdp)
  (when-let ((record (ringbuf-reserve events 8)))
    (return (finish record 5)))
  50)
; BPF: run given eth
; CHECK-NEXT: given: XDP_DROP (1)

; In a loop, each with its own check.
(defprog looped (:type :xdp)
  (let ((sum 0))
    (dotimes (i 6)
      (let ((entry (map-lookup entries i)))
        (when entry
          (incf sum (load u64 entry)))))
    sum))
; BPF: run looped eth
; CHECK-NEXT: looped: 40

; Only read, and a function that nobody calls.
(defn unused ((key u32)) -> u64
  (load u64 (map-lookup entries key)))
(defprog reading (:type :xdp)
  (when-let ((setting (map-lookup settings 0)))
    (return (+ 51 (load u64 setting))))
  50)
; BPF: run reading eth
; CHECK-NEXT: reading: 51

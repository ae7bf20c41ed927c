; The packet's address may be read again behind the comparison with its end, at
; every level and across calls.

; REQUIRES: bpf-kernel
; RUN: %whistler compile -O0 %s -o %t.o
; RUN: %bpf-run %t.o %s | FileCheck %s
; RUN: %whistler compile -O1 %s -o %t.o
; RUN: %bpf-run %t.o %s | FileCheck %s
; RUN: %whistler compile %s -o %t.o
; RUN: %bpf-run %t.o %s | FileCheck %s

(defmap sums :type :array :key u32 :value u64 :max-entries 2)

(defprog at-once (:type :xdp)
  (when (> (+ (xdp-data) 14) (xdp-data-end))
    (return XDP_DROP))
  (if (= (load u8 (xdp-data) 12) 8) XDP_TX XDP_PASS))
; BPF: run at_once eth/ipv4/tcp
; CHECK: at_once: XDP_TX
; BPF: run at_once eth/ipv6/tcp
; CHECK-NEXT: at_once: XDP_PASS

;; More values live across the calls than registers do.
(defprog behind-calls (:type :xdp :license "GPL")
  (when (> (+ (xdp-data) 14) (xdp-data-end))
    (return XDP_DROP))
  (let* ((a (ktime-get-ns)) (b (get-prandom-u32)) (c (ktime-get-ns))
         (d (get-prandom-u32)) (e (ktime-get-ns)) (f (get-prandom-u32)))
    (setf (getmap sums 0) (logxor a b c d e f))
    (setf (getmap sums 1) (+ a b c d e f))
    (if (= (load u8 (xdp-data) 12) 8) XDP_TX XDP_PASS)))
; BPF: run behind_calls eth/ipv4/tcp
; CHECK-NEXT: behind_calls: XDP_TX
; BPF: run behind_calls eth/ipv6/tcp
; CHECK-NEXT: behind_calls: XDP_PASS

;; The same of what a program in front has put before the packet.
(defprog metadata (:type :xdp)
  (when (> (+ (ctx data-meta) 4) (xdp-data))
    (return XDP_PASS))
  (if (= (load u32 (ctx data-meta) 0) 8) XDP_DROP XDP_TX))
; BPF: run metadata eth/ipv4/tcp
; CHECK-NEXT: metadata: XDP_PASS

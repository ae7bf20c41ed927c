; Map types beyond hashes and arrays do what they are for.

; REQUIRES: bpf-kernel
; RUN: %whistler compile %s -o %t.o
; RUN: %bpf-run %t.o %s | FileCheck %s

(defmap out :type :array :key u32 :value u64 :max-entries 8)
(defmap routes :type :lpm-trie :key-size 8 :value-size 8 :max-entries 16
  :map-flags BPF_F_NO_PREALLOC)
(defmap line :type :queue :value-size 8 :max-entries 4)
(defmap pile :type :stack :value-size 8 :max-entries 4)
(defmap calls :type :prog-array :key-size 4 :value-size 4 :max-entries 2)
(defmap counters :type :percpu-array :key u32 :value u64 :max-entries 4)

; The key of a trie is the length of the prefix, then the address.
; BPF: set routes hex:080000000a000000=8 hex:180000000a010200=24
(defprog route (:type :xdp)
  (with-ipv4 (data end ip)
    (let ((key (logior (<< (ipv4-dst-addr ip) 32) 32)))
      (return (getmap routes (stack-addr key)))))
  0)
; BPF: run route eth/ipv4(dst=10.1.2.3)
; CHECK: route: 24
; BPF: run route eth/ipv4(dst=10.9.9.9)
; CHECK-NEXT: route: 8
; BPF: run route eth/ipv4(dst=11.1.1.1)
; CHECK-NEXT: route: XDP_ABORTED (0)

; First in first out, and last in first out.
(defprog order (:type :xdp)
  (let ((value 0))
    (dotimes (i 3)
      (setf value (+ i 10))
      (map-push-elem line (stack-addr value) BPF_ANY)
      (map-push-elem pile (stack-addr value) BPF_ANY))
    (map-pop-elem line (stack-addr value))
    (setf (getmap out 0) value)
    (map-peek-elem line (stack-addr value))
    (setf (getmap out 1) value)
    (map-pop-elem pile (stack-addr value))
    (setf (getmap out 2) value)
    (map-peek-elem pile (stack-addr value))
    (setf (getmap out 3) value))
  XDP_PASS)
; BPF: run order eth
; CHECK-NEXT: order: XDP_PASS (2)
; BPF: expect out 0=10 1=11 2=12 3=11

; A program that calls itself goes on until the kernel's limit of 33 tail calls.
(defprog again (:type :xdp)
  (incf (getmap counters 0))
  (tail-call calls 1)
  (incf (getmap counters 1))
  XDP_PASS)
; BPF: tail calls 1=again
; BPF: run again eth
; CHECK-NEXT: again: XDP_PASS (2)
; BPF: expect counters 0=34 1=1
; An index beyond the array, computed from the packet, falls through.
(defprog beyond (:type :xdp)
  (with-packet (data end :min-len 14)
    (tail-call calls (eth-type data)))
  (incf (getmap counters 2))
  XDP_DROP)
; BPF: run beyond eth
; CHECK-NEXT: beyond: XDP_DROP (1)
; BPF: expect counters 2=1
; CHECK-NEXT: {{^}}7 values as expected

; Both ways from a branch store to one place; one of them does nothing else.

; REQUIRES: bpf-kernel
; RUN: %whistler compile -O0 %s -o %t.0.o
; RUN: %bpf-run %t.0.o %s | FileCheck %s
; RUN: %whistler compile %s -o %t.2.o
; RUN: %bpf-run %t.2.o %s | FileCheck %s
; RUN: %whistler compile -Os --mcpu=v4 %s -o %t.s.o
; RUN: %bpf-run %t.s.o %s | FileCheck %s

; RUN: %whistler disasm %s | FileCheck %s --check-prefix=CODE

(defmap counts :type :array :key u32 :value u64 :max-entries 4)

; A counter that starts again: it is stored before the branch, and a jump is saved.
; CODE-LABEL: sampled: ;
; CODE: call bpf_map_lookup_elem
; CODE: *(u64 *)(r0 +0) = r1
; CODE: if r1 < 0x3 goto
; CODE: *(u64 *)(r0 +0) = 0{{$}}
(defprog sampled (:type :xdp)
  (when-let ((seen (map-lookup counts 0)))
    (let ((count (1+ (load u64 seen))))
      (if (< count 3)
          (store u64 seen 0 count)
          (progn
            (store u64 seen 0 0)
            (incf (getmap counts 1))))))
  XDP_PASS)
; BPF: run sampled hex:0000000000000000000000000000
; CHECK: sampled: XDP_PASS (2)
; BPF: expect counts 0=1
; BPF: run sampled hex:0000000000000000000000000000
; BPF: expect counts 0=2
; BPF: run sampled hex:0000000000000000000000000000
; BPF: expect counts 0=0 1=1
; BPF: run sampled hex:0000000000000000000000000000
; BPF: expect counts 0=1 1=1

; The other way looks at what was there before it stores.
(defprog exchanged (:type :xdp)
  (with-packet (data end :min-len 14)
    (when-let ((place (map-lookup counts 2)))
      (if (= (load u8 data) 1)
          (store u64 place 0 7)
          (let ((before (load u64 place)))
            (store u64 place 0 9)
            (incf (getmap counts 3) before)))))
  XDP_PASS)
; BPF: run exchanged hex:0100000000000000000000000000
; BPF: expect counts 2=7
; BPF: run exchanged hex:0200000000000000000000000000
; BPF: expect counts 2=9 3=7
; BPF: run exchanged hex:0200000000000000000000000000
; BPF: expect counts 2=9 3=16

; A packet's byte, whose bounds are known before the branch.
(defprog marked (:type :xdp)
  (with-packet (data end :min-len 14)
    (if (> (load u8 data) 9)
        (store u8 data 1 1)
        (progn
          (store u8 data 1 2)
          (incf (getmap counts 1))))
    (load u8 data 1)))
; BPF: run marked hex:0a00000000000000000000000000
; CHECK: marked: XDP_DROP (1)
; BPF: run marked hex:0900000000000000000000000000
; CHECK: marked: XDP_PASS (2)

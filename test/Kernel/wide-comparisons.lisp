; Fields that are compared at once, and keys that are the upper part of a number.

; REQUIRES: bpf-kernel
; RUN: %whistler compile -O0 %s -o %t.0.o
; RUN: %bpf-run %t.0.o %s | FileCheck %s
; RUN: %whistler compile %s -o %t.o
; RUN: %bpf-run %t.o %s | FileCheck %s
; RUN: %whistler disasm %s | FileCheck %s --check-prefix=CODE

(defstruct owner
  (mac-hi u32)
  (mac-lo u16))

(defmap owners :type :hash :key u32 :value owner :max-entries 4)
(defmap counts :type :hash :key u32 :value u64 :max-entries 8)

; Both addresses of a frame, and one in a map.
; CODE-LABEL: same_addresses:
; CODE: r{{[0-9]}} <<= 16
(defprog same-addresses (:type :xdp)
  (with-packet (data end :min-len 14)
    (setf (getmap owners 1)
          (make-owner :mac-hi (load u32 data 0) :mac-lo (load u16 data 4)))
    (when-let ((owner (getmap owners 1)))
      (when (and (= (load u32 data 6) (owner-mac-hi owner))
                 (= (load u16 data 10) (owner-mac-lo owner)))
        (return XDP_DROP))))
  XDP_PASS)
; BPF: run same_addresses hex:0102030405060102030405060800
; CHECK: same_addresses: XDP_DROP (1)
; BPF: run same_addresses hex:0102030405060102030405070800
; CHECK-NEXT: same_addresses: XDP_PASS (2)
; BPF: run same_addresses hex:0102030405060002030405060800
; CHECK-NEXT: same_addresses: XDP_PASS (2)
; BPF: run same_addresses hex:0102030405060102030455060800
; CHECK-NEXT: same_addresses: XDP_PASS (2)

; CODE-LABEL: upper_half:
; CODE-NOT: >>= 32
; CODE: exit
(defprog upper-half (:type :xdp)
  (with-packet (data end :min-len 14)
    (incf (getmap counts (cast u32 (>> (load u64 data 0) 32)))))
  XDP_PASS)
; BPF: run upper_half hex:0102030405000000030405060800
; CHECK-NEXT: upper_half: XDP_PASS (2)
; BPF: run upper_half hex:0909090905000000030405060800
; CHECK-NEXT: upper_half: XDP_PASS (2)
; BPF: run upper_half hex:0102030406000000030405060800
; CHECK-NEXT: upper_half: XDP_PASS (2)
; BPF: expect counts 5=2 6=1

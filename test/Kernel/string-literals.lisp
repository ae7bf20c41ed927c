; String literals as arguments of helpers: formats, texts to compare with, and their
; sizes.

; REQUIRES: bpf-kernel
; RUN: %whistler compile %s -o %t.o
; RUN: %check-stack-init %t.o
; RUN: %bpf-run %t.o %s | FileCheck %s

(defstruct line (text (array u8 32)))
(defstruct numbers (first u64) (second i64) (third u64))

(defmap lines :type :array :key u32 :value line :max-entries 4)
(defmap out :type :array :key u32 :value u64 :max-entries 8)
(defglobal name (array u8 8) "name")
(defglobal word (array u8 8) "words")

; The kernel takes formats from frozen memory only.
(defprog formatting (:type :xdp)
  (let ((values (make-numbers :first 42 :second -7 :third #xbeef)))
    (when-let ((line (map-lookup lines 0)))
      (setf (getmap out 0)
            (snprintf line (sizeof line) "%d, %d and %x" values (sizeof numbers))))
    (when-let ((line (map-lookup lines 1)))
      (setf (getmap out 1) (snprintf line (sizeof line) "no numbers \"é\"" NULL 0)))
    (when-let ((line (map-lookup lines 2)))
      (setf (getmap out 2)
            (snprintf line (sizeof line) "longer than the thirty-two bytes there are"
                      NULL 0)))
    (when-let ((line (map-lookup lines 3)))
      (setf (getmap out 3) (snprintf line (sizeof line) "" NULL 0))))
  XDP_PASS)
; BPF: set lines 0=-1 1=-1 2=-1 3=-1
; BPF: run formatting eth
; Lengths with the NUL, also of what did not fit.
; BPF: expect out 0=16 1=16 2=43 3=1
; BPF: map lines 0 1 2 3
; CHECK: formatting: XDP_PASS (2)
; CHECK-NEXT: lines[0] = hex:34322c202d3720616e64206265656600
; CHECK-NEXT: lines[1] = hex:6e6f206e756d626572732022c3a92200
; CHECK-NEXT: lines[2] = hex:6c6f6e676572207468616e20746865207468697274792d74776f206279746500
; CHECK-NEXT: lines[3] = hex:00ff

; The sizes of formats are filled in; what comes back is what was written.
(defprog printing (:type :xdp)
  (setf (getmap out 0) (trace-printk "n=%q" 1)
        (getmap out 1) (trace-printk "n=%d" 4711)
        (getmap out 2) (trace-printk "%d %u %x" -1 2 255)
        (getmap out 3) (trace-printk "twelve bytes"))
  XDP_PASS)
; BPF: run printing eth
; CHECK-NEXT: printing: XDP_PASS (2)
; A conversion that there is not is refused with EINVAL, 22.
; BPF: expect out 0=-22 1=6 2=7 3=12

(defprog comparing (:type :xdp)
  (setf (getmap out 0) (strncmp name 8 "name")
        (getmap out 1) (s< (strncmp name 8 "other") 0)
        (getmap out 2) (s> (strncmp name 8 "nam") 0)
        (getmap out 3) (strncmp name 3 "namesake")
        (getmap out 4) (strncmp word 8 "words"))
  XDP_PASS)
; BPF: run comparing eth
; CHECK-NEXT: comparing: XDP_PASS (2)
; BPF: expect out 0=0 1=1 2=1 3=0 4=0

; CHECK: {{^[0-9]+}} values as expected

; Macros that ask what has been declared so far.

; REQUIRES: bpf-kernel
; RUN: %whistler compile %s -o %t.o
; RUN: %bpf-run %t.o %s | FileCheck %s

(defmap first-map :type :array :key u32 :value u64 :max-entries 8)
(defmap second-map :type :hash :key u32 :value u64 :max-entries 8)
(defconstant +base+ 40)

(defmacro clear-all (key)
  `(progn ,@(mapcar (lambda (map) `(setf (getmap ,map ,key) 1))
                    (whistler:map-names))))

(defmacro offset (n)
  (+ (whistler:constant-value '+base+) n))

(defmacro defined-p (name)
  (if (member name (whistler:constant-names)) 1 0))

(defmacro kernel-constant (name) (whistler:constant-value name))

(defprog expanded (:type :xdp)
  (clear-all 5)
  (setf (getmap first-map 0) (offset 2))
  (setf (getmap first-map 1) (defined-p +base+))
  (setf (getmap first-map 2) (defined-p +no-base+))
  (kernel-constant xdp_tx))

(defmacro call-count () (length (whistler:program-names)))
(defprog later (:type :xdp) (call-count))

; BPF: run expanded eth
; CHECK: expanded: XDP_TX (3)
; BPF: expect first_map 0=42 1=1 2=0 5=1
; BPF: expect second_map 5=1
; BPF: run later eth
; CHECK-NEXT: later: XDP_DROP (1)
; CHECK-NEXT: {{^[0-9]+}} values as expected

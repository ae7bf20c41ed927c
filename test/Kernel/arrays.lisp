; Elements of arrays: in maps, globals and behind pointers, with constant and
; run-time indices.

; REQUIRES: bpf-kernel
; RUN: %whistler compile %s -o %t.o
; RUN: %bpf-run %t.o %s | FileCheck %s
; RUN: %whistler compile -O0 %s -o %t.0.o
; RUN: %bpf-run %t.0.o %s | FileCheck %s

(defstruct cell
  (grid (array (array u8 4) 3))
  (n i16))

(defmap out :type :array :key u32 :value u64 :max-entries 16)
(defmap cells :type :array :key u32 :value cell :max-entries 1)
(defglobal counts (array u64 4) (10 20 30 40))
(defglobal table (array cell 3))

; A pointer to one number may be the first of several.
(defn (add :inline nil) ((numbers (ptr u64)) (index u32) (amount u64))
  (when (< index 4)
    (incf (aref numbers index) amount)))

(defprog elements (:type :xdp)
  (dotimes (i 4)
    (setf (aref counts i) (* (aref counts i) 2)))
  (decf (aref counts 3))
  (add (global-ptr counts) 1 5)
  (dotimes (i 4)
    (setf (getmap out i) (aref counts i)))
  (when-let ((cell (getmap cells 0)))
    (setf (aref (cell-grid cell) 2 1) #x1ff)
    (let ((i (logand (get-prandom-u32) 1)))
      (setf (aref (cell-grid cell) i 3) 1))
    (setf (getmap out 5) (aref (cell-grid cell) 2 1))
    (setf (getmap out 6) (+ (aref (cell-grid cell) 0 3)
                            (aref (cell-grid cell) 1 3))))
  ; An element that is a struct is its address.
  (setf (cell-n (aref table 1)) -3)
  (setf (getmap out 7) (cell-n (aref table 1)))
  (setf (getmap out 8) (cell-n (aref table 2)))
  XDP_PASS)
; BPF: run elements eth
; BPF: expect out 0=20 1=45 2=60 3=79
; BPF: expect out 5=255 6=1 7=-3 8=0
; CHECK: 8 values as expected

; Indices of arrays that are known at run time only.
; RUN: rm -f %t.o
; RUN: sh -c 'whistler compile %s -o %t.o 2>%t.err; test $? -eq 1'
; RUN: FileCheck %s --input-file=%t.err --strict-whitespace --match-full-lines
; RUN: not test -e %t.o

;  CHECK-NOT:{{.*(error|warning):.*}}

(defstruct table (count u32) (rows (array u64 8)) (tail (array u8 0)))

(defglobal numbers (array u32 16))

(defglobal holder table)

(defmap m :type :array :key u32 :value table :max-entries 1)

;      CHECK:{{.*}}errors-index.lisp:[[#@LINE+3]]:41: error: the index may be outside of the array, which has 8 elements; bound it, with `(when (< index 8) ...)`, `(min index 7)` or `(mod index 8)`
; CHECK-NEXT:(defn pick ((i u32)) (table-rows holder i))
; CHECK-NEXT:                                        ^
(defn pick ((i u32)) (table-rows holder i))

(defprog unbounded ()
; CHECK-NEXT:{{.*}}errors-index.lisp:[[#@LINE+3]]:22: error: the index may be outside of the array, which has 8 elements; bound it, with `(when (< index 8) ...)`, `(min index 7)` or `(mod index 8)`
; CHECK-NEXT:  (table-rows holder (ktime-get-ns)))
; CHECK-NEXT:                     ^~~~~~~~~~~~~~
  (table-rows holder (ktime-get-ns)))

(defprog one-too-many ()
  (let ((i (ktime-get-ns)))
    (when (<= i 8)
; CHECK-NEXT:{{.*}}errors-index.lisp:[[#@LINE+3]]:32: error: the index may be outside of the array, which has 8 elements; bound it, with `(when (< index 8) ...)`, `(min index 7)` or `(mod index 8)`
; CHECK-NEXT:      (incf (table-rows holder i))
; CHECK-NEXT:                               ^
      (incf (table-rows holder i))
; CHECK-NEXT:{{.*}}errors-index.lisp:[[#@LINE+3]]:32: error: the index may be outside of the array, which has 8 elements; bound it, with `(when (< index 8) ...)`, `(min index 7)` or `(mod index 8)`
; CHECK-NEXT:      (setf (table-rows holder i) 5)
; CHECK-NEXT:                               ^
      (setf (table-rows holder i) 5)
; CHECK-NEXT:{{.*}}errors-index.lisp:[[#@LINE+3]]:40: error: the index may be outside of the array, which has 8 elements; bound it, with `(when (< index 8) ...)`, `(min index 7)` or `(mod index 8)`
; CHECK-NEXT:      (load u64 (table-rows-ptr holder i)))))
; CHECK-NEXT:                                       ^
      (load u64 (table-rows-ptr holder i)))))

(defprog wrong-branch ()
  (let ((i (ktime-get-ns)))
    (if (< i 8)
        (table-rows holder 1)
; CHECK-NEXT:{{.*}}errors-index.lisp:[[#@LINE+3]]:28: error: the index may be outside of the array, which has 8 elements; bound it, with `(when (< index 8) ...)`, `(min index 7)` or `(mod index 8)`
; CHECK-NEXT:        (table-rows holder i))))
; CHECK-NEXT:                           ^
        (table-rows holder i))))

(defprog signed ()
  (let ((i (ktime-get-ns)))
    (when (s< i 8)
; CHECK-NEXT:{{.*}}errors-index.lisp:[[#@LINE+3]]:26: error: the index may be outside of the array, which has 8 elements; bound it, with `(when (< index 8) ...)`, `(min index 7)` or `(mod index 8)`
; CHECK-NEXT:      (table-rows holder i))))
; CHECK-NEXT:                         ^
      (table-rows holder i))))

(defprog memory ()
  (when (< (table-count holder) 8)
; CHECK-NEXT:{{.*}}errors-index.lisp:[[#@LINE+3]]:24: error: the index may be outside of the array, which has 8 elements; bound it, with `(when (< index 8) ...)`, `(min index 7)` or `(mod index 8)`
; CHECK-NEXT:    (table-rows holder (table-count holder))))
; CHECK-NEXT:                       ^~~~~~~~~~~~~~~~~~~~
    (table-rows holder (table-count holder))))

(defprog called ()
  (+ (pick 3) (pick (ktime-get-ns))))

;  CHECK-NOT:{{.*(error|warning):.*}}

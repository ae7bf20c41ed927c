;; What is wrong in programs that are compiled side by side is reported in their order, each once.

;; RUN: not %whistler compile %s --mcpu=v2 --min-kernel=6.1 -o %t.o 2> %t.threads
;; RUN: not %whistler compile %s --mcpu=v2 --min-kernel=6.1 -o %t.o --mlir-timing 2> %t.single
;; RUN: FileCheck %s --input-file=%t.threads
;; RUN: grep error: %t.threads > %t.1 && grep error: %t.single > %t.2 && diff %t.1 %t.2

(defglobal shared u64)

(defmacro define-large (name seed value)
  `(defprog ,name (:type :xdp :license "GPL")
     (with-packet (data end :min-len 256)
       (let ((sum u32 ,seed))
         ,@(loop for i below 300
                 collect `(when (> (load u8 data ,(mod (* i seed) 251))
                                   ,(mod (* 7 i) 256))
                            (incf sum (load u16 data ,(mod (+ i seed) 250)))))
         (store u64 data 8 ,value)))
     XDP_PASS))

;; CHECK: :[[#@LINE+1]]:23: error: atomic operations other than an addition
(define-large first 3 (atomic-xchg (global-ptr shared) 0 sum))
;; CHECK: :[[#@LINE+1]]:24: error: atomic operations other than an addition
(define-large second 5 (atomic-or (global-ptr shared) 0 sum))
;; CHECK: :[[#@LINE+1]]:24: error: atomic operations other than an addition
(define-large third 11 (atomic-xchg (global-ptr shared) 0 2))
;; CHECK: :[[#@LINE+1]]:25: error: atomic operations other than an addition
(define-large fourth 13 (atomic-fetch-and (global-ptr shared) 0 sum))
;; CHECK-NOT: error:

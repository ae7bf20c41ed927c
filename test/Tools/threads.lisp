;; Programs that are compiled side by side come out as one after the other. One of
;; MLIR's options keeps to one thread.

;; RUN: %whistler compile %s -o %t.threads.o
;; RUN: %whistler compile %s -o %t.single.o --mlir-timing 2> %t.timing
;; RUN: cmp %t.threads.o %t.single.o
;; RUN: FileCheck %s --input-file=%t.timing
;; CHECK: {{Wall Time.*Name}}
;; RUN: %whistler disasm %s | FileCheck %s --check-prefix=CODE
;; CODE-DAG: {{^}}mix: ;
;; CODE-DAG: first: ; type xdp
;; CODE: second: ; type xdp
;; CODE: third: ; type xdp

(defmap counters :type :array :key u32 :value u64 :max-entries 256)

;; Whether a function changes packets is asked on all threads.
(defmacro define-mix ()
  `(defn mix ((number u32))
     (let ((sum u32 number))
       ,@(loop for i below 40
               collect `(when (> (logand sum ,(+ 3 (* 8 i))) ,i)
                          (setf sum (logxor sum (* number ,(+ 5 i))))))
       sum)))
(define-mix)

(defmacro define-large (name seed)
  "A program of some 3,000 operations."
  `(defprog ,name (:type :xdp :license "GPL")
     (with-packet (data end :min-len 256)
       (let ((sum u32 ,seed))
         ,@(loop for i below 300
                 collect `(when (> (load u8 data ,(mod (* i seed) 251))
                                   ,(mod (* 7 i) 256))
                            (incf sum (load u16 data ,(mod (+ i seed) 250)))))
         (incf (getmap counters (logand (mix sum) 255)))
         (store u8 data 255 (mix (+ sum (load u8 data 3))))))
     XDP_PASS))

(define-large first 3)
(define-large second 5)
(define-large third 11)

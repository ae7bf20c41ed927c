; Names and numbers that are made from text.

; REQUIRES: bpf-kernel
; RUN: %whistler compile %s -o %t.o
; RUN: %bpf-run %t.o %s | FileCheck %s

(defmap out :type :array :key u32 :value u64 :max-entries 8)

(defun split (text separator)
  (loop for start = 0 then (1+ end)
        for end = (position separator text :start start)
        collect (subseq text start end)
        while end))

(defmacro ipv4-address (text)
  (let ((parts (mapcar #'parse-integer (split text #\.))))
    (assert (= (length parts) 4))
    ; As it lies in memory: the first number in the lowest byte.
    (loop for part in parts
          for shift from 0 by 8
          sum (ash part shift))))

(defmacro define-verdicts (&rest names)
  `(progn
     ,@(loop for name in names
             collect `(defprog ,(intern (string-upcase
                                         (concatenate 'string "always-" name)))
                          (:type :xdp)
                        ,(intern (format nil "XDP_~:@(~a~)" name))))))

(define-verdicts "drop" "Pass" "TX")

(defmacro ascii (text)
  (reduce (lambda (value char) (+ (* value 256) (char-code char)))
          text :initial-value 0))

(defprog expanded (:type :xdp)
  (with-packet (data end :min-len 34)
    (with-ipv4 (data end ip)
      (setf (getmap out 0) (= (ipv4-src-addr ip) (ipv4-address "192.168.7.9")))
      (setf (getmap out 1) (= (ipv4-src-addr ip) (ipv4-address "192.168.7.8")))))
  (setf (getmap out 2) (ascii "BPF"))
  XDP_PASS)
; BPF: run expanded eth/ipv4(src=192.168.7.9)/tcp
; CHECK: expanded: XDP_PASS (2)
; BPF: expect out 0=1 1=0 2=0x425046
; BPF: run always_drop eth
; CHECK-NEXT: always_drop: XDP_DROP (1)
; BPF: run always_pass eth
; CHECK-NEXT: always_pass: XDP_PASS (2)
; BPF: run always_tx eth
; CHECK-NEXT: always_tx: XDP_TX (3)
; CHECK-NEXT: {{^[0-9]+}} values as expected

; Code that is generated from a file of data.

; REQUIRES: bpf-kernel
; RUN: %whistler compile %s -o %t.o
; RUN: %bpf-run %t.o %s | FileCheck %s

(defmap out :type :array :key u32 :value u64 :max-entries 8)

(defparameter *lines*
  (with-open-file (stream "Inputs/ports.txt")
    (loop for line = (read-line stream nil)
          while line
          unless (or (string= line "") (char= (char line 0) #\#))
            collect (let ((space (position #\Space line)))
                      (cons (subseq line 0 space)
                            (parse-integer line :start space
                                                :junk-allowed t))))))

(defmacro verdict-of (port)
  `(case ,port
     ,@(loop for (word . number) in *lines*
             collect `(,number ,(if (string= word "drop") 'xdp_drop 'xdp_tx)))
     (t XDP_PASS)))

; The reader reads data as well as code.
(defmacro first-form (file)
  (with-open-file (stream file)
    (read stream)))

(defprog expanded (:type :xdp)
  (setf (getmap out 0) (first-form "Inputs/form.txt"))
  (with-packet (data end :min-len 54)
    (with-tcp (data end tcp)
      (return (verdict-of (tcp-dst-port tcp)))))
  XDP_ABORTED)
; BPF: run expanded eth/ipv4/tcp(dport=9999)
; CHECK: expanded: XDP_DROP (1)
; BPF: run expanded eth/ipv4/tcp(dport=8080)
; CHECK-NEXT: expanded: XDP_TX (3)
; BPF: run expanded eth/ipv4/tcp(dport=80)
; CHECK-NEXT: expanded: XDP_PASS (2)
; BPF: expect out 0=1234
; CHECK-NEXT: {{^[0-9]+}} values as expected

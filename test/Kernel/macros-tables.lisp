; Tables that are computed at compile time become code.

; REQUIRES: bpf-kernel
; RUN: %whistler compile %s -o %t.o
; RUN: %bpf-run %t.o %s | FileCheck %s

(defmap out :type :array :key u32 :value u64 :max-entries 40)

; A hash table of names, asked in the order of a sorted list.
(defparameter *services*
  (let ((table (make-hash-table :test #'equal)))
    (loop for (name port) in '(("ssh" 22) ("http" 80) ("https" 443))
          do (setf (gethash name table) port))
    table))

(defun service-names ()
  (sort (loop for name being the hash-keys of *services* collect name)
        #'string<))

(defmacro service-index (port)
  `(case ,port
     ,@(loop for name in (service-names)
             for index from 1
             collect `(,(gethash name *services*) ,index))
     (t 0)))

; The CRC-8 of a byte, by table, against the same bit by bit.
(eval-when (:compile-toplevel :load-toplevel :execute)
  (defun crc8 (byte)
    (loop repeat 8
          do (setf byte (logand #xff (logxor (ash byte 1)
                                             (if (logbitp 7 byte) 7 0))))
          finally (return byte))))

(defmacro crc8-case (value)
  `(case ,value
     ,@(loop for byte below 32 collect `(,byte ,(crc8 byte)))))

(defprog expanded (:type :xdp)
  (dotimes (i 32)
    (setf (getmap out i) (crc8-case (+ i 0))))
  (setf (getmap out 32) (service-index 22))
  (setf (getmap out 33) (service-index (+ (ctx rx-queue-index) 80)))
  (setf (getmap out 34) (service-index 443))
  (setf (getmap out 35) (service-index 444))
  XDP_PASS)

(defprog by-hand (:type :xdp)
  (let ((same 0))
    (dotimes (i 32)
      (let ((crc i))
        (dotimes (bit 8)
          (setf crc (logand #xff (logxor (<< crc 1)
                                         (if (logand crc #x80) 7 0)))))
        (when (= crc (getmap out i)) (incf same))))
    (setf (getmap out 39) same))
  XDP_PASS)

; BPF: run expanded eth
; CHECK: expanded: XDP_PASS (2)
; BPF: expect out 0=0 1=7 2=14 31=93 32=3 33=1 34=2 35=0
; BPF: run by_hand eth
; CHECK-NEXT: by_hand: XDP_PASS (2)
; BPF: expect out 39=32
; CHECK-NEXT: {{^[0-9]+}} values as expected

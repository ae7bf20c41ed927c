;;; payload-checksum.lisp - Drops UDP packets whose checksum is wrong.
;;; SPDX-License-Identifier: MIT

;; In 16-bit words; longer datagrams are let through.
(defconstant +most-words+ 256)

;; Entry 0 counts datagrams that are right, entry 1 those that are wrong.
(defmap checked
  :type :percpu-array
  :key u32
  :value u64
  :max-entries 2)

(defprog check-udp (:type :xdp :license "GPL")
  (with-udp (data end udp)
    (let ((ip (+ data +eth-hdr-len+))
          (size (udp-length udp))
          (at udp)
          (sum (htons (+ size +ip-proto-udp+))))
      (unless (load u16 udp 6)
        (return XDP_PASS))
      (dotimes (i 4)
        (incf sum (load u16 (+ ip 12 (* 2 i)))))
      (block adding
        (dotimes (i +most-words+)
          (cond ((= size 0) (return-from adding))
                ((= size 1)
                 (when (> (+ at 1) end)
                   (return XDP_PASS))
                 (incf sum (load u8 at))
                 (return-from adding)))
          (when (> (+ at 2) end)
            (return XDP_PASS))
          (incf sum (load u16 at))
          (incf at 2)
          (decf size 2))
        (return XDP_PASS))
      (setf sum (+ (logand sum #xffff) (>> sum 16)))
      (setf sum (+ (logand sum #xffff) (>> sum 16)))
      (let ((wrong (/= sum #xffff)))
        (incf (getmap checked wrong))
        (return (if wrong XDP_DROP XDP_PASS)))))
  XDP_PASS)

;;; mss-clamp.lisp - Lowers the segment size that TCP connections agree on.
;;; SPDX-License-Identifier: MIT

(defconstant +max-segment+ 1360)

(defconstant +end-of-options+ 0)
(defconstant +no-operation+ 1)
(defconstant +segment-size+ 2)
(defconstant +most-options+ 6)

(defmap clamped
  :type :array
  :key u32
  :value u64
  :max-entries 1)

(defprog clamp-mss (:type :xdp :license "GPL")
  (with-tcp (data end tcp)
    (when (logand (tcp-flags tcp) +tcp-syn+)
      (let ((at (+ tcp +tcp-hdr-len+)))
        (dotimes (i +most-options+)
          (when (> (+ at 4) end)
            (return XDP_PASS))
          (let ((option (load u8 at))
                (size (load u8 at 1)))
            (case option
              (+end-of-options+ (return XDP_PASS))
              (+no-operation+ (setf size 1))
              (+segment-size+
               (let ((offered (load u16 at 2)))
                 (when (> (ntohs offered) +max-segment+)
                   (store u16 at 2 (htons +max-segment+))
                   (let ((sum (+ (logxor (load u16 tcp 16) #xffff)
                                 (logxor offered #xffff)
                                 (htons +max-segment+))))
                     (setf sum (+ (logand sum #xffff) (>> sum 16)))
                     (setf sum (+ (logand sum #xffff) (>> sum 16)))
                     (store u16 tcp 16 (logxor sum #xffff)))
                   (incf (getmap clamped 0)))
                 (return XDP_PASS))))
            (unless size
              (return XDP_PASS))
            (incf at size))))))
  XDP_PASS)

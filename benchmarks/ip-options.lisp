;;; ip-options.lisp - Drops packets that ask for source routing.
;;; SPDX-License-Identifier: MIT

(defconstant +end-of-options+ 0)
(defconstant +no-operation+ 1)
(defconstant +loose-source-route+ 131)
(defconstant +strict-source-route+ 137)

(defconstant +most-options+ 10)

;; By option.
(defmap options
  :type :percpu-array
  :key u32
  :value u64
  :max-entries 256)

(defprog check-options (:type :xdp :license "GPL")
  (with-ipv4 (data end ip)
    (let ((at (+ ip +ipv4-hdr-len+))
          (header-len (* (ipv4-ihl ip) 4))
          (limit (+ ip header-len)))
      (when (<= header-len +ipv4-hdr-len+)
        (return XDP_PASS))
      (when (> limit end)
        (return XDP_DROP))
      (dotimes (i +most-options+)
        (when (or (>= at limit) (> (+ at 2) end))
          (return XDP_PASS))
        (let ((option (load u8 at))
              (size (load u8 at 1)))
          (incf (getmap options option))
          (case option
            (+end-of-options+ (return XDP_PASS))
            (+no-operation+ (setf size 1))
            ((+loose-source-route+ +strict-source-route+) (return XDP_DROP)))
          (unless size
            (return XDP_DROP))
          (incf at size)))))
  XDP_PASS)

;;; synflood.lisp - Refuses sources that have opened too many connections.
;;; SPDX-License-Identifier: MIT

(defconstant +syn-threshold+ 100)

(defmap syn-counter
  :type :hash
  :key u32
  :value u64
  :max-entries 32768)

;; Entry 0 counts requests, 1 those refused, 2 sources seen for the first time.
(defmap syn-stats
  :type :array
  :key u32
  :value u64
  :max-entries 3)

(defprog synflood (:type :xdp :license "GPL")
  (with-tcp (data end tcp)
    (when (= (logand (tcp-flags tcp) (logior +tcp-syn+ +tcp-ack+)) +tcp-syn+)
      (incf (getmap syn-stats 0))
      (let ((source (ipv4-src-addr (+ data +eth-hdr-len+))))
        (if-let (count (map-lookup syn-counter source))
            (if (> (load u64 count) +syn-threshold+)
                (progn
                  (incf (getmap syn-stats 1))
                  (return XDP_DROP))
                (atomic-add count 0 1))
            (progn
              (incf (getmap syn-stats 2))
              (setf (getmap syn-counter source) 1))))))
  XDP_PASS)

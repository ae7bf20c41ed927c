;;; ratelimit.lisp - Lets each source send only so many packets a second.
;;; SPDX-License-Identifier: MIT
;;;
;;; Time is cut into windows, separately for each IPv4 source: the first packet
;;; after a quiet time opens a window, and within one window a source may send
;;; up to +packets-per-window+ packets.  The rest of them are dropped.

(defconstant +window-ns+ (* 1000 1000 1000))
(defconstant +packets-per-window+ 100)

;; What the entries of `decisions` count.
(defconstant +passed+ 0)
(defconstant +dropped+ 1)

;; When the current window of a source began, in nanoseconds, and how many
;; packets it has sent since.  In an :lru-hash the entry that was not used for
;; the longest time makes room for a new one, so the table never fills up.
(defmap window-start
  :type :lru-hash
  :key u32
  :value u64
  :max-entries 65536)

(defmap window-packets
  :type :lru-hash
  :key u32
  :value u64
  :max-entries 65536)

;; A per-CPU array gives every processor numbers of its own, so that counting
;; needs no atomic instruction.  Whoever reads the map adds them up.
(defmap decisions
  :type :percpu-array
  :key u32
  :value u64
  :max-entries 2)

(defprog ratelimit (:type :xdp :license "GPL")
  (with-ipv4 (data end ip)
    (let ((source (ipv4-src-addr ip))
          (now (ktime-get-ns))
          ;; A source that was never seen has no entry and reads as 0: its last
          ;; window began when the machine was switched on, long ago.
          (start (getmap window-start source)))
      (declare (type u32 source))
      (when (>= (- now start) +window-ns+)
        (setf (getmap window-start source) now
              (getmap window-packets source) 0))
      (incf (getmap window-packets source))
      (when (> (getmap window-packets source) +packets-per-window+)
        (incf (getmap decisions +dropped+))
        (return XDP_DROP))
      (incf (getmap decisions +passed+))))
  XDP_PASS)

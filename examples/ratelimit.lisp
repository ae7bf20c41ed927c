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
;; packets of it have passed since.
(defstruct window
  (start u64)
  (packets u64))

;; In an :lru-hash the entry that was not used for the longest time makes room
;; for a new one, so the table never fills up.
(defmap windows
  :type :lru-hash
  :key u32
  :value window
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
          (now (ktime-get-ns)))
      (declare (type u32 source))
      ;; The value of an entry is a struct: `window` is its address in the map.
      (if-let (window (getmap windows source))
          (cond ((>= (- now (window-start window)) +window-ns+)
                 (setf (window-start window) now
                       (window-packets window) 1))
                ((>= (window-packets window) +packets-per-window+)
                 (incf (getmap decisions +dropped+))
                 (return XDP_DROP))
                ;; Packets of one source may arrive at several processors.
                (t (atomic-add (window-packets-ptr window) 0 1)))
          (setf (getmap windows source) (make-window :start now :packets 1)))
      (incf (getmap decisions +passed+))))
  XDP_PASS)

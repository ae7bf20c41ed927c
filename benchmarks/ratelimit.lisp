;;; ratelimit.lisp - So many packets of each source in a second.
;;; SPDX-License-Identifier: MIT

(defconstant +window-ns+ (* 1000 1000 1000))
(defconstant +limit+ 100)

(defconstant +passed+ 0)
(defconstant +dropped+ 1)

(defstruct window
  (start u64)
  (packets u64))

(defmap windows
  :type :lru-hash
  :key u32
  :value window
  :max-entries 65536)

(defmap decisions
  :type :percpu-array
  :key u32
  :value u64
  :max-entries 2)

(defprog ratelimit (:type :xdp :license "GPL")
  (with-ipv4 (data end ip)
    (let ((source (ipv4-src-addr ip))
          (now (ktime-get-ns)))
      (if-let (window (getmap windows source))
          (cond ((>= (- now (window-start window)) +window-ns+)
                 (setf (window-start window) now
                       (window-packets window) 1))
                ((>= (window-packets window) +limit+)
                 (incf (getmap decisions +dropped+))
                 (return XDP_DROP))
                (t (atomic-add (window-packets-ptr window) 0 1)))
          (setf (getmap windows source) (make-window :start now :packets 1)))
      (incf (getmap decisions +passed+))))
  XDP_PASS)

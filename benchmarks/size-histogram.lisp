;;; size-histogram.lisp - How large packets are, on a logarithmic scale.
;;; SPDX-License-Identifier: MIT

(defconstant +buckets+ 16)

(defmap sizes
  :type :percpu-array
  :key u32
  :value u64
  :max-entries +buckets+)

(defprog measure (:type :tc :license "GPL")
  (incf (getmap sizes (min (log2 (ctx len)) (1- +buckets+))))
  TC_ACT_OK)

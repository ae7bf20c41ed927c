;;; token-bucket.lisp - Limits the bytes that each source may send.
;;; SPDX-License-Identifier: MIT
;;;
;;; A bucket gains one token for every microsecond and holds a limited number; a
;;; packet takes as many as it has bytes.

(defconstant +ns-per-token+ 1000)
(defconstant +capacity+ 64000)

(defstruct bucket
  (last u64)
  (tokens u64))

(defmap buckets
  :type :hash
  :key u32
  :value bucket
  :max-entries 16384)

(defmap dropped-bytes
  :type :array
  :key u32
  :value u64
  :max-entries 1)

(defprog token-bucket (:type :xdp :license "GPL")
  (with-ipv4 (data end ip)
    (let ((source (ipv4-src-addr ip))
          (size (ipv4-total-len ip))
          (now (ktime-get-ns))
          (bucket (getmap buckets source)))
      (unless bucket
        (setf (getmap buckets source)
              (make-bucket :last now :tokens (- +capacity+ size)))
        (return XDP_PASS))
      (let ((gained (/ (- now (bucket-last bucket)) +ns-per-token+))
            (tokens (min (+ (bucket-tokens bucket) gained) +capacity+)))
        (setf (bucket-last bucket) now)
        (when (< tokens size)
          (setf (bucket-tokens bucket) tokens)
          (incf (getmap dropped-bytes 0) size)
          (return XDP_DROP))
        (setf (bucket-tokens bucket) (- tokens size)))))
  XDP_PASS)

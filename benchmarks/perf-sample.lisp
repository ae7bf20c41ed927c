;;; perf-sample.lisp - Sends the start of one packet in so many to user space.
;;; SPDX-License-Identifier: MIT

(defconstant +sampled-bytes+ 64)

(defstruct sample
  (time u64)
  (length u32)
  (protocol u16)
  (sampled u16))

(defmap samples
  :type :perf-event-array)

(defmap state
  :type :percpu-array
  :key u32
  :value u64
  :max-entries 1)

;; One packet in this many is sent.
(defglobal interval u64 4)

(defprog sample-packet (:type :xdp :license "GPL")
  (with-packet (data end :min-len +eth-hdr-len+)
    (when-let ((seen (map-lookup state 0)))
      (let ((count (1+ (load u64 seen))))
        (when (< count interval)
          (store u64 seen 0 count)
          (return XDP_PASS))
        (store u64 seen 0 0))
      (let ((size (- end data))
            (sampled (min size +sampled-bytes+))
            (sample (make-sample :time (ktime-get-ns)
                                 :length size
                                 :protocol (eth-type data)
                                 :sampled sampled)))
        (perf-event-output (ctx-ptr) samples
                           (logior (<< sampled 32) BPF_F_CURRENT_CPU)
                           sample (sizeof sample)))))
  XDP_PASS)

;;; drop-port.lisp - Drops TCP packets to one port, and counts them.
;;; SPDX-License-Identifier: MIT

(defmap drop-count
  :type :array
  :key u32
  :value u64
  :max-entries 1)

(defprog drop-port (:type :xdp :license "GPL")
  (with-tcp (data end tcp)
    (when (= (tcp-dst-port tcp) 9999)
      (incf (getmap drop-count 0))
      (return XDP_DROP)))
  XDP_PASS)

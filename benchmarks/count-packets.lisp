;;; count-packets.lisp - Counts all packets of an interface.
;;; SPDX-License-Identifier: MIT

(defmap pkt-count
  :type :array
  :key u32
  :value u64
  :max-entries 1)

(defprog count-packets (:type :xdp :license "GPL")
  (incf (getmap pkt-count 0))
  XDP_PASS)

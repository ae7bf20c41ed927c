;;; count-percpu.lisp - Counts packets and bytes by IP version, without atomics.
;;; SPDX-License-Identifier: MIT

(defconstant +other+ 0)
(defconstant +v4+ 1)
(defconstant +v6+ 2)

(defmap packets
  :type :percpu-array
  :key u32
  :value u64
  :max-entries 3)

(defmap bytes
  :type :percpu-array
  :key u32
  :value u64
  :max-entries 3)

(defprog count-versions (:type :xdp :license "GPL")
  (with-packet (data end :min-len +eth-hdr-len+)
    (let ((version (case (eth-type data)
                     (+ethertype-ipv4+ +v4+)
                     (+ethertype-ipv6+ +v6+)
                     (t +other+))))
      (incf (getmap packets version))
      (incf (getmap bytes version) (- end data))))
  XDP_PASS)

;;; ttl-decrement.lisp - What a router does to each packet's time to live.
;;; SPDX-License-Identifier: MIT

;; Entry 0 counts packets that were forwarded, 1 those whose time is up.
(defmap routed
  :type :percpu-array
  :key u32
  :value u64
  :max-entries 2)

(defprog decrement-ttl (:type :xdp :license "GPL")
  (with-ipv4 (data end ip)
    (when (<= (ipv4-ttl ip) 1)
      (incf (getmap routed 1))
      (return XDP_DROP))
    ;; A time to live that is 1 less makes the checksum 0x100 more, with the
    ;; carry added at the other end.
    (let ((sum (+ (load u16 ip 10) (htons #x100))))
      (store u16 ip 10 (+ sum (>= sum #xffff)))
      (decf (ipv4-ttl ip)))
    (incf (getmap routed 0))
    (return XDP_TX))
  XDP_PASS)

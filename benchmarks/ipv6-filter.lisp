;;; ipv6-filter.lisp - Drops IPv6 packets of listed addresses, and counts bytes.
;;; SPDX-License-Identifier: MIT

(defstruct address
  (hi u64)
  (lo u64))

(defstruct sums
  (packets u64)
  (bytes u64))

(defmap blocked
  :type :hash
  :key address
  :value sums
  :max-entries 8192)

;; Next headers that are never let in.
(defmap refused-headers
  :type :array
  :key u32
  :value u64
  :max-entries 2)

(defprog filter-ipv6 (:type :xdp :license "GPL")
  (with-ipv6 (data end ip)
    (case (ipv6-nexthdr ip)
      (+ip-proto-routing+ (incf (getmap refused-headers 0))
                          (return XDP_DROP))
      (+ip-proto-hopopts+ (incf (getmap refused-headers 1))
                          (return XDP_DROP)))
    (when-let ((sums (map-lookup-ptr blocked (ipv6-src-addr ip))))
      (atomic-add (sums-packets-ptr sums) 0 1)
      (atomic-add (sums-bytes-ptr sums) 0
                  (+ (ipv6-payload-len ip) +ipv6-hdr-len+))
      (return XDP_DROP)))
  XDP_PASS)

;;; mixed-key.lisp - Counts packets under a key of fields of all widths.
;;; SPDX-License-Identifier: MIT

(defstruct packet-class
  (ttl u8)
  (length u16)
  (interface u32)
  (tos u8)
  (addrs u64)
  (fragment u16)
  (protocol u8))

(defmap classes
  :type :hash
  :key packet-class
  :value u32
  :max-entries 8192)

(defprog classify (:type :xdp :license "GPL")
  (with-ipv4 (data end ip)
    (incf (getmap classes
                  (make-packet-class
                   :ttl (ipv4-ttl ip)
                   :length (logand (ipv4-total-len ip) #xff00)
                   :interface (ctx ingress-ifindex)
                   :tos (ipv4-tos ip)
                   :addrs (load u64 ip 12)
                   :fragment (ipv4-frag-off ip)
                   :protocol (ipv4-protocol ip)))))
  XDP_PASS)

;;; redirect-map.lisp - Forwards IPv4 by a table of next hops.
;;; SPDX-License-Identifier: MIT

(defstruct next-hop
  (port u32)
  (dst-mac-hi u32)
  (src-mac-hi u32)
  (dst-mac-lo u16)
  (src-mac-lo u16))

(defstruct network
  (prefix-len u32)
  (addr u32))

(defmap routes
  :type :lpm-trie
  :key network
  :value next-hop
  :max-entries 1024
  :map-flags BPF_F_NO_PREALLOC)

(defmap ports
  :type :devmap
  :key u32
  :value u32
  :max-entries 64)

(defmap forwarded
  :type :percpu-array
  :key u32
  :value u64
  :max-entries 64)

(defprog forward (:type :xdp :license "GPL")
  (with-ipv4 (data end ip)
    (when (<= (ipv4-ttl ip) 1)
      (return XDP_PASS))
    (when-let ((hop (getmap routes (make-network :prefix-len 32
                                                 :addr (ipv4-dst-addr ip)))))
      (let ((port (next-hop-port hop))
            (sum (+ (load u16 ip 10) (htons #x100))))
        (store u16 ip 10 (+ sum (>= sum #xffff)))
        (decf (ipv4-ttl ip))
        (setf (eth-dst-mac-hi data) (next-hop-dst-mac-hi hop)
              (eth-dst-mac-lo data) (next-hop-dst-mac-lo hop)
              (eth-src-mac-hi data) (next-hop-src-mac-hi hop)
              (eth-src-mac-lo data) (next-hop-src-mac-lo hop))
        (incf (getmap forwarded port))
        (return (redirect-map ports port XDP_DROP)))))
  XDP_PASS)

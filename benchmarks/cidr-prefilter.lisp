;;; cidr-prefilter.lisp - Drops what comes from listed networks.
;;; SPDX-License-Identifier: MIT

(defconstant +pass+ 0)
(defconstant +block+ 1)

(defstruct network
  (prefix-len u32)
  (addr u32))

(defmap networks
  :type :lpm-trie
  :key network
  :value u64
  :max-entries 10000
  :map-flags BPF_F_NO_PREALLOC)

(defmap decisions
  :type :percpu-array
  :key u32
  :value u64
  :max-entries 2)

(defprog prefilter (:type :xdp :license "GPL")
  (with-ipv4 (data end ip)
    (when (= (getmap networks (make-network :prefix-len 32
                                            :addr (ipv4-src-addr ip)))
             +block+)
      (incf (getmap decisions +block+))
      (return XDP_DROP))
    (incf (getmap decisions +pass+)))
  XDP_PASS)

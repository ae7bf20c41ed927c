;;; cidr-prefilter.lisp - Drops what comes from listed networks.
;;; SPDX-License-Identifier: MIT
;;;
;;; The list is a trie: it finds the longest prefix that an address has.  So a
;;; network can be listed and a part of it excepted.  10.0.0.0/8 is blocked, and
;;; 10.1.0.0/16 is not, after
;;;
;;;   bpftool map update name networks key 8 0 0 0 10 0 0 0 value 1 0 0 0 0 0 0 0
;;;   bpftool map update name networks key 16 0 0 0 10 1 0 0 value 0 0 0 0 0 0 0 0

;; The kernel prescribes how the key of a trie begins: with the number of bits
;; that matter.  The address follows, in network order.
(defstruct network
  (prefix-len u32)
  (addr u32))

(defconstant +pass+ 0)
(defconstant +block+ 1)

;; Tries are filled one entry at a time, which is what the flag says.
(defmap networks
  :type :lpm-trie
  :key network
  :value u64
  :max-entries 10000
  :map-flags BPF_F_NO_PREALLOC)

;; Entry 0 counts packets that passed, entry 1 those that were dropped.
(defmap decisions
  :type :percpu-array
  :key u32
  :value u64
  :max-entries 2)

(defprog prefilter (:type :xdp :license "GPL")
  (with-ipv4 (data end ip)
    ;; All 32 bits of the packet's address matter.  An address in no listed
    ;; network reads as 0, which is to pass.
    (let ((action (getmap networks
                          (make-network :prefix-len 32
                                        :addr (ipv4-src-addr ip)))))
      (when (= action +block+)
        (incf (getmap decisions +block+))
        (return XDP_DROP))
      (incf (getmap decisions +pass+))))
  XDP_PASS)

;;; multi-prog.lisp - A small firewall made of two programs that share a map.
;;; SPDX-License-Identifier: MIT
;;;
;;; Only machines that we have spoken to first may speak to us.  `note-peer`
;;; sees outgoing packets and remembers whom they are for; `only-peers` sees
;;; incoming packets and drops those of strangers.  Both come out of this one
;;; file as one object, and both mean the same map when they say `peers`.
;;;
;;;   tc qdisc add dev eth0 clsact
;;;   tc filter add dev eth0 egress bpf da obj firewall.bpf.o sec tc
;;;
;;; Loaded by two separate commands the programs would get a map each; a loader
;;; that takes the whole object (such as `bpftool prog loadall`) makes one map
;;; for both.

;; When we last sent something to an IPv4 address, in nanoseconds.
(defmap peers
  :type :lru-hash
  :key u32
  :value u64
  :max-entries 4096)

;; Packets by what became of them: entry XDP_DROP counts those of strangers,
;; entry XDP_PASS those of peers.
(defmap arrivals
  :type :array
  :key u32
  :value u64
  :max-entries (1+ XDP_PASS))

;; A :tc program attached to egress runs for each outgoing packet.
(defprog note-peer (:type :tc :license "GPL")
  (with-ipv4 (data end ip)
    (setf (getmap peers (ipv4-dst-addr ip)) (ktime-get-ns)))
  TC_ACT_OK)

(defprog only-peers (:type :xdp :license "GPL")
  (with-ipv4 (data end ip)
    (let ((verdict (if (map-lookup peers (ipv4-src-addr ip)) XDP_PASS XDP_DROP)))
      (incf (getmap arrivals verdict))
      (return verdict)))
  ;; Whatever is not IPv4 (address resolution above all) must get through.
  XDP_PASS)

;;; count-packets.lisp - Counts every packet that reaches an interface.
;;; SPDX-License-Identifier: MIT
;;;
;;; The smallest useful program, and a good one to read first.
;;;
;;;   whistler compile count-packets.lisp -o count.bpf.o
;;;   ip link set dev eth0 xdp obj count.bpf.o sec xdp     start counting
;;;   bpftool map dump name packets                        look at the counter
;;;   ip link set dev eth0 xdp off                         stop

;; A map is memory that the kernel keeps for the program between packets and
;; that other processes can read.  An array of one 64-bit number is enough here.
(defmap packets
  :type :array
  :key u32
  :value u64
  :max-entries 1)

;; An :xdp program runs for each incoming packet, before the kernel's own
;; network code has touched it, and answers with a verdict.
(defprog count-packets (:type :xdp :license "GPL")
  ;; The addition is atomic: several processors may be here at the same time.
  (incf (getmap packets 0))
  ;; The value of the last form is the verdict: let the packet go on its way.
  XDP_PASS)

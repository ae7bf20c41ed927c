;;; tail-call-dispatch.lisp - A program of its own for each IP protocol.
;;; SPDX-License-Identifier: MIT
;;;
;;; A tail call ends the running program and goes on with another one, which it
;;; finds in a map of programs.  Which program stands where is decided from
;;; outside and can be changed while packets flow:
;;;
;;;   bpftool prog loadall dispatch.bpf.o /sys/fs/bpf/dispatch \
;;;           pinmaps /sys/fs/bpf/maps
;;;   bpftool map update pinned /sys/fs/bpf/maps/handlers key 6 0 0 0 \
;;;           value pinned /sys/fs/bpf/dispatch/handle_tcp
;;;   bpftool net attach xdp pinned /sys/fs/bpf/dispatch/dispatch dev eth0

;; The programs, found under the number of the IP protocol that they handle.
(defmap handlers
  :type :prog-array
  :key-size 4
  :value-size 4
  :max-entries 256)

;; Packets by who handled them.
(defconstant +by-nobody+ 0)
(defconstant +by-tcp+ 1)
(defconstant +by-udp+ 2)
(defconstant +by-icmp+ 3)

(defmap handled
  :type :array
  :key u32
  :value u64
  :max-entries 4)

;; The program to attach.
(defprog dispatch (:type :xdp :license "GPL")
  (with-ipv4 (data end ip)
    ;; When the entry is empty, the tail call does nothing and the program goes
    ;; on with the next form.
    (tail-call handlers (ipv4-protocol ip))
    (incf (getmap handled +by-nobody+)))
  XDP_PASS)

;; A handler is an ordinary program that gets the same packet.  It does not
;; return to its caller: its verdict is the final one.
(defprog handle-tcp (:type :xdp :license "GPL")
  (incf (getmap handled +by-tcp+))
  XDP_PASS)

(defprog handle-udp (:type :xdp :license "GPL")
  (incf (getmap handled +by-udp+))
  XDP_PASS)

;; Echo requests are dropped, other ICMP messages pass.
(defconstant +echo-request+ 8)

(defprog handle-icmp (:type :xdp :license "GPL")
  (incf (getmap handled +by-icmp+))
  (with-icmp (data end icmp)
    (when (= (icmp-type icmp) +echo-request+)
      (return XDP_DROP)))
  XDP_PASS)

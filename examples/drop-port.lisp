;;; drop-port.lisp - Closes one port: drops what is sent to it, and counts.
;;; SPDX-License-Identifier: MIT
;;;
;;; Drops TCP and UDP over IPv4 on port 9999 and passes everything else.  The
;;; map `dropped` tells how much was dropped: entry 0 is TCP, entry 1 is UDP.

;; Constants are worked out by the compiler and cost nothing when the program
;; runs.
(defconstant +closed-port+ 9999)
(defconstant +tcp+ 0)
(defconstant +udp+ 1)

(defmap dropped
  :type :array
  :key u32
  :value u64
  :max-entries 2)

(defprog drop-port (:type :xdp :license "GPL")
  ;; `with-tcp` enters its body only for a TCP packet over IPv4 that is long
  ;; enough to have all its headers; `tcp` then points at the TCP header.  Any
  ;; other packet skips the body.  The kernel loads a program only when such
  ;; checks are in place, and this form makes them.
  (with-tcp (data end tcp)
    ;; Accessors such as `tcp-dst-port` give numbers in the host's byte order.
    (when (= (tcp-dst-port tcp) +closed-port+)
      (incf (getmap dropped +tcp+))
      ;; `return` leaves the program at once.
      (return XDP_DROP)))
  (with-udp (data end udp)
    (when (= (udp-dst-port udp) +closed-port+)
      (incf (getmap dropped +udp+))
      (return XDP_DROP)))
  XDP_PASS)

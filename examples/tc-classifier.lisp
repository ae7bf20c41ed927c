;;; tc-classifier.lisp - Sorts packets into classes for traffic control.
;;; SPDX-License-Identifier: MIT
;;;
;;;   tc qdisc add dev eth0 clsact
;;;   tc filter add dev eth0 egress bpf da obj classifier.bpf.o sec tc
;;;
;;; Each IPv4 packet is given a class, which is written into the packet's mark
;;; for queueing disciplines and firewall rules to act on: interactive traffic,
;;; bulk traffic, or neither.  Telnet is not given a class; it is dropped.

(defconstant +other+ 0)
(defconstant +interactive+ 1)
(defconstant +bulk+ 2)
(defconstant +refused+ 3)

(defconstant +ssh+ 22)
(defconstant +telnet+ 23)
(defconstant +dns+ 53)
(defconstant +rsync+ 873)

;; Packets longer than this, by their IP header, are taken for bulk traffic.
(defconstant +long-packet+ 1200)

;; The differentiated services class that asks for low delay, as it stands in
;; the upper six bits of the type-of-service byte.
(defconstant +expedited+ 46)

;; Packets by class.
(defmap classes
  :type :percpu-array
  :key u32
  :value u64
  :max-entries 4)

(defprog classify (:type :tc :license "GPL")
  (with-ipv4 (data end ip)
    (let ((class +other+))
      ;; A sender's own wish comes first, then the size decides.
      (cond ((= (>> (ipv4-tos ip) 2) +expedited+) (setf class +interactive+))
            ((> (ipv4-total-len ip) +long-packet+) (setf class +bulk+)))
      ;; Well-known services are what they are.
      (with-tcp (data end tcp)
        (case (tcp-dst-port tcp)
          (+telnet+ (incf (getmap classes +refused+))
                    (return TC_ACT_SHOT))
          (+ssh+ (setf class +interactive+))
          (+rsync+ (setf class +bulk+))))
      (with-udp (data end udp)
        (when (= (udp-dst-port udp) +dns+)
          (setf class +interactive+)))
      (incf (getmap classes class))
      ;; `ctx` names a field of the program's context, here of the socket
      ;; buffer.
      (setf (ctx mark) class)))
  TC_ACT_OK)

;;; socket-filter.lisp - Shows a socket DNS and what goes to listed ports.
;;; SPDX-License-Identifier: MIT

(defconstant +protocol+ (+ +eth-hdr-len+ 9))
(defconstant +dns-port+ 53)

(defmap ports
  :type :hash
  :key u16
  :value u32
  :max-entries 1024)

(defmap seen
  :type :array
  :key u32
  :value u64
  :max-entries 256)

(defprog filter (:type :socket-filter :license "GPL")
  (let ((type 0) (header 0) (protocol 0) (port 0))
    (when (skb-load-bytes (ctx-ptr) 12 (stack-addr type) 2)
      (return 0))
    (when (/= type (htons +ethertype-ipv4+))
      (return 0))
    (when (or (skb-load-bytes (ctx-ptr) +eth-hdr-len+ (stack-addr header) 1)
              (skb-load-bytes (ctx-ptr) +protocol+ (stack-addr protocol) 1))
      (return 0))
    (incf (getmap seen protocol))
    (unless (or (= protocol +ip-proto-tcp+) (= protocol +ip-proto-udp+))
      (return 0))
    ;; The header's length is in words of 4 bytes.
    (let ((l4 (+ +eth-hdr-len+ (* (logand header 15) 4))))
      (when (skb-load-bytes (ctx-ptr) (+ l4 2) (stack-addr port) 2)
        (return 0)))
    (let ((number (ntohs port)))
      (when (= number +dns-port+)
        (return (ctx len)))
      ;; Of the others as much as is written there.
      (getmap ports number))))

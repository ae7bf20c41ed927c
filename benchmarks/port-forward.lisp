;;; port-forward.lisp - Sends what comes to a port on to another machine.
;;; SPDX-License-Identifier: MIT

;; In network order.
(defstruct target
  (addr u32)
  (port u16))

;; By the port that packets come to, in the machine's order.
(defmap forwards
  :type :hash
  :key u16
  :value target
  :max-entries 1024)

(defconstant +ip-checksum+ (+ +eth-hdr-len+ 10))
(defconstant +ip-destination+ (+ +eth-hdr-len+ 16))
(defconstant +l4+ (+ +eth-hdr-len+ +ipv4-hdr-len+))
(defconstant +destination-port+ (+ +l4+ 2))
(defconstant +tcp-checksum+ (+ +l4+ 16))

(defprog forward-port (:type :tc :license "GPL")
  (with-tcp (data end tcp)
    (when-let ((to (getmap forwards (tcp-dst-port tcp))))
      (let ((ip (+ data +eth-hdr-len+))
            (old-addr (ipv4-dst-addr ip))
            (old-port (load u16 tcp 2))
            (new-addr (target-addr to))
            (new-port (target-port to)))
        (l4-csum-replace (ctx-ptr) +tcp-checksum+ old-addr new-addr
                         (logior BPF_F_PSEUDO_HDR 4))
        (l4-csum-replace (ctx-ptr) +tcp-checksum+ old-port new-port 2)
        (l3-csum-replace (ctx-ptr) +ip-checksum+ old-addr new-addr 4)
        (skb-store-bytes (ctx-ptr) +ip-destination+ (target-addr-ptr to) 4 0)
        (skb-store-bytes (ctx-ptr) +destination-port+ (target-port-ptr to)
                         2 0))))
  TC_ACT_OK)

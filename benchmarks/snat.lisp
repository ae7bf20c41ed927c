;;; snat.lisp - Gives outgoing packets another source, by a table.
;;; SPDX-License-Identifier: MIT

(defstruct inside
  (addr u32)
  (port u16)
  (protocol u8))

(defstruct outside
  (addr u32)
  (port u16))

;; Everything in both is in network order.
(defmap translations
  :type :hash
  :key inside
  :value outside
  :max-entries 65536)

(defmap untranslated
  :type :array
  :key u32
  :value u64
  :max-entries 1)

;; What the sum under a checksum gains when an address changes.
(defmacro addr-gain (before after)
  `(+ (logxor (logand ,before #xffff) #xffff)
      (logxor (>> ,before 16) #xffff)
      (logand ,after #xffff)
      (>> ,after 16)))

;; A checksum whose sum gains that much.
(defmacro corrected (checksum gain)
  `(let ((sum (+ (logxor ,checksum #xffff) ,gain)))
     (setf sum (+ (logand sum #xffff) (>> sum 16)))
     (setf sum (+ (logand sum #xffff) (>> sum 16)))
     (logxor sum #xffff)))

(defprog snat (:type :xdp :license "GPL")
  (with-packet (data end :min-len (+ +eth-hdr-len+ +ipv4-hdr-len+
                                     +udp-hdr-len+))
    (let ((ip (+ data +eth-hdr-len+))
          (l4 (+ ip +ipv4-hdr-len+))
          (checksum NULL))
      (when (= (eth-type data) +ethertype-ipv4+)
        (case (ipv4-protocol ip)
          (+ip-proto-tcp+ (when (<= (+ l4 +tcp-hdr-len+) end)
                            (setf checksum (+ l4 16))))
          (+ip-proto-udp+ (setf checksum (+ l4 6)))))
      (unless checksum
        (return XDP_PASS))
      (let ((key (make-inside :addr (ipv4-src-addr ip)
                              :port (load u16 l4)
                              :protocol (ipv4-protocol ip)))
            (to (getmap translations key)))
        (unless to
          (incf (getmap untranslated 0))
          (return XDP_DROP))
        (let ((gain (addr-gain (inside-addr key) (outside-addr to))))
          (store u16 ip 10 (corrected (load u16 ip 10) gain))
          (incf gain (+ (logxor (inside-port key) #xffff) (outside-port to)))
          (cond ((= (ipv4-protocol ip) +ip-proto-tcp+)
                 (store u16 checksum 0 (corrected (load u16 checksum) gain)))
                ;; In UDP 0 says that there is no checksum.
                ((load u16 checksum)
                 (store u16 checksum 0 (corrected (load u16 checksum) gain))
                 (unless (load u16 checksum)
                   (store u16 checksum 0 #xffff)))))
        (setf (ipv4-src-addr ip) (outside-addr to))
        (store u16 l4 0 (outside-port to)))))
  XDP_TX)

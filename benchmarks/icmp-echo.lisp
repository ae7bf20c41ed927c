;;; icmp-echo.lisp - Answers pings before the kernel's network code sees them.
;;; SPDX-License-Identifier: MIT

(defmap answered
  :type :array
  :key u32
  :value u64
  :max-entries 1)

(defprog answer-echo (:type :xdp :license "GPL")
  (with-icmp (data end icmp :options :check)
    (when (and (= (icmp-type icmp) +icmp-echo-request+)
               (= (icmp-code icmp) 0))
      (let ((ip (+ data +eth-hdr-len+))
            (dst-hi (eth-dst-mac-hi data))
            (dst-lo (eth-dst-mac-lo data))
            (source (ipv4-src-addr ip)))
        (setf (eth-dst-mac-hi data) (eth-src-mac-hi data)
              (eth-dst-mac-lo data) (eth-src-mac-lo data)
              (eth-src-mac-hi data) dst-hi
              (eth-src-mac-lo data) dst-lo
              (ipv4-src-addr ip) (ipv4-dst-addr ip)
              (ipv4-dst-addr ip) source
              (icmp-type icmp) +icmp-echo-reply+)
        ;; The type is the high byte of a word: 8 less in it.
        (let ((sum (+ (load u16 icmp 2) (htons #x800))))
          (store u16 icmp 2 (+ sum (>> sum 16))))
        (incf (getmap answered 0))
        (return XDP_TX))))
  XDP_PASS)

;;; arp-guard.lisp - Drops ARP packets that claim somebody else's address.
;;; SPDX-License-Identifier: MIT

(defstruct owner
  (mac-hi u32)
  (mac-lo u16))

;; Who has which address.
(defmap owners
  :type :hash
  :key u32
  :value owner
  :max-entries 4096)

(defmap forged
  :type :array
  :key u32
  :value u64
  :max-entries 1)

(defprog guard-arp (:type :xdp :license "GPL")
  (with-packet (data end :min-len (+ +eth-hdr-len+ +arp-hdr-len+))
    (when (= (eth-type data) +ethertype-arp+)
      (let ((arp (+ data +eth-hdr-len+))
            (mac-hi (load u32 (arp-sender-mac arp)))
            (mac-lo (load u16 (arp-sender-mac arp) 4)))
        (when-let ((owner (getmap owners (arp-sender-addr arp))))
          (when (or (/= mac-hi (owner-mac-hi owner))
                    (/= mac-lo (owner-mac-lo owner))
                    ;; The frame has to come from there too.
                    (/= mac-hi (eth-src-mac-hi data))
                    (/= mac-lo (eth-src-mac-lo data)))
            (incf (getmap forged 0))
            (return XDP_DROP))))))
  XDP_PASS)

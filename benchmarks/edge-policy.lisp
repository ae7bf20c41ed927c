;;; edge-policy.lisp - What may come in from outside: a firewall of its own.
;;; SPDX-License-Identifier: MIT

;; Why packets were dropped, or that they passed.
(defconstant +passed+ 0)
(defconstant +malformed+ 1)
(defconstant +wrong-vlan+ 2)
(defconstant +fragment+ 3)
(defconstant +bogon+ 4)
(defconstant +listed+ 5)
(defconstant +scan+ 6)
(defconstant +closed+ 7)
(defconstant +too-fast+ 8)
(defconstant +amplified+ 9)
(defconstant +protocol+ 10)
(defconstant +icmp-type+ 11)
(defconstant +reasons+ 12)

(defconstant +window-ns+ (* 1000 1000 1000))
(defconstant +requests-per-window+ 50)
(defconstant +largest-answer+ 512)

(defconstant +xmas-flags+ (logior +tcp-fin+ +tcp-psh+ +tcp-urg+))
(defconstant +open-flags+ (logior +tcp-syn+ +tcp-fin+))
(defconstant +handshake-flags+ (logior +tcp-syn+ +tcp-ack+))

;; An IPv6 address in network order; an IPv4 address is in the low half.
(defstruct address
  (hi u64)
  (lo u64))

(defstruct network4
  (prefix-len u32)
  (addr u32))

(defstruct network6
  (prefix-len u32)
  (addr (array u8 16)))

(defstruct service-key
  (port u16)
  (protocol u8))

(defstruct service
  (packets u64)
  (bytes u64))

(defstruct rate
  (start u64)
  (requests u64))

(defmap reasons
  :type :percpu-array
  :key u32
  :value u64
  :max-entries +reasons+)

(defmap vlans
  :type :hash
  :key u16
  :value u8
  :max-entries 4096)

(defmap listed4
  :type :lpm-trie
  :key network4
  :value u8
  :max-entries 65536
  :map-flags BPF_F_NO_PREALLOC)

(defmap listed6
  :type :lpm-trie
  :key network6
  :value u8
  :max-entries 65536
  :map-flags BPF_F_NO_PREALLOC)

(defmap services
  :type :hash
  :key service-key
  :value service
  :max-entries 1024)

(defmap rates
  :type :lru-hash
  :key address
  :value rate
  :max-entries 65536)

;; The decision is the value of a block around everything.
(defmacro drop (reason)
  `(return-from decision ,reason))

(defmacro pass ()
  `(return-from decision +passed+))

;; Drops the packet when its source asks for too much.
(defmacro check-rate (source)
  `(let ((now (ktime-get-ns)))
     (if-let (rate (getmap rates ,source))
         (cond ((>= (- now (rate-start rate)) +window-ns+)
                (setf (rate-start rate) now
                      (rate-requests rate) 1))
               ((>= (rate-requests rate) +requests-per-window+)
                (drop +too-fast+))
               (t (atomic-add (rate-requests-ptr rate) 0 1)))
         (setf (getmap rates ,source) (make-rate :start now :requests 1)))))

;; Drops the packet unless there is such a service; counts it.
(defmacro check-service (port protocol size)
  `(let ((service (getmap services (make-service-key :port ,port
                                                     :protocol ,protocol))))
     (unless service
       (drop +closed+))
     (atomic-add (service-packets-ptr service) 0 1)
     (atomic-add (service-bytes-ptr service) 0 ,size)))

(defmacro check-tcp ()
  `(progn
     (when (> (+ l4 +tcp-hdr-len+) end)
       (drop +malformed+))
     (let ((flags (tcp-flags l4)))
       (when (or (= flags 0)
                 (= (logand flags +xmas-flags+) +xmas-flags+)
                 (= (logand flags +open-flags+) +open-flags+))
         (drop +scan+))
       (when (= (logand flags +handshake-flags+) +tcp-syn+)
         (check-service (tcp-dst-port l4) +ip-proto-tcp+ size)
         (check-rate source)))
     (pass)))

(defmacro check-udp ()
  `(progn
     (when (or (> (+ l4 +udp-hdr-len+) end)
               (< (udp-length l4) +udp-hdr-len+)
               (= (udp-src-port l4) 0))
       (drop +malformed+))
     (case (udp-src-port l4)
       ((53 123 1900 11211)
        (when (> size +largest-answer+)
          (drop +amplified+))))
     (check-service (udp-dst-port l4) +ip-proto-udp+ size)
     (pass)))

(defmacro check-icmp (echo &rest allowed)
  `(progn
     (when (> (+ l4 +icmp-hdr-len+) end)
       (drop +malformed+))
     (case (icmp-type l4)
       (,echo (check-rate source) (pass))
       (,allowed (pass)))
     (drop +icmp-type+)))

;; Counts why the body decides what it does, and leaves the program with it.
(defmacro act-on-decision (&body body)
  `(let ((reason (block decision ,@body)))
     (incf (getmap reasons reason))
     (return (if (= reason +passed+) XDP_PASS XDP_DROP))))

(defprog edge-policy (:type :xdp :license "GPL")
  (with-packet (data end :min-len +eth-hdr-len+)
    (act-on-decision
      (let ((type (eth-type data))
            (l3 (+ data +eth-hdr-len+))
            (l4 NULL)
            (protocol 0)
            (size 0)
            (source (make-address)))
        (when (= type +ethertype-vlan+)
          (when (> (+ l3 +vlan-hdr-len+) end)
            (drop +malformed+))
          (unless (map-lookup vlans (vlan-id l3))
            (drop +wrong-vlan+))
          (setf type (vlan-type l3))
          (incf l3 +vlan-hdr-len+))
        (case type
          (+ethertype-arp+ (pass))
          (+ethertype-ipv4+
           (when (or (> (+ l3 +ipv4-hdr-len+) end)
                     (/= (ipv4-version l3) 4)
                     (< (ipv4-ihl l3) 5)
                     (= (ipv4-ttl l3) 0)
                     (< (ipv4-total-len l3) (* (ipv4-ihl l3) 4)))
             (drop +malformed+))
           ;; More fragments, or one that is not the first.
           (when (logand (ipv4-frag l3) #x3fff)
             (drop +fragment+))
           (let ((addr (ipv4-src-addr l3))
                 (first (logand addr #xff)))
             (when (or (= first 0) (= first 127) (>= first 224)
                       (= addr (ipv4-dst-addr l3)))
               (drop +bogon+))
             (when (map-lookup listed4 (make-network4 :prefix-len 32 :addr addr))
               (drop +listed+))
             (setf (address-lo source) addr))
           (setf protocol (ipv4-protocol l3)
                 size (ipv4-total-len l3)
                 l4 (+ l3 (* (ipv4-ihl l3) 4))))
          (+ethertype-ipv6+
           (when (or (> (+ l3 +ipv6-hdr-len+) end)
                     (/= (ipv6-version l3) 6)
                     (= (ipv6-hop-limit l3) 0))
             (drop +malformed+))
           (when (= (load u8 (ipv6-src-addr l3)) #xff)
             (drop +bogon+))
           (setf (address-hi source) (ipv6-src-addr-hi l3)
                 (address-lo source) (ipv6-src-addr-lo l3))
           (let ((key (make-network6 :prefix-len 128)))
             (memcpy (network6-addr-ptr key) 0 source 0 16)
             (when (map-lookup listed6 key)
               (drop +listed+)))
           (setf protocol (ipv6-nexthdr l3)
                 size (+ (ipv6-payload-len l3) +ipv6-hdr-len+)
                 l4 (+ l3 +ipv6-hdr-len+)))
          (t (drop +protocol+)))
        (case protocol
          (+ip-proto-tcp+ (check-tcp))
          (+ip-proto-udp+ (check-udp))
          (+ip-proto-icmp+ (check-icmp 8 0 3 11))
          (+ip-proto-icmpv6+ (check-icmp 128 1 2 3 4 129 133 134 135 136)))
        +protocol+)))
  XDP_PASS)

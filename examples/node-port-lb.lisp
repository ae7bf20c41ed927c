;;; node-port-lb.lisp - Spreads connections to a port over several servers.
;;; SPDX-License-Identifier: MIT
;;;
;;; The port of a service is open on this machine, the servers are elsewhere.  On
;;; the way in, `to-backend` chooses a server for each connection and gives the
;;; packet its address and port; on the way back, `from-backend` puts our own
;;; address and port in again, so that the client never sees the server's.  Routing
;;; does the rest.
;;;
;;;   bpftool prog loadall lb.bpf.o /sys/fs/bpf/lb pinmaps /sys/fs/bpf/lb-maps
;;;   tc filter add dev eth0 ingress bpf da pinned /sys/fs/bpf/lb/to_backend
;;;   tc filter add dev eth0 egress  bpf da pinned /sys/fs/bpf/lb/from_backend
;;;
;;; A server is chosen by a hash of the client's address and port: all packets of
;;; a connection go the same way, and nothing has to be written down for it.

(defconstant +max-backends+ 8)
(defconstant +index-mask+ (1- +max-backends+))

(defstruct service-key
  (port u16)
  (protocol u8))

;; Addresses are in network order, ports in the machine's.
(defstruct backend
  (addr u32)
  (port u16))

(defstruct service
  (count u32)
  (backends (array backend +max-backends+)))

(defmap services
  :type :hash
  :key service-key
  :value service
  :max-entries 1024)

;; What the client called, by what its packets were turned into.
(defstruct back-key
  (client-addr u32)
  (backend-addr u32)
  (client-port u16)
  (backend-port u16)
  (protocol u8))

(defmap origins
  :type :lru-hash
  :key back-key
  :value backend
  :max-entries 65536)

;; Where things are in a packet with a 20-byte IPv4 header.
(defconstant +ip+ +eth-hdr-len+)
(defconstant +ip-checksum+ (+ +ip+ 10))
(defconstant +ip-source+ (+ +ip+ 12))
(defconstant +ip-destination+ (+ +ip+ 16))
(defconstant +l4+ (+ +ip+ +ipv4-hdr-len+))
(defconstant +source-port+ +l4+)
(defconstant +destination-port+ (+ +l4+ 2))
(defconstant +tcp-checksum+ (+ +l4+ 16))
(defconstant +udp-checksum+ (+ +l4+ 6))

;; What the helpers are told: how many bytes differ, and that the checksums of TCP
;; and UDP cover the addresses too.
(defconstant +address+ (logior BPF_F_PSEUDO_HDR 4))
(defconstant +port+ 2)

;; Puts another address and port into the packet and corrects the checksums by the
;; differences.  These helpers may move the packet: whoever calls this does not use
;; pointers into it afterwards.
(defmacro rewrite (address-offset port-offset checksum flags
                   old-address old-port new-address new-port)
  `(let ((address u32 ,new-address)
         (old-net-port u16 (htons ,old-port))
         (new-net-port u16 (htons ,new-port)))
     (l4-csum-replace (ctx-ptr) ,checksum ,old-address address
                      (logior ,flags +address+))
     (l4-csum-replace (ctx-ptr) ,checksum old-net-port new-net-port
                      (logior ,flags +port+))
     (l3-csum-replace (ctx-ptr) +ip-checksum+ ,old-address address 4)
     (skb-store-bytes (ctx-ptr) ,address-offset (stack-addr address) 4 0)
     (skb-store-bytes (ctx-ptr) ,port-offset (stack-addr new-net-port) 2 0)))

;; A number that depends on all bits of an address and a port.
(defn hash-client ((addr u32) (port u16)) -> u32
  (let ((hash u32 (logxor addr (* port #x9e3779b1))))
    (setf hash (* (logxor hash (>> hash 16)) #x85ebca6b))
    (logxor hash (>> hash 13))))

;; Binds the ports of a TCP or UDP packet, the place of its checksum and how to
;; treat that; other packets skip the body.  In UDP a checksum of 0 means that there
;; is none, and it has to stay so.
(defmacro with-ports ((data end protocol source destination checksum flags)
                      &body body)
  `(let ((,protocol 0) (,source 0) (,destination 0) (,checksum 0) (,flags 0))
     (with-tcp (,data ,end tcp)
       (setf ,protocol +ip-proto-tcp+
             ,source (tcp-src-port tcp)
             ,destination (tcp-dst-port tcp)
             ,checksum +tcp-checksum+))
     (with-udp (,data ,end udp)
       (setf ,protocol +ip-proto-udp+
             ,source (udp-src-port udp)
             ,destination (udp-dst-port udp)
             ,checksum +udp-checksum+
             ,flags BPF_F_MARK_MANGLED_0))
     (when ,checksum
       ,@body)))

(defprog to-backend (:type :tc :license "GPL")
  (with-ipv4 (data end ip)
    (let ((client (ipv4-src-addr ip))
          (node (ipv4-dst-addr ip)))
      (with-ports (data end protocol client-port port checksum flags)
        (when-let ((service (getmap services
                                    (make-service-key :port port
                                                      :protocol protocol))))
          (let ((count (service-count service))
                ;; The mask tells the verifier what the remainder cannot: that the
                ;; index stays within the array.
                (index (logand (mod (hash-client client client-port) count)
                               +index-mask+))
                (backend (service-backends-ptr service index))
                (addr (backend-addr backend))
                (backend-port (backend-port backend)))
            ;; A service without servers answers nobody.
            (unless count
              (return TC_ACT_SHOT))
            (setf (getmap origins (make-back-key :client-addr client
                                                 :backend-addr addr
                                                 :client-port client-port
                                                 :backend-port backend-port
                                                 :protocol protocol))
                  (make-backend :addr node :port port))
            (rewrite +ip-destination+ +destination-port+ checksum flags
                     node port addr backend-port))))))
  TC_ACT_OK)

(defprog from-backend (:type :tc :license "GPL")
  (with-ipv4 (data end ip)
    (let ((addr (ipv4-src-addr ip))
          (client (ipv4-dst-addr ip)))
      (with-ports (data end protocol port client-port checksum flags)
        (when-let ((origin (getmap origins
                                   (make-back-key :client-addr client
                                                  :backend-addr addr
                                                  :client-port client-port
                                                  :backend-port port
                                                  :protocol protocol))))
          (rewrite +ip-source+ +source-port+ checksum flags
                   addr port (backend-addr origin) (backend-port origin))))))
  TC_ACT_OK)

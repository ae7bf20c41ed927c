;;; flow-counters.lisp - Packets, bytes and times of each connection.
;;; SPDX-License-Identifier: MIT

(defstruct flow-key
  (src-addr u32)
  (dst-addr u32)
  (src-port u16)
  (dst-port u16)
  (protocol u8))

(defstruct flow
  (packets u64)
  (bytes u64)
  (first-seen u64)
  (last-seen u64))

(defmap flows
  :type :lru-hash
  :key flow-key
  :value flow
  :max-entries 65536)

(defprog count-flow (:type :xdp :license "GPL")
  (with-ipv4 (data end ip)
    (let ((key (make-flow-key :src-addr (ipv4-src-addr ip)
                              :dst-addr (ipv4-dst-addr ip)
                              :protocol (ipv4-protocol ip)))
          (size (ipv4-total-len ip))
          (now (ktime-get-ns)))
      (with-tcp (data end tcp)
        (setf (flow-key-src-port key) (tcp-src-port tcp)
              (flow-key-dst-port key) (tcp-dst-port tcp)))
      (with-udp (data end udp)
        (setf (flow-key-src-port key) (udp-src-port udp)
              (flow-key-dst-port key) (udp-dst-port udp)))
      (if-let (flow (getmap flows key))
          (progn
            (atomic-add (flow-packets-ptr flow) 0 1)
            (atomic-add (flow-bytes-ptr flow) 0 size)
            (setf (flow-last-seen flow) now))
          (setf (getmap flows key)
                (make-flow :packets 1
                           :bytes size
                           :first-seen now
                           :last-seen now)))))
  XDP_PASS)

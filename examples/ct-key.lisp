;;; ct-key.lisp - Counts the packets and bytes of each connection.
;;; SPDX-License-Identifier: MIT
;;;
;;; What identifies a connection is five numbers, so the key of the table is a
;;; struct.  `bpftool map dump` prints its fields by name.

;; 13 bytes, which alignment makes 16.  The hash is made of all 16, and the kernel
;; insists that all are written: `make-ct-key` clears what is between and behind
;; the fields.
(defstruct ct-key
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
  :key ct-key
  :value flow
  :max-entries 65536)

(defprog count-flow (:type :xdp :license "GPL")
  (with-ipv4 (data end ip)
    (let ((key (make-ct-key :src-addr (ipv4-src-addr ip)
                            :dst-addr (ipv4-dst-addr ip)
                            :protocol (ipv4-protocol ip)))
          (size (ipv4-total-len ip))
          (now (ktime-get-ns)))
      ;; Protocols without ports are counted under port 0.
      (with-tcp (data end tcp)
        (setf (ct-key-src-port key) (tcp-src-port tcp)
              (ct-key-dst-port key) (tcp-dst-port tcp)))
      (with-udp (data end udp)
        (setf (ct-key-src-port key) (udp-src-port udp)
              (ct-key-dst-port key) (udp-dst-port udp)))
      ;; A value that is a struct is got by its address, null when there is none.
      (if-let (flow (getmap flows key))
          (progn
            ;; Packets of one connection may come in on several processors.
            (atomic-add (flow-packets-ptr flow) 0 1)
            (atomic-add (flow-bytes-ptr flow) 0 size)
            (setf (flow-last-seen flow) now))
          (setf (getmap flows key)
                (make-flow :packets 1
                           :bytes size
                           :first-seen now
                           :last-seen now)))))
  XDP_PASS)

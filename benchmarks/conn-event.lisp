;;; conn-event.lisp - A ring buffer record for each new TCP connection.
;;; SPDX-License-Identifier: MIT

(defconstant +handshake-flags+ (logior +tcp-syn+ +tcp-ack+))

(defstruct conn-event
  (time u64)
  (src-addr u32)
  (dst-addr u32)
  (src-port u16)
  (dst-port u16)
  (sequence u32))

(defmap events
  :type :ringbuf
  :max-entries (* 256 1024))

(defmap lost
  :type :array
  :key u32
  :value u64
  :max-entries 1)

(defprog report-connection (:type :xdp :license "GPL")
  (with-tcp (data end tcp)
    (when (= (logand (tcp-flags tcp) +handshake-flags+) +tcp-syn+)
      (let ((ip (+ data +eth-hdr-len+)))
        (unless (with-ringbuf (event events conn-event)
                  (setf (conn-event-time event) (ktime-get-ns)
                        (conn-event-src-addr event) (ipv4-src-addr ip)
                        (conn-event-dst-addr event) (ipv4-dst-addr ip)
                        (conn-event-src-port event) (tcp-src-port tcp)
                        (conn-event-dst-port event) (tcp-dst-port tcp)
                        (conn-event-sequence event) (tcp-seq tcp))
                  1)
          (incf (getmap lost 0))))))
  XDP_PASS)

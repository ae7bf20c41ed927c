;;; conn-event.lisp - Reports each new TCP connection to user space.
;;; SPDX-License-Identifier: MIT
;;;
;;; A counter tells how many, an event tells which.  Events travel through a ring
;;; buffer: the program reserves room for a record, fills it in place and submits
;;; it; a reader, such as libbpf's ring_buffer__poll, gets the records in the order
;;; in which room was reserved for them, from all processors together.

;; A connection begins with a packet that has SYN set and ACK clear.
(defconstant +handshake-flags+ (logior +tcp-syn+ +tcp-ack+))

;; What the reader gets.  The layout is the one that a C compiler would choose, so
;; the same struct in a C program reads it.  Addresses are in network order, the
;; other fields in the machine's.
(defstruct conn-event
  (time u64)
  (src-addr u32)
  (dst-addr u32)
  (src-port u16)
  (dst-port u16)
  (sequence u32))

;; The size of a ring buffer is in bytes: a power of two, and whole pages.
(defmap events
  :type :ringbuf
  :max-entries (* 256 1024))

;; Events for which there was no room because nobody read fast enough.
(defmap lost
  :type :array
  :key u32
  :value u64
  :max-entries 1)

(defprog report-connection (:type :xdp :license "GPL")
  (with-tcp (data end tcp)
    (when (= (logand (tcp-flags tcp) +handshake-flags+) +tcp-syn+)
      (let ((ip (+ data +eth-hdr-len+)))
        ;; The record is submitted at the end of the form.  If there is no room,
        ;; the body is skipped and the form yields 0.
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

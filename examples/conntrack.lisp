;;; conntrack.lisp - Lets in only what belongs to a connection made from here.
;;; SPDX-License-Identifier: MIT
;;;
;;;   tc qdisc add dev eth0 clsact
;;;   bpftool prog loadall conntrack.bpf.o /sys/fs/bpf/conntrack
;;;   tc filter add dev eth0 egress  bpf da pinned /sys/fs/bpf/conntrack/outgoing
;;;   tc filter add dev eth0 ingress bpf da pinned /sys/fs/bpf/conntrack/incoming
;;;
;;; `outgoing` writes TCP connections down as they are opened and follows them;
;;; `incoming` drops TCP packets that are not an answer on one of them.  Other
;;; protocols are left alone.

;; The life of a connection.
(defconstant +opening+ 1)               ; SYN went out
(defconstant +established+ 2)           ; an answer came
(defconstant +closing+ 3)               ; either side has said that it is done

;; How long nothing may be heard of a connection before it is forgotten, in
;; nanoseconds.
(defconstant +second+ (* 1000 1000 1000))
(defconstant +opening-timeout+ (* 30 +second+))
(defconstant +established-timeout+ (* 7200 +second+))
(defconstant +closing-timeout+ (* 10 +second+))

(defconstant +handshake-flags+ (logior +tcp-syn+ +tcp-ack+))
(defconstant +end-flags+ (logior +tcp-fin+ +tcp-rst+))

;; A connection seen from here.
(defstruct ends
  (local-addr u32)
  (remote-addr u32)
  (local-port u16)
  (remote-port u16))

(defstruct connection
  (state u32)
  (opened u64)
  (last-seen u64)
  (packets-out u64)
  (packets-in u64))

(defmap connections
  :type :lru-hash
  :key ends
  :value connection
  :max-entries 65536)

;; Entry 0 counts packets that were refused, entry 1 connections that had expired
;; when a packet came.
(defmap refused
  :type :array
  :key u32
  :value u64
  :max-entries 2)

(defconstant +stray+ 0)
(defconstant +expired+ 1)

;; How long the state of a connection lasts.  This is a function of its own in
;; the object, or a part of its caller where that is smaller.
(defn timeout-of ((state u32)) -> u64
  (case state
    (+opening+ +opening-timeout+)
    (+established+ +established-timeout+)
    (t +closing-timeout+)))

(defprog outgoing (:type :tc :license "GPL")
  (with-tcp (data end tcp)
    (let ((ip (+ data +eth-hdr-len+))
          (now (ktime-get-ns))
          (flags (tcp-flags tcp))
          (key (make-ends :local-addr (ipv4-src-addr ip)
                          :remote-addr (ipv4-dst-addr ip)
                          :local-port (tcp-src-port tcp)
                          :remote-port (tcp-dst-port tcp))))
      ;; A request begins anew, whatever was known of these ends.
      (if (= (logand flags +handshake-flags+) +tcp-syn+)
          (setf (getmap connections key)
                (make-connection :state +opening+
                                 :opened now
                                 :last-seen now
                                 :packets-out 1))
          (when-let ((connection (getmap connections key)))
            (atomic-add (connection-packets-out-ptr connection) 0 1)
            (setf (connection-last-seen connection) now)
            (when (logand flags +end-flags+)
              (setf (connection-state connection) +closing+))))))
  TC_ACT_OK)

(defprog incoming (:type :tc :license "GPL")
  (with-tcp (data end tcp)
    (let ((ip (+ data +eth-hdr-len+))
          (now (ktime-get-ns))
          (flags (tcp-flags tcp))
          ;; What is the source to the sender is the remote end to us.
          (key (make-ends :local-addr (ipv4-dst-addr ip)
                          :remote-addr (ipv4-src-addr ip)
                          :local-port (tcp-dst-port tcp)
                          :remote-port (tcp-src-port tcp)))
          (connection (getmap connections key)))
      (unless connection
        (incf (getmap refused +stray+))
        (return TC_ACT_SHOT))
      (when (> (- now (connection-last-seen connection))
               (timeout-of (connection-state connection)))
        (remmap connections key)
        (incf (getmap refused +expired+))
        (return TC_ACT_SHOT))
      (atomic-add (connection-packets-in-ptr connection) 0 1)
      (setf (connection-last-seen connection) now)
      (cond ((logand flags +end-flags+)
             (setf (connection-state connection) +closing+))
            ((and (= (connection-state connection) +opening+)
                  (= (logand flags +handshake-flags+) +handshake-flags+))
             (setf (connection-state connection) +established+)))))
  TC_ACT_OK)

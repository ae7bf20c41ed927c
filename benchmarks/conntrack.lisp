;;; conntrack.lisp - Lets in what belongs to a connection made from here.
;;; SPDX-License-Identifier: MIT

(defconstant +opening+ 1)
(defconstant +established+ 2)
(defconstant +closing+ 3)

(defconstant +second+ (* 1000 1000 1000))
(defconstant +opening-timeout+ (* 30 +second+))
(defconstant +established-timeout+ (* 7200 +second+))
(defconstant +closing-timeout+ (* 10 +second+))

(defconstant +handshake-flags+ (logior +tcp-syn+ +tcp-ack+))
(defconstant +end-flags+ (logior +tcp-fin+ +tcp-rst+))

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

(defconstant +stray+ 0)
(defconstant +expired+ 1)

(defmap refused
  :type :array
  :key u32
  :value u64
  :max-entries 2)

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

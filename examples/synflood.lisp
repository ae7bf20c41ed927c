;;; synflood.lisp - Stops sources that open too many TCP connections.
;;; SPDX-License-Identifier: MIT
;;;
;;; A SYN flood is a stream of connection requests that are never completed.
;;; This filter counts the requests of each source address and, once a source
;;; has used up its allowance, drops its further requests.  Packets of
;;; connections that are already open are not touched.

;; How many requests a source may have on record and still be let through.
(defconstant +allowance+ 100)

;; What the entries of `syn-events` count.
(defconstant +requests+ 0)
(defconstant +refused+ 1)
(defconstant +new-sources+ 2)

;; The flags that matter here, and what they look like in a request.
(defconstant +handshake-flags+ (logior +tcp-syn+ +tcp-ack+))

;; Requests on record for each source address.
(defmap syn-sources
  :type :hash
  :key u32
  :value u64
  :max-entries 32768)

(defmap syn-events
  :type :array
  :key u32
  :value u64
  :max-entries 3)

(defprog synflood (:type :xdp :license "GPL")
  (with-tcp (data end tcp)
    ;; A request has SYN set and ACK clear; the server's answer has both.
    (when (= (logand (tcp-flags tcp) +handshake-flags+) +tcp-syn+)
      (incf (getmap syn-events +requests+))
      ;; Addresses stay in network order.  That does not matter to a key, which
      ;; is only compared with itself.
      (let ((source (ipv4-src-addr (+ data +eth-hdr-len+))))
        (declare (type u32 source))
        ;; `map-lookup` yields a pointer into the map, or 0 when there is no
        ;; such entry; `if-let` binds it and chooses the branch.
        (if-let (on-record (map-lookup syn-sources source))
            (if (> (load u64 on-record 0) +allowance+)
                (progn
                  (incf (getmap syn-events +refused+))
                  (return XDP_DROP))
                (atomic-add on-record 0 1))
            (progn
              (incf (getmap syn-events +new-sources+))
              (setf (getmap syn-sources source) 1))))))
  XDP_PASS)

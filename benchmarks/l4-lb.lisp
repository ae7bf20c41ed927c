;;; l4-lb.lisp - Spreads connections over servers by a hash of their addresses.
;;; SPDX-License-Identifier: MIT

(defconstant +backends+ 16)

(defstruct backend
  (addr u32)
  (mac-hi u32)
  (mac-lo u16))

(defmap backends
  :type :array
  :key u32
  :value backend
  :max-entries +backends+)

(defmap sent
  :type :percpu-array
  :key u32
  :value u64
  :max-entries +backends+)

;; The address and port that clients call, in network order.
(defglobal service-addr u32 #x0100a8c0)
(defglobal service-port u16 #x5000)

(defn mix ((hash u32)) -> u32
  (let ((h u32 hash))
    (setf h (* (logxor h (>> h 16)) #x85ebca6b)
          h (* (logxor h (>> h 13)) #xc2b2ae35))
    (logxor h (>> h 16))))

(defmacro corrected (checksum gain)
  `(let ((sum (+ (logxor ,checksum #xffff) ,gain)))
     (setf sum (+ (logand sum #xffff) (>> sum 16)))
     (setf sum (+ (logand sum #xffff) (>> sum 16)))
     (logxor sum #xffff)))

(defprog balance (:type :xdp :license "GPL")
  (with-tcp (data end tcp)
    (let ((ip (+ data +eth-hdr-len+))
          (service (ipv4-dst-addr ip)))
      (when (or (/= service service-addr)
                (/= (load u16 tcp 2) service-port))
        (return XDP_PASS))
      (let ((index (logand (mix (logxor (ipv4-src-addr ip) (load u32 tcp)))
                           (1- +backends+)))
            (backend (getmap backends index)))
        (unless (and backend (backend-addr backend))
          (return XDP_DROP))
        (let ((addr (backend-addr backend))
              (gain (+ (logxor (logand service #xffff) #xffff)
                       (logxor (>> service 16) #xffff)
                       (logand addr #xffff)
                       (>> addr 16))))
          (store u16 ip 10 (corrected (load u16 ip 10) gain))
          (store u16 tcp 16 (corrected (load u16 tcp 16) gain))
          (setf (ipv4-dst-addr ip) addr))
        (setf (eth-src-mac-hi data) (eth-dst-mac-hi data)
              (eth-src-mac-lo data) (eth-dst-mac-lo data)
              (eth-dst-mac-hi data) (backend-mac-hi backend)
              (eth-dst-mac-lo data) (backend-mac-lo backend))
        (incf (getmap sent index))
        (return XDP_TX))))
  XDP_PASS)

;;; tail-call-dispatch.lisp - Goes on in the program of the IP protocol.
;;; SPDX-License-Identifier: MIT

(defconstant +by-nobody+ 0)
(defconstant +by-tcp+ 1)
(defconstant +by-udp+ 2)
(defconstant +by-icmp+ 3)

(defmap handlers
  :type :prog-array
  :key-size 4
  :value-size 4
  :max-entries 256)

(defmap handled
  :type :array
  :key u32
  :value u64
  :max-entries 4)

(defprog dispatch (:type :xdp :license "GPL")
  (with-ipv4 (data end ip)
    (tail-call handlers (ipv4-protocol ip))
    (incf (getmap handled +by-nobody+)))
  XDP_PASS)

(defprog handle-tcp (:type :xdp :license "GPL")
  (incf (getmap handled +by-tcp+))
  XDP_PASS)

(defprog handle-udp (:type :xdp :license "GPL")
  (incf (getmap handled +by-udp+))
  XDP_PASS)

(defprog handle-icmp (:type :xdp :license "GPL")
  (incf (getmap handled +by-icmp+))
  (with-icmp (data end icmp)
    (when (= (icmp-type icmp) +icmp-echo-request+)
      (return XDP_DROP)))
  XDP_PASS)

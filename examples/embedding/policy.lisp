;;; policy.lisp - Closes a range of ports: drops UDP that is sent to them.
;;; SPDX-License-Identifier: MIT
;;;
;;; The map `drops` has what was dropped for each port.

(load "ports.lisp")

(defstruct port-drops
  (packets u64)
  (bytes u64))

(defmap drops
  :type :hash
  :key u16
  :value port-drops
  :max-entries 1024)

(defprog closed-ports (:type :xdp :license "GPL")
  (with-udp (data end udp)
    (let ((port (udp-dst-port udp)))
      (declare (type u16 port))
      ;; There is no port 0.
      (when (= port 0)
        (return XDP_ABORTED))
      (when (<= +first-closed-port+ port +last-closed-port+)
        (if-let (entry (getmap drops port))
            (progn
              (incf (port-drops-packets entry))
              (incf (port-drops-bytes entry) (udp-length udp)))
            (setf (getmap drops port)
                  (make-port-drops :packets 1 :bytes (udp-length udp))))
        (return XDP_DROP))))
  XDP_PASS)

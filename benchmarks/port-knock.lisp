;;; port-knock.lisp - Opens a port to who has knocked at three others in turn.
;;; SPDX-License-Identifier: MIT

(defconstant +protected-port+ 22)
(defconstant +first+ 7001)
(defconstant +second+ 8002)
(defconstant +third+ 9003)
(defconstant +patience-ns+ (* 10 1000 1000 1000))

(defstruct visitor
  (step u32)
  (tries u32)
  (last-knock u64))

(defmap visitors
  :type :lru-hash
  :key u32
  :value visitor
  :max-entries 4096)

(defprog guard-port (:type :xdp :license "GPL")
  (with-tcp (data end tcp)
    (let ((port (tcp-dst-port tcp))
          (source (ipv4-src-addr (+ data +eth-hdr-len+)))
          (visitor (getmap visitors source)))
      (case port
        (+protected-port+
         (when (and visitor (= (visitor-step visitor) 3))
           (return XDP_PASS))
         (return XDP_DROP))
        (+first+
         (if visitor
             (setf (visitor-step visitor) 1
                   (visitor-tries visitor) (1+ (visitor-tries visitor))
                   (visitor-last-knock visitor) (ktime-get-ns))
             (setf (getmap visitors source)
                   (make-visitor :step 1 :tries 1
                                 :last-knock (ktime-get-ns)))))
        ((+second+ +third+)
         (when visitor
           (let ((now (ktime-get-ns))
                 (wanted (if (= port +second+) 1 2)))
             (if (and (= (visitor-step visitor) wanted)
                      (< (- now (visitor-last-knock visitor)) +patience-ns+))
                 (setf (visitor-step visitor) (1+ wanted)
                       (visitor-last-knock visitor) now)
                 (setf (visitor-step visitor) 0))))))))
  XDP_PASS)

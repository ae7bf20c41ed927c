; A check of a table of ports, each with its own counter and verdict.

; REQUIRES: bpf-kernel
; RUN: %whistler compile %s -o %t.o
; RUN: %bpf-run %t.o %s | FileCheck %s

(defmap seen :type :hash :key u16 :value u64 :max-entries 16)

; `do` is spliced into each clause; an inner backquote per port.
(defmacro match-ports (port-form otherwise &rest entries)
  (let ((port (gensym "PORT")))
    `(let ((,port ,port-form))
       (cond
         ,@(mapcar (lambda (entry)
                     (destructuring-bind (ports verdict &key (count t)) entry
                       `((or ,@(mapcar (lambda (p) `(= ,port ,p))
                                       (if (listp ports) ports (list ports))))
                         ,@(when count `((incf (getmap seen ,port))))
                         ,verdict)))
            entries)
         (t ,otherwise)))))

(defprog expanded (:type :xdp)
  (with-packet (data end :min-len 54)
    (with-tcp (data end tcp)
      (return (match-ports (tcp-dst-port tcp) XDP_PASS
                ((22 23 24) XDP_DROP)
                (80 XDP_TX :count nil)
                ((8080) XDP_TX)))))
  XDP_ABORTED)

(defprog by-hand (:type :xdp)
  (with-packet (data end :min-len 54)
    (with-tcp (data end tcp)
      (let ((port (tcp-dst-port tcp)))
        (when (or (= port 22) (= port 23) (= port 24))
          (incf (getmap seen port))
          (return XDP_DROP))
        (when (= port 80) (return XDP_TX))
        (when (= port 8080)
          (incf (getmap seen port))
          (return XDP_TX))
        (return XDP_PASS))))
  XDP_ABORTED)

; BPF: run expanded eth/ipv4/tcp(dport=23) x2
; CHECK: expanded: XDP_DROP (1) x2
; BPF: run by_hand eth/ipv4/tcp(dport=23) x2
; CHECK-NEXT: by_hand: XDP_DROP (1) x2
; BPF: run expanded eth/ipv4/tcp(dport=80)
; CHECK-NEXT: expanded: XDP_TX (3)
; BPF: run by_hand eth/ipv4/tcp(dport=80)
; CHECK-NEXT: by_hand: XDP_TX (3)
; BPF: run expanded eth/ipv4/tcp(dport=8080)
; CHECK-NEXT: expanded: XDP_TX (3)
; BPF: run expanded eth/ipv4/tcp(dport=443)
; CHECK-NEXT: expanded: XDP_PASS (2)
; BPF: run expanded eth/ipv4/udp/payload(len=20)
; CHECK-NEXT: expanded: XDP_ABORTED (0)
; BPF: expect seen 23=4 80=none 8080=1 443=none
; CHECK-NEXT: {{^[0-9]+}} values as expected

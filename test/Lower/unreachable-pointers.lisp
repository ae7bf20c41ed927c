; A pointer that several branches yield is one also where control cannot come.

; RUN: %whistler compile %s -o %t.o

(defprog returned (:type :xdp)
  (return 1)
  (let ((p (if (ktime-get-ns) (xdp-data) (+ (xdp-data) 4))))
    (load u32 p 0)))

(defprog no-rounds (:type :xdp)
  (dotimes (i 0)
    (with-ipv4 (data end ip :vlan t)
      (load u32 ip 4)))
  (ctx ingress-ifindex))

;;; vlan-push.lisp - Puts untagged frames into a VLAN, takes tagged ones out.
;;; SPDX-License-Identifier: MIT

;; The VLAN of the port; 0 is none.
(defmap port-vlan
  :type :array
  :key u32
  :value u32
  :max-entries 1)

(defprog push-tag (:type :xdp :license "GPL")
  (with-packet (data end :min-len +eth-hdr-len+)
    (let ((vlan (getmap port-vlan 0)))
      (when (or (= vlan 0) (= (eth-type data) +ethertype-vlan+))
        (return XDP_PASS)))
    (when (xdp-adjust-head (ctx-ptr) -4)
      (return XDP_DROP)))
  ;; The packet may have moved.
  (with-packet (data end :min-len (+ +eth-hdr-len+ +vlan-hdr-len+))
    (let ((tag (+ data +eth-hdr-len+)))
      (store u64 data 0 (load u64 data 4))
      (store u32 data 8 (load u32 data 12))
      (setf (eth-type data) +ethertype-vlan+
            (vlan-tci tag) (getmap port-vlan 0))))
  XDP_PASS)

(defprog pop-tag (:type :xdp :license "GPL")
  (with-packet (data end :min-len (+ +eth-hdr-len+ +vlan-hdr-len+))
    (when (= (eth-type data) +ethertype-vlan+)
      (let ((hi (load u64 data 0))
            (lo (load u32 data 8)))
        (store u64 data 4 hi)
        (store u32 data 12 lo)
        (when (xdp-adjust-head (ctx-ptr) 4)
          (return XDP_DROP)))))
  XDP_PASS)

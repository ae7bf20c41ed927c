;;; vlan-count.lisp - Counts packets by their outer and inner VLAN.
;;; SPDX-License-Identifier: MIT

(defstruct tags
  (outer u16)
  (inner u16))

(defmap by-tags
  :type :hash
  :key tags
  :value u64
  :max-entries 4096)

(defmacro tag-type-p (type)
  `(case ,type
     ((+ethertype-vlan+ +ethertype-qinq+) 1)))

(defprog count-vlans (:type :xdp :license "GPL")
  (with-packet (data end :min-len +eth-hdr-len+)
    (when (tag-type-p (eth-type data))
      (let ((tag (+ data +eth-hdr-len+))
            (key (make-tags)))
        (when (> (+ tag +vlan-hdr-len+) end)
          (return XDP_DROP))
        (setf (tags-outer key) (vlan-id tag))
        (when (tag-type-p (vlan-type tag))
          (let ((second (+ tag +vlan-hdr-len+)))
            (when (> (+ second +vlan-hdr-len+) end)
              (return XDP_DROP))
            (setf (tags-inner key) (vlan-id second))))
        (incf (getmap by-tags key)))))
  XDP_PASS)

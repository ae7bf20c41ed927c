;;; cgroup-egress.lisp - What the processes of a group may send, and how much.
;;; SPDX-License-Identifier: MIT

(defconstant +allow+ 1)
(defconstant +deny+ 0)

(defstruct usage
  (packets u64)
  (bytes u64)
  (limit u64))

;; By destination address; what is not here may not be sent to.
(defmap destinations
  :type :hash
  :key u32
  :value usage
  :max-entries 8192)

(defmap denied-ports
  :type :hash
  :key u16
  :value u8
  :max-entries 1024)

(defmap denied
  :type :percpu-array
  :key u32
  :value u64
  :max-entries 3)

(defmacro deny (why)
  `(progn
     (incf (getmap denied ,why))
     (return +deny+)))

(defprog limit-egress (:type :cgroup-skb
                       :section "cgroup_skb/egress"
                       :license "GPL")
  (with-tcp (data end tcp)
    (when (map-lookup denied-ports (tcp-dst-port tcp))
      (deny 0)))
  (with-ipv4 (data end ip)
    (let ((usage (getmap destinations (ipv4-dst-addr ip)))
          (size (ctx len)))
      (unless usage
        (deny 1))
      (when (> (+ (usage-bytes usage) size) (usage-limit usage))
        (deny 2))
      (atomic-add (usage-packets-ptr usage) 0 1)
      (atomic-add (usage-bytes-ptr usage) 0 size)))
  +allow+)

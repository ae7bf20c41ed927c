;;; globals.lisp - A limit that the loader sets, counters that it reads.
;;; SPDX-License-Identifier: MIT

(defglobal packets u64)
(defglobal bytes u64)
(defglobal too-long u64)
(defglobal largest u32)
(defglobal max-size u32 1500)

(defprog limit-size (:type :xdp :license "GPL")
  (with-ipv4 (data end ip)
    (let ((size (ipv4-total-len ip)))
      (atomic-add (global-ptr packets) 0 1)
      (atomic-add (global-ptr bytes) 0 size)
      (when (> size largest)
        (setf largest size))
      (when (> size max-size)
        (atomic-add (global-ptr too-long) 0 1)
        (return XDP_DROP))))
  XDP_PASS)

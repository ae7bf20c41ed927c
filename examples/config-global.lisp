;;; config-global.lisp - A filter whose limits are set when it is loaded.
;;; SPDX-License-Identifier: MIT
;;;
;;; Globals are variables of the whole object.  Those marked :const are for the
;;; loader to set before the programs are loaded; the verifier then knows their
;;; values, and code that they rule out costs nothing.  Others can be read, and
;;; written, at any time from outside.  A C program gets both as members of the
;;; struct that `bpftool gen skeleton` makes:
;;;
;;;   skeleton->rodata->max_size = 600;
;;;   config_global__load(skeleton);
;;;   ...
;;;   printf("%llu packets\n", skeleton->bss->packets);

;; Longer packets are dropped, by the length in their IP header.
(defglobal max-size u32 1500 :const t)

;; Whether packets are counted at all.
(defglobal counting u8 1 :const t)

(defglobal packets u64)
(defglobal dropped u64)

;; Sizes are rounded down to multiples of this before they are counted.
(defglobal granularity u32 64)

(defglobal largest u32)

(defconstant +buckets+ 32)

(defstruct bucket
  (packets u64)
  (bytes u64)
  (last-seen u64))

(defmap sizes
  :type :array
  :key u32
  :value bucket
  :max-entries +buckets+)

(defn clamp ((x u32) (limit u32)) -> u32
  (if (> x limit) limit x))

;; A function may take pointers.  This one yields nothing.
(defn touch ((entry (ptr bucket)) (size u32))
  (atomic-add (bucket-packets-ptr entry) 0 1)
  (atomic-add (bucket-bytes-ptr entry) 0 size)
  (setf (bucket-last-seen entry) (ktime-get-ns)))

(defprog limit-size (:type :xdp :license "GPL")
  (with-ipv4 (data end ip)
    (let ((size (ipv4-total-len ip)))
      (when counting
        ;; Programs run on several processors at once: count atomically.
        (atomic-add (global-ptr packets) 0 1)
        (when (> size largest)
          (setf largest size))
        (when-let ((entry (getmap sizes (clamp (/ size granularity)
                                               (1- +buckets+)))))
          (touch entry size)))
      (when (> size max-size)
        (atomic-add (global-ptr dropped) 0 1)
        (return XDP_DROP))))
  XDP_PASS)

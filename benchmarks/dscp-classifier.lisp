;;; dscp-classifier.lisp - Mark and priority of a packet by its service class.
;;; SPDX-License-Identifier: MIT

(defconstant +expedited+ 46)
(defconstant +lower-effort+ 1)
(defconstant +long-packet+ 1200)

(defstruct class
  (mark u32)
  (priority u32))

;; By differentiated services code point.
(defmap classes
  :type :array
  :key u32
  :value class
  :max-entries 64)

(defmap counts
  :type :percpu-array
  :key u32
  :value u64
  :max-entries 64)

(defprog classify (:type :tc :license "GPL")
  (let ((dscp 0))
    (with-ipv4 (data end ip)
      (setf dscp (ipv4-dscp ip))
      (when (and (= dscp 0) (> (ipv4-total-len ip) +long-packet+))
        (setf dscp +lower-effort+)))
    (with-ipv6 (data end ip)
      (setf dscp (>> (ipv6-traffic-class ip) 2)))
    (when-let ((class (getmap classes dscp)))
      (setf (ctx mark) (class-mark class)
            (ctx priority) (class-priority class)))
    (incf (getmap counts dscp))
    ;; Nobody may send so much of this that it matters.
    (when (and (= dscp +expedited+) (> (ctx len) +long-packet+))
      (return TC_ACT_SHOT)))
  TC_ACT_OK)

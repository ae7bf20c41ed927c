;;; worse.lisp - Takes more instructions than its counterpart in C.
;;; SPDX-License-Identifier: MIT

(defn (verdict :inline nil) ()
  XDP_PASS)

(defprog pass (:type :xdp :license "GPL")
  (verdict))

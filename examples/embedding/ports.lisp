;;; ports.lisp - Which ports are closed.
;;; SPDX-License-Identifier: MIT

(defconstant +first-closed-port+ 9000)
(defconstant +last-closed-port+ 9999)

; A program may use the whole of the reader's syntax.
; RUN: whistler compile %s -o %t.o
; RUN: test -s %t.o

(in-package #:whistler)
#| A block comment #| may nest |# and hold ) and ". |#
#+(and whistler (not sbcl))
(defmap |PKT-COUNT| :type :array
  :key-size #b100 :value-size #o10 :max-entries #16r1)
#-whistler (unknown:::syntax #<is> #y(harmless) .. where #z it is skipped)
(defprog count-packets (:type :xdp #+sbcl :section #+sbcl "nowhere"
                        :license "G\PL")
  (incf (getmap pkt-count #x-0)) ; a comment ) to the end of the line
  (cl:return whistler-user::XDP_PASS))

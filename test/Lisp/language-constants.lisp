; Compile-time code knows the constants of the language.

; RUN: %whistler compile %s -o - --emit=whistler | FileCheck %s
; RUN: %whistler repl < %S/Inputs/language-constants.txt | FileCheck %s --check-prefix=PROMPT

(defconstant +flags+ (logior +tcp-syn+ (expt 2 7)))
(defmacro verdict () `(+ ,XDP_TX ,(length (list XDP_DROP))))

(defprog p (:type :xdp)
  (if (= (ctx rx-queue-index) +flags+) (verdict) XDP_PASS))

; CHECK-DAG: arith.constant 130 : i{{32|64}}
; CHECK-DAG: arith.constant 4 : i64

; PROMPT:      {{^}}(2 3)
; The second value of macroexpand-1 is a truth value.
; PROMPT-NEXT: {{^}}(IF A (PROGN B))
; PROMPT-NEXT: {{^}}T
; PROMPT-NEXT: {{^}}7

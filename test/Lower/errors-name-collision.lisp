; Two names that C cannot tell apart collide.
; RUN: rm -f %t.o
; RUN: sh -c 'whistler compile %s -o %t.o 2>%t.err; test $? -eq 1'
; RUN: FileCheck %s --input-file=%t.err --strict-whitespace --match-full-lines
; RUN: not test -e %t.o

;  CHECK-NOT:{{.*(error|warning):.*}}

(defmap a-b :type :array :value-size 8 :max-entries 1)
;      CHECK:{{.*}}errors-name-collision.lisp:[[#@LINE+6]]:9: error: `a_b` and `a-b` have the same name in the object file, `a_b`
; CHECK-NEXT:(defmap a_b :type :array :value-size 8 :max-entries 1)
; CHECK-NEXT:        ^~~
; CHECK-NEXT:{{.*}}errors-name-collision.lisp:[[#@LINE-4]]:9: note: the first definition is here
; CHECK-NEXT:(defmap a-b :type :array :value-size 8 :max-entries 1)
; CHECK-NEXT:        ^~~
(defmap a_b :type :array :value-size 8 :max-entries 1)

(defmap counts :type :array :value-size 8 :max-entries 1)
; CHECK-NEXT:{{.*}}errors-name-collision.lisp:[[#@LINE+6]]:10: error: `counts` is defined twice
; CHECK-NEXT:(defprog counts () 0)
; CHECK-NEXT:         ^~~~~~
; CHECK-NEXT:{{.*}}errors-name-collision.lisp:[[#@LINE-4]]:9: note: the first definition is here
; CHECK-NEXT:(defmap counts :type :array :value-size 8 :max-entries 1)
; CHECK-NEXT:        ^~~~~~
(defprog counts () 0)

(defprog twice () 0)
; CHECK-NEXT:{{.*}}errors-name-collision.lisp:[[#@LINE+6]]:10: error: `twice` is defined twice
; CHECK-NEXT:(defprog twice () 0)
; CHECK-NEXT:         ^~~~~
; CHECK-NEXT:{{.*}}errors-name-collision.lisp:[[#@LINE-4]]:10: note: the first definition is here
; CHECK-NEXT:(defprog twice () 0)
; CHECK-NEXT:         ^~~~~
(defprog twice () 0)

(defprog case-one () 0)
; CHECK-NEXT:{{.*}}errors-name-collision.lisp:[[#@LINE+6]]:10: error: `|Case-One|` and `case-one` have the same name in the object file, `case_one`
; CHECK-NEXT:(defprog |Case-One| () 0)
; CHECK-NEXT:         ^~~~~~~~~~
; CHECK-NEXT:{{.*}}errors-name-collision.lisp:[[#@LINE-4]]:10: note: the first definition is here
; CHECK-NEXT:(defprog case-one () 0)
; CHECK-NEXT:         ^~~~~~~~
(defprog |Case-One| () 0)

(defprog int () 0)
; CHECK-NEXT:{{.*}}errors-name-collision.lisp:[[#@LINE+6]]:10: error: `int_` and `int` have the same name in the object file, `int_`
; CHECK-NEXT:(defprog int_ () 0)
; CHECK-NEXT:         ^~~~
; CHECK-NEXT:{{.*}}errors-name-collision.lisp:[[#@LINE-4]]:10: note: the first definition is here
; CHECK-NEXT:(defprog int () 0)
; CHECK-NEXT:         ^~~
(defprog int_ () 0)

(defprog c.d () 0)
; CHECK-NEXT:{{.*}}errors-name-collision.lisp:[[#@LINE+6]]:10: error: `c/d` and `c.d` have the same name in the object file, `c_d`
; CHECK-NEXT:(defprog c/d () 0)
; CHECK-NEXT:         ^~~
; CHECK-NEXT:{{.*}}errors-name-collision.lisp:[[#@LINE-4]]:10: note: the first definition is here
; CHECK-NEXT:(defprog c.d () 0)
; CHECK-NEXT:         ^~~
(defprog c/d () 0)

(defprog 1x () 0)
; CHECK-NEXT:{{.*}}errors-name-collision.lisp:[[#@LINE+6]]:10: error: `_1x` and `1x` have the same name in the object file, `_1x`
; CHECK-NEXT:(defprog _1x () 0)
; CHECK-NEXT:         ^~~
; CHECK-NEXT:{{.*}}errors-name-collision.lisp:[[#@LINE-4]]:10: note: the first definition is here
; CHECK-NEXT:(defprog 1x () 0)
; CHECK-NEXT:         ^~
(defprog _1x () 0)

;  CHECK-NOT:{{.*(error|warning):.*}}

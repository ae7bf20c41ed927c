; Ring buffers.
; RUN: rm -f %t.o
; RUN: sh -c 'whistler compile %s -o %t.o 2>%t.err; test $? -eq 1'
; RUN: FileCheck %s --input-file=%t.err --strict-whitespace --match-full-lines
; RUN: not test -e %t.o

;  CHECK-NOT:{{.*(error|warning):.*}}

(defstruct event (pid u32) (cpu u32))

(defstruct other (pid u32))

(defmap events :type :ringbuf :max-entries 4096)

(defmap counts :type :array :key u32 :value u64 :max-entries 1)

(defmap programs :type :prog-array :max-entries 4)

;      CHECK:{{.*}}errors-ringbuf.lisp:[[#@LINE+3]]:1: error: the map has no `:max-entries`
; CHECK-NEXT:(defmap broken :type :ringbuf)
; CHECK-NEXT:^~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
(defmap broken :type :ringbuf)

(defprog p (:type :xdp)
  (let ((n 8))
; CHECK-NEXT:{{.*}}errors-ringbuf.lisp:[[#@LINE+3]]:22: error: `with-ringbuf` needs a map of type `:ringbuf`, and this one's is `:array`
; CHECK-NEXT:    (with-ringbuf (e counts event) 1)
; CHECK-NEXT:                     ^~~~~~
    (with-ringbuf (e counts event) 1)
; CHECK-NEXT:{{.*}}errors-ringbuf.lisp:[[#@LINE+3]]:22: error: there is no map `evens`; did you mean `events`?
; CHECK-NEXT:    (with-ringbuf (e evens event) 1)
; CHECK-NEXT:                     ^~~~~
    (with-ringbuf (e evens event) 1)
; CHECK-NEXT:{{.*}}errors-ringbuf.lisp:[[#@LINE+3]]:19: error: `with-ringbuf` is written `(with-ringbuf (var map size) body...)`
; CHECK-NEXT:    (with-ringbuf (e events) 1)
; CHECK-NEXT:                  ^~~~~~~~~~
    (with-ringbuf (e events) 1)
; CHECK-NEXT:{{.*}}errors-ringbuf.lisp:[[#@LINE+3]]:19: error: `with-ringbuf` is written `(with-ringbuf (var map size) body...)`
; CHECK-NEXT:    (with-ringbuf (e events event 3) 1)
; CHECK-NEXT:                  ^~~~~~~~~~~~~~~~~~
    (with-ringbuf (e events event 3) 1)
; CHECK-NEXT:{{.*}}errors-ringbuf.lisp:[[#@LINE+3]]:19: error: `e` stands where there should be `(var map size)`
; CHECK-NEXT:    (with-ringbuf e 1)
; CHECK-NEXT:                  ^
    (with-ringbuf e 1)
; CHECK-NEXT:{{.*}}errors-ringbuf.lisp:[[#@LINE+3]]:19: error: `with-ringbuf` is written `(with-ringbuf (var map size) body...)`
; CHECK-NEXT:    (with-ringbuf ((e u32) events event) 1)
; CHECK-NEXT:                  ^~~~~~~~~~~~~~~~~~~~~~
    (with-ringbuf ((e u32) events event) 1)
; CHECK-NEXT:{{.*}}errors-ringbuf.lisp:[[#@LINE+3]]:20: error: `5` cannot be bound; a variable is a symbol
; CHECK-NEXT:    (with-ringbuf (5 events event) 1)
; CHECK-NEXT:                   ^
    (with-ringbuf (5 events event) 1)
; CHECK-NEXT:{{.*}}errors-ringbuf.lisp:[[#@LINE+3]]:29: error: the size of a record has to be a constant, and `n` is none
; CHECK-NEXT:    (with-ringbuf (e events n) 1)
; CHECK-NEXT:                            ^
    (with-ringbuf (e events n) 1)
; CHECK-NEXT:{{.*}}errors-ringbuf.lisp:[[#@LINE+3]]:29: error: the size of a record has to be between 1 and 1073741823, and this is 0
; CHECK-NEXT:    (with-ringbuf (e events 0) 1)
; CHECK-NEXT:                            ^
    (with-ringbuf (e events 0) 1)
; CHECK-NEXT:{{.*}}errors-ringbuf.lisp:[[#@LINE+3]]:29: error: the size of a record has to be between 1 and 1073741823, and this is -1
; CHECK-NEXT:    (with-ringbuf (e events -1) 1)
; CHECK-NEXT:                            ^~
    (with-ringbuf (e events -1) 1)
; CHECK-NEXT:{{.*}}errors-ringbuf.lisp:[[#@LINE+3]]:29: error: the size of a record has to be between 1 and 1073741823, and this is 2000000000
; CHECK-NEXT:    (with-ringbuf (e events 2000000000) 1)
; CHECK-NEXT:                            ^~~~~~~~~~
    (with-ringbuf (e events 2000000000) 1)
; CHECK-NEXT:{{.*}}errors-ringbuf.lisp:[[#@LINE+3]]:29: error: the size of a record is a constant or the name of a struct, and `evnt` is neither; did you mean `event`?
; CHECK-NEXT:    (with-ringbuf (e events evnt) 1)
; CHECK-NEXT:                            ^~~~
    (with-ringbuf (e events evnt) 1)
    (with-ringbuf (e broken event) (event-pid e))
; CHECK-NEXT:{{.*}}errors-ringbuf.lisp:[[#@LINE+3]]:6: error: `with-ringbuf` is given 0 arguments; it is written `(with-ringbuf (var map size) body...)`
; CHECK-NEXT:    (with-ringbuf)
; CHECK-NEXT:     ^~~~~~~~~~~~
    (with-ringbuf)
; CHECK-NEXT:{{.*}}errors-ringbuf.lisp:[[#@LINE+3]]:37: error: a tail call would leave the record of `with-ringbuf` behind; end the `with-ringbuf` first
; CHECK-NEXT:    (with-ringbuf (e events event) (tail-call programs 1))
; CHECK-NEXT:                                    ^~~~~~~~~
    (with-ringbuf (e events event) (tail-call programs 1))
; CHECK-NEXT:{{.*}}errors-ringbuf.lisp:[[#@LINE+3]]:47: error: `e` points to a `event`, and `other-pid` takes a pointer to a `other`
; CHECK-NEXT:    (with-ringbuf (e events event) (other-pid e))
; CHECK-NEXT:                                              ^
    (with-ringbuf (e events event) (other-pid e))
; CHECK-NEXT:{{.*}}errors-ringbuf.lisp:[[#@LINE+3]]:37: error: unknown operator `event-pd`; did you mean `event-pid`?
; CHECK-NEXT:    (with-ringbuf (e events event) (event-pd e))
; CHECK-NEXT:                                    ^~~~~~~~
    (with-ringbuf (e events event) (event-pd e))
    (with-ringbuf (e events event) (setf e (ctx-ptr)))
; CHECK-NEXT:{{.*}}errors-ringbuf.lisp:[[#@LINE+3]]:22: error: `ringbuf-reserve` needs a map of type `:ringbuf`, and this one's is `:array`
; CHECK-NEXT:    (ringbuf-reserve counts 8)
; CHECK-NEXT:                     ^~~~~~
    (ringbuf-reserve counts 8)
; CHECK-NEXT:{{.*}}errors-ringbuf.lisp:[[#@LINE+3]]:29: error: the size of a record has to be a constant, and `n` is none
; CHECK-NEXT:    (ringbuf-reserve events n)
; CHECK-NEXT:                            ^
    (ringbuf-reserve events n)
; CHECK-NEXT:{{.*}}errors-ringbuf.lisp:[[#@LINE+3]]:6: error: `ringbuf-reserve` is given 1 argument; it is written `(ringbuf-reserve map size)`
; CHECK-NEXT:    (ringbuf-reserve events)
; CHECK-NEXT:     ^~~~~~~~~~~~~~~
    (ringbuf-reserve events)
; CHECK-NEXT:{{.*}}errors-ringbuf.lisp:[[#@LINE+3]]:35: error: `(ctx-ptr)` is a pointer, and an integer is needed; `(ctx field)` reads from the context
; CHECK-NEXT:    (ringbuf-reserve events event (ctx-ptr))
; CHECK-NEXT:                                  ^~~~~~~~~
    (ringbuf-reserve events event (ctx-ptr))
; CHECK-NEXT:{{.*}}errors-ringbuf.lisp:[[#@LINE+3]]:21: error: `5` is an integer, and a pointer is needed
; CHECK-NEXT:    (ringbuf-submit 5)
; CHECK-NEXT:                    ^
    (ringbuf-submit 5)
; CHECK-NEXT:{{.*}}errors-ringbuf.lisp:[[#@LINE+3]]:6: error: `ringbuf-submit` is given 0 arguments; it is written `(ringbuf-submit ptr [flags])`
; CHECK-NEXT:    (ringbuf-submit)
; CHECK-NEXT:     ^~~~~~~~~~~~~~
    (ringbuf-submit)
; CHECK-NEXT:{{.*}}errors-ringbuf.lisp:[[#@LINE+3]]:22: error: `n` is an integer, and a pointer is needed
; CHECK-NEXT:    (ringbuf-discard n)
; CHECK-NEXT:                     ^
    (ringbuf-discard n)
; CHECK-NEXT:{{.*}}errors-ringbuf.lisp:[[#@LINE+3]]:52: error: `(ctx-ptr)` is a pointer, and an integer is needed; `(ctx field)` reads from the context
; CHECK-NEXT:    (ringbuf-submit (ringbuf-reserve events event) (ctx-ptr))
; CHECK-NEXT:                                                   ^~~~~~~~~
    (ringbuf-submit (ringbuf-reserve events event) (ctx-ptr))
; CHECK-NEXT:{{.*}}errors-ringbuf.lisp:[[#@LINE+3]]:21: error: `ringbuf-output` needs a map of type `:ringbuf`, and this one's is `:array`
; CHECK-NEXT:    (ringbuf-output counts (stack-addr n) 8)
; CHECK-NEXT:                    ^~~~~~
    (ringbuf-output counts (stack-addr n) 8)
; CHECK-NEXT:{{.*}}errors-ringbuf.lisp:[[#@LINE+3]]:28: error: `n` is an integer, and a pointer is needed
; CHECK-NEXT:    (ringbuf-output events n 8)
; CHECK-NEXT:                           ^
    (ringbuf-output events n 8)
; CHECK-NEXT:{{.*}}errors-ringbuf.lisp:[[#@LINE+3]]:6: error: `ringbuf-output` is given 2 arguments; it is written `(ringbuf-output map ptr size [flags])`
; CHECK-NEXT:    (ringbuf-output events (stack-addr n))
; CHECK-NEXT:     ^~~~~~~~~~~~~~
    (ringbuf-output events (stack-addr n))
; CHECK-NEXT:{{.*}}errors-ringbuf.lisp:[[#@LINE+3]]:43: error: `(ctx-ptr)` is a pointer, and an integer is needed; `(ctx field)` reads from the context
; CHECK-NEXT:    (ringbuf-output events (stack-addr n) (ctx-ptr))
; CHECK-NEXT:                                          ^~~~~~~~~
    (ringbuf-output events (stack-addr n) (ctx-ptr))
; CHECK-NEXT:{{.*}}errors-ringbuf.lisp:[[#@LINE+3]]:16: error: `(ringbuf-reserve events event)` points to a `event`, and `other-pid` takes a pointer to a `other`
; CHECK-NEXT:    (other-pid (ringbuf-reserve events event))
; CHECK-NEXT:               ^~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
    (other-pid (ringbuf-reserve events event))
; CHECK-NEXT:{{.*}}errors-ringbuf.lisp:[[#@LINE+3]]:13: error: `getmap` needs a map with keys, and a map of type `:ringbuf` has none
; CHECK-NEXT:    (getmap events 1)))
; CHECK-NEXT:            ^~~~~~
    (getmap events 1)))

; CHECK-NEXT:{{.*}}errors-ringbuf.lisp:[[#@LINE+3]]:24: error: there is no program type `:flow-dissector`; there are :xdp :socket-filter :tracepoint :kprobe :tc :kretprobe :uprobe :uretprobe :raw-tracepoint :tp-btf :fentry :fexit :lsm :cgroup-skb :cgroup-sock-addr :cgroup-sock :sock-ops :sk-msg :sk-skb :sk-lookup :perf-event
; CHECK-NEXT:(defprog lookup (:type :flow-dissector) 1)
; CHECK-NEXT:                       ^~~~~~~~~~~~~~~
(defprog lookup (:type :flow-dissector) 1)

;  CHECK-NOT:{{.*(error|warning):.*}}

; What the kernel refuses on some way through a program.
; RUN: rm -f %t.o
; RUN: sh -c 'whistler compile %s -o %t.o 2>%t.err; test $? -eq 1'
; RUN: FileCheck %s --input-file=%t.err
; RUN: sh -c 'whistler compile -O0 %s -o %t.o 2>%t.err; test $? -eq 1'
; RUN: FileCheck %s --input-file=%t.err
; RUN: not test -e %t.o

; CHECK-NOT: {{(error|warning):}}

(defmap entries :type :hash :key u32 :value u64 :max-entries 16)
(defmap settings :type :array :key u32 :value u64 :max-entries 1 :map-flags BPF_F_RDONLY_PROG)
(defmap events :type :ringbuf :max-entries 4096)

; Functions are looked at where a program calls them.
(defn read-entry ((key u32)) -> u64
  (let ((entry (map-lookup entries key)))
; CHECK: errors-safety.lisp:[[#@LINE+1]]:5: error: the map may have no such entry, and then this pointer is null; test it first, as in `(when-let ((value (map-lookup map key))) ...)`
    (load u64 entry)))

(defprog no-test (:type :xdp)
  (let ((entry (map-lookup entries 1)))
; CHECK: errors-safety.lisp:[[#@LINE+1]]:{{[0-9]+}}: error: the map may have no such entry, and then this pointer is null
    (atomic-add entry 0 1)
    (read-entry 2)))

(defprog wrong-branch (:type :xdp)
  (let ((entry (map-lookup entries 1)) (x (ctx rx-queue-index)))
    (when (= x 3)
      (unless entry
        (return 1)))
; CHECK: errors-safety.lisp:[[#@LINE+1]]:{{[0-9]+}}: error: the map may have no such entry
    (load u64 entry)))

(defprog no-record-test (:type :xdp)
  (let ((record (ringbuf-reserve events 8)))
; CHECK: errors-safety.lisp:[[#@LINE+1]]:{{[0-9]+}}: error: without room in the ring buffer there is no record, and this pointer is null; test it first, as in `(when-let ((record (ringbuf-reserve map size))) ...)`, or use `with-ringbuf`
    (store u64 record 0 1)
    (ringbuf-submit record))
  XDP_PASS)

(defprog left (:type :xdp)
; CHECK: errors-safety.lisp:[[#@LINE+1]]:{{[0-9]+}}: error: the record is neither submitted nor discarded on some way; `(ringbuf-submit record)` or `(ringbuf-discard record)` has to follow, or use `with-ringbuf`
  (when-let ((record (ringbuf-reserve events 8)))
    (store u64 record 0 1)
    (when (= (ctx rx-queue-index) 3)
; CHECK: errors-safety.lisp:[[#@LINE+1]]:{{[0-9]+}}: note: the program is left here
      (return XDP_DROP))
    (ringbuf-submit record))
  XDP_PASS)

(defprog twice (:type :xdp)
  (with-ringbuf (record events 8)
; CHECK: errors-safety.lisp:[[#@LINE+4]]:{{[0-9]+}}: error: the record has been submitted or discarded, and is no longer the program's; use it before that, and submit or discard it once
; CHECK: errors-safety.lisp:[[#@LINE+2]]:{{[0-9]+}}: note: released here
    (store u64 record 0 1)
    (ringbuf-submit record)
    (store u64 record 0 2))
  XDP_PASS)

(defprog past-record (:type :xdp)
  (with-ringbuf (record events 12)
; CHECK: errors-safety.lisp:[[#@LINE+1]]:{{[0-9]+}}: error: bytes 8 to 15 are not all inside of the record, which has 12 bytes; access less, or make it larger
    (store u64 record 8 1))
  XDP_PASS)

(defprog past-value (:type :xdp)
  (when-let ((entry (map-lookup entries 1)))
; CHECK: errors-safety.lisp:[[#@LINE+1]]:{{[0-9]+}}: error: bytes 6 to 9 are not all inside of the map's value, which has 8 bytes
    (return (load u32 entry 6)))
  XDP_PASS)

(defprog past-variable (:type :xdp)
  (let ((x 1))
; CHECK: errors-safety.lisp:[[#@LINE+1]]:{{[0-9]+}}: error: bytes 8 to 15 are not all inside of the memory on the stack, which has 8 bytes
    (load u64 (stack-addr x) 8)))

(defprog read-only (:type :xdp)
  (when-let ((setting (map-lookup settings 0)))
; CHECK: errors-safety.lisp:[[#@LINE+1]]:{{[0-9]+}}: error: programs may only read this map, as its `:map-flags` have `BPF_F_RDONLY_PROG`; leave the flag out to write it
    (store u64 setting 0 1))
  XDP_PASS)

(defprog moved (:type :xdp)
  (let* ((entry (map-lookup entries 1))
; CHECK: errors-safety.lisp:[[#@LINE+1]]:{{[0-9]+}}: error: a pointer that may be null cannot be moved; test it first, as in `(when pointer ...)`
         (byte (+ entry (logand (ctx rx-queue-index) 7))))
    (if entry (load u8 byte) 0)))

(defprog unchecked (:type :xdp)
; CHECK: errors-safety.lisp:[[#@LINE+1]]:{{[0-9]+}}: error: the packet may be shorter than the 14 bytes up to here; check its length, as in `(with-packet (data end :min-len 14) ...)` or `(when (<= (+ data 14) end) ...)`
  (load u16 (xdp-data) 12))

(defprog beyond (:type :xdp)
  (with-packet (data end :min-len 34)
; CHECK: errors-safety.lisp:[[#@LINE+1]]:{{[0-9]+}}: error: the packet may be shorter than the 35 bytes up to here
    (load u8 data 34)))

;; A loop needs what its last round does, and not one byte more after the other.
(defprog rounds (:type :xdp)
  (with-packet (data end :min-len 14)
    (dotimes (i 4)
; CHECK: errors-safety.lisp:[[#@LINE+1]]:{{[0-9]+}}: error: the packet may be shorter than the 42 bytes up to here; check its length, as in `(with-packet (data end :min-len 42) ...)`
      (when (= (load u32 data (+ 26 (* 4 i))) 5)
        (return XDP_DROP))))
  XDP_PASS)

;; Of several places that only a choice tells apart, it is the one that was come to.
(defprog chosen (:type :xdp)
  (with-packet (data end :min-len 14)
    (let ((at (if (= (load u8 data 3) 1) 14 34)))
; CHECK: errors-safety.lisp:[[#@LINE+1]]:{{[0-9]+}}: error: the packet may be shorter than the 15 bytes up to here
      (load u8 data at))))

(defprog stale (:type :xdp)
  (with-packet (data end :min-len 34)
    (xdp-adjust-head (ctx-ptr) 4)
; CHECK: errors-safety.lisp:[[#@LINE+1]]:{{[0-9]+}}: error: a helper has moved the packet since this pointer was read from the context; read the packet's start and end again, as in `(with-packet (data end :min-len n) ...)`
    (load u8 data 0)))

; CHECK-NOT: {{(error|warning):}}

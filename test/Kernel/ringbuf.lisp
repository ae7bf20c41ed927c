; Ring buffers: what arrives, in which order, and what does not because control left
; before the record was complete.

; REQUIRES: bpf-kernel
; RUN: %whistler compile %s -o %t.o
; RUN: %check-stack-init %t.o
; RUN: %bpf-run %t.o %s | FileCheck %s

(defstruct event (kind u8) (value u32) (wide u64) (tail u16))
(defstruct chunk (length u32) (data (array u8 0)))
(defstruct message (kind u32) (time u64) (words (array u32 0)))

(defglobal big (array u8 5000))
(defmap events :type :ringbuf :max-entries 4096)
(defmap others :type :ringbuf :max-entries 4096)
(defmap out :type :array :key u32 :value u64 :max-entries 16)

; The record comes as the kernel has it: each byte has to be written.
(defprog whole (:type :xdp)
  (with-packet (data end :min-len 20)
    (setf (getmap out 0)
          (with-ringbuf (e events event)
            (memset e 0 0 (sizeof event))
            (setf (event-kind e) (load u8 data 16)
                  (event-value e) #x01020304
                  (event-wide e) -2
                  (event-tail e) #xabcd)
            (event-value e))))
  XDP_PASS)
; BPF: listen events
; BPF: listen others
; BPF: run whole hex:0000000000000000000000000000000005000000
; BPF: run whole hex:0000000000000000000000000000000006000000
; BPF: records events
; BPF: expect out 0=0x01020304
; CHECK: whole: XDP_PASS (2)
; CHECK-NEXT: whole: XDP_PASS (2)
; CHECK-NEXT: events: hex:0500000004030201feffffffffffffffcdab000000000000
; CHECK-NEXT: events: hex:0600000004030201feffffffffffffffcdab000000000000

; Every way out of the body but its end discards.
(defprog leaving (:type :xdp)
  (with-packet (data end :min-len 20)
    (let ((way (load u8 data 16)))
      (setf (getmap out 0)
            (block outer
              (with-ringbuf (e events 8)
                (store u64 e 0 way)
                (when (= way 1)
                  (return XDP_DROP))
                (when (= way 2)
                  (return-from outer 22))
                (block inner
                  (when (= way 3)
                    (return-from inner))
                  (store u64 e 0 (+ way 100)))
                (when (= way 4)
                  (return))
                7)))))
  XDP_PASS)
; BPF: set out 0=99
; BPF: run leaving hex:0000000000000000000000000000000001000000
; BPF: expect out 0=99
; BPF: run leaving hex:0000000000000000000000000000000002000000
; BPF: expect out 0=22
; BPF: run leaving hex:0000000000000000000000000000000003000000
; BPF: expect out 0=7
; BPF: run leaving hex:0000000000000000000000000000000004000000
; BPF: run leaving hex:0000000000000000000000000000000005000000
; BPF: records events
; CHECK-NEXT: leaving: XDP_DROP (1)
; CHECK-NEXT: leaving: XDP_PASS (2)
; CHECK-NEXT: leaving: XDP_PASS (2)
; CHECK-NEXT: leaving: XDP_ABORTED (0)
; CHECK-NEXT: leaving: XDP_PASS (2)
; CHECK-NEXT: events: 3
; CHECK-NEXT: events: 105

; Two records at once, in two buffers and in one; a return discards both.
(defprog nested (:type :xdp)
  (with-packet (data end :min-len 20)
    (let ((way (load u8 data 16)))
      (with-ringbuf (a events 8)
        (store u64 a 0 (+ way 10))
        (block inside
          (with-ringbuf (b others 8)
            (store u64 b 0 (+ way 20))
            (with-ringbuf (c events 8)
              (store u64 c 0 (+ way 30))
              (when (= way 1)
                (return XDP_DROP))
              (when (= way 2)
                (return-from inside)))))
        (when (= way 3)
          (return XDP_TX)))))
  XDP_PASS)
; BPF: run nested hex:0000000000000000000000000000000000000000
; BPF: run nested hex:0000000000000000000000000000000001000000
; BPF: run nested hex:0000000000000000000000000000000002000000
; BPF: run nested hex:0000000000000000000000000000000003000000
; BPF: records events
; BPF: records others
; CHECK-NEXT: nested: XDP_PASS (2)
; CHECK-NEXT: nested: XDP_DROP (1)
; CHECK-NEXT: nested: XDP_PASS (2)
; CHECK-NEXT: nested: XDP_TX (3)
; CHECK-NEXT: events: 10
; CHECK-NEXT: events: 30
; CHECK-NEXT: events: 12
; CHECK-NEXT: events: 33
; CHECK-NEXT: others: 20
; CHECK-NEXT: others: 23

; A full buffer skips the body, whose value is 0 then; the records that fit arrive.
(defprog filling (:type :xdp)
  (dotimes (i 10)
    (setf (getmap out i)
          (with-ringbuf (e events 1000)
            (memset e 0 0 1000)
            (store u32 e 0 i)
            (+ i 50))))
  XDP_PASS)
; BPF: run filling eth
; CHECK-NEXT: filling: XDP_PASS (2)
; Each takes 1008 bytes of 4096.
; BPF: expect out 0=50 1=51 2=52 3=53 4=0 5=0 9=0
; BPF: records events
; CHECK-COUNT-4: events: hex:0{{[0-3]}}00000000000
; CHECK-NOT: events:

; By hand: reserved, submitted with flags, discarded, and output from memory.
(defprog by-hand (:type :xdp)
  (let ((e (ringbuf-reserve events (sizeof event))))
    (unless e
      (return XDP_ABORTED))
    (memset e 0 #xee (sizeof event))
    (setf (event-kind e) 1)
    (if (= (event-kind e) (getmap out 12))
        (ringbuf-submit e BPF_RB_FORCE_WAKEUP)
        (ringbuf-discard e)))
  (let ((p (make-event :kind 9 :tail 8))
        (number #x1122334455667788))
    (setf (getmap out 0) (ringbuf-output events p (sizeof event) 0)
          (getmap out 1) (ringbuf-output events (stack-addr number) 3)
          (getmap out 2) (ringbuf-output events big (sizeof (array u8 5000)))
          (getmap out 3) (ringbuf-query events BPF_RB_RING_SIZE)))
  XDP_PASS)
; BPF: set out 12=0
; BPF: run by_hand eth
; BPF: set out 12=1
; BPF: run by_hand eth
; A record that the buffer can never hold is refused with EAGAIN, 11.
; BPF: expect out 0=0 1=0 2=-11 3=4096
; BPF: records events
; CHECK-NEXT: by_hand: XDP_PASS (2)
; CHECK-NEXT: by_hand: XDP_PASS (2)
; CHECK-NEXT: events: hex:0900000000000000000000000000000008000000{{(00)*}}
; CHECK-NEXT: events: hex:887766
; CHECK-NEXT: events: hex:01eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee
; CHECK-NEXT: events: hex:09
; CHECK-NEXT: events: hex:887766

; The last field has as many elements as the record has room for.
(defprog trailing (:type :xdp)
  (with-packet (data end :min-len 24)
    (with-ringbuf (c events 12)
      (setf (chunk-length c) 8)
      (dotimes (i 8)
        (setf (chunk-data c i) (load u8 (+ data i) 16)))
      (incf (chunk-data c 7)))
    (when-let ((m (ringbuf-reserve others (+ (sizeof message) 8))))
      (memset m 0 0 24)
      (setf (message-kind m) 3
            (message-words m 0) #x0a0b0c0d
            (message-words m 1) 17)
      (ringbuf-submit m)))
  XDP_PASS)
; BPF: run trailing hex:000000000000000000000000000000000102030405060708
; BPF: records events
; BPF: records others
; CHECK-NEXT: trailing: XDP_PASS (2)
; CHECK-NEXT: events: hex:080000000102030405060709
; CHECK-NEXT: others: hex:030000000000000000000000000000000d0c0b0a11000000

; Functions fill records.
(defn (describe :inline nil) ((e (ptr event)) (value u32)) -> u32
  (memset e 0 0 (sizeof event))
  (setf (event-value e) value))
(defn emit ((value u32)) -> u32
  (with-ringbuf (e events event)
    (describe e value)
    (when (> value 100)
      (return 5))
    6))
(defprog by-function (:type :xdp)
  (setf (getmap out 0) (emit 100)
        (getmap out 1) (emit 101))
  XDP_PASS)
; BPF: run by_function eth
; BPF: expect out 0=6 1=5
; BPF: records events
; CHECK-NEXT: by_function: XDP_PASS (2)
; CHECK-NEXT: events: hex:000000006400000000000000000000000000000000000000
; BPF: records events
; CHECK-NEXT: events: nothing

; CHECK: {{^[0-9]+}} values as expected

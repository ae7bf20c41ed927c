; Additions to map values, done in their places and by functions, do the same; keys
; are read where they are, as long as they are there.

; REQUIRES: bpf-kernel
; RUN: %whistler compile %s -o %t.o
; RUN: %check-stack-init %t.o
; RUN: %bpf-run %t.o %s | FileCheck %s
; RUN: %whistler compile -O0 %s -o %t.0.o
; RUN: %bpf-run %t.0.o %s | FileCheck %s
; RUN: %whistler compile -Os %s -o %t.s.o
; RUN: %bpf-run %t.s.o %s | FileCheck %s
; RUN: llvm-nm %t.o | FileCheck %s --check-prefix=SYMBOLS
; RUN: llvm-nm %t.0.o | FileCheck %s --check-prefix=PLACES

; One function for the three programs that count; none where nothing is saved, and
; none of a name that is taken.
; SYMBOLS-DAG: t counts_add{{$}}
; SYMBOLS-DAG: t hosts_add_{{[0-9]+}}
; PLACES-NOT: counts_add

(defstruct pair (from u32) (to u32) (port u16) (proto u8))

(defmap counts :type :array :key u32 :value u64 :max-entries 8)
(defmap narrow :type :percpu-array :key u32 :value u32 :max-entries 8)
(defmap hosts :type :hash :key u32 :value u64 :max-entries 8)
(defmap per-cpu :type :lru-percpu-hash :key u16 :value u64 :max-entries 8)
(defmap pairs :type :hash :key pair :value u64 :max-entries 8)
(defmap out :type :array :key u32 :value u64 :max-entries 8)
(defglobal hosts-add u64 7)

(defprog counting (:type :xdp)
  (dotimes (i 3)
    (incf (getmap counts i) (+ i 1)))
  (incf (getmap counts 0))
  (incf (getmap counts 1) hosts-add)
  (decf (getmap counts 2))
  (incf (getmap counts 8))
  (incf (getmap narrow 1) 3)
  (incf (getmap narrow 1) #xffffffff)
  (incf (getmap narrow 2))
  (incf (getmap narrow 3))
  XDP_PASS)
; BPF: run counting eth
; BPF: expect counts 0=2 1=9 2=2 3=0
; BPF: expect narrow 0=0 1=2 2=1 3=1

; New and known keys, from the packet and computed, and two of them at once.
(defprog inserting (:type :xdp)
  (with-ipv4 (data end ip)
    (incf (getmap hosts (ipv4-src-addr ip)))
    (incf (getmap hosts (ipv4-dst-addr ip)) 10)
    (incf (getmap hosts (logxor 1 (ipv4-src-addr ip))) 100)
    (incf (getmap per-cpu (ipv4-total-len ip)))
    (incf (getmap per-cpu (ipv4-total-len ip)) 5)
    (let ((p (make-pair :from (ipv4-src-addr ip) :to (ipv4-dst-addr ip) :proto 6)))
      (incf (getmap pairs p))
      (setf (pair-port p) 443)
      (incf (getmap pairs p) 2)
      (incf (getmap pairs p) 2)))
  XDP_PASS)
; BPF: run inserting eth/ipv4(src=1.0.0.0,dst=2.0.0.0)/udp
; BPF: run inserting eth/ipv4(src=1.0.0.0,dst=1.0.0.0)/udp
; BPF: expect hosts 1=12 2=10 0=200
; BPF: expect per_cpu 28=12

; What is known to be there is not looked up again.
(defprog known (:type :xdp)
  (when-let ((p (map-lookup counts 5)))
    (store u64 p 0 40)
    (incf (getmap counts 5))
    (when-let ((q (map-lookup counts 5)))
      (store u64 q 0 (+ 1 (load u64 p 0))))
    (setf (getmap out 0) (getmap counts 5)))
  XDP_PASS)
; BPF: run known eth
; BPF: expect out 0=42
; BPF: expect counts 5=42

; The key that was read, and not what is written to its place afterwards.
(defprog rewriting (:type :xdp)
  (with-ipv4 (data end ip)
    (let ((source (ipv4-src-addr ip)))
      (setf (ipv4-src-addr ip) #x01010101)
      (setf (getmap out 1) (getmap hosts source))
      (remmap hosts source)
      (setf (getmap hosts source) 77)))
  XDP_PASS)
; BPF: run rewriting eth/ipv4(src=1.0.0.0,dst=2.0.0.0)/udp
; BPF: expect out 1=12
; BPF: expect hosts 1=77 0x01010101=none

; Nor what a map value has become.
(defprog following (:type :xdp)
  (setf (getmap counts 6) 2)
  (when-let ((p (map-lookup counts 6)))
    (let ((next (load u32 p 0)))
      (store u32 p 0 3)
      (setf (getmap out 2) (getmap hosts next))
      (setf (getmap out 3) (getmap counts (load u32 p 0)))))
  XDP_PASS)
; BPF: run following eth
; BPF: expect out 2=10 3=0

; CHECK: counting: XDP_PASS (2)
; CHECK: inserting: XDP_PASS (2)
; CHECK: inserting: XDP_PASS (2)
; CHECK: known: XDP_PASS (2)
; CHECK: rewriting: XDP_PASS (2)
; CHECK: following: XDP_PASS (2)
; CHECK-NEXT: {{^[0-9]+}} values as expected

; Structs as keys and values: equal keys find one entry, whatever their padding was
; before, and maps show their fields by name.

; REQUIRES: bpf-kernel
; RUN: %whistler compile %s -o %t.o
; RUN: %check-stack-init %t.o
; RUN: %bpf-run %t.o %s | FileCheck %s

(defstruct flow (proto u8) (source u32) (port u16) (destination u64) (zone u8))
(defstruct narrow-key (a u8) (b u16))
(defstruct wide-key (a u8) (b u32))
(defstruct prefix (length u32) (address (array u8 4)))
(defstruct counters (packets u64) (bytes u32) (last i16) (names (array u8 3)))

(defmap out :type :array :key u32 :value u64 :max-entries 16)
(defmap flows :type :hash :key flow :value counters :max-entries 16)
(defmap narrows :type :hash :key narrow-key :value wide-key :max-entries 16)
(defmap wides :type :hash :key wide-key :value narrow-key :max-entries 16)
(defmap routes :type :lpm-trie :key prefix :value u32 :max-entries 16
  :map-flags BPF_F_NO_PREALLOC)
(defmap per-cpu :type :percpu-hash :key narrow-key :value counters :max-entries 4)

; Fills the stack that the next program's frame will be made of.
(defprog littering (:type :xdp)
  (let ((a #x5a5a5a5a5a5a5a5a) (b a) (c b) (d c) (e d) (f e) (g f) (h g))
    (dotimes (i 2)
      (map-lookup-ptr flows
        (make-flow :proto #xff :source #xffffffff :port #xffff
                   :destination #xffffffffffffffff :zone #xff)))
    (logxor a b c d e f g h
            (load u64 (stack-addr b)) (load u64 (stack-addr c))
            (load u64 (stack-addr d)) (load u64 (stack-addr e))
            (load u64 (stack-addr f)) (load u64 (stack-addr g))
            (load u64 (stack-addr h))))
  XDP_PASS)

; The same key made in one go, field by field, from packet bytes, by copying, and on
; two ways that join.
(defprog one-flow (:type :xdp)
  (with-packet (data end :min-len 34)
    (let ((first (make-flow :proto 6 :source #x0a000001 :port 443 :destination 77 :zone 1)))
      (map-update flows first (make-counters :packets 1 :last -1) BPF_NOEXIST))
    (let ((second (make-flow)))
      (setf (flow-zone second) 1
            (flow-destination second) 77
            (flow-port second) 443
            (flow-source second) #x0a000001
            (flow-proto second) 6)
      (when-let ((found (getmap flows second)))
        (incf (counters-packets found))
        (setf (getmap out 0) 1)))
    (let ((third (make-flow :proto (load u8 data 0) :zone (load u8 data 1)
                            :port (load u16 data 2) :source (load u32 data 4)
                            :destination (load u64 data 8)))
          (fourth (make-flow)))
      (when-let ((found (map-lookup flows third)))
        (incf (counters-packets found))
        (setf (getmap out 1) 1))
      (memcpy fourth 0 third 0 (sizeof flow))
      (when-let ((found (map-lookup-ptr flows fourth)))
        (incf (counters-packets found))
        (setf (getmap out 2) 1)))
    (let ((fifth (make-flow :destination 77)))
      (if (= (load u8 data 0) 6)
          (setf (flow-proto fifth) 6 (flow-port fifth) 443)
          (setf (flow-proto fifth) 17 (flow-port fifth) 53))
      (setf (flow-zone fifth) (load u8 data 1)
            (flow-source fifth) #x0a000001)
      (when-let ((found (map-lookup flows fifth)))
        (incf (counters-packets found))
        (setf (counters-names found 1) #x6e (counters-bytes found) 1500)
        (setf (getmap out 3) 1))
      (setf (getmap out 4) (remmap flows (make-flow :proto 17)))))
  XDP_PASS)
; BPF: run littering eth
; BPF: run one_flow hex:0601bb010100000a4d000000000000000000000000000000000000000000000000000000
; BPF: expect out 0=1 1=1 2=1 3=1 4=-2
; BPF: map flows
; CHECK: littering: XDP_PASS (2)
; CHECK-NEXT: one_flow: XDP_PASS (2)
; CHECK-NEXT: flows[hex:060000000100000abb010000000000004d000000000000000100000000000000] = hex:0500000000000000dc050000ffff006e0000000000000000
; BPF: bpftool map dump pinned {map:flows}
; CHECK-NEXT: [{
; CHECK-NEXT: "key": {
; CHECK-NEXT: "proto": 6,
; CHECK-NEXT: "source": 167772161,
; CHECK-NEXT: "port": 443,
; CHECK-NEXT: "destination": 77,
; CHECK-NEXT: "zone": 1
; CHECK-NEXT: },
; CHECK-NEXT: "value": {
; CHECK-NEXT: "packets": 5,
; CHECK-NEXT: "bytes": 1500,
; CHECK-NEXT: "last": -1,
; CHECK-NEXT: "names": [0,110,0
; CHECK-NEXT: ]
; CHECK-NEXT: }
; CHECK-NEXT: }
; CHECK-NEXT: ]

; Structs of 4 and of 8 bytes are addresses, not numbers, as keys and as values.
(defprog small (:type :xdp)
  (let ((n (make-narrow-key :a 1 :b 2))
        (w (make-wide-key :a 3 :b 4)))
    (setf (getmap narrows n) w
          (getmap wides w) n)
    (setf (narrow-key-a n) 5)
    (map-update narrows n (make-wide-key :b 9) BPF_ANY)
    (when-let ((found (getmap narrows (make-narrow-key :b 2 :a 1))))
      (setf (getmap out 0) (wide-key-a found)
            (getmap out 1) (wide-key-b found))
      (incf (wide-key-b found) 10))
    (when-let ((found (getmap wides (make-wide-key :b 4 :a 3))))
      (setf (getmap out 2) (narrow-key-a found)
            (getmap out 3) (narrow-key-b found)))
    (setf (getmap out 4) (if (getmap narrows (make-narrow-key)) 1 0)
          (getmap out 5) (map-delete narrows n)
          (getmap out 6) (remmap narrows n)))
  XDP_PASS)
; BPF: run small eth
; CHECK-NEXT: small: XDP_PASS (2)
; BPF: expect out 0=3 1=4 2=1 3=2 4=0 5=0 6=-2
; BPF: map narrows
; CHECK-NEXT: narrows[131073] = 60129542147
; BPF: map wides
; CHECK-NEXT: wides[17179869187] = 131073

(defprog routing (:type :xdp)
  (with-ipv4 (data end ip)
    (let ((key (make-prefix :length 32)))
      (store u32 (prefix-address key) 0 (ipv4-src-addr ip))
      (setf (getmap out 0) (getmap routes key)
            (getmap out 1) (prefix-address key 0))
      (setf (prefix-length key) 24)
      (setf (getmap routes key) 24)
      (setf (prefix-length key) 32
            (getmap out 2) (getmap routes key))))
  XDP_PASS)
; BPF: set routes hex:080000000a000000=8 hex:100000000a010000=16
; BPF: run routing eth/ipv4(src=10.1.2.3)/tcp
; CHECK-NEXT: routing: XDP_PASS (2)
; BPF: expect out 0=16 1=10 2=24
; BPF: expect routes hex:180000000a010200=24
; BPF: run routing eth/ipv4(src=10.9.2.3)/tcp
; CHECK-NEXT: routing: XDP_PASS (2)
; BPF: expect out 0=8 1=10 2=24
; BPF: bpftool map dump pinned {map:routes}
; CHECK: "length": 24,
; CHECK-NEXT: "address": [10,1,2,3

(defprog counting-per-cpu (:type :xdp)
  (let ((key (make-narrow-key :b 7)))
    (unless (map-lookup per-cpu key)
      (map-update per-cpu key (make-counters) BPF_NOEXIST))
    (dotimes (i 3)
      (when-let ((found (map-lookup per-cpu key)))
        (incf (counters-packets found))
        (decf (counters-last found) 3))))
  XDP_PASS)
; BPF: run counting_per_cpu eth
; CHECK: counting_per_cpu: XDP_PASS (2)
; BPF: bpftool map dump pinned {map:per_cpu}
; CHECK: "packets": 3,
; CHECK-NEXT: "bytes": 0,
; CHECK-NEXT: "last": -9,

; CHECK: {{^[0-9]+}} values as expected

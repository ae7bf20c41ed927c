; Maps whose values are maps.

; REQUIRES: bpf-kernel
; RUN: %whistler compile %s -o %t.o
; RUN: %check-stack-init %t.o
; RUN: %bpf-run %t.o %s | FileCheck %s

(defstruct usage (packets u64) (kind u16))

(defmap inner :type :array :key u32 :value u64 :max-entries 4)
(defmap inner-usage :type :hash :key u16 :value usage :max-entries 8)
(defmap table :type :array-of-maps :key u32 :inner-map inner :max-entries 4)
(defmap groups :type :hash-of-maps :key u64 :inner-map inner-usage :max-entries 4)
(defmap out :type :array :key u32 :value u64 :max-entries 8)

(defprog looking (:type :xdp)
  (with-packet (data end :min-len 24)
    (setf (getmap out 0) 0 (getmap out 1) 0 (getmap out 2) 0)
    (when-let ((map (map-lookup table (load u8 data 16)))
               (key u32 2)
               (count (map-lookup-elem map (stack-addr key))))
      (atomic-add count 0 5)
      (setf (getmap out 0) (load u64 count)))
    (let ((key u16 7))
      (if-let (map (map-lookup groups (load u64 data 16)))
        (let ((found (map-lookup-elem map (stack-addr key))))
          (if found
              (progn
                (incf (usage-packets found))
                (setf (getmap out 1) (usage-packets found)
                      (getmap out 2) (usage-kind found)))
              (setf (getmap out 1)
                    (map-update-elem map (stack-addr key)
                                     (make-usage :packets 100 :kind 3) BPF_ANY))))
        (setf (getmap out 1) 99))))
  XDP_PASS)
; Nothing is in them.
; BPF: run looking hex:000000000000000000000000000000000100000000000000
; BPF: expect out 0=0 1=99 2=0
; BPF: bpftool map update pinned {map:table} key 1 0 0 0 value pinned {map:inner}
; BPF: bpftool map update pinned {map:groups} key 1 0 0 0 0 0 0 0 value pinned {map:inner_usage}
; BPF: run looking hex:000000000000000000000000000000000100000000000000
; BPF: expect out 0=5 1=0 2=0
; BPF: run looking hex:000000000000000000000000000000000100000000000000
; BPF: expect out 0=10 1=101 2=3
; BPF: expect inner 0=0 1=0 2=10 3=0
; BPF: expect inner_usage 7=hex:65000000000000000300000000000000
; BPF: run looking hex:000000000000000000000000000000000200000000000000
; BPF: expect out 0=0 1=99 2=0

; BPF: bpftool map show pinned {map:groups}
; CHECK: looking: XDP_PASS (2)
; CHECK: hash_of_maps name groups
; CHECK-NEXT: key 8B value 4B max_entries 4
; CHECK: {{^[0-9]+}} values as expected

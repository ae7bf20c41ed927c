; Maps and programs as they are declared: types, sizes, sections, licenses, names.

; RUN: whistler-translate --import-whistler %s 2>/dev/null | FileCheck %s

; CHECK-DAG: whistler.map @sized type "hash" key 6 value 16 entries 8
(defmap sized :type :hash :key-size 6 :value-size 16 :max-entries (* 2 4))
; CHECK-DAG: whistler.map @typed type "lru-hash" key 2 : ui16 value 8 : si64 entries 8
(defmap typed :type :lru-hash :key u16 :value i64 :max-entries 8)
; CHECK-DAG: whistler.map @some_counts type "percpu-array" key 4 value 8 entries 1 pinned
(defmap some-counts :type :percpu-array :key-size 4 :value-size 8 :max-entries 1 :pinning :by-name)
; CHECK-DAG: whistler.map @routes type "lpm-trie" key 8 value 8 entries 16 flags 1
(defmap routes :type :lpm-trie :key-size 8 :value-size 8 :max-entries 16 :map-flags BPF_F_NO_PREALLOC)
; CHECK-DAG: whistler.map @queue type "queue" key 0 value 8 entries 4
(defmap queue :type :queue :value-size 8 :max-entries 4)
; CHECK-DAG: whistler.map @events type "perf-event-array" key 4 value 4 entries 0
(defmap events :type :perf-event-array :key-size 4 :value-size 4)
; CHECK-DAG: whistler.map @long_ type "hash"
(defmap long :type :hash :key u32 :value u32 :max-entries 1)

; Everything has a default.
; CHECK-DAG: whistler.prog @plain type "xdp" section "xdp" license "GPL" {
(defprog plain ())
; The type comes from the section, and the section from the type.
; CHECK-DAG: whistler.prog @by_section type "tc" section "tc/ingress" license "GPL" {
(defprog by-section (:section "tc/ingress") 0)
; CHECK-DAG: whistler.prog @by_type type "kretprobe" section "kretprobe/vfs_read" license "GPL" {
(defprog by-type (:type :kretprobe :section "kretprobe/vfs_read") 0)
; CHECK-DAG: whistler.prog @filter type "socket-filter" section "socket" license "GPL" {
(defprog filter (:type :socket-filter) 0)
; A suffix that libbpf would refuse goes.
; CHECK-DAG: whistler.prog @suffixed type "xdp" section "xdp" license "GPL" {
(defprog suffixed (:type :xdp :section "xdp/handler" :license "GPL") 0)

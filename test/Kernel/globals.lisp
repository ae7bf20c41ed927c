; Global variables: what they start with, how they are read and changed, and what the
; kernel shows of them.

; REQUIRES: bpf-kernel
; RUN: rm -rf %t && mkdir %t
; RUN: %whistler compile %s -o %t/g.o
; RUN: %check-stack-init %t/g.o
; RUN: %bpf-run %t/g.o %s | FileCheck %s

(defstruct point (x u16) (y i32))
(defstruct settings (mode u8) (where point) (name (array u8 6)) (weights (array i16 3)))

(defmap out :type :array :key u32 :value u64 :max-entries 32)

(defglobal byte u8 200)
(defglobal small i8 -3)
(defglobal half u16 #xfffe)
(defglobal signed-half i16 -300)
(defglobal word u32 (* 3 1000000000))
(defglobal signed-word i32 -70000)
(defglobal long u64 #xfedcba9876543210)
(defglobal signed-long i64 (- (ash 1 63)))
(defglobal zero-byte u8)
(defglobal zero-long u64 0)
(defglobal table (array u32 5) (10 20 30))
(defglobal grid (array (array u8 2) 3) ((1 2) (3 4) (5 6)))
(defglobal text (array u8 8) "hello")
(defglobal origin point (:y -5 :x 7))
(defglobal config settings
  (:mode 2 :where (:x 1 :y -1) :name "abc" :weights (-1 2 -3)))
(defglobal corners (array point 2) ((:x 1) (:y 2)))
(defglobal room (array u64 4))
(defglobal limit u32 100 :const t)
(defglobal offsets (array i8 4) (-1 -2 -3 -4) :const t)
(defglobal hits u64)

(defprog reading (:type :xdp)
  (setf (getmap out 0) byte
        (getmap out 1) small
        (getmap out 2) half
        (getmap out 3) signed-half
        (getmap out 4) word
        (getmap out 5) signed-word
        (getmap out 6) long
        (getmap out 7) signed-long
        (getmap out 8) (+ zero-byte zero-long)
        (getmap out 9) limit
        (getmap out 10) (load u32 table 8)
        (getmap out 11) (load u8 text 4)
        (getmap out 12) (load u8 text 5)
        (getmap out 13) (point-x origin)
        (getmap out 14) (point-y origin)
        (getmap out 15) (point-y (settings-where config))
        (getmap out 16) (settings-name config 2)
        (getmap out 17) (settings-weights config 2)
        (getmap out 18) (load i8 offsets 3)
        (getmap out 19) (load u8 grid 5)
        (getmap out 20) (load i32 corners 12)
        (getmap out 21) (sizeof settings))
  XDP_PASS)
; BPF: run reading eth
; CHECK: reading: XDP_PASS (2)
; BPF: expect out 0=200 1=-3 2=0xfffe 3=-300 4=3000000000 5=-70000 6=0xfedcba9876543210
; BPF: expect out 7=0x8000000000000000 8=0 9=100 10=30 11=0x6f 12=0 13=7 14=-5 15=-1
; BPF: expect out 16=0x63 17=-3 18=-4 19=6 20=2 21=24

; What is stored is cut; setf and incf yield what is stored then.
(defprog writing (:type :xdp)
  (setf (getmap out 0) (incf byte 100)
        (getmap out 1) (decf small 127)
        (getmap out 2) (setf half #x12345)
        (getmap out 3) (incf signed-half -1)
        (getmap out 4) (incf word word)
        (getmap out 5) (setf signed-word #x80000000)
        (getmap out 6) (incf long)
        (getmap out 7) (decf signed-long))
  (incf hits)
  (store u64 (global-ptr room) 8 (+ hits 41))
  (setf (point-x origin) 70000
        (settings-weights config 1) -2
        (settings-where config) origin)
  (incf (settings-name config 0))
  (atomic-add (global-ptr hits) 0 10)
  (let ((hits 5))
    (incf hits)
    (setf (getmap out 8) hits))
  (setf (getmap out 9) hits
        (getmap out 10) (load u64 room 8))
  XDP_PASS)
; BPF: run writing eth
; CHECK-NEXT: writing: XDP_PASS (2)
; BPF: expect out 0=44 1=126 2=0x2345 3=-301 4=1705032704 5=-2147483648 6=0xfedcba9876543211
; BPF: expect out 7=0x7fffffffffffffff 8=6 9=11 10=42
; BPF: run reading eth
; CHECK-NEXT: reading: XDP_PASS (2)
; BPF: expect out 0=44 1=126 2=0x2345 3=-301 4=1705032704 5=-2147483648 13=4464 14=-5 15=-5
; BPF: expect out 16=0x63 17=-3 9=100
; BPF: run writing eth
; CHECK-NEXT: writing: XDP_PASS (2)
; BPF: expect out 9=22 10=53

; A global's address as a key, and as a value of a helper.
(defmap points :type :hash :key point :value settings :max-entries 4)
(defprog passing (:type :xdp)
  (map-update points origin config BPF_ANY)
  (when-let ((found (map-lookup points origin)))
    (setf (getmap out 0) (settings-mode found)
          (getmap out 1) (settings-weights found 2)))
  XDP_PASS)
; BPF: run passing eth
; CHECK-NEXT: passing: XDP_PASS (2)
; BPF: expect out 0=2 1=-3

; BPF: bpftool map dump pinned {map:g_data}
; CHECK: "byte": 144
; CHECK: "small": -1
; CHECK: "table": [10,20,30,0,0
; CHECK: "text": [104,101,108,108,111,0,0,0
; CHECK: "config": {
; CHECK-NEXT: "mode": 2,
; CHECK-NEXT: "where": {
; CHECK-NEXT: "x": 4464,
; CHECK-NEXT: "y": -5
; CHECK: "name": [99,98,99,0,0,0
; CHECK: "weights": [-1,-2,-3
; CHECK: "corners": [{
; BPF: bpftool map dump pinned {map:g_bss}
; CHECK: "room": [0,53,0,0
; CHECK: "hits": 22
; BPF: bpftool map dump pinned {map:g_rodata}
; CHECK: "limit": 100
; CHECK: "offsets": [-1,-2,-3,-4
; CHECK: {{^[0-9]+}} values as expected

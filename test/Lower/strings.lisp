; String literals, each once, with their sizes.

; RUN: whistler-translate --import-whistler %s \
; RUN:   | whistler-opt --whistler-check-indices --canonicalize --mem2reg --canonicalize \
; RUN:   | FileCheck %s

; CHECK-DAG: whistler.global @".str.0" local : !whistler.array<5 x ui8> section ".rodata.str1.1" init "n=%d\00"
; CHECK-DAG: whistler.global @".str.1" local : !whistler.array<6 x ui8> section ".rodata.str1.1" init "plain\00"
; CHECK-DAG: whistler.global @".str.2" local : !whistler.array<4 x ui8> section ".rodata.str1.1" init "xyz\00"

; CHECK-LABEL: whistler.prog @p type "xdp" section "xdp" license "GPL"
; CHECK: %[[V0:.*]] = whistler.global_addr @".str.0"
; CHECK: %[[V1:.*]] = whistler.helper_call "trace_printk"(%[[V0]], %c5_i64, %c1_i64) : (!whistler.ptr<map_value>, i64, i64) -> i64
; CHECK: %[[V2:.*]] = whistler.global_addr @".str.0"
; CHECK: %[[V3:.*]] = whistler.helper_call "trace_printk"(%[[V2]], %c5_i64, %c2_i64) : (!whistler.ptr<map_value>, i64, i64) -> i64
; CHECK: %[[V4:.*]] = whistler.global_addr @".str.1"
; CHECK: %[[V5:.*]] = whistler.helper_call "trace_printk"(%[[V4]], %c6_i64) : (!whistler.ptr<map_value>, i64) -> i64
; CHECK: %[[V6:.*]] = whistler.global_addr @".str.2"
; CHECK: %[[V7:.*]] = whistler.load %[[V6]][1] : !whistler.ptr<map_value> -> i8
; CHECK: %[[V8:.*]] = arith.extui %[[V7]] : i8 to i64
; CHECK: whistler.return %[[V8]]
(defprog p () (trace-printk "n=%d" 1) (trace-printk "n=%d" 2) (trace-printk "plain") (load u8 "xyz" 1))

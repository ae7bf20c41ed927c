; A key that a helper gets once more behind the lookup waits on the stack, not in a register, and is the same there.

; REQUIRES: bpf-kernel
; RUN: %whistler compile %s -o %t.o
; RUN: %bpf-run %t.o %s | FileCheck %s
; RUN: %whistler compile %s -O0 -o %t.0.o
; RUN: %bpf-run %t.0.o %s | FileCheck %s
; RUN: %whistler disasm %s | FileCheck %s --check-prefix=CODE

(defmap sources :type :hash :key u32 :value u64 :max-entries 8)
(defmap seen :type :array :key u32 :value u64 :max-entries 4)

(defprog marks (:type :tc)
  (with-ipv4 (data end ip)
    (let ((source (ipv4-src-addr ip)))
      (incf (getmap sources source))
      (set-hash (ctx-ptr) source)
      (setf (getmap seen 0) (ctx hash))))
  TC_ACT_OK)
; CODE-LABEL: marks:
; CODE: r[[VALUE:[0-9]]] = *(u32 *)(r{{[0-9]}} -8)
; CODE: *(u32 *)(r10 [[SLOT:-[0-9]+]]) = r[[VALUE]]
; CODE: bpf_map_lookup_elem
; CODE: r2 = *(u32 *)(r10 [[SLOT]])
; CODE: bpf_set_hash

; BPF: run marks eth/ipv4(src=10.1.2.3)/tcp
; CHECK: marks: TC_ACT_OK (0)
; BPF: expect seen 0=0x0302010a
; BPF: run marks eth/ipv4(src=10.1.2.4)/tcp
; CHECK-NEXT: marks: TC_ACT_OK (0)
; BPF: expect seen 0=0x0402010a
; BPF: expect sources 0x0302010a=1
; BPF: expect sources 0x0402010a=1

; The entry of the first lookup decides what is stored for the second one: the slot is another one's until then, and the
; number waits in a register.
(defprog in-turn (:type :tc)
  (with-ipv4 (data end ip)
    (let ((source (ipv4-src-addr ip)) (first u32 1))
      (when (= (getmap seen first) 0)
        (setf first source)
        (incf (getmap sources first))
        (set-hash (ctx-ptr) source)
        (setf (getmap seen 2) (ctx hash)))))
  TC_ACT_OK)
; CODE-LABEL: in_turn:
; CODE: r[[KEPT:[6-9]]] = *(u32 *)(r{{[0-9]}} -8)
; CODE: bpf_map_lookup_elem
; CODE: *(u32 *)(r10 {{-[0-9]+}}) = r[[KEPT]]
; BPF: run in_turn eth/ipv4(src=10.1.2.5)/udp
; CHECK-NEXT: in_turn: TC_ACT_OK (0)
; BPF: expect seen 2=0x0502010a
; BPF: expect sources 0x0502010a=1

; The language's names are in its own packages.
; RUN: rm -f %t.o
; RUN: sh -c 'whistler compile %s -o %t.o 2>%t.err; test $? -eq 1'
; RUN: FileCheck %s --input-file=%t.err --strict-whitespace --match-full-lines
; RUN: not test -e %t.o

;  CHECK-NOT:{{.*(error|warning):.*}}

(defprog p ()
;      CHECK:{{.*}}errors-package-prefix.lisp:[[#@LINE+3]]:25: error: the context of a program of type `:xdp`, a `struct xdp_md`, has no field `data-lenght`
; CHECK-NEXT:  (cl:+ 1 (whistler:ctx data-lenght))
; CHECK-NEXT:                        ^~~~~~~~~~~
  (cl:+ 1 (whistler:ctx data-lenght))
; CHECK-NEXT:{{.*}}errors-package-prefix.lisp:[[#@LINE+3]]:4: error: unknown operator `foo::ktime-get-ns`; did you mean `ktime-get-ns`?
; CHECK-NEXT:  (foo:ktime-get-ns)
; CHECK-NEXT:   ^~~~~~~~~~~~~~~~
  (foo:ktime-get-ns)
; CHECK-NEXT:{{.*}}errors-package-prefix.lisp:[[#@LINE+3]]:4: error: unknown operator `cl:frobnicate`
; CHECK-NEXT:  (cl:frobnicate 1)
; CHECK-NEXT:   ^~~~~~~~~~~~~
  (cl:frobnicate 1)
; CHECK-NEXT:{{.*}}errors-package-prefix.lisp:[[#@LINE+3]]:4: error: unknown operator `frobnicate`
; CHECK-NEXT:  (whistler-user::frobnicate 1)
; CHECK-NEXT:   ^~~~~~~~~~~~~~~~~~~~~~~~~
  (whistler-user::frobnicate 1)
; CHECK-NEXT:{{.*}}errors-package-prefix.lisp:[[#@LINE+3]]:3: error: there is no variable or constant `foo:xdp_pass`; did you mean `XDP_PASS`?
; CHECK-NEXT:  foo:xdp_pass
; CHECK-NEXT:  ^~~~~~~~~~~~
  foo:xdp_pass
; CHECK-NEXT:{{.*}}errors-package-prefix.lisp:[[#@LINE+3]]:9: error: `foo:u32` is not a type; there are u8 u16 u32 u64 i8 i16 i32 i64
; CHECK-NEXT:  (load foo:u32 (ctx-ptr) 0))
; CHECK-NEXT:        ^~~~~~~
  (load foo:u32 (ctx-ptr) 0))

;  CHECK-NOT:{{.*(error|warning):.*}}

; A license may have quotes, backslashes and line ends in it: neither the object
; nor the listing is damaged.
; RUN: whistler compile %s -o %t.o
; RUN: llvm-readelf --string-dump=license %t.o | FileCheck %s --check-prefix=LICENSE
; RUN: llvm-readelf --sections --wide %t.o | FileCheck %s --check-prefix=SECTIONS
; RUN: whistler disasm %s | FileCheck %s --check-prefix=LISTING

; LICENSE: [ 0] "odd" \ of.two lines{{$}}
; SECTIONS: license PROGBITS {{[0-9a-f]+ [0-9a-f]+}} 000015
; LISTING: p: ; type xdp, section "xdp", license "{{[^ ]*}}odd{{.*}}of{{.*}}two lines"
; LISTING: exit
(defprog p (:license "\"odd\" \\ of
two lines")
  XDP_PASS)

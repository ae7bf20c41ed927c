; An index is not refused where control cannot come.

; RUN: %whistler compile %s -o %t.o
; RUN: %whistler compile -O0 %s -o %t.o

(defstruct table (bytes (array u8 8)))

(defprog left ()
  (let ((table (make-table)) (i u16 99999))
    (when (or (>= i 8) (= (ktime-get-ns) 0))
      (return 1))
    (table-bytes table i)))

(defprog entered ()
  (let ((table (make-table)) (i u16 99999))
    (when (< i 8)
      (return (table-bytes table i)))
    1))

(defprog known ()
  (let ((table (make-table)) (i 99999))
    (when (>= i 8)
      (return 1))
    (table-bytes table i)))

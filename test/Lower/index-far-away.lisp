; What bounds an index directly is found however far its other parts go back.

; RUN: %whistler compile %s -o %t.o
; RUN: %whistler compile -O0 %s -o %t.o

(defstruct table (bytes (array u8 3)))

(defmacro many-choices (count)
  `(progn ,@(loop for i below count
                  collect `(setf v (if (> w ,i) (+ v w) (- v 3))
                                 w (logxor v w)))))

(defprog minimum ()
  (let ((table (make-table)) (v (ktime-get-ns)) (w 1))
    (many-choices 1000)
    (table-bytes table (min v 2))))

(defprog comparison ()
  (let ((table (make-table)) (v (ktime-get-ns)) (w 1))
    (many-choices 1000)
    (when (> v 2)
      (return 0))
    (table-bytes table v)))

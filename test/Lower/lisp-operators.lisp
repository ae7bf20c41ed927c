; What the messages of errors-lisp-operators.lisp say to write is part of the
; language, also for variables that are called like words of `loop`.
; RUN: whistler compile %s -o %t.o

(defstruct buffer (bytes (array u8 16)))

(defn visit ((round u32) (sum (ptr u64))) -> i64
  (incf (aref sum 0) round)
  0)

(defprog p (:type :xdp :license "GPL")
  (let ((x (get-prandom-u32)) (y (ktime-get-ns)) (index 3) (position 4)
        (mask 15) (new 2) (repeat 5) (b (make-buffer)))
    (trace-printk "x is %d" x)
    (loop repeat visit (stack-addr y) 0)
    (setf (aref (buffer-bytes b) 2) (cast u32 x))
    (let ((old x)) (setf x y y old))
    (+ (= x 0) (s> x 0) (s< x 0) (= (logand x 1) 0) (= (logand x 1) 1)
       (if (s< x 0) (- x) x) (if (logand x mask) 1 2)
       (logand (>> x index) 1) (logand (>> x position) mask)
       (logior (logand x (lognot mask)) (<< new position))
       (logand x (lognot y)) (/ x 3) (mod x 3) (<< 1 5) (not x)
       (aref (buffer-bytes b) 1) (load u64 (stack-addr y))
       (case x (1 5)))))

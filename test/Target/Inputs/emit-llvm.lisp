;;; What the tests of the second backend compile: a map with a struct as its key, a
;;; variable, a function and a context field.

(defstruct flow-key
  (addr u32)
  (port u16))

(defmap seen :type :hash :key flow-key :value u64 :max-entries 64)

(defglobal limit u32 100 :const t)

(defprog count (:type :xdp :license "GPL")
  (let ((data (xdp-data)) (end (xdp-data-end)))
    (when (> (+ data 34) end)
      (return XDP_PASS))
    (let ((key (make-flow-key :addr (load u32 data 26) :port 7)))
      (incf (getmap seen key))
      (if (> (load u8 data 23) limit) XDP_DROP XDP_PASS))))

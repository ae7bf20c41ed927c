;; Lookups with constant keys where other keys and values are stored around them.
;; No map is added to at so many places that a function would do it.
(defmap counts :type :array :key u32 :value u64 :max-entries 8)
(defmap notes :type :array :key u32 :value u64 :max-entries 8)
(defmap mine :type :percpu-array :key u32 :value u64 :max-entries 2)
(defmap small :type :percpu-array :key u32 :value u64 :max-entries 1)
(defmap seen :type :hash :key u32 :value u64 :max-entries 8)

(defn note ((value u64)) -> u64
  (incf (getmap notes 4) value)
  (incf (getmap mine 1) value))

(defprog around (:type :xdp :license "GPL")
  (with-packet (data end :min-len 14)
    (let ((last (load u8 data 13)))
      (setf (getmap seen last) (getmap counts 7))
      (if (> last 4)
          (incf (getmap counts 1) last)
          (incf (getmap small 0) 10))
      (dotimes (i 3)
        (incf (getmap counts 3) (+ i last))
        (setf (getmap seen i) i))
      (note (getmap counts 3))
      (note 5)
      (setf (getmap counts 0) (+ (getmap notes 4) 1))))
  XDP_PASS)

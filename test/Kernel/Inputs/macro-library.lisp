; Counters by name, in one map.
(load "macro-helpers.lisp")

(defmacro define-counters (&rest names)
  `(progn
     ,@(loop for name in names
             for index from 0
             do (setf (get name 'counter-index) index)
             collect `(defconstant ,(counter-constant name) ,index))
     (defmap counters :type :array :key u32 :value u64
             :max-entries ,(length names))))

(defmacro count-up (name by)
  `(incf (getmap counters ,(get name 'counter-index)) ,by))

(defmacro if-between (value (low high) then else)
  (once (value)
    `(if (and (>= ,value ,low) (<= ,value ,high)) ,then ,else)))

; What the macros of macro-library.lisp are written with.
(defun counter-constant (name)
  (intern (concatenate 'string "+COUNTER-" (symbol-name name) "+")))

; Binds variables to names of run-time variables that hold their forms' values.
(defmacro once (vars &body body)
  (let ((names (loop for nil in vars collect (gensym "ONCE"))))
    `(let ,(loop for name in names for var in vars
                 collect `(,name (gensym ,(string var))))
       `(let (,,@(loop for name in names for var in vars
                       collect ``(,,name ,,var)))
          ,(let ,(loop for name in names for var in vars collect `(,var ,name))
             ,@body)))))

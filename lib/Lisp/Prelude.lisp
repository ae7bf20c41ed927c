;;;===- Prelude.lisp - the Lisp part of the compile-time Lisp --------------===;;;
;;;
;;; SPDX-License-Identifier: MIT
;;;
;;;===----------------------------------------------------------------------===;;;
;;;
;;; Evaluated when Common Lisp is started, in the package WHISTLER-IMPL, where
;;; the functions of EclCallbacks.cpp are. It is interpreted at every start, so
;;; it is kept short and plain: macros of Common Lisp are slow to expand.

;;; The entry.

(si:*make-special '*tag*)
(setq *tag* nil)
(si:*make-special '*warnings*)
(setq *warnings* nil)

;; Users hear of the warnings that their own code signals, not of style.
(defun note-warning (condition)
  (if (not (typep condition 'style-warning))
      (setq *warnings* (cons condition *warnings*)))
  (let ((restart (find-restart 'muffle-warning condition)))
    (if restart (invoke-restart restart))))

;; Runs the request that the C++ code has prepared. Two values, the second of
;; them T, or one: the condition that nothing has handled. Handlers and restarts
;; of code further out are not visible: between them and this is C++.
(defun guarded ()
  (let ((*tag* (list nil))
        (si:*handler-clusters* (list (list (cons 'warning #'note-warning))))
        (si:*restart-clusters* nil))
    (catch *tag*
      (values (run-request) t))))

(defun si::default-debugger (condition)
  (throw *tag* condition))

;; Signalled when the C++ code has reported an error.
(define-condition reported-error (error) ()
  (:report "an error was reported at its own place"))

;;; Input, output, and what would end the process.

(let ((nothing (make-concatenated-stream)))
  (setq *standard-input* nothing)
  (defun set-output (output)
    (setq *standard-output* output
          *trace-output* *error-output*
          *terminal-io* (make-two-way-stream nothing output)
          *query-io* *terminal-io*
          *debug-io* *terminal-io*)))

(let ((output *standard-output*))
  (defun set-output-kind (standard-p)
    (set-output (if standard-p output *error-output*))))

(defun refuse-exit (&rest arguments)
  (declare (ignore arguments))
  (error "The compile-time Lisp cannot be left."))

(setf (fdefinition 'ext:quit) #'refuse-exit
      (fdefinition 'ext:exit) #'refuse-exit)

;;; What the C++ code asks for.

(defun print-limited (object escape)
  (let ((*print-length* 30) (*print-level* 8) (*print-readably* nil)
        (*print-escape* escape) (*print-pretty* nil) (*print-base* 10)
        (*print-radix* nil) (*print-case* :upcase) (*print-circle* nil))
    (let ((text (write-to-string object)))
      (if (> (length text) 2000)
          (concatenate 'string (subseq text 0 2000) "...")
          text))))

(defun name-type (object)
  (print-limited (class-name (class-of object)) nil))

;; Conditions without a report function print as other objects do.
(defun render-condition (condition)
  (if (typep condition 'ext:stack-overflow)
      "the recursion is too deep"
      (let ((text (if (typep condition 'division-by-zero)
                      "division by zero"
                      (print-limited condition nil))))
        (cond ((or (equal text "") (eql (search "#<" text) 0))
               (concatenate 'string "a condition of type "
                            (name-type condition)))
              ((typep condition '(or serious-condition warning)) text)
              (t (concatenate 'string "the debugger was entered: " text))))))

;; A float's text must not depend on how it would be read.
(defun print-number (number)
  (let ((*print-base* 10) (*print-radix* nil) (*print-readably* nil)
        (*read-default-float-format* 'single-float))
    (prin1-to-string number)))

(defun read-text (text)
  (let ((end (list nil)))
    (multiple-value-bind (object position) (read-from-string text nil end)
      (if (eq object end)
          (error "There is nothing to read.")
          (values object position)))))

(defun coerce-vector (vector) (coerce vector 'simple-vector))

(defun make-expander (definition environment)
  (si:eval-with-env
   (list 'function
         (si::expand-defmacro (first definition) (second definition)
                              (cddr definition)))
   environment nil t :execute))

(defun evaluate-at-prompt (form)
  (setq - form)
  (let ((values (multiple-value-list (eval form))))
    (setq /// // // / / values
          *** ** ** * * (first values)
          +++ ++ ++ + + form)
    ;; The values come on lines of their own.
    (fresh-line)
    (finish-output)
    (mapcar #'prin1-to-string values)))

;; The second value is a truth value (CLHS macroexpand), and here the function,
;; whose address differs from run to run.
(defun expander-with-truth (plain)
  #'(lambda (form &optional environment)
      (let ((values (multiple-value-list (funcall plain form environment))))
        (values (first values) (if (second values) t)))))

(setf (fdefinition 'macroexpand-1) (expander-with-truth #'macroexpand-1)
      (fdefinition 'macroexpand) (expander-with-truth #'macroexpand))

;; A `let*` that sets a place, in terms that programs have: what SETF and INCF
;; expand to is the system's own affair. NIL where the place has no definition of
;; its own: it is set by a function then, which programs do not have.
(defun expand-store (form environment)
  (let* ((parts (multiple-value-list
                 (get-setf-expansion (second form) environment)))
         (stores (third parts))
         (store (fourth parts))
         (value (third form)))
    (if (not (eq (first form) 'setf))
        (setq value (list (if (eq (first form) 'incf) '+ '-)
                          (fifth parts)
                          (if (cddr form) (third form) 1))))
    (if (not (and (consp store) (eq (first store) 'funcall)
                  (consp (second store)) (eq (car (second store)) 'function)))
        (if (cdr stores)
            (error "The place ~s has several values." (second form))
            (list 'let* (append (mapcar #'list (first parts) (second parts))
                                (list (list (first stores) value)))
                  store)))))

;;; Files.

(si:*make-special '*plain-load*)
(setq *plain-load* nil)

(defun building-system-p ()
  (let* ((package (find-package "ASDF/SESSION"))
         (symbol (and package (find-symbol "*ASDF-SESSION*" package))))
    (and symbol (boundp symbol) (symbol-value symbol))))

(defun find-source (file)
  (let ((path (merge-pathnames file)))
    (or (and (pathname-name path) (probe-file path))
        (probe-file (merge-pathnames path (make-pathname :type "lisp"))))))

(defun load-source (path)
  (let ((*package* *package*) (*readtable* *readtable*)
        (*load-pathname* path) (*load-truename* path))
    (client-load (namestring path))
    t))

;; Sources are the compiler's own to read: they may hold declarations.
(let ((plain-load #'load))
  (defun load (file &rest options &key (if-does-not-exist t) &allow-other-keys)
    (if (or *plain-load* (streamp file) (building-system-p))
        (apply plain-load file options)
        (let ((path (find-source file)))
          (if path
              (if (member (pathname-type path) '("fas" "fasl" "fasc" "so" "o")
                          :test #'equal)
                  (progn
                    (client-note-file (namestring path))
                    (apply plain-load path options))
                  (load-source path))
              (if if-does-not-exist
                  (error "There is no file ~a." (namestring file))))))))

(let ((plain-require #'require))
  (defun require (&rest arguments)
    (let ((*plain-load* t))
      (apply plain-require arguments))))

;; What is read is what the output depends on.
(let ((plain-open #'open))
  (defun open (file &rest options &key (direction :input) &allow-other-keys)
    (let ((stream (apply plain-open file options)))
      (if (and stream (member direction '(:input :io)))
          (client-note-file (namestring (truename stream))))
      stream)))

;;; Hash tables that are walked in the same order in each run.

(let ((plain #'make-hash-table))
  (defun make-hash-table (&rest arguments)
    (order-hash-table (apply plain arguments))))

(let ((plain #'si:copy-hash-table))
  (defun si:copy-hash-table (table)
    (order-hash-table (funcall plain table))))

;;; Constants.

(si:*make-special '*system-packages*)
(setq *system-packages* nil)

(let ((make-constant #'si:*make-constant))
  (defun si:*make-constant (name value)
    (if (and (member (symbol-package name) *system-packages*)
             (not (eql value (symbol-value name))))
        (error "The constant ~s of Common Lisp cannot be changed." name))
    (funcall make-constant name value)
    (if (integerp value) (client-define-constant name value))
    name))

;;; The packages.

(defun declare-form (form environment)
  (declare (ignore environment))
  (list 'client-declare (list 'quote form)))

(si:*make-special '*declarations*)
(setq *declarations*
      '("DEFMAP" "DEFPROG" "DEFHEADER" "DEFSTRUCT" "DEFUNION" "DEFGLOBAL" "DEFN"
        "DEFTRACEPOINT" "IMPORT-KERNEL-STRUCT"))

(si:*make-special '*functions*)
(setq *functions*
      (list (cons "SIZEOF" #'client-size)
            (cons "CONSTANT-VALUE" #'client-constant)
            (cons "MAP-NAMES" #'(lambda () (client-names 0)))
            (cons "PROGRAM-NAMES" #'(lambda () (client-names 1)))
            (cons "CONSTANT-NAMES" #'(lambda () (client-names 2)))
            (cons "COMPILE-TO-ELF"
                  #'(lambda (file &rest options)
                      (client-declare
                       (list* (intern "COMPILE-TO-ELF" "WHISTLER")
                              (if (pathnamep file) (namestring file) file)
                              options))))))

;; What only a prompt can do.
(si:*make-special '*commands*)
(setq *commands*
      '("LIST-PROGRAMS" "LIST-MAPS" "DISASSEMBLE-PROGRAM" "SHOW-IR" "QUIT"))

(defun make-command (name)
  #'(lambda (&rest arguments)
      (client-command name arguments)
      (values)))

;; DEFSTRUCT is not exported: a package that uses both COMMON-LISP and WHISTLER
;; would have to choose.
(defun make-packages ()
  (let ((whistler (make-package "WHISTLER" :use '("CL")))
        (user (make-package "WHISTLER-USER" :use '("CL"))))
    (shadow "DEFSTRUCT" whistler)
    (dolist (name *declarations*)
      (let ((symbol (intern name whistler)))
        (setf (macro-function symbol) #'declare-form)
        (if (not (equal name "DEFSTRUCT")) (export symbol whistler))))
    (dolist (entry *functions*)
      (let ((symbol (intern (car entry) whistler)))
        (setf (fdefinition symbol) (cdr entry))
        (export symbol whistler)))
    (dolist (name *commands*)
      (let ((symbol (intern name whistler)))
        (setf (fdefinition symbol) (make-command name))
        (export symbol whistler)))
    (export-names whistler)
    (shadowing-import (find-symbol "DEFSTRUCT" whistler) user)
    (use-package whistler user)
    (setq *package* user)))

;;; One compilation.

(si:*make-special '*system-features*)

(defun delete-user-packages ()
  (dolist (package (list-all-packages))
    (if (not (member package *system-packages*))
        (dolist (used (package-use-list package))
          (unuse-package used package))))
  (dolist (package (list-all-packages))
    (if (not (member package *system-packages*))
        (delete-package package))))

;; Everything that one compilation could leave behind for the next one.
(defun start-compilation (standard-p)
  (if *system-packages*
      (delete-user-packages)
      (setq *system-packages* (list-all-packages)
            *system-features* (cons :whistler *features*)))
  (setq *features* (copy-list *system-features*)
        *gensym-counter* 1
        *random-state* (make-random-state 1)
        *readtable* (copy-readtable nil)
        *read-base* 10 *read-eval* t *read-suppress* nil
        *read-default-float-format* 'single-float
        *print-array* t *print-base* 10 *print-case* :upcase *print-circle* nil
        *print-escape* t *print-gensym* t *print-length* nil *print-level* nil
        *print-lines* nil *print-pretty* nil *print-radix* nil
        *print-readably* nil *print-right-margin* nil
        *load-truename* nil
        *load-pathname* nil
        *load-verbose* nil
        *compile-verbose* nil
        *warnings* nil)
  (set-output-kind standard-p)
  (make-packages))

(defun set-directory (name)
  (setq *default-pathname-defaults* (pathname name)))

(defun set-file (name)
  (setq *load-pathname* (pathname name)
        *load-truename* *load-pathname*))

(defun set-package (name)
  (let ((package (find-package name)))
    (if package (setq *package* package))))

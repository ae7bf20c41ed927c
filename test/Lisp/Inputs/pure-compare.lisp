;;; Evaluates the forms of a file as Common Lisp does, and prints what they give
;;; as unittests/Lisp/PureEval.cpp does, where the special forms are explained.

(defpackage :pure-test (:use :cl))
(in-package :pure-test)

(defvar *uninterned* nil "Symbols without a package, the last one first.")

(defun dump-symbol (symbol)
  (cond ((symbol-package symbol)
         (format t "~a~a"
                 (cond ((keywordp symbol) ":")
                       ((eq (symbol-package symbol) (find-package :si)) "SI:")
                       (t ""))
                 (symbol-name symbol)))
        (t
         (pushnew symbol *uninterned*)
         (format t "#:~d"
                 (1- (length (member symbol *uninterned*)))))))

(defun dump-string (string)
  (write-char #\")
  (loop for char across string
        do (case char
             (#\Newline (write-string "\\n"))
             (#\Tab (write-string "\\t"))
             (t (when (find char "\"\\") (write-char #\\))
                (write-char char))))
  (write-char #\"))

(defun dump-list (list)
  (write-char #\()
  (loop for rest = list then (cdr rest)
        while (consp rest)
        do (dump (car rest))
           (when (consp (cdr rest)) (write-char #\Space))
        finally (when rest
                  (write-string " . ")
                  (dump rest)))
  (write-char #\)))

(defun dump (value)
  (typecase value
    (symbol (dump-symbol value))
    (string (dump-string value))
    (character (format t "#\\~d" (char-code value)))
    (vector (write-string "#(")
            (loop for element across value
                  do (write-char #\Space) (dump element))
            (write-char #\)))
    (cons (dump-list value))
    (t (prin1 value))))

(defun run (form)
  (case (if (consp form) (car form))
    (expands (macroexpand-1 (second form)))
    (twice (eval (eval (second form))))
    (t (values (eval form)))))

(defun run-file (name)
  (with-open-file (file name)
    (loop for form = (let ((*package* (find-package :pure-test)))
                       (read file nil file))
          until (eq form file)
          do (let* ((declined (and (consp form) (eq (car form) 'declines)))
                    (form (if declined (second form) form)))
               (setq *uninterned* nil)
               (dump form)
               (format t "~%  => ")
               (setq *uninterned* nil)
               (if declined
                   (write-string "declined")
                   (handler-case (dump (run form))
                     (error (condition) (format t "error: ~a" condition))))
               (terpri)))))

(setq *print-pretty* nil)
(run-file (car (last (ext:command-args))))
(ext:quit)

;;; Evaluates the forms of a file as Common Lisp does, and prints what they give
;;; as unittests/Lisp/PureEval.cpp does, where the special forms are explained.
;;; Each line begins with the number of the line on which the form ends.

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
    (defines (eval (second form)))
    (twice (eval (eval (second form))))
    (t (values (eval form)))))

(defun read-text (name)
  (with-open-file (file name :external-format :utf-8)
    (let ((text (make-string (file-length file))))
      (subseq text 0 (read-sequence text file)))))

(defun run-and-print (form)
  (setq *uninterned* nil)
  (if (and (consp form) (eq (car form) 'declines))
      (write-string "declined")
      (handler-case (dump (run form))
        (error (condition) (format t "error: ~a" condition))))
  (terpri))

(defun run-file (name)
  (loop with text = (read-text name)
        with start = 0
        do (multiple-value-bind (form end)
               (let ((*package* (find-package :pure-test)))
                 (read-from-string text nil text :start start
                                   :preserve-whitespace t))
             (when (eq form text) (return))
             (format t "~d: " (1+ (count #\Newline text :end end)))
             (run-and-print form)
             (setq start end))))

(setq *print-pretty* nil)
(run-file (car (last (ext:command-args))))
(ext:quit)

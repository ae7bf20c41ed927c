;;; open-kprobe.lisp - Which threads open files, and which fail to?
;;; SPDX-License-Identifier: MIT
;;; Needs: kprobe
;;;
;;; A kprobe runs where a function of the kernel begins, and a kretprobe where it
;;; returns.  Functions are no stable interface: this one has had its name and
;;; arguments since Linux 5.6.

(defconstant +path-len+ 64)

(defstruct opens
  (calls u64)
  (failures u64)
  (last-error i32)
  (last-path (array u8 64)))

;; By thread.
(defmap threads
  :type :lru-hash
  :key u32
  :value opens
  :max-entries 4096)

;; The low half is the thread's number, the high half its process's.
(defmacro current-thread ()
  '(cast u32 (get-current-pid-tgid)))

;; The arguments are bound by position; those behind the last that matters may be
;; left out.
(defprog on-open (:type :kprobe
                  :section "kprobe/do_sys_openat2"
                  :license "GPL"
                  :args ((directory i32) (path (ptr u8))))
  (let ((thread (current-thread)))
    (unless (map-lookup threads thread)
      (map-update threads thread (make-opens) BPF_NOEXIST))
    (when-let ((entry (getmap threads thread)))
      (incf (opens-calls entry))
      ;; The path is in the memory of the process, not in the kernel's.
      (probe-read-user-str (opens-last-path-ptr entry) +path-len+ path)))
  0)

(defprog on-opened (:type :kretprobe
                    :section "kretprobe/do_sys_openat2"
                    :license "GPL")
  (let ((result i32 (pt-regs-ret)))
    (when (s< result 0)
      (when-let ((entry (getmap threads (current-thread))))
        (incf (opens-failures entry))
        (setf (opens-last-error entry) result))))
  0)

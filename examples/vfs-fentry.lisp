;;; vfs-fentry.lisp - How much does each thread read, and how long does it take?
;;; SPDX-License-Identifier: MIT
;;; Needs: fentry
;;;
;;; An :fentry program is called from the beginning of a kernel function, an :fexit
;;; program from its end, where it sees the arguments as well as the result.  Both
;;; cost far less than a probe.

(defstruct reads
  (calls u64)
  (asked u64)
  (got u64)
  (failures u64)
  (nanoseconds u64)
  (started u64))

;; By thread.
(defmap threads
  :type :lru-hash
  :key u32
  :value reads
  :max-entries 4096)

;; The low half is the thread's number, the high half its process's.
(defmacro current-thread ()
  '(cast u32 (get-current-pid-tgid)))

(defprog on-read (:type :fentry
                  :section "fentry/vfs_read"
                  :license "GPL"
                  :args ((file u64) (buffer u64) (count u64)))
  (let ((thread (current-thread)))
    (unless (map-lookup threads thread)
      (map-update threads thread (make-reads) BPF_NOEXIST))
    (when-let ((entry (getmap threads thread)))
      (incf (reads-calls entry))
      (incf (reads-asked entry) count)
      (setf (reads-started entry) (ktime-get-ns))))
  0)

;; Behind the function's arguments stands a name for its result.
(defprog on-read-done (:type :fexit
                       :section "fexit/vfs_read"
                       :license "GPL"
                       :args ((file u64) (buffer u64) (count u64) (position u64)
                              (result i64)))
  (when-let ((entry (getmap threads (current-thread))))
    (if (s< result 0)
        (incf (reads-failures entry))
        (incf (reads-got entry) result))
    ;; A read that began before the program was attached has no start.
    (when (reads-started entry)
      (incf (reads-nanoseconds entry)
            (- (ktime-get-ns) (reads-started entry)))
      (setf (reads-started entry) 0)))
  0)

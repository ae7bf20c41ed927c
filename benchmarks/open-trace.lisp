;;; open-trace.lisp - Tells which process opens which file.
;;; SPDX-License-Identifier: MIT

(defconstant +comm-len+ 16)
(defconstant +path-len+ 128)

;; In the record of sys_enter_openat.
(defconstant +filename+ 24)
(defconstant +flags+ 32)

(defstruct open-event
  (time u64)
  (pid u32)
  (uid u32)
  (flags u32)
  (path-len u32)
  (comm (array u8 +comm-len+))
  (path (array u8 +path-len+)))

(defmap events
  :type :ringbuf
  :max-entries (* 256 1024))

;; Users whose files are not of interest.
(defmap ignored-users
  :type :hash
  :key u32
  :value u8
  :max-entries 64)

(defprog on-open (:type :tracepoint
                  :section "tracepoint/syscalls/sys_enter_openat"
                  :license "GPL")
  (let ((uid u32 (get-current-uid-gid)))
    (when (map-lookup ignored-users uid)
      (return 0))
    (with-ringbuf (event events open-event)
      (setf (open-event-time event) (ktime-get-ns)
            (open-event-pid event) (>> (get-current-pid-tgid) 32)
            (open-event-uid event) uid
            (open-event-flags event) (ctx-load u64 +flags+))
      (get-current-comm (open-event-comm-ptr event) +comm-len+)
      (setf (open-event-path-len event)
            (probe-read-user-str (open-event-path-ptr event) +path-len+
                                 (ctx-load u64 +filename+)))))
  0)

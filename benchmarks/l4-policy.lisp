;;; l4-policy.lisp - Who may talk to which port: the most special rule decides.
;;; SPDX-License-Identifier: MIT

(defconstant +any+ 0)
(defconstant +allow+ 1)

(defstruct policy-key
  (identity u32)
  (port u16)
  (protocol u8))

(defstruct policy-entry
  (action u8)
  (packets u64)
  (bytes u64))

(defmap identities
  :type :hash
  :key u32
  :value u32
  :max-entries 65536)

(defmap policy
  :type :hash
  :key policy-key
  :value policy-entry
  :max-entries 16384)

(defmap unmatched
  :type :percpu-array
  :key u32
  :value u64
  :max-entries 1)

(defmacro try-rule (identity port protocol size)
  `(when-let ((entry (getmap policy (make-policy-key :identity ,identity
                                                     :port ,port
                                                     :protocol ,protocol))))
     (atomic-add (policy-entry-packets-ptr entry) 0 1)
     (atomic-add (policy-entry-bytes-ptr entry) 0 ,size)
     (return (if (= (policy-entry-action entry) +allow+)
                 TC_ACT_OK
                 TC_ACT_SHOT))))

(defprog enforce (:type :tc :license "GPL")
  (with-ipv4 (data end ip)
    (let ((identity (getmap identities (ipv4-src-addr ip)))
          (protocol (ipv4-protocol ip))
          (size (ipv4-total-len ip))
          (port 0))
      (with-tcp (data end tcp)
        (setf port (tcp-dst-port tcp)))
      (with-udp (data end udp)
        (setf port (udp-dst-port udp)))
      (try-rule identity port protocol size)
      (try-rule identity +any+ protocol size)
      (try-rule identity +any+ +any+ size)
      (try-rule +any+ port protocol size)
      (try-rule +any+ +any+ +any+ size)
      (incf (getmap unmatched 0))
      (return TC_ACT_SHOT)))
  TC_ACT_OK)

;;; l4-policy.lisp - Who may talk to which port.
;;; SPDX-License-Identifier: MIT
;;;
;;; Rules are not written for addresses but for identities: numbers that stand for
;;; a group of machines.  `identities` says which address belongs to whom, and
;;; `policy` what an identity may do.  Nothing is allowed without a rule.
;;;
;;; In a rule, identity, port or protocol may be 0, which stands for any.  Of
;;; the rules that match a packet the most special one decides:
;;;
;;;   identity  port  protocol
;;;   identity  any   protocol
;;;   identity  any   any
;;;   any       port  protocol
;;;   any       any   any

(defconstant +any+ 0)

(defconstant +deny+ 0)
(defconstant +allow+ 1)

(defstruct policy-key
  (identity u32)
  (port u16)
  (protocol u8))

(defstruct policy-entry
  (action u8)
  (packets u64)
  (bytes u64))

;; An address that is not here has identity 0, and only the rules for any.
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

;; Packets that no rule was made for.
(defmap unmatched
  :type :percpu-array
  :key u32
  :value u64
  :max-entries 1)

;; Looks for a rule and leaves the program with what it says.
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
  ;; Whatever is not IPv4 is not subject to the policy.
  TC_ACT_OK)

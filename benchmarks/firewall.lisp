;;; firewall.lisp - Lets in only those to whom something was sent before.
;;; SPDX-License-Identifier: MIT

(defmap peers
  :type :lru-hash
  :key u32
  :value u64
  :max-entries 4096)

;; Entry 0 counts packets of peers, entry 1 those of strangers.
(defmap arrivals
  :type :array
  :key u32
  :value u64
  :max-entries 2)

(defprog note-peer (:type :tc :license "GPL")
  (with-ipv4 (data end ip)
    (setf (getmap peers (ipv4-dst-addr ip)) (ktime-get-ns)))
  TC_ACT_OK)

(defprog only-peers (:type :xdp :license "GPL")
  (with-ipv4 (data end ip)
    (let ((stranger (not (map-lookup peers (ipv4-src-addr ip)))))
      (incf (getmap arrivals stranger))
      (return (if stranger XDP_DROP XDP_PASS))))
  XDP_PASS)

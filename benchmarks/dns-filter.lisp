;;; dns-filter.lisp - Drops DNS queries for listed names.
;;; SPDX-License-Identifier: MIT

(defconstant +longest-name+ 32)
(defconstant +dns-port+ 53)
(defconstant +dns-hdr-len+ 12)

(defheader dns
  (flags :offset 2 :type u16 :net-order t)
  (questions :offset 4 :type u16 :net-order t))

;; As it stands in a query, each label behind its length, in lower case, with
;; zeros behind it.
(defstruct dns-name
  (bytes (array u8 +longest-name+)))

(defmap blocked-names
  :type :hash
  :key dns-name
  :value u64
  :max-entries 4096)

(defprog filter-dns (:type :xdp :license "GPL")
  (with-udp (data end udp)
    (let ((dns (+ udp +udp-hdr-len+))
          (query (+ dns +dns-hdr-len+)))
      (when (or (/= (udp-dst-port udp) +dns-port+)
                (> query end)
                (logand (dns-flags dns) #x8000)
                (/= (dns-questions dns) 1))
        (return XDP_PASS))
      (let ((name (make-dns-name)))
        (block copying
          (dotimes (i +longest-name+)
            (let ((at (+ query i)))
              (when (> (1+ at) end)
                (return XDP_PASS))
              (let ((char (load u8 at)))
                (unless char
                  (return-from copying))
                (setf (dns-name-bytes name i)
                      (if (<= 65 char 90) (logior char 32) char))))))
        (when-let ((hits (map-lookup blocked-names name)))
          (atomic-add hits 0 1)
          (return XDP_DROP)))))
  XDP_PASS)

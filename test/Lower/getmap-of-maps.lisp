; What is in a map of maps is a map, however many bytes stand for it.

; RUN: whistler-translate --import-whistler %s | FileCheck %s

(defmap inner :type :hash :key u32 :value u64 :max-entries 8)
(defmap outer :type :array-of-maps :inner-map inner :max-entries 4)

; CHECK-LABEL: @nested
; CHECK: %[[MAP:.*]] = whistler.map_lookup @outer[
; CHECK-NOT: -> i32
; CHECK: whistler.helper_call "map_lookup_elem"
; CHECK: whistler.return
(defprog nested ()
  (let ((key 7))
    (when-let ((map (getmap outer 1))
               (value (map-lookup-elem map (stack-addr key))))
      (return (load u64 value))))
  0)

# Prints a program with as many values live across a call as the argument says.
import sys

count = int(sys.argv[1])
print("(defprog p (:type :xdp)")
print("  (with-packet (data end :min-len 90)")
print("    (let (")
for i in range(count):
    print(f"          (v{i} (* {i + 3} (load u8 data {i})))")
print("          (time (ktime-get-ns)))")
print("      (+ time", *(f"v{i}" for i in range(count)), "))))")

; What the interpreter took for the protocol is a length: interpreted differently.
;;; seed 480
;;; cpus v4 v4
;;; run main
;;; packet 0014ff00ff00ff73ea00ffda000000ff19ff0000ff0000ff0019ff0000ff00fffffffff700fff830ff0000ff
;;; packet 0014ff00ff00ff73ea00ffda0005ffff19ff0000ff0000ff0019ff0000ff00fffffffff700fff830ff0000ff
;;; packet 0014ff00ff00ff73ea00ffda0600ffff19ff0000ff0000ff0019ff0000ff00fffffffff700fff830ff0000ff

(defprog main (:type :tc) (ctx protocol))

// RUN: whistler-opt %s --convert-whistler-to-bpf=cpu=v5 --verify-diagnostics
// expected-error @below {{unknown instruction set version "v5"; there are v1, v2, v3 and v4}}
module {
}

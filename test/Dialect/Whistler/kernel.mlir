// The kernels that a module names.

// RUN: whistler-opt %s | whistler-opt | FileCheck %s

// CHECK: module attributes {whistler.min_kernel = #whistler.kernel<"5.10">, whistler.needs_kernel = #whistler.kernel<"6.1">}
module attributes {whistler.min_kernel = #whistler.kernel<"5.10">, whistler.needs_kernel = #whistler.kernel<"6.1">} {
}

// RUN: whistler-opt %s --split-input-file --verify-diagnostics

// expected-error @below {{expected a version of Linux such as "6.1"}}
module attributes {whistler.min_kernel = #whistler.kernel<"six">} {}

// -----

// expected-error @below {{'whistler.min_kernel' is a #whistler.kernel, and on modules only}}
module attributes {whistler.min_kernel = "6.1"} {}

// -----

module {
  // expected-error @below {{'whistler.needs_kernel' is a #whistler.kernel, and on modules only}}
  whistler.define "one" 1 {whistler.needs_kernel = #whistler.kernel<"6.1">}
}

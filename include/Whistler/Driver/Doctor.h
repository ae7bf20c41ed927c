//===- Doctor.h - what a machine lacks --------------------------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Tells whether programs can be compiled, loaded and tested here.
//
//===----------------------------------------------------------------------===//

#ifndef WHISTLER_DRIVER_DOCTOR_H
#define WHISTLER_DRIVER_DOCTOR_H

namespace llvm {
class raw_ostream;
} // namespace llvm

namespace whistler {

/// Prints one line for each thing that loading and testing needs, with advice
/// where it is missing. Returns whether programs can be loaded.
bool runDoctor(llvm::raw_ostream &os);

} // namespace whistler

#endif // WHISTLER_DRIVER_DOCTOR_H

//===- MLIRHeaders.cpp - owner of the precompiled header --------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// A source file for CMake to attach the shared precompiled header to.
//
//===----------------------------------------------------------------------===//

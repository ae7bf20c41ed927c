//===- EclLibrary.h - Common Lisp, loaded when it is needed -----*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// ECL's header, with its functions taken from a library that is loaded at run
// time. All that uses ECL includes this file and not the header itself.
//
// Most sources need no Common Lisp, and to relocate it takes a third of the
// time that a small program takes to compile.
//
//===----------------------------------------------------------------------===//

#ifndef WHISTLER_LIB_LISP_ECLLIBRARY_H
#define WHISTLER_LIB_LISP_ECLLIBRARY_H

#include <ecl/ecl.h>
#include <gc/gc.h>
#include <string>

/// Calls `X` with the name of each function that is used, here or by a macro of
/// ecl.h.
#define FOR_EACH_ECL_FUNCTION(X)                                               \
  X(FEerror)                                                                   \
  X(GC_disable)                                                                \
  X(GC_enable)                                                                 \
  X(GC_expand_hp)                                                              \
  X(GC_set_markers_count)                                                      \
  X(_ecl_frs_push)                                                             \
  X(_ecl_intern)                                                               \
  X(cl_boot)                                                                   \
  X(cl_boundp)                                                                 \
  X(cl_cadr)                                                                   \
  X(cl_constantly)                                                             \
  X(cl_error)                                                                  \
  X(cl_eval)                                                                   \
  X(cl_export2)                                                                \
  X(cl_fboundp)                                                                \
  X(cl_funcall)                                                                \
  X(cl_list)                                                                   \
  X(cl_macroexpand_1)                                                          \
  X(cl_make_package)                                                           \
  X(cl_make_symbol)                                                            \
  X(cl_parse_integer)                                                          \
  X(cl_read)                                                                   \
  X(cl_set)                                                                    \
  X(cl_throw)                                                                  \
  X(cl_typep)                                                                  \
  X(ecl_alloc)                                                                 \
  X(ecl_alloc_simple_vector)                                                   \
  X(ecl_alloc_uncollectable)                                                   \
  X(ecl_cons)                                                                  \
  X(ecl_def_c_function)                                                        \
  X(ecl_eql)                                                                   \
  X(ecl_equal)                                                                 \
  X(ecl_equalp)                                                                \
  X(ecl_find_package)                                                          \
  X(ecl_find_package_nolock)                                                   \
  X(ecl_find_symbol)                                                           \
  X(ecl_free_uncollectable)                                                    \
  X(ecl_intern)                                                                \
  X(ecl_list1)                                                                 \
  X(ecl_make_integer)                                                          \
  X(ecl_make_keyword)                                                          \
  X(ecl_make_simple_base_string)                                               \
  X(ecl_make_string_input_stream)                                              \
  X(ecl_make_symbol)                                                           \
  X(ecl_make_unsigned_integer)                                                 \
  X(ecl_member_eq)                                                             \
  X(ecl_process_env)                                                           \
  X(ecl_register_root)                                                         \
  X(ecl_set_option)                                                            \
  X(ecl_setq)                                                                  \
  X(ecl_symbol_value)                                                          \
  X(si_hash_eql)                                                               \
  X(si_hash_equal)                                                             \
  X(si_hash_equalp)                                                            \
  X(si_set_limit)

namespace whistler::ecl {

/// What the library has, under its own names. Everything is null until it is
/// loaded.
struct Library {
#define DECLARE(name) decltype(&::name) name = nullptr;
  FOR_EACH_ECL_FUNCTION(DECLARE)
#undef DECLARE
  /// The symbols that the library is built with, `ECL_NIL` the first.
  cl_symbol_initializer *cl_symbols = nullptr;
  cl_core_struct *cl_core = nullptr;

  /// Loads the library, once. On failure `error` says what is missing.
  bool load(std::string &error);

private:
  bool isLoaded = false;
};

extern Library library;

} // namespace whistler::ecl

// From here on the names mean what was loaded, also inside of ecl.h's macros.
#define FEerror ::whistler::ecl::library.FEerror
// gc.h has these as macros in some configurations.
#undef GC_disable
#undef GC_enable
#define GC_disable ::whistler::ecl::library.GC_disable
#define GC_enable ::whistler::ecl::library.GC_enable
#define GC_expand_hp ::whistler::ecl::library.GC_expand_hp
#define GC_set_markers_count ::whistler::ecl::library.GC_set_markers_count
#define _ecl_frs_push ::whistler::ecl::library._ecl_frs_push
#define _ecl_intern ::whistler::ecl::library._ecl_intern
#define cl_boot ::whistler::ecl::library.cl_boot
#define cl_boundp ::whistler::ecl::library.cl_boundp
#define cl_cadr ::whistler::ecl::library.cl_cadr
#define cl_constantly ::whistler::ecl::library.cl_constantly
#define cl_error ::whistler::ecl::library.cl_error
#define cl_eval ::whistler::ecl::library.cl_eval
#define cl_export2 ::whistler::ecl::library.cl_export2
#define cl_fboundp ::whistler::ecl::library.cl_fboundp
#define cl_funcall ::whistler::ecl::library.cl_funcall
#define cl_list ::whistler::ecl::library.cl_list
#define cl_macroexpand_1 ::whistler::ecl::library.cl_macroexpand_1
#define cl_make_package ::whistler::ecl::library.cl_make_package
#define cl_make_symbol ::whistler::ecl::library.cl_make_symbol
#define cl_parse_integer ::whistler::ecl::library.cl_parse_integer
#define cl_read ::whistler::ecl::library.cl_read
#define cl_set ::whistler::ecl::library.cl_set
#define cl_throw ::whistler::ecl::library.cl_throw
#define cl_typep ::whistler::ecl::library.cl_typep
#define ecl_alloc ::whistler::ecl::library.ecl_alloc
#define ecl_alloc_simple_vector ::whistler::ecl::library.ecl_alloc_simple_vector
#define ecl_alloc_uncollectable ::whistler::ecl::library.ecl_alloc_uncollectable
#define ecl_cons ::whistler::ecl::library.ecl_cons
#define ecl_def_c_function ::whistler::ecl::library.ecl_def_c_function
#define ecl_eql ::whistler::ecl::library.ecl_eql
#define ecl_equal ::whistler::ecl::library.ecl_equal
#define ecl_equalp ::whistler::ecl::library.ecl_equalp
#define ecl_find_package ::whistler::ecl::library.ecl_find_package
#define ecl_find_package_nolock ::whistler::ecl::library.ecl_find_package_nolock
#define ecl_find_symbol ::whistler::ecl::library.ecl_find_symbol
#define ecl_free_uncollectable ::whistler::ecl::library.ecl_free_uncollectable
#define ecl_intern ::whistler::ecl::library.ecl_intern
#define ecl_list1 ::whistler::ecl::library.ecl_list1
#define ecl_make_integer ::whistler::ecl::library.ecl_make_integer
#define ecl_make_keyword ::whistler::ecl::library.ecl_make_keyword
#define ecl_make_simple_base_string                                            \
  ::whistler::ecl::library.ecl_make_simple_base_string
#define ecl_make_string_input_stream                                           \
  ::whistler::ecl::library.ecl_make_string_input_stream
#define ecl_make_symbol ::whistler::ecl::library.ecl_make_symbol
#define ecl_make_unsigned_integer                                              \
  ::whistler::ecl::library.ecl_make_unsigned_integer
#define ecl_member_eq ::whistler::ecl::library.ecl_member_eq
#define ecl_process_env ::whistler::ecl::library.ecl_process_env
#define ecl_register_root ::whistler::ecl::library.ecl_register_root
#define ecl_set_option ::whistler::ecl::library.ecl_set_option
#define ecl_setq ::whistler::ecl::library.ecl_setq
#define ecl_symbol_value ::whistler::ecl::library.ecl_symbol_value
#define si_hash_eql ::whistler::ecl::library.si_hash_eql
#define si_hash_equal ::whistler::ecl::library.si_hash_equal
#define si_hash_equalp ::whistler::ecl::library.si_hash_equalp
#define si_set_limit ::whistler::ecl::library.si_set_limit
#define cl_symbols ::whistler::ecl::library.cl_symbols
#define cl_core (*::whistler::ecl::library.cl_core)

#endif // WHISTLER_LIB_LISP_ECLLIBRARY_H

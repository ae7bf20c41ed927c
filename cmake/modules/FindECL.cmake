# Finds Embeddable Common Lisp: ECL_INCLUDE_DIR, ECL_LIBRARY, the file with the
# shared library, and ECL_SONAME, under which it is loaded. Nothing is linked with
# it.

include(FindPackageHandleStandardArgs)

find_path(ECL_INCLUDE_DIR ecl/ecl.h)
find_library(ECL_LIBRARY_LINK NAMES ecl)
if(ECL_LIBRARY_LINK)
  file(REAL_PATH ${ECL_LIBRARY_LINK} ECL_LIBRARY)
  execute_process(COMMAND ${CMAKE_READELF} -d ${ECL_LIBRARY}
    OUTPUT_VARIABLE ecl_dynamic)
  if(ecl_dynamic MATCHES "SONAME[^\n]*\\[([^]\n]+)\\]")
    set(ECL_SONAME ${CMAKE_MATCH_1})
  endif()
endif()

find_package_handle_standard_args(ECL
  REQUIRED_VARS ECL_LIBRARY ECL_SONAME ECL_INCLUDE_DIR
  REASON_FAILURE_MESSAGE "install libecl-dev and ecl")
mark_as_advanced(ECL_INCLUDE_DIR ECL_LIBRARY_LINK)

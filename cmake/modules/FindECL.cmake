# Finds Embeddable Common Lisp as a shared library: the target ECL::ECL.
#
# ecl-config would name libraries that only its own code needs and leave out the
# garbage collector's, whose switch is used while ECL starts.

include(FindPackageHandleStandardArgs)

find_path(ECL_INCLUDE_DIR ecl/ecl.h)
find_library(ECL_LIBRARY NAMES ecl)
find_library(ECL_GC_LIBRARY NAMES gc)

find_package_handle_standard_args(ECL
  REQUIRED_VARS ECL_LIBRARY ECL_GC_LIBRARY ECL_INCLUDE_DIR
  REASON_FAILURE_MESSAGE "install libecl-dev and ecl")
mark_as_advanced(ECL_INCLUDE_DIR ECL_LIBRARY ECL_GC_LIBRARY)

if(ECL_FOUND AND NOT TARGET ECL::ECL)
  add_library(ECL::ECL UNKNOWN IMPORTED)
  set_target_properties(ECL::ECL PROPERTIES
    IMPORTED_LOCATION ${ECL_LIBRARY}
    INTERFACE_INCLUDE_DIRECTORIES ${ECL_INCLUDE_DIR}
    INTERFACE_LINK_LIBRARIES ${ECL_GC_LIBRARY})
endif()

# The packages that `cpack` makes in the build folder: a .tar.gz with everything,
# and .debs of what runs and of what others build with.
set(CPACK_GENERATOR DEB TGZ)
set(CPACK_PACKAGE_NAME whistler)
set(CPACK_PACKAGE_VENDOR "The Whistler authors")
set(CPACK_PACKAGE_CONTACT "The Whistler authors")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "Lisp that compiles to eBPF")
set(CPACK_RESOURCE_FILE_LICENSE ${PROJECT_SOURCE_DIR}/LICENSE)
set(CPACK_STRIP_FILES ON)
set(CPACK_PACKAGE_DIRECTORY ${PROJECT_BINARY_DIR}/packages)

set(CPACK_COMPONENTS_ALL tools development)
set(CPACK_COMPONENT_DEVELOPMENT_DEPENDS tools)
string(CONCAT CPACK_COMPONENT_TOOLS_DESCRIPTION
  "Compiles programs in a Lisp, with the macros of Common Lisp, to object files "
  "that libbpf and its tools load.")
string(CONCAT CPACK_COMPONENT_DEVELOPMENT_DESCRIPTION
  "Whistler's dialects, passes and compiler as libraries on MLIR, the plugin for "
  "mlir-opt, and CMake functions that build BPF objects.")
set(CPACK_COMPONENT_LIBRARIES_DESCRIPTION "What Whistler's tools share.")
if(BUILD_SHARED_LIBS)
  list(APPEND CPACK_COMPONENTS_ALL libraries)
  set(CPACK_COMPONENT_TOOLS_DEPENDS libraries)
endif()

set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION devel)
set(CPACK_DEBIAN_ENABLE_COMPONENT_DEPENDS ON)
# What is linked to is found out by looking at the files, also for our own
# libraries, which are in the build folder then.
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS_PRIVATE_DIRS
  ${PROJECT_BINARY_DIR}/lib ${LLVM_LIBRARY_DIRS})

set(CPACK_DEBIAN_TOOLS_PACKAGE_NAME whistler)
set(CPACK_DEBIAN_TOOLS_PACKAGE_RECOMMENDS bpftool)
# Common Lisp is loaded while a tool runs, so that looking at the tools does not
# show it.
find_program(DPKG_QUERY dpkg-query)
mark_as_advanced(DPKG_QUERY)
if(DPKG_QUERY)
  execute_process(COMMAND ${DPKG_QUERY} --search ${ECL_LIBRARY}
    OUTPUT_VARIABLE ecl_package ERROR_QUIET)
  if(ecl_package MATCHES "^([^:]+):")
    set(ecl_package ${CMAKE_MATCH_1})
    set(CPACK_DEBIAN_TOOLS_PACKAGE_DEPENDS ${ecl_package})
    set(CPACK_DEBIAN_LIBRARIES_PACKAGE_DEPENDS ${ecl_package})
  endif()
endif()
set(CPACK_DEBIAN_LIBRARIES_PACKAGE_NAME libwhistler)
set(CPACK_DEBIAN_LIBRARIES_PACKAGE_SECTION libs)
set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_NAME whistler-dev)
set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_SECTION libdevel)
# Of the packages only the compiler's are known by their version.
string(CONCAT CPACK_DEBIAN_DEVELOPMENT_PACKAGE_DEPENDS
  "libmlir-${LLVM_VERSION_MAJOR}-dev, mlir-${LLVM_VERSION_MAJOR}-tools, "
  "llvm-${LLVM_VERSION_MAJOR}-dev")
set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_RECOMMENDS "bpftool, libbpf-dev")

include(CPack)

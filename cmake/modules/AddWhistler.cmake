# Functions that declare Whistler's libraries, tools and tests.

include(CMakeParseArguments)

# add_whistler_library(NAME source... [DEPENDS target...] [LINK_LIBS PUBLIC lib...])
# A library that knows nothing of MLIR.
function(add_whistler_library name)
  cmake_parse_arguments(ARG "" "" "DEPENDS;LINK_LIBS" ${ARGN})
  add_library(${name} STATIC ${ARG_UNPARSED_ARGUMENTS})
  target_link_libraries(${name} ${ARG_LINK_LIBS} ${WHISTLER_LLVM_LIBS})
  if(ARG_DEPENDS)
    add_dependencies(${name} ${ARG_DEPENDS})
  endif()
endfunction()

# add_whistler_mlir_library(NAME source... [DEPENDS target...] [LINK_LIBS PUBLIC lib...])
# A library on MLIR; it shares one precompiled header with the others.
function(add_whistler_mlir_library name)
  cmake_parse_arguments(ARG "" "" "DEPENDS;LINK_LIBS" ${ARGN})
  add_library(${name} STATIC ${ARG_UNPARSED_ARGUMENTS})
  target_link_libraries(${name} ${ARG_LINK_LIBS})
  target_precompile_headers(${name} REUSE_FROM WhistlerMLIRHeaders)
  add_dependencies(${name} whistler-tablegen ${ARG_DEPENDS})
endfunction()

# add_whistler_tool(NAME source... LINK_LIBS lib...)
function(add_whistler_tool name)
  cmake_parse_arguments(ARG "" "" "LINK_LIBS" ${ARGN})
  add_executable(${name} ${ARG_UNPARSED_ARGUMENTS})
  target_link_libraries(${name} PRIVATE ${ARG_LINK_LIBS})
  target_precompile_headers(${name} REUSE_FROM WhistlerMLIRHeaders)
  add_dependencies(${name} whistler-tablegen)
  set_target_properties(${name} PROPERTIES
    RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/bin)
  install(TARGETS ${name} RUNTIME DESTINATION bin)
endfunction()

# add_whistler_unittest(NAME source... LINK_LIBS lib...)
# A GoogleTest executable that lit runs.
function(add_whistler_unittest name)
  cmake_parse_arguments(ARG "" "" "DEPENDS;LINK_LIBS" ${ARGN})
  add_executable(${name} EXCLUDE_FROM_ALL ${ARG_UNPARSED_ARGUMENTS})
  target_link_libraries(${name} PRIVATE ${ARG_LINK_LIBS} GTest::gtest_main)
  add_dependencies(WhistlerUnitTests ${name})
  if(ARG_DEPENDS)
    add_dependencies(${name} ${ARG_DEPENDS})
  endif()
endfunction()

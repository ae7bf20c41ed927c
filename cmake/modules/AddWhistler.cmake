# Functions that declare Whistler's libraries, tools and tests.

include(CMakeParseArguments)
include(GNUInstallDirs)

# What every library gives to those who link it: in an installation, the headers.
# WhistlerConfig.cmake adds the folders of LLVM's and MLIR's.
add_library(WhistlerHeaders INTERFACE)
target_include_directories(WhistlerHeaders INTERFACE
  $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}>)
target_compile_features(WhistlerHeaders INTERFACE cxx_std_17)
install(TARGETS WhistlerHeaders EXPORT WhistlerTargets COMPONENT development)

# whistler_install_target(NAME EXPORT)
# Installs a library or tool, and exports it to other projects.
function(whistler_install_target name export)
  install(TARGETS ${name} EXPORT ${export}
    RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR} COMPONENT tools
    LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR} COMPONENT libraries
      NAMELINK_COMPONENT development
    ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR} COMPONENT development)
endfunction()

# add_whistler_library(NAME source... [DEPENDS target...] [LINK_LIBS PUBLIC lib...])
# A library that knows nothing of MLIR.
function(add_whistler_library name)
  cmake_parse_arguments(ARG "" "" "DEPENDS;LINK_LIBS" ${ARGN})
  add_library(${name} ${ARG_UNPARSED_ARGUMENTS})
  whistler_link_libraries(${name}
    ${ARG_LINK_LIBS} PUBLIC ${WHISTLER_LLVM_COMPONENTS})
  whistler_finish_library(${name} ${ARG_DEPENDS})
endfunction()

# add_whistler_mlir_library(NAME source... [DEPENDS target...] [LINK_LIBS PUBLIC lib...])
# A library on MLIR; it shares one precompiled header with the others.
function(add_whistler_mlir_library name)
  whistler_add_mlir_objects(${name} "" ${ARGN})
  whistler_finish_library(${name})
endfunction()

# add_whistler_test_library(NAME source... [DEPENDS target...] [LINK_LIBS PUBLIC lib...])
# The same for what only tests need: it is not installed.
function(add_whistler_test_library name)
  whistler_add_mlir_objects(${name} STATIC ${ARGN})
endfunction()

# whistler_add_mlir_objects(NAME KIND source... [DEPENDS target...] [LINK_LIBS ...])
function(whistler_add_mlir_objects name kind)
  cmake_parse_arguments(ARG "" "" "DEPENDS;LINK_LIBS" ${ARGN})
  add_library(${name} ${kind} ${ARG_UNPARSED_ARGUMENTS})
  whistler_link_libraries(${name} ${ARG_LINK_LIBS})
  target_precompile_headers(${name} REUSE_FROM WhistlerMLIRHeaders)
  add_dependencies(${name} whistler-tablegen ${ARG_DEPENDS})
endfunction()

# whistler_finish_library(NAME [target...])
# What all libraries have in common; the targets are built before the library.
function(whistler_finish_library name)
  target_link_libraries(${name} PUBLIC WhistlerHeaders)
  if(ARGN)
    add_dependencies(${name} ${ARGN})
  endif()
  # The ABI is that of one release. Objects are compiled in the same way for
  # archives and for shared libraries: -fPIC is among the options of all.
  set_target_properties(${name} PROPERTIES
    VERSION ${PROJECT_VERSION} SOVERSION ${PROJECT_VERSION}
    DEFINE_SYMBOL "" POSITION_INDEPENDENT_CODE OFF
    LIBRARY_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/lib)
  set_property(GLOBAL APPEND PROPERTY WHISTLER_LIBRARIES ${name})
  whistler_install_target(${name} WhistlerTargets)
endfunction()

# whistler_collect_archives(VARIABLE library...)
# The libraries and all of ours that they depend on.
function(whistler_collect_archives variable)
  set(queue ${ARGN})
  set(archives "")
  while(queue)
    list(POP_FRONT queue lib)
    if(NOT lib MATCHES "^Whistler" OR lib IN_LIST archives)
      continue()
    endif()
    get_target_property(type ${lib} TYPE)
    if(type STREQUAL "STATIC_LIBRARY")
      list(APPEND archives ${lib})
      get_target_property(deps ${lib} LINK_LIBRARIES)
      list(APPEND queue ${deps})
    endif()
  endwhile()
  set(${variable} ${archives} PARENT_SCOPE)
endfunction()

# add_whistler_tool(NAME source... LINK_LIBS lib... [ORDER_BY file...])
# With ORDER_BY, the functions that the tool calls to compile these files come
# first in it, in the order of their calls.
function(add_whistler_tool name)
  cmake_parse_arguments(ARG "" "" "LINK_LIBS;ORDER_BY" ${ARGN})
  add_executable(${name} ${ARG_UNPARSED_ARGUMENTS})
  whistler_link_libraries(${name} PRIVATE ${ARG_LINK_LIBS})
  target_precompile_headers(${name} REUSE_FROM WhistlerMLIRHeaders)
  add_dependencies(${name} whistler-tablegen)
  set_target_properties(${name} PROPERTIES
    RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/bin)
  if(ARG_ORDER_BY AND WHISTLER_ORDER_FUNCTIONS)
    whistler_order_functions(${name} ${ARG_ORDER_BY})
  endif()
  whistler_install_target(${name} WhistlerToolsTargets)
endfunction()

# whistler_order_functions(NAME file...)
# Links a tool twice: the first one is watched, and tells how the second is laid
# out.
function(whistler_order_functions name)
  get_target_property(sources ${name} SOURCES)
  get_target_property(libs ${name} LINK_LIBRARIES)
  add_executable(${name}-unordered EXCLUDE_FROM_ALL ${sources})
  target_link_libraries(${name}-unordered PRIVATE ${libs})
  target_precompile_headers(${name}-unordered REUSE_FROM WhistlerMLIRHeaders)
  add_dependencies(${name}-unordered whistler-tablegen)
  set(order ${CMAKE_CURRENT_BINARY_DIR}/${name}.order)
  set(inputs ${ARGN})
  list(TRANSFORM inputs PREPEND --input=)
  add_custom_command(OUTPUT ${order}
    COMMAND function-tracer -o ${order} ${inputs} --
      $<TARGET_FILE:${name}-unordered> compile -o -
    DEPENDS function-tracer ${name}-unordered ${ARGN}
    COMMENT "Watching what ${name} calls"
    VERBATIM)
  add_custom_target(${name}-order DEPENDS ${order})
  add_dependencies(${name} ${name}-order)
  set_property(TARGET ${name} APPEND PROPERTY LINK_DEPENDS ${order})
  # Local functions may have the same name; and what is not there need not be.
  target_link_options(${name} PRIVATE
    -Wl,--symbol-ordering-file=${order} -Wl,--no-warn-symbol-ordering)
endfunction()

# add_whistler_unittest(NAME source... LINK_LIBS lib...)
# A GoogleTest executable that lit runs.
function(add_whistler_unittest name)
  cmake_parse_arguments(ARG "" "" "DEPENDS;LINK_LIBS" ${ARGN})
  add_executable(${name} EXCLUDE_FROM_ALL ${ARG_UNPARSED_ARGUMENTS})
  whistler_link_libraries(${name} PRIVATE ${ARG_LINK_LIBS} GTest::gtest_main)
  add_dependencies(WhistlerUnitTests ${name})
  if(ARG_DEPENDS)
    add_dependencies(${name} ${ARG_DEPENDS})
  endif()
endfunction()

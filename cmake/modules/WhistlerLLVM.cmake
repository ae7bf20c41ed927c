# How LLVM and MLIR are linked, and the compiler options that go with it.
#
# MLIR's exported targets name the `LLVM` target, that is libLLVM.so: loading
# it costs a short-lived tool more time than compiling a program does. The
# static component libraries hold the same code, so they take its place in the
# imported targets, unless WHISTLER_LINK_LLVM_DYLIB asks for the shared ones, of
# LLVM and of MLIR.

# The components behind what MLIR's IR, pass, translation and test-tool
# libraries use. The linker takes from them only what is referenced.
set(WHISTLER_LLVM_COMPONENTS
  LLVMSupport LLVMDemangle LLVMRemarks LLVMBitstreamReader LLVMTargetParser)

# What MLIR's translation to LLVM IR uses beside these.
set(WHISTLER_LLVM_IR_COMPONENTS
  LLVMCore LLVMBitWriter LLVMAsmParser LLVMFrontendOpenMP LLVMTransformUtils)

# LLVM's code generator, which is loaded while the compiler runs. The name is
# the one in the dynamic linker's cache, and the same on every machine.
set(WHISTLER_LLVM_SHARED_LIBRARY
  "libLLVM.so.${LLVM_VERSION_MAJOR}.${LLVM_VERSION_MINOR}")

if(BUILD_SHARED_LIBS AND NOT WHISTLER_LINK_LLVM_DYLIB)
  message(FATAL_ERROR "BUILD_SHARED_LIBS needs WHISTLER_LINK_LLVM_DYLIB: with "
    "LLVM in each of the libraries a tool would have several of it")
endif()

if(NOT WHISTLER_LINK_LLVM_DYLIB)
  foreach(lib IN LISTS MLIR_ALL_LIBS MLIR_EXPORTED_TARGETS)
    if(NOT TARGET ${lib})
      continue()
    endif()
    get_target_property(deps ${lib} INTERFACE_LINK_LIBRARIES)
    if(deps AND "LLVM" IN_LIST deps)
      list(REMOVE_ITEM deps LLVM)
      list(APPEND deps
        ${WHISTLER_LLVM_COMPONENTS} ${WHISTLER_LLVM_IR_COMPONENTS})
      set_target_properties(${lib} PROPERTIES INTERFACE_LINK_LIBRARIES "${deps}")
    endif()
  endforeach()
endif()

# whistler_link_libraries(NAME PUBLIC|PRIVATE lib...)
# Links libraries of Whistler, MLIR and LLVM, the latter two as configured. Others
# who link an installed archive do it as MLIR's targets do.
function(whistler_link_libraries name)
  set(libs "")
  foreach(lib IN LISTS ARGN)
    if(lib MATCHES "^MLIR" AND WHISTLER_LINK_LLVM_DYLIB)
      # libMLIR.so does not tell that those who use it use LLVM.
      list(APPEND libs MLIR LLVM)
    elseif(lib MATCHES "^LLVM" AND WHISTLER_LINK_LLVM_DYLIB)
      list(APPEND libs LLVM)
    elseif(lib MATCHES "^LLVM")
      list(APPEND libs $<BUILD_INTERFACE:${lib}> $<INSTALL_INTERFACE:LLVM>)
    else()
      list(APPEND libs ${lib})
    endif()
  endforeach()
  target_link_libraries(${name} ${libs})
endfunction()

add_definitions(${LLVM_DEFINITIONS})
add_compile_options(
  -Wall -Wextra -Wno-unused-parameter -fno-exceptions
  -fvisibility-inlines-hidden -ffunction-sections -fdata-sections)
# The same objects are in the tools and in what others load: the plugin, shared
# libraries. The linker takes the indirections out of an executable again.
add_compile_options(-fPIC)
# LLVM is built with RTTI in Debian; classes derived from its own need the same.
if(NOT LLVM_ENABLE_RTTI)
  add_compile_options(-fno-rtti)
endif()
# LLVM's targets name libraries (z3 among them) that its parts used here do not
# need; loading those takes a fifth of the compiler's time.
add_link_options(-Wl,--gc-sections -Wl,--as-needed)
if(NOT WHISTLER_LINK_LLVM_DYLIB)
  # Resolving the symbols of the C++ library takes longer than lowering a
  # program.
  foreach(option -no-pie -static-libstdc++ -static-libgcc)
    add_link_options(
      $<$<STREQUAL:$<TARGET_PROPERTY:TYPE>,EXECUTABLE>:${option}>)
  endforeach()
endif()

# The line editor is for the REPL, and loading it with what it needs takes a tenth
# of the time of each small compilation: its archives are preferred.
if(NOT WHISTLER_LINK_LLVM_DYLIB AND TARGET LibEdit::LibEdit)
  set(edit_archives "")
  foreach(name edit tinfo bsd md)
    find_library(WHISTLER_ARCHIVE_${name} NAMES lib${name}.a)
    mark_as_advanced(WHISTLER_ARCHIVE_${name})
    list(APPEND edit_archives ${WHISTLER_ARCHIVE_${name}})
  endforeach()
  if(NOT edit_archives MATCHES NOTFOUND)
    set_target_properties(LibEdit::LibEdit PROPERTIES
      INTERFACE_LINK_LIBRARIES "${edit_archives}")
  endif()
endif()

# What is installed finds LLVM's libraries where they were, and ours beside it.
set(CMAKE_INSTALL_RPATH_USE_LINK_PATH ON)
if(BUILD_SHARED_LIBS)
  include(GNUInstallDirs)
  file(RELATIVE_PATH libraries_from_tools
    /${CMAKE_INSTALL_BINDIR} /${CMAKE_INSTALL_LIBDIR})
  set(CMAKE_INSTALL_RPATH $ORIGIN $ORIGIN/${libraries_from_tools})
endif()

find_program(WHISTLER_LLD NAMES ld.lld-22 ld.lld)
if(WHISTLER_LLD)
  add_link_options(--ld-path=${WHISTLER_LLD})
endif()
# Most of the time of a small compilation goes into the first access to each
# page of the compiler.
if(WHISTLER_LLD AND NOT WHISTLER_LINK_LLVM_DYLIB AND NOT CMAKE_CROSSCOMPILING AND
   CMAKE_SYSTEM_NAME STREQUAL Linux AND CMAKE_SYSTEM_PROCESSOR STREQUAL x86_64 AND
   NOT CMAKE_CXX_FLAGS MATCHES "-fsanitize")
  set(can_order ON)
else()
  set(can_order OFF)
endif()
option(WHISTLER_ORDER_FUNCTIONS
  "Lay out the compiler's functions in the order of their calls" ${can_order})
find_program(WHISTLER_CCACHE ccache)
if(WHISTLER_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  # A precompiled header embeds time stamps; these settings let ccache look past.
  set(CMAKE_CXX_COMPILER_LAUNCHER
    ${CMAKE_COMMAND} -E env CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime
    ${WHISTLER_CCACHE})
endif()

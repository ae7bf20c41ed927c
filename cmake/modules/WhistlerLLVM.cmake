# How LLVM and MLIR are linked, and the compiler options that go with it.
#
# MLIR's exported targets name the `LLVM` target, that is libLLVM.so: loading
# it costs a short-lived tool more time than compiling a program does. The
# static component libraries hold the same code, so they take its place in the
# imported targets, unless WHISTLER_LINK_LLVM_DYLIB asks for the shared one.

# The components behind what MLIR's IR, pass, translation and test-tool
# libraries use. The linker takes from them only what is referenced.
set(WHISTLER_LLVM_COMPONENTS
  LLVMSupport LLVMDemangle LLVMRemarks LLVMBitstreamReader LLVMTargetParser)

# MLIR's translation to LLVM IR uses more, of which most tools link nothing.
list(APPEND WHISTLER_LLVM_COMPONENTS
  LLVMCore LLVMBitWriter LLVMAsmParser LLVMFrontendOpenMP LLVMTransformUtils)

# LLVM's code generator, which is loaded while the compiler runs. The name is
# the one in the dynamic linker's cache, and the same on every machine.
set(WHISTLER_LLVM_SHARED_LIBRARY
  "libLLVM.so.${LLVM_VERSION_MAJOR}.${LLVM_VERSION_MINOR}")

if(NOT WHISTLER_LINK_LLVM_DYLIB)
  foreach(lib IN LISTS MLIR_ALL_LIBS MLIR_EXPORTED_TARGETS)
    if(NOT TARGET ${lib})
      continue()
    endif()
    get_target_property(deps ${lib} INTERFACE_LINK_LIBRARIES)
    if(deps AND "LLVM" IN_LIST deps)
      list(REMOVE_ITEM deps LLVM)
      list(APPEND deps ${WHISTLER_LLVM_COMPONENTS})
      set_target_properties(${lib} PROPERTIES INTERFACE_LINK_LIBRARIES "${deps}")
    endif()
  endforeach()
  set(WHISTLER_LLVM_LIBS ${WHISTLER_LLVM_COMPONENTS})
else()
  set(WHISTLER_LLVM_LIBS LLVM)
endif()

add_definitions(${LLVM_DEFINITIONS})
add_compile_options(
  -Wall -Wextra -Wno-unused-parameter -fno-exceptions
  -fvisibility-inlines-hidden -ffunction-sections -fdata-sections)
# LLVM is built with RTTI in Debian; classes derived from its own need the same.
if(NOT LLVM_ENABLE_RTTI)
  add_compile_options(-fno-rtti)
endif()
# LLVM's targets name libraries (z3 among them) that its parts used here do not
# need; loading those takes a fifth of the compiler's time.
add_link_options(-Wl,--gc-sections -Wl,--as-needed)
if(NOT WHISTLER_LINK_LLVM_DYLIB)
  add_link_options($<$<STREQUAL:$<TARGET_PROPERTY:TYPE>,EXECUTABLE>:-no-pie>)
  # Resolving the symbols of the C++ library takes longer than lowering a
  # program.
  add_link_options(-static-libstdc++ -static-libgcc)
endif()

find_program(WHISTLER_LLD NAMES ld.lld-22 ld.lld)
if(WHISTLER_LLD)
  add_link_options(--ld-path=${WHISTLER_LLD})
endif()
find_program(WHISTLER_CCACHE ccache)
if(WHISTLER_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  # A precompiled header embeds time stamps; these settings let ccache look past.
  set(CMAKE_CXX_COMPILER_LAUNCHER
    ${CMAKE_COMMAND} -E env CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime
    ${WHISTLER_CCACHE})
endif()

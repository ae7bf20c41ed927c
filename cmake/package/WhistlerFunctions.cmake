# Functions that compile BPF programs as a part of a project's build.

include(CMakeParseArguments)
cmake_policy(PUSH)
cmake_policy(VERSION 3.20)

# whistler_add_bpf_object(NAME SOURCES file...
#   [MIN_KERNEL version] [MCPU v1|v2|v3|v4] [BTF file] [OPTIONS option...] [HEADER])
#
# Compiles the sources, each on its own, to one object, `NAME.bpf.o` in the
# current binary folder; several are linked with `bpftool gen object`. It is
# compiled again when a source changes, or a file that a source loads, or the
# compiler. With HEADER, `whistler compile --gen=c` declares the structs and
# constants of each source `FILE.lisp` in `NAME.dir/FILE.h`.
#
# The target NAME builds the object. Its properties: WHISTLER_OBJECT, the path of
# the object; WHISTLER_HEADERS, those of the headers; and
# WHISTLER_HEADER_DIRECTORY, the folder in which they are.
function(whistler_add_bpf_object name)
  cmake_parse_arguments(PARSE_ARGV 1 ARG
    "HEADER" "MIN_KERNEL;MCPU;BTF" "SOURCES;OPTIONS")
  if(ARG_UNPARSED_ARGUMENTS OR ARG_KEYWORDS_MISSING_VALUES OR NOT ARG_SOURCES)
    message(FATAL_ERROR "whistler_add_bpf_object takes: NAME SOURCES file... "
      "[MIN_KERNEL version] [MCPU v1|v2|v3|v4] [BTF file] [OPTIONS option...] "
      "[HEADER]")
  endif()
  set(flags ${ARG_OPTIONS})
  if(ARG_MIN_KERNEL)
    list(APPEND flags --min-kernel=${ARG_MIN_KERNEL})
  endif()
  if(ARG_MCPU)
    list(APPEND flags --mcpu=${ARG_MCPU})
  endif()
  if(ARG_BTF)
    get_filename_component(btf ${ARG_BTF} ABSOLUTE)
    list(APPEND flags --btf=${btf})
  endif()

  set(folder ${CMAKE_CURRENT_BINARY_DIR}/${name}.dir)
  file(MAKE_DIRECTORY ${folder})
  set(parts "")
  set(headers "")
  foreach(source IN LISTS ARG_SOURCES)
    get_filename_component(stem ${source} NAME_WLE)
    set(part ${folder}/${stem}.bpf.o)
    if(part IN_LIST parts)
      message(FATAL_ERROR "whistler_add_bpf_object: two sources of ${name} are "
        "named ${stem}; give one another name")
    endif()
    set(header "")
    if(ARG_HEADER)
      set(header ${folder}/${stem}.h)
    endif()
    _whistler_compile(${source} ${part} "${header}" ${flags})
    list(APPEND parts ${part})
    list(APPEND headers ${header})
  endforeach()
  set(object ${CMAKE_CURRENT_BINARY_DIR}/${name}.bpf.o)
  set(link ${CMAKE_COMMAND} -E copy ${parts} ${object})
  list(LENGTH parts num_parts)
  if(num_parts GREATER 1)
    _whistler_find_bpftool()
    set(link ${WHISTLER_BPFTOOL} gen object ${object} ${parts})
  endif()
  add_custom_command(OUTPUT ${object} COMMAND ${link} DEPENDS ${parts}
    COMMENT "Linking BPF object ${name}.bpf.o" VERBATIM)
  add_custom_target(${name} ALL DEPENDS ${object} ${headers})
  set_target_properties(${name} PROPERTIES
    WHISTLER_OBJECT ${object}
    WHISTLER_HEADERS "${headers}"
    WHISTLER_HEADER_DIRECTORY ${folder})
endfunction()

# whistler_add_skeleton(NAME OBJECT target)
#
# Makes an interface library of the C skeleton of an object, which
# `bpftool gen skeleton` writes: whoever links NAME can include `TARGET.skel.h`,
# and the object's own headers, and is linked with libbpf. The skeleton's
# functions are named TARGET__open, TARGET__load and so on.
function(whistler_add_skeleton name)
  cmake_parse_arguments(PARSE_ARGV 1 ARG "" "OBJECT" "")
  if(ARG_UNPARSED_ARGUMENTS OR NOT TARGET "${ARG_OBJECT}")
    message(FATAL_ERROR "whistler_add_skeleton takes: NAME OBJECT target, where "
      "the target is one of whistler_add_bpf_object")
  endif()
  _whistler_find_bpftool()
  find_library(WHISTLER_LIBBPF bpf)
  if(NOT WHISTLER_LIBBPF)
    message(FATAL_ERROR "whistler_add_skeleton needs libbpf, whose headers a "
      "skeleton includes; install libbpf-dev, or set WHISTLER_LIBBPF")
  endif()
  get_target_property(object ${ARG_OBJECT} WHISTLER_OBJECT)
  get_target_property(folder ${ARG_OBJECT} WHISTLER_HEADER_DIRECTORY)
  set(skeleton ${folder}/${ARG_OBJECT}.skel.h)
  string(MAKE_C_IDENTIFIER ${ARG_OBJECT} identifier)
  # What bpftool writes before it fails must not look as if it were done.
  add_custom_command(OUTPUT ${skeleton}
    COMMAND ${WHISTLER_BPFTOOL} gen skeleton ${object} name ${identifier}
      > ${skeleton}.new
    COMMAND ${CMAKE_COMMAND} -E rename ${skeleton}.new ${skeleton}
    DEPENDS ${ARG_OBJECT} ${object}
    COMMENT "Generating BPF skeleton ${ARG_OBJECT}.skel.h" VERBATIM)
  add_custom_target(${name}-header DEPENDS ${skeleton})
  add_library(${name} INTERFACE)
  add_dependencies(${name} ${name}-header)
  target_include_directories(${name} INTERFACE ${folder})
  target_link_libraries(${name} INTERFACE ${WHISTLER_LIBBPF})
endfunction()

# Compiles `source` to `object`, and declares it in `header`, which has the
# object's name, if that is not empty. The remaining arguments are options of the
# compiler.
function(_whistler_compile source object header)
  get_filename_component(source ${source} ABSOLUTE)
  set(flags ${ARGN})
  if(header)
    list(APPEND flags --gen=c)
  endif()
  file(RELATIVE_PATH shown ${CMAKE_BINARY_DIR} ${object})
  add_custom_command(OUTPUT ${object} ${header}
    COMMAND whistler compile ${flags}
      -MD -MF ${object}.d -MT ${object} -o ${object} ${source}
    DEPENDS ${source} whistler $<TARGET_FILE:whistler>
    DEPFILE ${object}.d
    COMMENT "Building BPF object ${shown}" VERBATIM)
endfunction()

# Sets WHISTLER_BPFTOOL.
function(_whistler_find_bpftool)
  find_program(WHISTLER_BPFTOOL bpftool PATHS /usr/sbin /sbin)
  if(NOT WHISTLER_BPFTOOL)
    message(FATAL_ERROR "bpftool links objects and makes skeletons, and there "
      "is none; install it, or set WHISTLER_BPFTOOL")
  endif()
endfunction()

cmake_policy(POP)

# liaison_embed(TARGET NAMESPACE FILE...) compiles data files into TARGET as
# `std::string_view NAMESPACE::<file name with non-alphanumerics as _>()`, declared in "<TARGET>_data.hpp".
# The assembler's .incbin keeps large tables cheap to compile.
function(liaison_embed target namespace)
  set(header "${CMAKE_CURRENT_BINARY_DIR}/embedded/${target}_data.hpp")
  set(source "${CMAKE_CURRENT_BINARY_DIR}/embedded/${target}_data.cpp")
  set(declarations "")
  set(definitions "")
  foreach(file IN LISTS ARGN)
    get_filename_component(absolute "${file}" ABSOLUTE BASE_DIR "${CMAKE_SOURCE_DIR}")
    get_filename_component(base "${file}" NAME)
    string(REGEX REPLACE "[^A-Za-z0-9]" "_" symbol "${base}")
    string(APPEND declarations "std::string_view ${symbol}();\n")
    string(APPEND definitions
      "asm(\".section .rodata\\n.balign 16\\n.global liaison_${target}_${symbol}\\nliaison_${target}_${symbol}:\\n"
      ".incbin \\\"${absolute}\\\"\\n.global liaison_${target}_${symbol}_end\\nliaison_${target}_${symbol}_end:\\n"
      ".byte 0\\n.text\\n\");\n"
      "extern \"C\" const char liaison_${target}_${symbol}[];\nextern \"C\" const char liaison_${target}_${symbol}_end[];\n"
      "namespace ${namespace} {\nstd::string_view ${symbol}() {\n"
      "  return {liaison_${target}_${symbol}, static_cast<std::size_t>(liaison_${target}_${symbol}_end - liaison_${target}_${symbol})};\n}\n}\n")
    list(APPEND files "${absolute}")
  endforeach()
  file(CONFIGURE OUTPUT "${header}" CONTENT
    "#pragma once\n#include <string_view>\nnamespace ${namespace} {\n${declarations}}\n" @ONLY)
  file(CONFIGURE OUTPUT "${source}" CONTENT "#include \"${target}_data.hpp\"\n#include <cstddef>\n${definitions}" @ONLY)
  set_source_files_properties("${source}" PROPERTIES OBJECT_DEPENDS "${files}")
  target_sources(${target} PRIVATE "${source}")
  target_include_directories(${target} PRIVATE "${CMAKE_CURRENT_BINARY_DIR}/embedded")
endfunction()

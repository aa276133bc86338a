# liaison::warnings carries the compiler settings of our own targets; third-party headers are SYSTEM.
add_library(liaison_warnings INTERFACE)
add_library(liaison::warnings ALIAS liaison_warnings)
target_compile_options(liaison_warnings INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor
                       -Woverloaded-virtual -Wcast-align -Wunused -Wimplicit-fallthrough)
# GCC 12 sees overlaps and overreads in std::string that are not there (its bugs 105329, 105651) once it inlines at -O2.
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
  target_compile_options(liaison_warnings INTERFACE -Wno-restrict -Wno-stringop-overread -Wno-maybe-uninitialized)
endif()
if(LIAISON_WERROR)
  target_compile_options(liaison_warnings INTERFACE -Werror)
endif()
if(LIAISON_SANITIZE)
  target_compile_options(liaison_warnings INTERFACE -fsanitize=address,undefined -fno-sanitize-recover=all
                         -fno-omit-frame-pointer)
  target_link_options(liaison_warnings INTERFACE -fsanitize=address,undefined)
endif()
if(LIAISON_COVERAGE)
  target_compile_options(liaison_warnings INTERFACE --coverage)
  target_link_options(liaison_warnings INTERFACE --coverage)
endif()

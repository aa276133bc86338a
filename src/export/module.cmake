find_package(ZLIB REQUIRED)
pkg_check_modules(RSVG REQUIRED IMPORTED_TARGET librsvg-2.0 cairo)
target_link_libraries(liaison_export PRIVATE ZLIB::ZLIB PkgConfig::RSVG)

# The page of the HTML export. Without Node.js the embedded page is empty, and the writer says so.
find_program(LIAISON_NODE node)
find_program(LIAISON_NPM npm)
set(viewer_page "${CMAKE_BINARY_DIR}/viewer/viewer.html")
if(LIAISON_NODE AND LIAISON_NPM)
  file(GLOB viewer_sources CONFIGURE_DEPENDS "${CMAKE_SOURCE_DIR}/viewer/src/*" "${CMAKE_SOURCE_DIR}/viewer/test/*"
       "${CMAKE_SOURCE_DIR}/viewer/*.json"
       "${CMAKE_SOURCE_DIR}/viewer/*.mjs")
  add_custom_command(
    OUTPUT "${viewer_page}"
    COMMAND "${CMAKE_COMMAND}" "-DSOURCE=${CMAKE_SOURCE_DIR}/viewer" "-DBUILD=${CMAKE_BINARY_DIR}/viewer" "-DOUTPUT=${viewer_page}"
            "-DNODE=${LIAISON_NODE}" "-DNPM=${LIAISON_NPM}" -P "${CMAKE_SOURCE_DIR}/cmake/BuildViewer.cmake"
    DEPENDS ${viewer_sources} "${CMAKE_SOURCE_DIR}/cmake/BuildViewer.cmake"
    COMMENT "Building the HTML viewer" VERBATIM)
else()
  message(STATUS "The HTML viewer is left out: it needs node and npm")
  file(WRITE "${viewer_page}" "")
endif()
target_sources(liaison_export PRIVATE "${viewer_page}")
liaison_embed(liaison_export liaison::exports::data schemas/palette.csv "${viewer_page}")

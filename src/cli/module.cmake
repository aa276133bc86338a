find_package(CLI11 REQUIRED)
target_link_libraries(liaison_cli PRIVATE CLI11::CLI11)
target_compile_definitions(liaison_cli PUBLIC LIAISON_VERSION="${PROJECT_VERSION}")

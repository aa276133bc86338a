find_package(EXPAT REQUIRED)
target_link_libraries(liaison_record PRIVATE EXPAT::EXPAT)
pkg_check_modules(LIBXML2 REQUIRED IMPORTED_TARGET libxml-2.0)
target_link_libraries(liaison_record PRIVATE PkgConfig::LIBXML2)

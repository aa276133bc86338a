pkg_check_modules(CRYPTOPP REQUIRED IMPORTED_TARGET libcrypto++)
target_link_libraries(liaison_base PRIVATE PkgConfig::CRYPTOPP)

pkg_check_modules(CRYPTOPP REQUIRED IMPORTED_TARGET libcrypto++)
target_link_libraries(liaison_identifier PRIVATE PkgConfig::CRYPTOPP)
liaison_embed(liaison_identifier liaison::identifier::data src/identifier/data/wallet_chains.json)

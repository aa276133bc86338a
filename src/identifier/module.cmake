pkg_check_modules(CRYPTOPP REQUIRED IMPORTED_TARGET libcrypto++)
pkg_check_modules(ICU_UC REQUIRED IMPORTED_TARGET icu-uc)
find_library(PHONENUMBER_LIBRARY phonenumber REQUIRED)
target_link_libraries(liaison_identifier PRIVATE PkgConfig::CRYPTOPP PkgConfig::ICU_UC "${PHONENUMBER_LIBRARY}")
liaison_embed(liaison_identifier liaison::identifier::data
              src/identifier/data/wallet_chains.json src/identifier/data/country_codes.txt
              src/identifier/data/iban_lengths.txt src/identifier/data/tlds.txt)

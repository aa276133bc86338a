pkg_check_modules(LIBXML2 REQUIRED IMPORTED_TARGET libxml-2.0)
pkg_check_modules(ICU REQUIRED IMPORTED_TARGET icu-uc icu-i18n)
target_link_libraries(liaison_article PUBLIC PkgConfig::ICU PRIVATE PkgConfig::LIBXML2)
liaison_embed(liaison_article liaison::article::data schemas/news/words.json schemas/news/places.json
              schemas/news/names.json schemas/news/rules_en.json schemas/news/rules_fr.json)

pkg_check_modules(ICU REQUIRED IMPORTED_TARGET icu-uc icu-i18n)
target_link_libraries(liaison_article PUBLIC PkgConfig::ICU)
liaison_embed(liaison_article liaison::article::data schemas/news/words.json schemas/news/places.json
              schemas/news/names.json schemas/news/rules_en.json schemas/news/rules_fr.json)

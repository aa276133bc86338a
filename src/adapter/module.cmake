pkg_check_modules(LIBXML2 REQUIRED IMPORTED_TARGET libxml-2.0)
find_package(ICU REQUIRED COMPONENTS uc)
target_link_libraries(liaison_adapter PRIVATE ICU::uc PkgConfig::LIBXML2)
liaison_embed(liaison_adapter liaison::adapter::data
  src/adapter/data/ofac_labels.json
  schemas/un_relation_cues.json)

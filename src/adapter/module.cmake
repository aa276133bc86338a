find_package(ICU REQUIRED COMPONENTS uc)
target_link_libraries(liaison_adapter PRIVATE ICU::uc)
liaison_embed(liaison_adapter liaison::adapter::data
  src/adapter/data/ofac_labels.json
  schemas/un_relation_cues.json)

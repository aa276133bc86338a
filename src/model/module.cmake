find_package(ICU REQUIRED COMPONENTS uc)
target_link_libraries(liaison_model PRIVATE ICU::uc)
liaison_embed(liaison_model liaison::model::data schemas/vocabulary.json schemas/countries.csv)

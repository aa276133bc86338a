find_package(ICU REQUIRED COMPONENTS uc i18n)
target_link_libraries(liaison_name PRIVATE ICU::uc ICU::i18n)

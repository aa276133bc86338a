find_package(ICU 72 REQUIRED COMPONENTS uc i18n)
target_link_libraries(liaison_name PRIVATE ICU::uc ICU::i18n)
liaison_embed(liaison_name liaison::name::data
  schemas/names/letters.txt schemas/names/titles.txt schemas/names/particles.txt schemas/names/legal_forms.txt
  schemas/names/generic_words.txt schemas/names/stop_words.txt schemas/names/numbers.txt
  schemas/names/given_names.txt schemas/names/frequency.txt schemas/names/korean_syllables.txt
  schemas/names/chinese_syllables.txt)

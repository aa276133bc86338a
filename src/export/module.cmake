find_package(ZLIB REQUIRED)
target_link_libraries(liaison_export PRIVATE ZLIB::ZLIB)
liaison_embed(liaison_export liaison::exports::data schemas/palette.csv)

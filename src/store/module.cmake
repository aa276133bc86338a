find_package(SQLite3 REQUIRED)
target_link_libraries(liaison_store PRIVATE SQLite::SQLite3)
liaison_embed(liaison_store liaison::store::data schemas/store.sql)

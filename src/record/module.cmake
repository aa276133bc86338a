find_package(EXPAT REQUIRED)
target_link_libraries(liaison_record PRIVATE EXPAT::EXPAT)

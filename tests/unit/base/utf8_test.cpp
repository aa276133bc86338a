#include "liaison/base/utf8.hpp"

#include <doctest/doctest.h>

using namespace liaison::base;

TEST_CASE("invalid UTF-8 is found at its first byte") {
    CHECK(find_invalid_utf8("plain and \xC3\xA9t\xC3\xA9, longer than eight bytes") == std::string_view::npos);
    CHECK(find_invalid_utf8("abcdefghij\xFFk") == 10);
    CHECK(find_invalid_utf8("\xC0\xAF") == 0);          // overlong
    CHECK(find_invalid_utf8("\xED\xA0\x80") == 0);      // surrogate
    CHECK(find_invalid_utf8("\xF4\x90\x80\x80") == 0);  // over U+10FFFF
    CHECK(find_invalid_utf8("ok\xE2\x82") == 2);        // cut
}

TEST_CASE("repair replaces each bad run once and keeps the rest") {
    CHECK(repair_utf8("a\xFF\xFE" "b") == "a\xEF\xBF\xBD" "b");
    CHECK(repair_utf8("\xC3\xA9") == "\xC3\xA9");
}

TEST_CASE("truncation does not cut a character") {
    CHECK(truncate_utf8("a\xC3\xA9", 2) == "a");
    CHECK(truncate_utf8("a\xC3\xA9", 3) == "a\xC3\xA9");
}

TEST_CASE("white space collapses, no-break spaces included") {
    CHECK(collapse_space("  a \t\r\n b\xC2\xA0\xE2\x80\x89" "c ") == "a b c");
    CHECK(collapse_space(" \n ") == "");
}

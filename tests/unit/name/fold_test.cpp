#include "liaison/name/fold.hpp"

#include <doctest/doctest.h>

using liaison::name::fold;

TEST_CASE("folding removes case, diacritics and scripts, and is idempotent") {
    CHECK(fold("Cho'ng So'n") == "cho'ng so'n");
    CHECK(fold("Müller-Straße") == "muller-strasse");
    CHECK(fold("Łódź Ørsted") == "lodz orsted");
    CHECK(fold("Путин") == "putin");
    for (const char* text : {"ÀÉÎ", "Владимир", "محمد", "金正恩", "İstanbul", "ﬁnance"}) {
        CHECK(fold(fold(text)) == fold(text));
    }
    CHECK(fold("zero\u200Bwidth") == "zerowidth");
}

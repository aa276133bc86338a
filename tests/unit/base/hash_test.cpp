#include "liaison/base/hash.hpp"

#include <doctest/doctest.h>

using namespace liaison;

TEST_CASE("SHA-256 of \"abc\" is FIPS 180-4's example, in one piece and in two") {
    const auto expected = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    CHECK(base::to_hex(base::sha256("abc")) == expected);
    base::Sha256 hash;
    hash.update("a");
    hash.update("bc");
    CHECK(base::to_hex(hash.finish()) == expected);
}

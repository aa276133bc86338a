#include "liaison/feed/transport.hpp"

#include <array>
#include <cstring>

namespace liaison::feed {
namespace {

struct Block {
    std::array<unsigned char, 16> bytes;
    unsigned bits;
};

bool inside(std::string_view address, const Block& block) noexcept {
    for (unsigned bit = 0; bit < block.bits; ++bit) {
        const unsigned char mask = static_cast<unsigned char>(0x80U >> (bit % 8));
        if (((static_cast<unsigned char>(address[bit / 8]) ^ block.bytes[bit / 8]) & mask) != 0) {
            return false;
        }
    }
    return true;
}

// IANA IPv4 Special-Purpose Address Registry (RFC 6890), everything not globally reachable, and multicast.
constexpr Block kRefused4[] = {
    {{0}, 8},             {{10}, 8},           {{100, 64}, 10},      {{127}, 8},          {{169, 254}, 16},
    {{172, 16}, 12},      {{192, 0, 0}, 24},   {{192, 0, 2}, 24},    {{192, 88, 99}, 24}, {{192, 168}, 16},
    {{198, 18}, 15},      {{198, 51, 100}, 24}, {{203, 0, 113}, 24}, {{224}, 4},          {{240}, 4},
};

// Global unicast is 2000::/3; out of it, those not globally reachable (IANA IPv6 registry).
constexpr Block kGlobal6 = {{0x20}, 3};
constexpr Block kRefused6[] = {
    {{0x20, 0x01, 0x0d, 0xb8}, 32},  // documentation
    {{0x20, 0x01, 0x00, 0x00}, 23},  // protocol assignments, Teredo among them
    {{0x3f, 0xff}, 20},              // documentation
};
constexpr Block kMapped = {{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff}, 96};  // ::ffff:a.b.c.d
constexpr Block kNat64 = {{0x00, 0x64, 0xff, 0x9b}, 96};                      // 64:ff9b::a.b.c.d
constexpr Block kSixToFour = {{0x20, 0x02}, 16};                              // 2002:AABB:CCDD::

}  // namespace

bool is_public_address(std::string_view address) noexcept {
    if (address.size() == 4) {
        for (const Block& block : kRefused4) {
            if (inside(address, block)) {
                return false;
            }
        }
        return true;
    }
    if (address.size() != 16) {
        return false;
    }
    if (inside(address, kMapped) || inside(address, kNat64)) {
        return is_public_address(address.substr(12));
    }
    if (inside(address, kSixToFour)) {
        return is_public_address(address.substr(2, 4));
    }
    if (!inside(address, kGlobal6)) {
        return false;
    }
    for (const Block& block : kRefused6) {
        if (inside(address, block)) {
            return false;
        }
    }
    return true;
}

}  // namespace liaison::feed

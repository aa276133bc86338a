#pragma once
// How far an identifier can be trusted from its own text.

#include <cstdint>
#include <string_view>

namespace liaison::identifier {

enum class Validity : std::uint8_t {
    valid,        ///< its checksum, or the rule of its format, verifies
    invalid,      ///< of the right shape, but the checksum or a rule fails: a typing error or a forgery
    well_formed,  ///< of the right shape; the format has no checksum to verify
    malformed     ///< an attempt at the kind, but not one
};

[[nodiscard]] std::string_view to_string(Validity validity);

}  // namespace liaison::identifier

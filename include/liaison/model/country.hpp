#pragma once
// Countries and territories: ISO 3166-1 alpha-2 in lower case, the codes FollowTheMoney adds for former and disputed
// ones ("suhh", "yucs", "xk", ...), and the names that lists and people use for them (schemas/countries.csv, embedded).

#include <optional>
#include <string>
#include <string_view>

namespace liaison::model {

/// The code of a country named in any common form: ISO alpha-2 or alpha-3, English short and official names, French
/// names, the lists' own ("Korea, North", "DPRK", "Iran (Islamic Republic of)", "Cote d'Ivoire"), demonyms ("Russian").
/// Case, accents, punctuation and a leading "the" do not count. Nullopt when it is no country; never a guess.
[[nodiscard]] std::optional<std::string> country_code(std::string_view name);

/// English short name of a code, or the code itself when unknown.
[[nodiscard]] std::string country_name(std::string_view code);

}  // namespace liaison::model

#pragma once
// One entry of OFAC's "Recent Actions" pages: "NAME (a.k.a. X; f.k.a. "Y"), address; address; DOB ...; Passport ...
// (individual) [PROGRAMME] (Linked To: Z)." Private to adapter.
//
// The text has no field marks, so the parts are told by what stands where: brackets are counted, programme tags and
// links come off the end, what stands in capitals before the first address is the name, items are addresses until the
// first one that begins with a known label. Known failure: an address in capitals right after an entity's name.

#include "adapter/ofac_emitter.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace liaison::adapter::ofac {

struct ActionEntry {
    Party party;                        ///< uid is left empty
    std::vector<std::string> programs;
    std::vector<std::string> links;     ///< names after "Linked To:"
    std::vector<std::string> items;     ///< names, addresses and items as published, for telling what a change changed
};

/// Nullopt when the text has no programme tag or no name: it is no entry. Issues of its parts go to `emitter`.
[[nodiscard]] std::optional<ActionEntry> read_action_entry(std::string_view text, const base::Position& position, Emitter& emitter);

/// "CHOE, Chun Pom" and "CHOE,  CHUN POM" give one key: what an entry, or a link that names it, is known by.
[[nodiscard]] std::string action_name_key(std::string_view name);
/// The primary name as published, from the parts.
[[nodiscard]] std::string action_primary_name(const Party& party);

}  // namespace liaison::adapter::ofac

#pragma once
// Who owns an entity and what it owns, and what that means: which of them are blocked under a rule, by how much of
// them, and why. The arithmetic is graph::settle; what a list does is data (schemas/list_effects.json).

#include "liaison/graph/ownership.hpp"
#include "liaison/query/engine.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace liaison::query {

/// Whose test of ownership, and whose listings count as the start.
enum class OwnershipRule : std::uint8_t { ofac, eu, uk };
[[nodiscard]] std::string_view to_string(OwnershipRule rule);
/// Throws UsageError "no rule X".
[[nodiscard]] OwnershipRule ownership_rule_of(std::string_view name);

/// What a list does to those it names.
struct ListEffect {
    std::string name;    ///< "SDN", "SSI", "NS-CMIC", "UN", ...
    std::string title;
    std::string regime;  ///< "us", "un", "eu", "gb", "ca", "other"
    bool blocks = false;
    std::string says;
};

/// One live listing of a party.
struct Listing {
    std::string id;
    const ListEffect* effect = nullptr;  ///< of the table that lives as long as the program
    std::string list;                    ///< as published, may be ""
    std::vector<std::string> programmes;
    bool counts = false;                 ///< blocks under the rule asked
};

/// The live listings of an entity, with what each does; `counts` is left false.
[[nodiscard]] std::vector<Listing> listings_of(const Engine& engine, index::Ordinal ordinal);

/// Percent of the asset; a size that is not given or cannot be read is [0, 100].
struct StakeInterval {
    double low = 0;
    double high = 100;
    bool readable = true;  ///< false: there is a text, but it gives no share between 0 and 100
    friend bool operator==(const StakeInterval&, const StakeInterval&) = default;
};
/// "60", "33,3 %", "25-50", ">50", "75 or more", "less than 10"; "" is [0, 100].
[[nodiscard]] StakeInterval read_stake(std::string_view text);

struct OwnershipOptions {
    OwnershipRule rule = OwnershipRule::ofac;
    int depth = 10;                     ///< levels of owners and of holdings that are shown; the verdict looks at all
    std::size_t limit = 500;            ///< nodes shown besides those that a proof needs
    std::string date;                   ///< ISO date: stakes that can have stood that day; "": the day of the newest list
    std::vector<std::string> datasets;  ///< stakes that at least one of them states; empty: all
};

/// A reason: this owner's stake in (or control of) the asset.
struct OwnershipGround {
    std::string owner;
    std::string asset;
    std::string edge;
    StakeInterval stake;
    bool control = false;
    graph::Verdict owner_verdict = graph::Verdict::not_blocked;
};

struct OwnershipParty {
    enum class Place : std::uint8_t { self, owner, holding, both, witness };  ///< witness: shown because a proof names it
    std::string id;
    Place place = Place::self;
    graph::Verdict verdict = graph::Verdict::not_blocked;
    graph::BlockedShare share;          ///< percent held by blocked parties: at least, at most
    double recorded = 0;                ///< percent that recorded stakes account for
    std::vector<Listing> listings;
    std::vector<OwnershipGround> proof; ///< from the party itself down to listed ones
};
[[nodiscard]] std::string_view to_string(OwnershipParty::Place place);

struct OwnershipResult {
    std::string id;                       ///< asked about, canonical
    OwnershipRule rule = OwnershipRule::ofac;
    std::string day;                      ///< ISO date that the stakes are taken of
    std::vector<OwnershipParty> parties;  ///< in order of id, one for each node
    std::vector<ListEffect> lists;        ///< of all listings met, by name
    std::vector<std::string> cautions;    ///< what the rule does not count and a person should look at
    Selection selection;                  ///< nodes and standing ownership edges

    [[nodiscard]] const OwnershipParty& asked() const;
};

/// Throws UsageError for an unknown id, a date that is none, a depth below 0.
[[nodiscard]] OwnershipResult ownership(const Engine& engine, std::string_view id, const OwnershipOptions& options);

}  // namespace liaison::query

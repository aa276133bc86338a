#include "liaison/query/ownership.hpp"

#include "liaison/base/error.hpp"
#include "liaison/graph/view.hpp"
#include "liaison/model/date.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <set>

// From the index to graph::settle and back. A stake is an Ownership, or a reference "owner" or "parent", that can have
// stood on the day asked, that its publisher does not call former and that a list or register states: what only an
// article claims blocks nobody. Its size is Ownership:percentage; none given is [0, 100].
//
// Who is blocked to begin with is a matter of whose rule is asked: OFAC's own blocking lists under the 50 percent rule, the EU's
// or the UK's together with the UN's under theirs. Lists without a known rule always count. In a store that holds no
// list of the rule's own, every blocking list counts, and a note says so: an empty start would make everybody clean.
//
// Control: a role that says "controls" and nothing about owning is control. A director may control the company or not, so
// under rules with a control test a blocked director makes it unknown, never blocked.

namespace liaison::query {
namespace {

constexpr std::size_t proof_limit = 100;

struct RuleFacts {
    OwnershipRule rule;
    std::string_view name;
    std::string_view regime;
    bool united_nations;  ///< its jurisdiction puts the UN's freezes into effect itself
    const graph::Rule* test;
};
constexpr std::array rules{
    RuleFacts{OwnershipRule::ofac, "ofac", "us", false, &graph::ofac_rule},
    RuleFacts{OwnershipRule::eu, "eu", "eu", true, &graph::eu_rule},
    RuleFacts{OwnershipRule::uk, "uk", "gb", true, &graph::uk_rule},
};
const RuleFacts& facts_of(OwnershipRule rule) { return rules[static_cast<std::size_t>(rule)]; }

std::string lower(std::string_view text) {
    std::string out(text);
    std::transform(out.begin(), out.end(), out.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; });
    return out;
}

class Question {
public:
    Question(const Engine& engine, const OwnershipOptions& options)
        : m_engine(engine), m_graph(engine.graph()), m_options(options) {
        if (options.depth < 0) {
            throw base::UsageError(fmt::format("--depth takes 0 or more, not {}", options.depth));
        }
        choose_day();
    }

    OwnershipResult answer(std::string_view id) {
        const index::Ordinal asked = m_engine.require(id);
        read_edges();
        read_listings();
        const auto parties = m_engine.entities().size();
        m_settlement = graph::settle(parties, m_stakes, m_controls, m_blocked, *facts_of(m_options.rule).test);
        walk(asked);
        OwnershipResult result;
        result.id = m_engine.entities().id(asked);
        result.rule = m_options.rule;
        result.day = m_day_text;
        report(asked, result);
        return result;
    }

private:
    void choose_day() {
        m_day_text = !m_options.date.empty() ? m_options.date : m_engine.context().as_of;
        if (m_day_text.empty()) {
            for (const DatasetVersion& version : m_engine.context().datasets) {
                m_day_text = std::max({m_day_text, version.publication_date.substr(0, 10), version.fetched_at.substr(0, 10)});
            }
        }
        const auto date = model::parse_edtf(m_day_text);
        if (!date || date->is_range()) {
            throw base::UsageError(fmt::format("\"{}\" is no date such as 2025-11-04", m_day_text));
        }
        m_day = date->days().first;
    }

    /// Owner first.
    [[nodiscard]] std::pair<index::Ordinal, index::Ordinal> ends(std::uint32_t number) const {
        const index::EdgeRecord& edge = m_graph.edges()[number];
        return edge.has(index::EdgeRecord::kReference) ? std::pair(edge.target, edge.source)
                                                       : std::pair(edge.source, edge.target);
    }

    void read_edges() {
        enum class Use : std::uint8_t { none, ownership, reference, directorship };
        std::vector<Use> uses;
        for (std::uint16_t kind = 0; kind < m_graph.kinds(); ++kind) {
            const std::string_view name = m_graph.kind_name(kind);
            uses.push_back(name == "Ownership"                    ? Use::ownership
                           : name == "owner" || name == "parent" ? Use::reference
                           : name == "Directorship"               ? Use::directorship
                                                                  : Use::none);
        }
        const auto edges = m_graph.edges();
        m_standing.assign(edges.size(), 0);
        for (std::uint32_t number = 0; number < edges.size(); ++number) {
            const index::EdgeRecord& edge = edges[number];
            const Use use = uses[edge.kind];
            if (use == Use::none || !stands(edge)) {
                continue;
            }
            const auto [owner, asset] = ends(number);
            if (use == Use::directorship) {
                m_directorships.emplace(asset, number);
                m_controls.push_back({owner, asset, number, false});
                continue;
            }
            m_standing[number] = 1;
            add_stakes(edge, number, owner, asset, use == Use::ownership);
        }
    }

    [[nodiscard]] bool stands(const index::EdgeRecord& edge) {
        if (edge.has(index::EdgeRecord::kFormer) || (edge.start != index::kNoStart && edge.start > m_day) ||
            (edge.end != index::kNoEnd && edge.end < m_day)) {
            return false;
        }
        if (edge.has(index::EdgeRecord::kNews)) {
            ++m_news;
            return false;
        }
        if (m_options.datasets.empty()) {
            return true;
        }
        const auto have = m_engine.entities().datasets(edge.relation);
        return std::any_of(have.begin(), have.end(), [&](const std::string& dataset) {
            return std::find(m_options.datasets.begin(), m_options.datasets.end(), dataset) != m_options.datasets.end();
        });
    }

    void add_stakes(const index::EdgeRecord& edge, std::uint32_t number, index::Ordinal owner, index::Ordinal asset,
                    bool described) {
        static const model::Property percentage = model::property("percentage");
        static const std::array words{model::property("role"), model::property("ownershipType")};
        const auto add = [&](const StakeInterval& stake) { m_stakes.push_back({owner, asset, stake.low, stake.high, number}); };
        const auto sizes = described ? m_engine.entities().all(edge.relation, percentage) : std::vector<std::string_view>{};
        if (sizes.empty()) {
            add({});
        }
        for (const std::string_view text : sizes) {
            const StakeInterval stake = read_stake(text);
            if (!stake.readable) {
                m_unreadable.emplace(number, text);
            }
            add(stake);
        }
        for (const model::Property property : described ? std::span<const model::Property>(words) : std::span<const model::Property>()) {
            for (const std::string_view text : m_engine.entities().all(edge.relation, property)) {
                const std::string role = lower(text);
                // "Owned or Controlled By" says that one of the two holds, not which.
                if (role.find("control") != std::string::npos &&
                    (role.find("own") == std::string::npos || role.find("and control") != std::string::npos)) {
                    m_controls.push_back({owner, asset, number, true});
                }
            }
        }
    }

    void read_listings() {
        const RuleFacts& rule = facts_of(m_options.rule);
        bool any_of_its_own = false;
        for (index::Ordinal ordinal = 0; ordinal < m_engine.entities().size(); ++ordinal) {
            if (m_graph.listings(ordinal).empty()) {
                continue;
            }
            auto listings = listings_of(m_engine, ordinal);
            for (const Listing& listing : listings) {
                any_of_its_own = any_of_its_own || listing.effect->regime == rule.regime;
            }
            m_listings.emplace(ordinal, std::move(listings));
        }
        m_every_list = !any_of_its_own;
        for (auto& [ordinal, listings] : m_listings) {
            bool blocked = false;
            for (Listing& listing : listings) {
                const ListEffect& effect = *listing.effect;
                listing.counts = effect.blocks && (m_every_list || effect.regime == rule.regime || effect.regime == "other" ||
                                                   (rule.united_nations && effect.regime == "un"));
                blocked = blocked || listing.counts;
            }
            if (blocked) {
                m_blocked.push_back(ordinal);
            }
        }
    }

    /// Owners of owners, then holdings of holdings, level by level; the parties of proofs besides.
    void walk(index::Ordinal asked) {
        m_places.emplace(asked, Shown{OwnershipParty::Place::self, 0});
        for (const bool up : {true, false}) {
            std::vector<index::Ordinal> frontier{asked};
            std::set<index::Ordinal> seen{asked};
            for (int depth = 1; !frontier.empty(); ++depth) {
                std::set<index::Ordinal> next;
                for (const index::Ordinal node : frontier) {
                    for (const index::Incidence& incidence : m_graph.incident(node)) {
                        if (m_standing[incidence.edge] != 0 && (ends(incidence.edge).first == node) != up &&
                            seen.count(incidence.neighbour) == 0) {
                            next.insert(incidence.neighbour);
                        }
                    }
                }
                if (depth > m_options.depth) {
                    m_deeper = m_deeper || !next.empty();
                    break;
                }
                frontier.clear();
                for (const index::Ordinal node : next) {
                    seen.insert(node);
                    const auto place = up ? OwnershipParty::Place::owner : OwnershipParty::Place::holding;
                    const auto known = m_places.find(node);
                    if (known == m_places.end() && m_places.size() > m_options.limit) {
                        ++m_cut;
                        continue;
                    }
                    frontier.push_back(node);
                    if (known != m_places.end()) {
                        known->second.place = OwnershipParty::Place::both;
                        known->second.distance = std::min(known->second.distance, depth);
                    } else {
                        m_places.emplace(node, Shown{place, depth});
                    }
                }
            }
        }
        std::set<index::Ordinal> witnesses;
        for (const auto& [node, shown] : m_places) {
            m_proofs[node] = m_settlement.proof(node, proof_limit);
            for (const graph::Ground& ground : m_proofs[node]) {
                witnesses.insert(ground.owner);
                m_shown_edges.insert(static_cast<std::uint32_t>(ground.edge));
            }
        }
        for (const index::Ordinal node : witnesses) {
            if (m_places.emplace(node, Shown{OwnershipParty::Place::witness, 0}).second) {
                m_proofs[node] = {};  // their own grounds stand in the proof that names them
            }
        }
    }

    void report(index::Ordinal asked, OwnershipResult& result) {
        const index::EntitiesView& entities = m_engine.entities();
        Selection& selection = result.selection;
        selection.context = m_engine.context();
        std::map<std::string, ListEffect> lists;
        for (const auto& [node, shown] : m_places) {
            selection.nodes.push_back(m_engine.node(node));
            selection.nodes.back().distance = shown.distance;
            OwnershipParty party;
            party.id = entities.id(node);
            party.place = shown.place;
            party.verdict = m_settlement.verdict(node);
            party.share = m_settlement.share(node);
            party.recorded = m_settlement.recorded(node);
            if (const auto found = m_listings.find(node); found != m_listings.end()) {
                party.listings = found->second;
            }
            for (const Listing& listing : party.listings) {
                lists.emplace(listing.effect->name, *listing.effect);
            }
            for (const graph::Ground& ground : m_proofs.at(node)) {
                party.proof.push_back({std::string(entities.id(ground.owner)), std::string(entities.id(ground.asset)),
                                       m_engine.edge(static_cast<std::uint32_t>(ground.edge), false).id,
                                       {ground.low, ground.high, true}, ground.control, ground.owner_verdict});
            }
            result.parties.push_back(std::move(party));
            for (const index::Incidence& incidence : m_graph.incident(node)) {
                if (m_standing[incidence.edge] != 0 && m_places.count(incidence.neighbour) != 0) {
                    m_shown_edges.insert(incidence.edge);
                }
            }
        }
        for (auto& [name, effect] : lists) {
            result.lists.push_back(std::move(effect));
        }
        for (const std::uint32_t edge : m_shown_edges) {
            selection.edges.push_back(m_engine.edge(edge, true));
        }
        std::sort(selection.edges.begin(), selection.edges.end(), [](const Edge& one, const Edge& other) {
            return std::tie(one.id, one.source, one.target) < std::tie(other.id, other.source, other.target);
        });
        cautions(asked, result);
        notes(selection.notes);
    }

    void cautions(index::Ordinal asked, OwnershipResult& result) const {
        const RuleFacts& rule = facts_of(m_options.rule);
        const OwnershipParty& party = result.asked();
        const auto named = [&](index::Ordinal node) {
            return fmt::format("{} ({})", m_engine.entities().caption(node), m_engine.entities().id(node));
        };
        for (const Listing& listing : party.listings) {
            if (!listing.counts) {
                result.cautions.push_back(fmt::format("listed under {}, which {} under rule {}: {}", listing.effect->name,
                                                      listing.effect->blocks ? "does not count" : "does not block", rule.name,
                                                      listing.effect->says));
            }
        }
        if (party.verdict != graph::Verdict::blocked && party.share.low > 0) {
            result.cautions.push_back(fmt::format("blocked parties hold at least {:.6g} %", party.share.low));
        }
        if (party.recorded > 100) {
            result.cautions.push_back(fmt::format("recorded stakes add up to {:.6g} %: the sources contradict each other", party.recorded));
        }
        std::set<std::string> control;
        const auto [first, last] = m_directorships.equal_range(asked);
        for (auto found = first; found != last; ++found) {
            const index::Ordinal director = ends(found->second).first;
            if (m_settlement.verdict(director) == graph::Verdict::blocked) {
                control.insert(fmt::format("{} directs it and is blocked", named(director)));
            }
        }
        for (const graph::Control& one : m_controls) {
            if (!rule.test->control && one.asset == asked && one.sure && m_settlement.verdict(one.owner) == graph::Verdict::blocked) {
                control.insert(fmt::format("{} controls it and is blocked", named(one.owner)));
            }
        }
        for (const std::string& text : control) {
            result.cautions.push_back(text + (rule.test->control
                                                  ? ": whether that is control is for a person to judge"
                                                  : ": control does not block under the 50 percent rule, but a blocked person may not sign "
                                                    "for it (OFAC FAQ 398, 400)"));
        }
        for (const auto& [edge, text] : m_unreadable) {
            if (m_shown_edges.count(edge) != 0) {
                result.cautions.push_back(fmt::format("stake {} reads \"{}\", which gives no share; taken as unknown",
                                                      m_engine.edge(edge, false).id, text));
            }
        }
    }

    void notes(std::vector<std::string>& notes) const {
        const RuleFacts& rule = facts_of(m_options.rule);
        if (m_every_list) {
            notes.push_back(fmt::format("no list of the authority behind rule {} is loaded: every blocking list counts", rule.name));
        }
        if (m_news > 0) {
            notes.push_back(fmt::format("{} ties that only news claims were not counted", m_news));
        }
        if (m_cut > 0) {
            notes.push_back(fmt::format("cut at {} nodes: {} more and what lies behind them are not shown; raise --limit",
                                        m_options.limit, m_cut));
        }
        if (m_deeper) {
            notes.push_back(fmt::format("there are owners or holdings beyond {} levels; raise --depth", m_options.depth));
        }
    }

    struct Shown {
        OwnershipParty::Place place;
        int distance;
    };

    const Engine& m_engine;
    const index::GraphView& m_graph;
    const OwnershipOptions& m_options;
    std::string m_day_text;
    std::int32_t m_day = 0;
    std::vector<char> m_standing;  ///< by edge: 1 for stakes that count
    std::vector<graph::Stake> m_stakes;
    std::vector<graph::Control> m_controls;
    std::multimap<index::Ordinal, std::uint32_t> m_directorships;  ///< by company
    std::map<std::uint32_t, std::string> m_unreadable;             ///< by edge: its percentage
    std::map<index::Ordinal, std::vector<Listing>> m_listings;
    std::vector<std::uint32_t> m_blocked;
    bool m_every_list = false;
    graph::Settlement m_settlement;
    std::map<index::Ordinal, Shown> m_places;
    std::map<index::Ordinal, std::vector<graph::Ground>> m_proofs;
    std::set<std::uint32_t> m_shown_edges;
    std::size_t m_news = 0;
    std::size_t m_cut = 0;
    bool m_deeper = false;
};

}  // namespace

std::string_view to_string(OwnershipRule rule) { return facts_of(rule).name; }

OwnershipRule ownership_rule_of(std::string_view name) {
    for (const RuleFacts& rule : rules) {
        if (rule.name == name) {
            return rule.rule;
        }
    }
    throw base::UsageError(fmt::format("no rule \"{}\"", name), "rules: ofac, eu, uk");
}

std::string_view to_string(OwnershipParty::Place place) {
    switch (place) {
        case OwnershipParty::Place::self: return "self";
        case OwnershipParty::Place::owner: return "owner";
        case OwnershipParty::Place::holding: return "holding";
        case OwnershipParty::Place::both: return "both";
        case OwnershipParty::Place::witness: return "witness";
    }
    return "self";
}

const OwnershipParty& OwnershipResult::asked() const {
    const auto found = std::find_if(parties.begin(), parties.end(), [&](const OwnershipParty& party) { return party.id == id; });
    if (found == parties.end()) {
        throw base::InternalError("an answer about ownership lacks the party asked about");
    }
    return *found;
}

OwnershipResult ownership(const Engine& engine, std::string_view id, const OwnershipOptions& options) {
    return Question(engine, options).answer(id);
}

}  // namespace liaison::query

#pragma once
// OFAC parties, listings and relationships to entities and issues, the same for all four formats. Private to adapter.

#include "adapter/ofac_party.hpp"
#include "liaison/adapter/adapter.hpp"

#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace liaison::adapter::ofac {

/// Give it all parties first, then listings and relationships, then finish(). Listings and relationships are joined to
/// parties by uid.
class Emitter {
public:
    Emitter(const ReadOptions& options, model::StatementSink& sink);

    /// False, with an issue, when the party cannot be kept: it has no id, or one that was given before.
    bool party(const Party& party);
    void listing(const Listing& listing);
    void relationship(const Relationship& relationship);
    /// A "Linked To: NAME" remark: an edge when exactly one party bears the primary name. Resolved in finish().
    void link_by_name(std::string uid, std::string name, base::Position position);
    /// Parties without a listing and links that do not resolve become issues.
    void finish();

    void issue(std::string_view reason, std::string message, const base::Position& position, std::string_view record,
               std::string_view excerpt = {});
    [[nodiscard]] std::uint64_t parties() const { return m_parties.size(); }
    [[nodiscard]] std::uint64_t listings() const { return m_listings; }
    [[nodiscard]] std::uint64_t relationships() const { return m_relationships; }

private:
    struct Known {
        PartyKind kind = PartyKind::entity;
        bool company = false;  ///< a Company fragment has been given
        bool listed = false;
        base::Position position;
        std::vector<std::pair<std::string, DateValue>> listing_dates;    ///< from features, with their labels
        std::vector<std::pair<std::string, DateValue>> effective_dates;
        std::vector<std::string> summaries;
    };
    struct NamedLink {
        std::string uid;
        std::string name;
        base::Position position;
    };

    void add_names(model::Entity& entity, const Party& party);
    void add_address(model::Entity& entity, const PostalAddress& address, const base::Position& position);
    void add_document(model::Entity& entity, const Party& party, const IdDocument& document);
    void add_feature(model::Entity& entity, Known& known, const Party& party, const Feature& feature);
    void add_wallet(model::Entity& entity, const Party& party, const Feature& feature);
    void add_securities(model::Entity& entity, const Party& party);
    void add_named_owner(const model::Entity& entity, const Feature& feature);
    void give_edge(const Relationship& relationship, const model::Schema& schema, std::string_view source,
                   std::string_view target);
    [[nodiscard]] const model::Schema& schema_of(const std::string& uid) const;
    /// Gives a stub, with an issue, for a party that the file does not hold; `what` names it.
    void ensure_party(std::string_view what, const std::string& uid, std::string_view name, std::string_view schema,
                      const base::Position& position);
    void upgrade_to_company(const std::string& uid, const base::Position& position);

    model::StatementSink& m_sink;
    std::unordered_map<std::string, Known> m_parties;
    std::unordered_set<std::string> m_given;                   ///< ids of stubs and addresses already given
    std::unordered_map<std::string, std::uint32_t> m_ordinals; ///< of listing and relationship ids, for repeated content
    std::unordered_map<std::string, std::vector<std::string>> m_by_name;  ///< primary name key -> uids
    std::vector<NamedLink> m_links;
    std::uint64_t m_listings = 0;
    std::uint64_t m_relationships = 0;
};

}  // namespace liaison::adapter::ofac

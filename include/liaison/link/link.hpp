#pragma once
// Mentions of articles to entities of the graph, with care: a name opens a candidate, context decides. Four bands:
// confirmed needs a strong identifier (or a person's decision, which the review queue adds), probable a full name that is
// rare and two independent pieces of context that agree without one that contradicts, possible is shown and never used,
// rejected keeps its reason. A surname or a weak alias alone links to nobody; unnamed people link to nobody at all.

#include "liaison/article/reading.hpp"
#include "liaison/model/entity.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace liaison::link {

enum class Band : std::uint8_t { confirmed, probable, possible, rejected };
[[nodiscard]] std::string_view to_string(Band band);

/// What linking needs to know of an entity.
struct KnownEntity {
    std::string id;
    std::string schema;
    std::vector<std::string> names;         ///< strong names
    std::vector<std::string> weak_names;    ///< weak aliases
    std::vector<std::string> countries;     ///< ISO 3166-1 alpha-2, lower case: nationality, country, citizenship
    std::vector<std::string> birth_years;
    std::vector<std::string> related;       ///< names of employers, owners, associates and other entities of its edges
    std::vector<std::string> identifiers;   ///< normal keys (identifier::identifier_key)
    std::vector<std::string> authorities;   ///< who lists it, as written on the listing
    std::vector<std::string> listed_dates;  ///< EDTF
    std::vector<std::string> roles;         ///< positions
};

/// Where entities come from: the index, or a test.
class EntitySource {
public:
    virtual ~EntitySource() = default;
    [[nodiscard]] virtual std::optional<KnownEntity> by_id(std::string_view id) const = 0;
    /// Entities that bear the name (folded: name::fold) besides those that the reading's NameFinder found; may be empty.
    [[nodiscard]] virtual std::vector<KnownEntity> by_name(std::string_view name) const = 0;
    [[nodiscard]] virtual std::vector<KnownEntity> by_identifier(std::string_view key) const = 0;
};

/// One entity of a document and one entity of the graph.
struct Link {
    std::uint32_t entity = 0;  ///< article::Mention::entity
    std::string target;        ///< id in the graph
    Band band = Band::possible;
    double score = 0.0;
    std::vector<std::string> agreements;      ///< "country:kp", "co-mentioned:First Credit Bank", ...
    std::vector<std::string> contradictions;  ///< "schema", "country", "birth-year"
    std::string reason;                       ///< of a rejection or of staying possible
};

/// Links of one reading, by document entity, best first; at most `limit` for each.
[[nodiscard]] std::vector<Link> link_reading(const article::Reading& reading, const EntitySource& source, std::size_t limit = 5);

/// The article as fragments for the store: the Article, a Mention for each link that is confirmed or probable, and the
/// claims as relationship entities with modality, polarity, confidence, band, rule, evidence, source and date. Sides
/// that are linked use the target's id; other named sides get an id derived from article and name; unnamed groups become
/// event nodes with their words, never persons. Claims without two sides in the vocabulary of edges are kept as Note.
void article_entities(const article::Reading& reading, const std::vector<Link>& links, std::string_view source_url,
                      model::StatementSink& sink);

}  // namespace liaison::link

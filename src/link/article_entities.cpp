#include "liaison/link/link.hpp"

#include <fmt/format.h>

#include <map>
#include <optional>

namespace liaison::link {
namespace {

/// How a relation of claims is said in the vocabulary: an edge schema, the properties of its ends, and the words for the
/// role where the schema has none of its own. A news sanction is a link, never a listing.
struct EdgeForm {
    std::string_view relation;
    std::string_view schema;
    std::string_view subject;
    std::string_view object;
    std::string_view role;
};
constexpr EdgeForm forms[] = {
    {"employment", "Employment", "employee", "employer", ""},
    {"directorship", "Directorship", "director", "organization", ""},
    {"membership", "Membership", "member", "organization", ""},
    {"ownership", "Ownership", "owner", "asset", ""},
    {"representation", "Representation", "agent", "client", ""},
    {"family", "Family", "person", "relative", ""},
    {"associate", "Associate", "person", "associate", ""},
    {"control", "UnknownLink", "subject", "object", "control"},
    {"part_of", "UnknownLink", "subject", "object", "part of"},
    {"sanctioned", "UnknownLink", "subject", "object", "sanctioned, says the news"},
    {"operated", "UnknownLink", "subject", "object", "operated"},
};

class Converter {
public:
    Converter(const article::Reading& reading, const std::vector<Link>& links, std::string_view source_url, model::StatementSink& sink)
        : m_reading(reading), m_url(source_url.empty() ? reading.document.url : source_url), m_sink(sink) {
        for (const Link& link : links) {
            if (link.band == Band::confirmed || link.band == Band::probable) {
                m_links.try_emplace(link.entity, &link);
            }
        }
        m_article = model::derived_id("article", {m_url.empty() ? reading.document.name : m_url, reading.document.title});
    }

    void run() {
        emit_article();
        emit_mentions();
        for (const article::Claim& claim : m_reading.claims) {
            emit_claim(claim);
        }
    }

private:
    void emit_article() {
        model::Entity entity(m_article, model::schema("Article"));
        const article::Document& document = m_reading.document;
        add(entity, "title", document.title.empty() ? document.name : document.title);
        add(entity, "author", document.author);
        add(entity, "publishedAt", document.published);
        add(entity, "sourceUrl", m_url);
        add(entity, "fileName", document.name);
        add(entity, "language", document.language == article::Language::french ? "fra" : document.language == article::Language::english ? "eng" : "");
        m_sink.entity(std::move(entity));
    }

    static void add(model::Entity& entity, std::string_view property, std::string_view value) {
        const auto known = model::find_property(property);
        if (known && entity.schema->has(*known)) {
            entity.add(*known, value);
        }
    }

    void emit_mentions() {
        std::map<std::uint32_t, bool> done;
        for (const article::Mention& mention : m_reading.mentions) {
            if (!article::is_name(mention) || done[mention.entity]) {
                continue;
            }
            done[mention.entity] = true;
            const std::string& name = m_reading.entity_names[mention.entity];
            model::Entity entity(model::derived_id("mention", {m_article, name}), model::schema("Mention"));
            add(entity, "name", name);
            add(entity, "detectedSchema", mention.schema);
            add(entity, "document", m_article);
            if (const auto link = m_links.find(mention.entity); link != m_links.end()) {
                add(entity, "resolved", link->second->target);
            }
            m_sink.entity(std::move(entity));
        }
    }

    [[nodiscard]] std::string text_of(const article::Argument& argument) const {
        return m_reading.document.text.substr(argument.start, argument.end - argument.start);
    }

    /// The id of a side: the entity it is linked to, or one of this article's own, sent once.
    [[nodiscard]] std::string side(const article::Argument& argument, std::string_view wanted_range) {
        if (argument.entity) {
            if (const auto link = m_links.find(*argument.entity); link != m_links.end()) {
                return link->second->target;
            }
        }
        if (argument.schema == "Group" || argument.schema == "Thing" || argument.schema == "Text" || argument.schema == "Quantity") {
            return {};
        }
        const std::string name = argument.entity ? m_reading.entity_names[*argument.entity] : text_of(argument);
        const std::string_view schema = argument.schema == "Country" || argument.schema == "PublicBody" ? "PublicBody"
                                        : argument.schema == "Person" || argument.schema == "Company" || argument.schema == "CryptoWallet" ? std::string_view(argument.schema)
                                        : wanted_range == "Asset" ? "Company" : "Organization";
        std::string id = model::derived_id("news", {m_article, schema, name});
        if (!m_sent[id]) {
            m_sent[id] = true;
            model::Entity entity(id, model::schema(schema));
            add(entity, "name", name);
            if (schema == "CryptoWallet") {
                add(entity, "publicKey", name);
            }
            m_sink.entity(std::move(entity));
        }
        return id;
    }

    [[nodiscard]] Band band_of(const article::Claim& claim) const {
        // As sure as the less sure of its linked sides. A side that only this article names has a node of its own and
        // cannot be the wrong one; where no side is linked the claim stays out of the graph.
        std::optional<Band> band;
        for (const article::Argument* argument : {&claim.subject, &claim.object}) {
            const auto link = argument->entity ? m_links.find(*argument->entity) : m_links.end();
            if (link != m_links.end()) {
                band = std::max(band.value_or(Band::confirmed), link->second->band);
            }
        }
        return band.value_or(Band::possible);
    }

    void add_claim(model::Entity& entity, const article::Claim& claim) const {
        const article::Document& document = m_reading.document;
        add(entity, "modality", article::to_string(claim.modality));
        add(entity, "polarity", claim.negative ? "negative" : "positive");
        add(entity, "confidence", fmt::format("{:.2f}", claim.confidence));
        add(entity, "band", to_string(band_of(claim)));
        add(entity, "rule", claim.rule);
        add(entity, "evidence", std::string_view(document.text).substr(claim.evidence_start, claim.evidence_end - claim.evidence_start));
        add(entity, "reference", fmt::format("{}#{}-{}", m_article, document.code_point(claim.evidence_start), document.code_point(claim.evidence_end, true)));
        add(entity, "sourceUrl", m_url);
        add(entity, "date", claim.date.value);
        add(entity, "publisher", document.name);
    }

    void emit_claim(const article::Claim& claim) {
        const EdgeForm* form = nullptr;
        for (const EdgeForm& known : forms) {
            if (known.relation == claim.relation) {
                form = &known;
            }
        }
        if (claim.subject.schema == "Group" || claim.object.schema == "Group") {
            emit_event(claim);
            return;
        }
        if (form == nullptr) {
            emit_note(claim);
            return;
        }
        const model::Schema& schema = model::schema(form->schema);
        const std::string subject = side(claim.subject, schema.range_of(model::property(form->subject)));
        const std::string object = side(claim.object, schema.range_of(model::property(form->object)));
        if (subject.empty() || object.empty()) {
            emit_note(claim);
            return;
        }
        model::Entity entity(model::derived_id("claim", {m_article, claim.relation, subject, object, claim.date.value}), schema);
        add(entity, form->subject, subject);
        add(entity, form->object, object);
        add(entity, "role", claim.role.empty() ? form->role : std::string_view(claim.role));
        add(entity, "relationship", claim.role);
        add(entity, "status", claim.status);
        add_claim(entity, claim);
        m_sink.entity(std::move(entity));
    }

    /// Unnamed people and what happened to them or what they did.
    void emit_event(const article::Claim& claim) {
        const std::string name = fmt::format("{} {} {}", text_of(claim.subject), claim.relation, text_of(claim.object));
        model::Entity entity(model::derived_id("event", {m_article, claim.relation, text_of(claim.subject), text_of(claim.object)}), model::schema("Event"));
        add(entity, "name", name);
        for (const article::Argument* argument : {&claim.subject, &claim.object}) {
            if (argument->schema != "Group" && argument->entity) {
                add(entity, "involved", side(*argument, "LegalEntity"));
            }
        }
        add_claim(entity, claim);
        m_sink.entity(std::move(entity));
    }

    void emit_note(const article::Claim& claim) {
        std::string about = claim.subject.entity ? side(claim.subject, "LegalEntity") : std::string{};
        if (about.empty() && claim.object.entity) {
            about = side(claim.object, "LegalEntity");
        }
        if (about.empty()) {
            return;
        }
        model::Entity entity(model::derived_id("note", {m_article, claim.relation, text_of(claim.subject), text_of(claim.object)}), model::schema("Note"));
        add(entity, "entity", about);
        add(entity, "description", fmt::format("{}: {} > {}", claim.relation, text_of(claim.subject), text_of(claim.object)));
        add(entity, "summary", std::string_view(m_reading.document.text).substr(claim.evidence_start, claim.evidence_end - claim.evidence_start));
        add(entity, "sourceUrl", m_url);
        m_sink.entity(std::move(entity));
    }

    const article::Reading& m_reading;
    std::string m_url;
    model::StatementSink& m_sink;
    std::string m_article;
    std::map<std::uint32_t, const Link*> m_links;
    std::map<std::string, bool> m_sent;
};

}  // namespace

void article_entities(const article::Reading& reading, const std::vector<Link>& links, std::string_view source_url, model::StatementSink& sink) {
    Converter(reading, links, source_url, sink).run();
}

}  // namespace liaison::link

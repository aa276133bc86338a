#include "liaison/article/reading.hpp"

#include "article/analysis.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace liaison::article {
namespace {

using Json = nlohmann::ordered_json;

Json argument_json(const Document& document, const Argument& argument) {
    return {{"text", document.quoted(argument.start, argument.end)},
            {"start", document.code_point(argument.start)},
            {"end", document.code_point(argument.end, true)},
            {"schema", argument.schema}};
}

double rounded(double value) { return static_cast<double>(static_cast<long>(value * 1000 + 0.5)) / 1000; }

}  // namespace

std::string_view to_string(Modality modality) {
    switch (modality) {
        case Modality::asserted: return "asserted";
        case Modality::attributed: return "attributed";
        case Modality::alleged: return "alleged";
        case Modality::denied: return "denied";
    }
    return "";
}

Reading read_document(std::string_view name, std::string_view bytes, const ReadOptions& options) {
    Reading reading;
    const std::shared_ptr<const Rules> rules = options.rules ? options.rules : embedded_rules();
    reading.document = parse_document(name, bytes, options.document);
    reading.issues = reading.document.issues;
    Analysis analysis = analyse(reading.document, *rules);
    find_names(analysis, options.names);
    find_identifiers(analysis);
    resolve_references(analysis);
    make_chunks(analysis);
    reading.claims = find_claims(analysis);
    for (const Span& span : analysis.spans) {
        if (span.entity < 0 || span.score < 0.4) {
            continue;
        }
        Mention mention;
        mention.start = analysis.token(span.first).start;
        mention.end = analysis.token(span.last - 1).end;
        mention.schema = span.schema.empty() ? std::string(schema_of(span.kind)) : span.schema;
        mention.kind = span.mention;
        mention.entity = static_cast<std::uint32_t>(span.entity);
        mention.known_as = span.known_as;
        mention.weak = span.weak;
        mention.confidence = span.score;
        reading.mentions.push_back(std::move(mention));
    }
    for (const EntityState& entity : analysis.entities) {
        reading.entity_names.push_back(entity.name);
    }
    return reading;
}

std::string claim_line(const Reading& reading, const Claim& claim) {
    const Document& document = reading.document;
    Json line;
    line["document"] = document.name;
    line["relation"] = claim.relation;
    line["subject"] = argument_json(document, claim.subject);
    line["object"] = argument_json(document, claim.object);
    line["role"] = claim.role.empty() ? Json(nullptr) : Json(claim.role);
    if (claim.date.value.empty()) {
        line["date"] = nullptr;
    } else {
        line["date"] = {{"value", claim.date.value}, {"precision", claim.date.precision}};
        if (claim.date.resolved) {
            line["date"]["resolved"] = true;
        }
    }
    line["modality"] = to_string(claim.modality);
    line["polarity"] = claim.negative ? "negative" : "positive";
    if (!claim.stage.empty()) {
        line["stage"] = claim.stage;
    }
    if (!claim.status.empty()) {
        line["status"] = claim.status;
    }
    line["evidence"] = {{"text", document.quoted(claim.evidence_start, claim.evidence_end)},
                        {"start", document.code_point(claim.evidence_start)},
                        {"end", document.code_point(claim.evidence_end, true)}};
    line["confidence"] = rounded(claim.confidence);
    line["rule"] = claim.rule;
    return line.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::string mention_line(const Reading& reading, const Mention& mention) {
    const Document& document = reading.document;
    Json line;
    line["type"] = "mention";
    line["document"] = document.name;
    line["text"] = document.quoted(mention.start, mention.end);
    line["start"] = document.code_point(mention.start);
    line["end"] = document.code_point(mention.end, true);
    line["schema"] = mention.schema;
    line["confidence"] = rounded(mention.confidence);
    if (!mention.known_as.empty()) {
        line["entities"] = mention.known_as;
    }
    return line.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace liaison::article

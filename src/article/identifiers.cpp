#include "article/analysis.hpp"
#include "liaison/identifier/find.hpp"

#include <algorithm>

namespace liaison::article {

void find_identifiers(Analysis& analysis) {
    const auto& tokens = analysis.text.tokens;
    std::size_t t = 0;
    for (const identifier::Span& found : identifier::find_identifiers(analysis.document->text)) {
        // Whole tokens: an identifier that the tokenizer cut takes all its pieces.
        while (t < tokens.size() && tokens[t].end <= found.start) {
            ++t;
        }
        std::size_t last = t;
        while (last < tokens.size() && tokens[last].start < found.end) {
            ++last;
        }
        if (last == t) {
            continue;
        }
        Span span;
        span.first = static_cast<std::uint32_t>(t);
        span.last = static_cast<std::uint32_t>(last);
        span.mention = MentionKind::identifier;
        const bool wallet = found.reading.kind == identifier::Kind::wallet;
        span.kind = wallet ? Kind::identifier : Kind::thing;
        span.schema = wallet ? "CryptoWallet" : "Thing";
        span.score = 0.99;
        EntityState entity;
        entity.name = found.reading.canonical;
        entity.key = found.reading.key;
        entity.kind = span.kind;
        entity.score = span.score;
        const auto same = std::find_if(analysis.entities.begin(), analysis.entities.end(), [&](const EntityState& e) { return e.key == entity.key; });
        span.entity = static_cast<std::int32_t>(same - analysis.entities.begin());
        if (same == analysis.entities.end()) {
            analysis.entities.push_back(std::move(entity));
        }
        // Names inside it ("Alphabay" of an address) are no names.
        std::erase_if(analysis.spans, [&](const Span& s) { return s.first < span.last && span.first < s.last && s.mention != MentionKind::identifier; });
        analysis.spans.push_back(std::move(span));
    }
    std::stable_sort(analysis.spans.begin(), analysis.spans.end(), [](const Span& a, const Span& b) { return a.first < b.first; });
}

}  // namespace liaison::article

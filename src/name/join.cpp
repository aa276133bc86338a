#include "liaison/name/join.hpp"

#include "liaison/name/weight.hpp"

#include <algorithm>

namespace liaison::name {

namespace {

bool joinable(const JoinPart& part) {
    return part.token_class != TokenClass::initial && part.token_class != TokenClass::number &&
           part.token_class != TokenClass::legal_form && !part.promoted && !part.latin.empty();
}

}  // namespace

void visit_joins(std::span<const JoinPart> parts, const std::function<void(const JoinedWord&)>& visit) {
    for (std::size_t i = 0; i + 1 < parts.size(); ++i) {
        if (!joinable(parts[i])) continue;
        std::string latin(parts[i].latin);
        bool carrier = carries_name(parts[i].token_class);
        for (std::size_t k = i + 1; k < std::min(i + 3, parts.size()); ++k) {
            if (!joinable(parts[k])) break;
            latin += parts[k].latin;
            carrier = carrier || carries_name(parts[k].token_class);
            if (carrier && latin.size() >= 5) visit({i, k + 1, fold_key(latin), parts[i].key});
        }
    }
}

std::vector<JoinPart> join_parts(std::span<const Token> tokens) {
    std::vector<JoinPart> parts;
    parts.reserve(tokens.size());
    for (const Token& token : tokens) parts.push_back({token.latin, token.key, token.token_class, token.promoted});
    return parts;
}

void visit_joins(std::span<const Token> tokens, const std::function<void(const JoinedWord&)>& visit) { visit_joins(join_parts(tokens), visit); }

std::string acronym_of(std::span<const JoinPart> parts) {
    std::string letters;
    for (const JoinPart& part : parts)
        if (carries_name(part.token_class) && !part.promoted && !part.latin.empty()) letters += part.latin.front();
    return letters.size() >= 3 ? letters : std::string();
}

std::string acronym_of(std::span<const Token> tokens) { return acronym_of(join_parts(tokens)); }

}  // namespace liaison::name

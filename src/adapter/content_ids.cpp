#include "adapter/content_ids.hpp"

#include "liaison/model/entity.hpp"

namespace liaison::adapter {

std::string content_key(std::string_view text) {
    std::string key;
    key.reserve(text.size());
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || byte >= 0x80) {
            key += c;
        } else if (c >= 'A' && c <= 'Z') {
            key += static_cast<char>(c - 'A' + 'a');
        }
    }
    return key;
}

std::string document_id(std::string_view kind, std::string_view number, std::string_view country_code) {
    const std::string key = content_key(number);
    return model::derived_id("doc", {content_key(kind), key.empty() ? number : std::string_view(key), country_code});
}

std::string address_id(std::string_view full, std::string_view country_code) {
    return model::derived_id("addr", {content_key(full), country_code});
}

std::string wallet_id(std::string_view wallet_key) { return model::derived_id("wallet", {wallet_key}); }

std::string security_id(std::string_view isin) { return model::derived_id("security", {content_key(isin)}); }

std::string named_party_id(std::string_view name) { return model::derived_id("named", {content_key(name)}); }

}  // namespace liaison::adapter

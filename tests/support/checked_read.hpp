#pragma once
// For the fuzz targets of adapters: reads bytes as one format and ends the process when the adapter breaks its promises.

#include "liaison/adapter/adapter.hpp"
#include "liaison/base/error.hpp"
#include "liaison/base/utf8.hpp"

#include <nlohmann/json.hpp>

#include <cstdlib>
#include <string_view>

namespace liaison::test {

/// Entities have an id, a schema and valid UTF-8; a file is read or refused by an InputError.
inline int checked_read(std::string_view format, std::string_view bytes, const nlohmann::json* settings = nullptr) {
    class Sink final : public model::StatementSink {
    public:
        void entity(model::Entity entity) override {
            require(!entity.id.empty() && entity.schema != nullptr);
            for (const model::Value& value : entity.values) {
                require(!value.text.empty() && base::find_invalid_utf8(value.text) == std::string_view::npos &&
                        base::find_invalid_utf8(value.original) == std::string_view::npos);
            }
        }
        void issue(base::Issue issue) override {
            require(!issue.reason.empty() && issue.excerpt.size() <= 200 &&
                    base::find_invalid_utf8(issue.excerpt) == std::string_view::npos);
        }

    private:
        static void require(bool kept) {
            if (!kept) {
                std::abort();
            }
        }
    };
    Sink sink;
    adapter::ReadOptions options;
    options.feed = "fuzz";
    options.settings = settings;
    const record::FileSet files{record::source_from_memory("fuzz", bytes)};
    try {
        const adapter::Adapter* adapter = adapter::find_adapter(format);
        (void)adapter->recognises(files);
        (void)adapter->read(files, options, sink);
    } catch (const base::InputError&) {
        return 0;  // refused, as it may be
    }
    return 0;
}

}  // namespace liaison::test

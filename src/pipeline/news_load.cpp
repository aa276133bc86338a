#include "pipeline/news_load.hpp"

#include "liaison/article/reading.hpp"
#include "liaison/base/error.hpp"
#include "liaison/index/gazetteer.hpp"
#include "liaison/link/index_source.hpp"

#include <fmt/format.h>

#include <optional>

namespace liaison::pipeline {
namespace {

constexpr std::size_t kDocumentLimit = std::size_t{64} << 20U;

std::string read_all(const record::SourceFile& file) {
    std::string bytes;
    const auto source = file.open();
    std::vector<char> chunk(std::size_t{1} << 16U);
    while (const std::size_t size = source->read(chunk)) {
        bytes.append(chunk.data(), size);
        if (bytes.size() > kDocumentLimit) {
            break;  // read_document cuts it and says so
        }
    }
    return bytes;
}

/// Marks what only the news knows, so that it is never screened against; and points links at a list's record in place of
/// its cluster, because clusters come and go.
class NewsSink final : public model::StatementSink {
public:
    NewsSink(model::StatementSink& sink, const index::Index* index, std::string file)
        : m_sink(sink), m_index(index), m_file(std::move(file)) {}

    void entity(model::Entity entity) override {
        entity.position.file = m_file;
        if (entity.id.rfind("news-", 0) == 0) {
            entity.add(m_topics, "news");
        }
        for (model::Value& value : entity.values) {
            if (m_index != nullptr && entity.schema->type_of(value.property) == model::PropertyType::entity) {
                if (const auto target = m_index->entities().find(value.text)) {
                    const auto members = m_index->entities().referents(*target);
                    if (!members.empty()) {
                        value.text = members.front();
                    }
                }
            }
        }
        m_sink.entity(std::move(entity));
    }
    void issue(base::Issue issue) override { m_sink.issue(std::move(issue)); }

private:
    model::StatementSink& m_sink;
    const index::Index* m_index;
    std::string m_file;
    const model::Property m_topics = model::property("topics");
};

}  // namespace

adapter::ReadSummary read_documents(const record::FileSet& files, const index::Index* index, const adapter::ReadOptions& options,
                                    model::StatementSink& sink) {
    adapter::ReadSummary summary;
    std::optional<index::GazetteerView> names;
    std::optional<link::IndexSource> source;
    article::ReadOptions reading_options;
    if (index != nullptr) {
        names.emplace(index->container().section("gazetteer"));
        source.emplace(*index);
        reading_options.names = &*names;
    }
    std::uint64_t done = 0;
    for (const record::SourceFile& file : files) {
        const article::Reading reading = article::read_document(file.name, read_all(file), reading_options);
        NewsSink news(sink, index, file.name);
        for (const base::Issue& issue : reading.issues) {
            news.issue(issue);
        }
        const auto links = source ? link::link_reading(reading, *source) : std::vector<link::Link>();
        link::article_entities(reading, links, "", news);
        ++summary.records["document"];
        if (options.progress != nullptr) {
            options.progress->advance(++done);
            if (options.progress->interrupted()) {
                throw base::Interrupted("interrupted while reading documents; the store is as it was before this feed");
            }
        }
    }
    return summary;
}

}  // namespace liaison::pipeline

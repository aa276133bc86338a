// Prints what an adapter reads: entities as JSON lines in the order given, then issues, then the summary.
// usage: feeds_print FORMAT|auto FEED [--settings FILE] FILE...     settings: the manifest's "adapter" object

#include "liaison/adapter/adapter.hpp"
#include "liaison/base/error.hpp"

#include <nlohmann/json.hpp>

#include <cstdio>
#include <fstream>
#include <string>
#include <vector>

using namespace liaison;

namespace {

class Printer final : public model::StatementSink {
public:
    void entity(model::Entity entity) override {
        nlohmann::ordered_json line{{"id", entity.id}, {"schema", entity.schema->name}};
        for (const model::Value& value : entity.values) {
            nlohmann::ordered_json item = value.text;
            if (!value.lang.empty() || !value.original.empty()) {
                item = nlohmann::ordered_json{{"value", value.text}};
                if (!value.lang.empty()) {
                    item["lang"] = value.lang;
                }
                if (!value.original.empty()) {
                    item["original"] = value.original;
                }
            }
            line["properties"][model::to_string(value.property)].push_back(std::move(item));
        }
        line["at"] = entity.position.file + ":" + std::to_string(entity.position.line);
        std::printf("%s\n", line.dump().c_str());
    }
    void issue(base::Issue issue) override { m_issues.push_back(std::move(issue)); }
    void finish(const adapter::ReadSummary& summary) const {
        for (const base::Issue& issue : m_issues) {
            const nlohmann::ordered_json line{{"issue", issue.reason},
                                              {"message", issue.message},
                                              {"at", issue.position.file + ":" + std::to_string(issue.position.line)},
                                              {"record", issue.record},
                                              {"excerpt", issue.excerpt}};
            std::printf("%s\n", line.dump().c_str());
        }
        const nlohmann::ordered_json line{{"publication_date", summary.publication_date},
                                          {"stated_count", summary.stated_count},
                                          {"records", summary.records}};
        std::printf("%s\n", line.dump().c_str());
    }

private:
    std::vector<base::Issue> m_issues;
};

}  // namespace

int main(int argc, char** argv) {
    if (argc < 4) {
        std::fprintf(stderr, "usage: feeds_print FORMAT|auto FEED FILE...\n");
        return 2;
    }
    record::FileSet files;
    nlohmann::json settings;
    for (int i = 3; i < argc; ++i) {
        if (std::string(argv[i]) == "--settings" && i + 1 < argc) {
            std::ifstream file(argv[++i]);
            settings = nlohmann::json::parse(file);
        } else {
            files.push_back(record::source_from_path(argv[i]));
        }
    }
    try {
        const adapter::Adapter* reader =
            std::string(argv[1]) == "auto" ? adapter::recognise(files, {}) : adapter::find_adapter(argv[1]);
        if (reader == nullptr) {
            std::fprintf(stderr, "no adapter reads this\n");
            return 3;
        }
        Printer printer;
        adapter::ReadOptions options;
        options.feed = argv[2];
        options.settings = settings.is_null() ? nullptr : &settings;
        printer.finish(reader->read(files, options, printer));
    } catch (const base::Error& error) {
        std::fprintf(stderr, "error: %s\nhint: %s\n", error.what(), error.hint().c_str());
        return 3;
    }
    return 0;
}

// The parts of a set in one input, parted by lines of "---": sdn, add, alt and, where there is a fourth, sdn_comments.

#include "liaison/adapter/adapter.hpp"
#include "liaison/base/error.hpp"
#include "liaison/base/utf8.hpp"

#include <cstdint>
#include <cstdlib>

using namespace liaison;

namespace {

class Sink final : public model::StatementSink {
public:
    void entity(model::Entity entity) override {
        for (const model::Value& value : entity.values) {
            require(!value.text.empty() && base::find_invalid_utf8(value.text) == std::string_view::npos);
        }
    }
    void issue(base::Issue issue) override {
        require(issue.excerpt.size() <= 200 && base::find_invalid_utf8(issue.excerpt) == std::string_view::npos);
    }

private:
    static void require(bool kept) {
        if (!kept) {
            std::abort();
        }
    }
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    std::string_view rest(reinterpret_cast<const char*>(data), size);
    record::FileSet files;
    for (const char* name : {"sdn.csv", "add.csv", "alt.csv", "sdn_comments.csv"}) {
        const std::size_t cut = rest.find("---\n");
        files.push_back(record::source_from_memory(name, rest.substr(0, cut)));
        if (cut == std::string_view::npos) {
            break;
        }
        rest.remove_prefix(cut + 4);
    }
    Sink sink;
    try {
        const adapter::Adapter* adapter = adapter::find_adapter("ofac_csv");
        (void)adapter->recognises(files);
        (void)adapter->read(files, {}, sink);
    } catch (const base::InputError&) {
        return 0;  // refused, as it may be
    }
    return 0;
}

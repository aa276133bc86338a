// Any bytes: read_xml delivers records or throws InputError; nothing else may happen.

#include "liaison/base/error.hpp"
#include "liaison/record/xml.hpp"

#include <cstdint>
#include <cstdlib>

using namespace liaison;
using namespace liaison::record;

namespace {

std::size_t walk(const XmlElement& element, std::size_t depth) {
    if (depth > 64) {
        std::abort();  // XmlLimits::depth must have ended it
    }
    std::size_t size = element.text().size() + element.name_text().size() + element.position().line;
    for (const XmlAttribute& attribute : element.attributes()) {
        size += attribute.value.size();
    }
    for (const XmlElement child : element.children()) {
        size += walk(child, depth + 1);
    }
    return size;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    (void)xml_head(text);
    XmlNames names{"list", "people"};
    const std::vector<XmlName> containers{0, 1};
    std::size_t seen = 0;
    XmlHandlers handlers;
    handlers.record = [&](const XmlRecord& record) { seen += walk(record.root(), 0); };
    handlers.container = handlers.record;
    try {
        read_xml(source_from_memory("fuzz", text), names, containers, handlers);
    } catch (const base::InputError&) {
    }
    return seen == ~std::size_t{0} ? 1 : 0;
}

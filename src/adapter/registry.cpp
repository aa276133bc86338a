#include "adapter/adapters.hpp"

#include <algorithm>
#include <array>

namespace liaison::adapter {

std::span<const Adapter* const> registry() {
    static const std::array all{
        &ofac_advanced_xml(),
        &ofac_enhanced_xml(),
        &ofac_sdnlist_xml(),
        &ofac_csv(),
        &ofac_actions(),
        &un_xml(),
        &eu_fsf_xml(),
        &ca_sema_xml(),
        &ftm_json(),
        &csv_mapped(),  // takes any table: last
    };
    return all;
}

const Adapter* find_adapter(std::string_view format) {
    const auto all = registry();
    const auto found =
        std::find_if(all.begin(), all.end(), [&](const Adapter* adapter) { return adapter->format() == format; });
    return found == all.end() ? nullptr : *found;
}

const Adapter* recognise(const record::FileSet& files, std::span<const std::string> formats) {
    for (const Adapter* adapter : registry()) {
        const bool wanted =
            formats.empty() || std::find(formats.begin(), formats.end(), adapter->format()) != formats.end();
        if (wanted && adapter->recognises(files)) {
            return adapter;
        }
    }
    return nullptr;
}

}  // namespace liaison::adapter

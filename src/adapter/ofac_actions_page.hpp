#pragma once
// OFAC's "Recent Actions" page: the announcements in its body, with the section they stand in. Private to adapter.

#include "liaison/model/entity.hpp"
#include "liaison/record/byte_source.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace liaison::adapter::ofac {

enum class Action : std::uint8_t { added, changed, removed };
[[nodiscard]] std::string_view to_string(Action action);

struct Announcement {
    Action action = Action::added;
    std::string list;            ///< "SDN List"
    std::string text;            ///< the entry; of a change, the new one
    std::string old_text;        ///< of a change, what stood before "-to-"
    base::Position position;
};

struct ActionPage {
    std::string date;            ///< "2025-11-04", "" when the page does not say
    std::string title;
    std::string press_release;   ///< address, or ""
    std::vector<Announcement> announcements;
};

[[nodiscard]] bool is_action_page(std::string_view bytes);

/// Reads one page, repairing HTML as browsers do. Nullopt, with an issue, when it is none. At most 32 MB.
[[nodiscard]] std::optional<ActionPage> read_action_page(const record::SourceFile& file, model::StatementSink& sink);

}  // namespace liaison::adapter::ofac

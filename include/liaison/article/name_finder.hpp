#pragma once
// How the article module asks for known names without knowing the index (rank 3), which implements it.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace liaison::article {

/// A known name in a text.
struct NameHit {
    std::uint32_t start = 0;  ///< bytes in the text given
    std::uint32_t end = 0;
    std::vector<std::string> entities;  ///< ids that bear the name, sorted
    std::string schema;                 ///< of the entities, "" when they differ
    bool weak = false;                  ///< only weak aliases or surnames match
};

class NameFinder {
public:
    virtual ~NameFinder() = default;
    /// Longest non-overlapping hits on token boundaries, in order of start.
    [[nodiscard]] virtual std::vector<NameHit> find(std::string_view text) const = 0;
};

}  // namespace liaison::article

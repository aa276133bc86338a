#pragma once
// Walks over the arrays of a section as they lie one behind the other, for the views of this module.

#include "liaison/base/error.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace liaison::index {

class SectionReader {
public:
    SectionReader(std::string_view section, std::string_view name) : m_section(section), m_name(name) {}

    /// The next `count` items. Sizes come from a header of ours; whether they fit is judged by finish(), the header alone at
    /// once.
    template <typename T>
    [[nodiscard]] const T* take(std::uint64_t count) {
        const char* start = m_section.data() + m_offset;
        m_offset += count * sizeof(T);
        return reinterpret_cast<const T*>(start);
    }
    template <typename Header>
    [[nodiscard]] const Header* header() {
        if (m_section.size() < sizeof(Header)) {
            fail();
        }
        return take<Header>(1);
    }
    /// Throws StoreError unless the section has been taken to its very end.
    void finish() const {
        if (m_offset != m_section.size()) {
            fail();
        }
    }

private:
    [[noreturn]] void fail() const {
        throw base::StoreError("the " + std::string(m_name) + " section of the index is damaged",
                               "run 'liaison check --repair' to build it again from the store");
    }
    std::string_view m_section;
    std::string_view m_name;
    std::uint64_t m_offset = 0;
};

}  // namespace liaison::index

#include "adapter/text_lines.hpp"

#include <algorithm>
#include <span>

namespace liaison::adapter {

TextLines::TextLines(const record::SourceFile& file, std::size_t limit) : m_source(file.open()), m_limit(limit) {}

bool TextLines::next() {
    constexpr std::size_t chunk = std::size_t{256} << 10;
    line.clear();
    too_long = false;
    byte = m_read;
    bool any = false;
    for (;;) {
        if (m_at == m_buffer.size()) {
            m_buffer.resize(chunk);
            m_buffer.resize(m_source->read(std::span(m_buffer.data(), chunk)));
            m_at = 0;
            if (m_buffer.empty()) {
                break;
            }
        }
        any = true;
        const std::size_t end = std::min(m_buffer.find('\n', m_at), m_buffer.size());
        const std::size_t room = m_limit - std::min(m_limit, line.size());
        too_long = too_long || end - m_at > room;
        line.append(m_buffer, m_at, std::min(end - m_at, room));
        const bool broken = end < m_buffer.size();
        m_read += end - m_at + (broken ? 1 : 0);
        m_at = end + (broken ? 1 : 0);
        if (broken) {
            break;
        }
    }
    if (!any) {
        return false;
    }
    ++number;
    if (number == 1 && line.starts_with("\xEF\xBB\xBF")) {
        line.erase(0, 3);
    }
    if (line.ends_with('\r')) {
        line.pop_back();
    }
    return true;
}

}  // namespace liaison::adapter

#include "cli/terminal_progress.hpp"

#include <fmt/format.h>

#include <ostream>

namespace liaison::cli {
namespace {

std::string amount(std::uint64_t value, const std::string& unit) {
    if (unit == "bytes") {
        return fmt::format("{:.1f} MB", static_cast<double>(value) / 1e6);
    }
    return fmt::format("{} {}", value, unit);
}

}  // namespace

TerminalProgress::TerminalProgress(std::ostream& err, bool draw, std::function<bool()> interrupted)
    : m_err(err), m_draw(draw), m_interrupted(std::move(interrupted)) {}

TerminalProgress::~TerminalProgress() { erase(); }

void TerminalProgress::begin(std::string_view what, std::uint64_t total, std::string_view unit) {
    m_what = what;
    m_total = total;
    m_unit = unit;
    m_start = std::chrono::steady_clock::now();
    draw(0);
}

void TerminalProgress::advance(std::uint64_t done) {
    if (m_draw && std::chrono::steady_clock::now() - m_drawn > std::chrono::milliseconds(100)) {
        draw(done);
    }
}

void TerminalProgress::end() { erase(); }

bool TerminalProgress::interrupted() const { return m_interrupted(); }

void TerminalProgress::draw(std::uint64_t done) {
    if (!m_draw) {
        return;
    }
    m_drawn = std::chrono::steady_clock::now();
    const double seconds = std::chrono::duration<double>(m_drawn - m_start).count();
    std::string line = m_what;
    if (done > 0) {
        line += ": " + amount(done, m_unit);
        if (m_total > 0) {
            line += fmt::format(" of {} ({} %)", amount(m_total, m_unit), done * 100 / m_total);
        }
        if (seconds > 1) {
            line += fmt::format(", {}/s", amount(static_cast<std::uint64_t>(static_cast<double>(done) / seconds), m_unit));
            if (m_total > done) {
                line += fmt::format(", {:.0f} s left",
                                    seconds * static_cast<double>(m_total - done) / static_cast<double>(done));
            }
        }
    }
    m_err << "\r\033[K" << line << std::flush;
    m_visible = true;
}

void TerminalProgress::erase() {
    if (m_visible) {
        m_err << "\r\033[K" << std::flush;
        m_visible = false;
    }
}

}  // namespace liaison::cli

#pragma once
// Progress on stderr: one line, redrawn at most ten times a second, erased before anything else is printed.

#include "liaison/cli/command.hpp"

#include <chrono>

namespace liaison::cli {

class TerminalProgress final : public base::Progress {
public:
    /// Draws only when `draw`; always answers interrupted().
    TerminalProgress(std::ostream& err, bool draw, std::function<bool()> interrupted);
    ~TerminalProgress() override;
    TerminalProgress(const TerminalProgress&) = delete;
    TerminalProgress& operator=(const TerminalProgress&) = delete;
    void begin(std::string_view what, std::uint64_t total, std::string_view unit) override;
    void advance(std::uint64_t done) override;
    void end() override;
    [[nodiscard]] bool interrupted() const override;

private:
    void draw(std::uint64_t done);
    void erase();
    std::ostream& m_err;
    bool m_draw;
    std::function<bool()> m_interrupted;
    std::string m_what;
    std::string m_unit;
    std::uint64_t m_total = 0;
    std::chrono::steady_clock::time_point m_start;
    std::chrono::steady_clock::time_point m_drawn;
    bool m_visible = false;
};

}  // namespace liaison::cli

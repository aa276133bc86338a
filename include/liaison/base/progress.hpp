#pragma once
// Progress of long work. Library code reports; only cli draws. A null implementation is silent.

#include <cstdint>
#include <string_view>

namespace liaison::base {

class Progress {
public:
    virtual ~Progress() = default;
    /// A stage begins: `what` for a person ("parsing us_ofac_sdn"), total in `unit`s or 0 when unknown.
    virtual void begin(std::string_view what, std::uint64_t total, std::string_view unit) = 0;
    virtual void advance(std::uint64_t done) = 0;  ///< absolute, not a difference
    virtual void end() = 0;
    /// True once the user has asked to stop; long loops check it and throw Interrupted.
    [[nodiscard]] virtual bool interrupted() const { return false; }
};

/// Says nothing.
class NoProgress final : public Progress {
public:
    void begin(std::string_view, std::uint64_t, std::string_view) override {}
    void advance(std::uint64_t) override {}
    void end() override {}
};

}  // namespace liaison::base

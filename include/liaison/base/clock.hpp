#pragma once
// The only source of "now". Passed in, so that tests can stop, turn back and advance it; data never depends on it.

#include <chrono>
#include <cstdint>
#include <string>

namespace liaison::base {

using Instant = std::chrono::sys_seconds;

class Clock {
public:
    virtual ~Clock() = default;
    [[nodiscard]] virtual Instant now() const = 0;
    /// Waits: back-off and pacing go through here, so that tests do not wait.
    virtual void sleep_for(std::chrono::milliseconds duration) = 0;
};

class SystemClock final : public Clock {
public:
    [[nodiscard]] Instant now() const override;
    void sleep_for(std::chrono::milliseconds duration) override;
};

/// "2025-11-04T05:06:07Z".
[[nodiscard]] std::string to_iso(Instant instant);
/// "2025-11-04".
[[nodiscard]] std::string to_iso_date(Instant instant);

}  // namespace liaison::base

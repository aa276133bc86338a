#pragma once
// A clock that stands still until it is set or slept on.

#include "liaison/base/clock.hpp"

namespace liaison::test {

class FakeClock final : public base::Clock {
public:
    explicit FakeClock(base::Instant start = base::Instant(std::chrono::seconds(1'762'232'767)))  // 2025-11-04T05:06:07Z
        : m_start(start) {}
    [[nodiscard]] base::Instant now() const override {
        return m_start + std::chrono::duration_cast<std::chrono::seconds>(m_slept);
    }
    void sleep_for(std::chrono::milliseconds duration) override { m_slept += duration; }
    void set(base::Instant instant) { m_start = instant - std::chrono::duration_cast<std::chrono::seconds>(m_slept); }
    [[nodiscard]] std::chrono::milliseconds slept() const { return m_slept; }

private:
    base::Instant m_start;
    std::chrono::milliseconds m_slept{0};
};

}  // namespace liaison::test

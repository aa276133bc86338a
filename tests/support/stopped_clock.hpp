#pragma once
// A clock that a test sets; waiting moves it.

#include "liaison/base/clock.hpp"
#include "liaison/model/date.hpp"

#include <string_view>

namespace liaison::support {

class StoppedClock final : public base::Clock {
public:
    explicit StoppedClock(std::string_view date) { set(date); }
    void set(std::string_view date) {
        const auto day = model::parse_edtf(date);
        m_now = base::Instant(std::chrono::days(day ? day->days().first : 0));
    }
    [[nodiscard]] base::Instant now() const override { return m_now; }
    void sleep_for(std::chrono::milliseconds duration) override {
        m_now += std::chrono::duration_cast<std::chrono::seconds>(duration);
    }

private:
    base::Instant m_now{};
};

}  // namespace liaison::support

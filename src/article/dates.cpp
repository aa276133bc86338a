// Date expressions of news, resolved against the publication date: a bare month is the last one before it, "yesterday" and
// "Tuesday" the day before or the last such day, "last year" the year before. Precision is kept; nothing is hardened.

#include "article/analysis.hpp"
#include "liaison/model/date.hpp"

#include <fmt/format.h>

#include <charconv>

namespace liaison::article {
namespace {

struct Lists {
    explicit Lists(const Rules& rules) : month(rules.list("month")), weekday(rules.list("weekday")) {}
    std::uint32_t month;
    std::uint32_t weekday;
};

int number_of(std::string_view text) {
    int value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc{} && end == text.data() + text.size() ? value : -1;
}

class DateReader {
public:
    DateReader(const Analysis& a, std::uint32_t at, std::uint32_t last) : m_a(a), m_at(at), m_last(last), m_lists(*a.rules) {
        if (const auto date = model::parse_edtf(a.document->published)) {
            m_published = date->from;
            // A document known by its month alone speaks from the end of it.
            if (m_published.day == 0 && m_published.month != 0) {
                m_published = model::from_days(date->days().last);
                m_day_known = false;
            }
        }
    }

    std::uint32_t read(ClaimDate& date) {
        if (const std::uint32_t n = absolute(date); n != 0) {
            return n;
        }
        return relative(date);
    }

private:
    [[nodiscard]] std::string word(std::uint32_t i) const { return i < m_last ? m_a.folded(i, i + 1) : std::string{}; }
    [[nodiscard]] int number(std::uint32_t i) const { return i < m_last ? number_of(m_a.words(i, i + 1)) : -1; }
    [[nodiscard]] int month(std::uint32_t i) const {
        std::uint32_t payload = 0;
        if (i >= m_last || m_a.phrase(m_lists.month, i, &payload) == 0 || payload == 0) {
            return 0;
        }
        const std::string name = word(i);
        // "may", "march", "mars" as words: months have a capital in English.
        if ((name == "may" || name == "march" || name == "mar") && !m_a.token(i).capital) {
            return 0;
        }
        return number_of(m_a.rules->payload(payload));
    }
    static void put(ClaimDate& date, int year, int month, int day, bool resolved) {
        date.value = day != 0 ? fmt::format("{:04}-{:02}-{:02}", year, month, day)
                     : month != 0 ? fmt::format("{:04}-{:02}", year, month) : fmt::format("{:04}", year);
        date.precision = day != 0 ? "day" : month != 0 ? "month" : "year";
        date.resolved = resolved;
    }
    [[nodiscard]] static bool is_year(int value) { return value >= 1900 && value <= 2100; }
    /// The year of a bare month (and day): the last one not after publication.
    [[nodiscard]] int year_before(int month, int day) const {
        if (m_published.year == 0) {
            return 0;
        }
        const bool later = month > m_published.month || (month == m_published.month && day > m_published.day && m_day_known);
        return m_published.year - (later ? 1 : 0);
    }

    std::uint32_t absolute(ClaimDate& date) {
        std::uint32_t i = m_at;
        const int first = number(i);
        const std::string ordinal = word(i);
        // "4 November 2025", "28 avril 2025", "1er mai"
        int day = first >= 1 && first <= 31 ? first : ordinal == "1er" ? 1 : 0;
        if (day == 0 && ordinal.size() > 2 && m_a.token(i).mixed) {
            const std::string tail = ordinal.substr(ordinal.size() - 2);
            if (tail == "st" || tail == "nd" || tail == "rd" || tail == "th") {
                const int n = number_of(ordinal.substr(0, ordinal.size() - 2));
                day = n >= 1 && n <= 31 ? n : 0;
            }
        }
        if (day != 0) {
            const std::uint32_t m = word(i + 1) == "of" ? i + 2 : i + 1;
            if (const int mo = month(m); mo != 0) {
                const std::uint32_t y = m + 1 < m_last && m_a.is_mark(m + 1, ',') ? m + 2 : m + 1;
                if (is_year(number(y)) && model::make_partial(number(y), mo, day)) {
                    put(date, number(y), mo, day, false);
                    return y + 1 - m_at;
                }
                if (const int year = year_before(mo, day); year != 0 && model::make_partial(year, mo, day)) {
                    put(date, year, mo, day, true);
                    return m + 1 - m_at;
                }
            }
        }
        if (const int mo = month(i); mo != 0) {
            std::uint32_t n = i + 1;
            if (n < m_last && m_a.is_mark(n, '.')) {
                ++n;
            }
            const int d = number(n);
            if (d >= 1 && d <= 31) {
                std::uint32_t y = n + 1;
                if (y < m_last && m_a.is_mark(y, ',')) {
                    ++y;
                }
                if (is_year(number(y)) && model::make_partial(number(y), mo, d)) {
                    put(date, number(y), mo, d, false);
                    return y + 1 - m_at;
                }
                if (const int year = year_before(mo, d); year != 0 && model::make_partial(year, mo, d)) {
                    put(date, year, mo, d, true);
                    return n + 1 - m_at;
                }
                return 0;
            }
            if (word(n) == "of") {
                ++n;
            }
            if (is_year(number(n))) {
                put(date, number(n), mo, 0, false);
                return n + 1 - m_at;
            }
            if (const std::string next = word(n); next == "last" || next == "dernier") {
                ++n;
            }
            if (const int year = year_before(mo, 0); year != 0) {
                // In the month of publication itself a bare month may be this one.
                put(date, year, mo, 0, true);
                return n - m_at;
            }
            return 0;
        }
        // ISO day
        const std::string_view text = m_a.words(i, i + 1);
        if (text.size() == 4 && is_year(first)) {
            if (i + 4 < m_last && m_a.is_mark(i + 1, '-') && m_a.is_mark(i + 3, '-') && model::make_partial(first, number(i + 2), number(i + 4))) {
                put(date, first, number(i + 2), number(i + 4), false);
                return 5;
            }
            // A bare year needs a preposition before it: "in 2020", "en 2009", "de 2020".
            if (i > 0) {
                const std::string before = m_a.folded(i - 1, i);
                for (const std::string_view p : {"in", "en", "since", "depuis", "of", "de", "by", "during", "early", "late", "mid", "debut", "fin", "("}) {
                    if (before == p) {
                        put(date, first, 0, 0, false);
                        return 1;
                    }
                }
            }
        }
        return 0;
    }

    std::uint32_t relative(ClaimDate& date) const {
        if (m_published.year == 0) {
            return 0;
        }
        const std::string first = word(m_at);
        const std::string second = word(m_at + 1);
        const auto day = [&](int back) {
            if (!m_day_known) {
                put(date, m_published.year, m_published.month, 0, true);
                return;
            }
            const auto today = model::days_since_epoch(m_published);
            const model::PartialDate then = model::from_days(*today - back);
            put(date, then.year, then.month, then.day, true);
        };
        if (first == "today" || first == "aujourd'hui" || first == "concurrently") {
            day(0);
            return 1;
        }
        if (first == "yesterday" || first == "hier") {
            day(1);
            return 1;
        }
        std::uint32_t payload = 0;
        if (m_a.phrase(m_lists.weekday, m_at, &payload) != 0 && m_day_known && payload != 0) {
            const int wanted = number_of(m_a.rules->payload(payload));
            const int today = static_cast<int>(((*model::days_since_epoch(m_published) + 3) % 7 + 7) % 7) + 1;
            day((today - wanted + 7) % 7);
            return 1;
        }
        if ((first == "last" || first == "previous") && second == "year") {
            put(date, m_published.year - 1, 0, 0, true);
            return 2;
        }
        if ((first == "l'" || first == "l") && (second == "an" || second == "annee") && (word(m_at + 2) == "dernier" || word(m_at + 2) == "derniere")) {
            put(date, m_published.year - 1, 0, 0, true);
            return 3;
        }
        if ((first == "this" && second == "year") || (first == "cette" && second == "annee")) {
            put(date, m_published.year, 0, 0, true);
            return 2;
        }
        if (first == "last" && second == "month") {
            const int month = m_published.month == 1 ? 12 : m_published.month - 1;
            put(date, m_published.month == 1 ? m_published.year - 1 : m_published.year, month, 0, true);
            return 2;
        }
        if (first == "this" && second == "month") {
            put(date, m_published.year, m_published.month, 0, true);
            return 2;
        }
        return 0;
    }

    const Analysis& m_a;
    std::uint32_t m_at;
    std::uint32_t m_last;
    Lists m_lists;
    model::PartialDate m_published;
    bool m_day_known = true;
};

}  // namespace

std::uint32_t date_at(const Analysis& analysis, std::uint32_t at, std::uint32_t last, ClaimDate& date) {
    return DateReader(analysis, at, last).read(date);
}

}  // namespace liaison::article

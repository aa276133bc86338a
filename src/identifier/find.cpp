#include "liaison/identifier/find.hpp"

#include "identifier/ascii.hpp"
#include "identifier/label.hpp"
#include "liaison/identifier/bic.hpp"
#include "liaison/identifier/domain.hpp"
#include "liaison/identifier/email.hpp"
#include "liaison/identifier/iban.hpp"
#include "liaison/identifier/imo.hpp"
#include "liaison/identifier/lei.hpp"
#include "liaison/identifier/mmsi.hpp"
#include "liaison/identifier/phone.hpp"
#include "liaison/identifier/tax.hpp"
#include "liaison/identifier/wallet.hpp"

#include <algorithm>
#include <array>

// One pass over the text. At the beginning of each word the forms that can begin there are tried, longest evidence first:
// a label, an account number, a wallet or LEI, an address with @ or dots. Each trial looks at a bounded number of bytes
// and a trial that fails never causes the same bytes to be tried for the same form again, so the whole is linear.
// Precision comes from checksums; what has none needs a label, a plus sign, an existing top-level domain or a word of
// context. Known failure: an address broken over two lines or shortened with an ellipsis is not found, nor a host name
// outside ASCII.

namespace liaison::identifier {
namespace {

constexpr std::size_t longest_word = 128;   // no address or host label run is longer
constexpr std::size_t longest_host = 320;
constexpr std::size_t context_bytes = 80;

constexpr std::array<std::string_view, 10> dot_tokens{"[.]",   "(.)",   "{.}",     "[dot]",   "(dot)",
                                                      "{dot}", " [.] ", " (.) ", " [dot] ", " (dot) "};
constexpr std::array<std::string_view, 9> at_tokens{"@",    "[@]",    "(@)",    "[at]",  "(at)",
                                                    "{at}", " [at] ", " (at) ", " (@) "};

template <std::size_t N>
std::size_t token_at(std::string_view text, std::size_t at, const std::array<std::string_view, N>& tokens) {
    // Nearly every call is at the end of a plain word: settle those by one or two characters.
    const std::string_view ahead = text.substr(std::min(at, text.size()), 2);
    const std::string_view opening = ahead.starts_with(' ') ? ahead.substr(1) : ahead;
    if (opening.empty() || std::string_view("@[({").find(opening.front()) == std::string_view::npos) {
        return 0;
    }
    for (const std::string_view token : tokens) {
        if (ascii::lower(text.substr(at, token.size())) == token) {
            return token.size();
        }
    }
    return 0;
}

bool is_word(char c) { return ascii::is_alnum(c) || c == '_'; }
/// First byte of a letter of the alphabets that set spaces between words (U+00C0 to U+1FFF), not of an ideograph.
bool leads_letter(char c) { return static_cast<unsigned char>(c) >= 0xc3 && static_cast<unsigned char>(c) <= 0xe1; }
bool is_continuation(char c) { return (static_cast<unsigned char>(c) & 0xc0U) == 0x80; }
bool is_atom(char c) { return ascii::is_alnum(c) || c == '_' || c == '-' || c == '+' || c == '%'; }

class Finder {
public:
    explicit Finder(std::string_view text) : m_text(text) {}

    std::vector<Span> find() {
        std::size_t at = 0;
        while (at < m_text.size()) {
            const char c = m_text[at];
            const bool at_word = !joins_before(at);
            if (c == '+' && at_word && at + 1 < m_text.size() && ascii::is_digit(m_text[at + 1])) {
                at = phone(at);
            } else if (at_word && (ascii::is_alnum(c) || leads_letter(c))) {
                at = word(at);
            } else {
                ++at;
            }
        }
        return std::move(m_spans);
    }

private:
    /// True when the character before `at` belongs to the same word.
    bool joins_before(std::size_t at) const {
        if (at == 0 || is_word(m_text[at - 1])) {
            return at != 0;
        }
        std::size_t lead = at - 1;
        for (int back = 0; back < 3 && lead > 0 && is_continuation(m_text[lead]); ++back) {
            --lead;
        }
        return leads_letter(m_text[lead]);
    }
    bool joins_after(std::size_t at) const {
        return at < m_text.size() && (is_word(m_text[at]) || leads_letter(m_text[at]));
    }

    std::size_t end_of_run(std::size_t at) const {
        while (at < m_text.size() && ascii::is_alnum(m_text[at])) {
            ++at;
        }
        return at;
    }

    std::size_t take(std::size_t start, std::size_t end, Reading reading) {
        m_spans.push_back({start, end, std::move(reading)});
        return end;
    }

    /// Position behind what was found or given up at the word that begins at `at`.
    std::size_t word(std::size_t at) {
        if (const std::size_t end = labelled(at)) {
            return end;
        }
        const std::size_t end = end_of_run(at);
        if (end == at) {
            return at + 1;
        }
        if (const std::size_t found = account(at)) {
            return found;
        }
        const std::size_t last = m_text.substr(end).starts_with(':') ? behind_cash_prefix(at, end) : end;
        if (last - at >= 20 && last - at <= longest_word) {
            if (const std::size_t found = long_word(at, last)) {
                return found;
            }
        }
        return address(at);
    }

    /// "IMO 9187629": a label and a value that verifies.
    std::size_t labelled(std::size_t at) {
        if (ascii::is_digit(m_text[at])) {
            return 0;
        }
        const auto match = match_label(m_text.substr(at, 64));
        if (!match || match->kind == Kind::document || match->kind == Kind::email || match->kind == Kind::lei ||
            match->kind == Kind::iban) {
            return 0;
        }
        const std::size_t begin = at + match->length;
        if (match->kind == Kind::phone) {
            return begin < m_text.size() && (m_text[begin] == '+' || ascii::is_digit(m_text[begin])) ? labelled_phone(begin)
                                                                                                     : 0;
        }
        const std::size_t end = end_of_run(begin);
        if (end == begin || joins_after(end)) {
            return 0;
        }
        const std::string_view value = m_text.substr(begin, end - begin);
        auto reading = labelled_value(match->kind, value);
        return reading ? take(begin, end, std::move(*reading)) : 0;
    }

    static std::optional<Reading> labelled_value(Kind kind, std::string_view value) {
        std::optional<Reading> reading;
        if (kind == Kind::imo) {
            auto readings = read_imo(value);
            reading = readings.empty() ? std::nullopt : std::optional(std::move(readings.front()));
        } else if (kind == Kind::mmsi) {
            reading = read_mmsi(value);
        } else if (kind == Kind::bic) {
            reading = read_bic(value);
        } else if (kind == Kind::inn) {
            reading = read_inn(value);
        } else if (kind == Kind::ogrn) {
            reading = read_ogrn(value);
        } else if (kind == Kind::uscc) {
            reading = read_uscc(value);
        }
        const bool good = reading && (reading->validity == Validity::valid || reading->validity == Validity::well_formed);
        return good ? reading : std::nullopt;
    }

    /// An IBAN, in one piece or in groups of four.
    std::size_t account(std::size_t at) {
        if (at + 15 > m_text.size() || !ascii::is_upper(m_text[at]) || !ascii::is_upper(m_text[at + 1]) ||
            !ascii::is_digit(m_text[at + 2]) || !ascii::is_digit(m_text[at + 3])) {
            return 0;
        }
        const std::size_t length = iban_length(m_text.substr(at, 2));
        std::string value;
        std::size_t end = at;
        while (end < m_text.size() && value.size() < length) {
            const char c = m_text[end];
            if (ascii::is_alnum(c)) {
                value += c;
            } else if (c != ' ' || value.size() % 4 != 0) {
                break;
            }
            ++end;
        }
        if (length == 0 || value.size() != length || joins_after(end)) {
            return 0;
        }
        auto reading = read_iban(value);
        return reading && reading->validity == Validity::valid ? take(at, end, std::move(*reading)) : 0;
    }

    /// A cashaddr goes on behind its prefix and the colon at `end`.
    std::size_t behind_cash_prefix(std::size_t at, std::size_t end) const {
        const bool prefix = end - at == 11 && ascii::lower(m_text.substr(at, 11)) == "bitcoincash";
        return prefix ? end_of_run(end + 1) : end;
    }

    /// A wallet or an LEI: one run of letters and digits.
    std::size_t long_word(std::size_t at, std::size_t last) {
        const std::string_view value = m_text.substr(at, last - at);
        if (!ascii::any(value, ascii::is_digit) || joins_after(last)) {
            return 0;
        }
        if (value.size() == 20) {
            auto lei = read_lei(value);
            const bool upper = !ascii::any(value, ascii::is_lower) && ascii::any(value, ascii::is_letter);
            return lei && upper && lei->validity == Validity::valid ? take(at, last, std::move(*lei)) : 0;
        }
        auto wallets = read_wallet(value);
        if (wallets.empty() || !is_certain(wallets.front(), at, last)) {
            return 0;
        }
        WalletReading& wallet = wallets.front();
        return take(at, last, {Kind::wallet, wallet.validity, std::move(wallet.chains), std::move(wallet.canonical),
                               std::move(wallet.key), std::move(wallet.note), {}});
    }

    bool is_certain(const WalletReading& wallet, std::size_t at, std::size_t end) const {
        if (wallet.family == "evm") {
            // Forty hexadecimal digits without 0x are as likely a file's hash.
            return m_text.substr(at, 2) == "0x" || m_text.substr(at, 2) == "0X";
        }
        if (wallet.family == "solana") {
            const std::size_t from = at - std::min(at, context_bytes);
            const std::string around = ascii::lower(m_text.substr(from, end - from + context_bytes));
            return around.find("solana") != std::string::npos || around.find("wallet") != std::string::npos ||
                   around.find("address") != std::string::npos || around.find(" sol ") != std::string::npos;
        }
        return wallet.validity == Validity::valid;
    }

    /// A host name, a URL or an e-mail address, perhaps defanged.
    std::size_t address(std::size_t at) {
        if (ascii::lower(m_text[at]) == 'h') {
            const std::string scheme = ascii::lower(m_text.substr(at, 8));
            for (const std::string_view start : {"http://", "https://", "hxxp://", "hxxps://"}) {
                if (scheme.starts_with(start)) {
                    return url(at, at + start.size());
                }
            }
        }
        bool dotted = false;
        bool fanged = true;
        const std::size_t end = host_end(at, dotted, fanged);
        if (const std::size_t sign = token_at(m_text, end, at_tokens); sign != 0 && end - at <= longest_host) {
            bool host_dotted = false;
            const std::size_t host = host_end(end + sign, host_dotted, fanged);
            if (host_dotted) {
                auto reading = read_email(m_text.substr(at, host - at));
                if (reading && reading->validity == Validity::well_formed) {
                    return take(at, host, std::move(*reading));
                }
            }
            return std::max(end, at + 1);
        }
        if (dotted && end - at <= longest_host && !joins_after(end)) {
            auto reading = read_domain(m_text.substr(at, end - at));
            if (reading && is_written_as_host(m_text.substr(at, end - at), fanged)) {
                return take(at, end, std::move(*reading));
            }
        }
        return std::max(end, at + 1);
    }

    /// "end.It" is the end of a sentence and a beginning: the top-level domain must be written in small letters or the
    /// whole in capitals. Single letters before it ("e.g.in") are abbreviations.
    static bool is_written_as_host(std::string_view host, bool fanged) {
        if (!fanged) {
            return true;
        }
        const std::size_t dot = host.rfind('.');
        const std::string_view top = host.substr(dot + 1);
        const std::string_view before = host.substr(0, dot);
        const std::size_t previous = before.rfind('.');
        const std::string_view second = previous == std::string_view::npos ? before : before.substr(previous + 1);
        // Top-level domains that are far more often the end of a file's name.
        constexpr std::array<std::string_view, 5> file_endings{"md", "mov", "py", "sh", "zip"};
        if (std::find(file_endings.begin(), file_endings.end(), ascii::lower(top)) != file_endings.end() ||
            host.find('_') != std::string_view::npos) {
            return false;
        }
        const bool small = !ascii::any(top, ascii::is_upper);
        const bool capitals = !ascii::any(host, ascii::is_lower);
        return (small || capitals) && (second.size() >= 2 || host == "x.com" || host == "t.me" || host == "t.co") &&
               ascii::any(second, ascii::is_letter);
    }

    std::size_t url(std::size_t at, std::size_t host) {
        bool dotted = false;
        bool fanged = true;
        const std::size_t end = host_end(host, dotted, fanged);
        auto reading = dotted && end - at <= longest_host ? read_domain(m_text.substr(at, end - at)) : std::nullopt;
        if (!reading) {
            return std::max(end, at + 1);
        }
        take(at, end, std::move(*reading));
        std::size_t path = end;
        while (path < m_text.size() && !ascii::is_space(m_text[path]) && static_cast<unsigned char>(m_text[path]) < 0x80 &&
               std::string_view("<>\"'`").find(m_text[path]) == std::string_view::npos) {
            ++path;
        }
        return path;
    }

    /// End of a run of atoms joined by dots, plain or defanged, that begins at `at`.
    std::size_t host_end(std::size_t at, bool& dotted, bool& fanged) const {
        std::size_t end = at;
        while (true) {
            const std::size_t start = end;
            while (end < m_text.size() && is_atom(m_text[end])) {
                ++end;
            }
            if (end == start) {
                return end;
            }
            std::size_t dot = end < m_text.size() && m_text[end] == '.' ? 1 : 0;
            if (dot == 0) {
                dot = token_at(m_text, end, dot_tokens);
                fanged = fanged && dot == 0;
            }
            const std::size_t next = end + dot;
            if (dot == 0 || next >= m_text.size() || !ascii::is_alnum(m_text[next])) {
                return end;
            }
            dotted = true;
            end = next;
        }
    }

    /// End of digits, spaces, brackets, dots, slashes and dashes that begins at `at`; ends with a digit.
    std::size_t phone_end(std::size_t at) const {
        constexpr std::size_t longest = 26;
        std::size_t end = at;
        std::size_t last_digit = at;
        for (; end < m_text.size() && end - at < longest; ++end) {
            const char c = m_text[end];
            if (ascii::is_digit(c)) {
                last_digit = end + 1;
            } else if (!(c == '+' && end == at) && std::string_view(" ()-./").find(c) == std::string_view::npos) {
                break;
            }
        }
        return last_digit;
    }

    std::size_t phone(std::size_t at) {
        const std::size_t end = phone_end(at);
        for (std::size_t stop = end; stop > at + 7;) {
            auto reading = read_phone(m_text.substr(at, stop - at));
            if (reading && reading->validity == Validity::valid) {
                return take(at, stop, std::move(*reading));
            }
            // A number in the next sentence or column may have been taken along: give up one group.
            while (stop > at && ascii::is_digit(m_text[stop - 1])) {
                --stop;
            }
            while (stop > at && !ascii::is_digit(m_text[stop - 1])) {
                --stop;
            }
        }
        return end;
    }

    std::size_t labelled_phone(std::size_t at) {
        if (m_text[at] == '+') {
            return phone(at);
        }
        const std::size_t end = phone_end(at);
        auto reading = read_phone("TEL " + std::string(m_text.substr(at, end - at)));
        return reading && reading->validity == Validity::valid ? take(at, end, std::move(*reading)) : 0;
    }

    std::string_view m_text;
    std::vector<Span> m_spans;
};

}  // namespace

std::vector<Span> find_identifiers(std::string_view text) { return Finder(text).find(); }

}  // namespace liaison::identifier

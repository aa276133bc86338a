#include "article/pattern.hpp"

#include "liaison/base/error.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>

namespace liaison::article {
namespace {

constexpr int step_limit = 6000;

struct TypeName {
    std::string_view name;
    ChunkType type;
};
constexpr std::array<TypeName, 14> type_names = {{{"PER", ChunkType::person}, {"ORG", ChunkType::organisation},
                                                  {"LOC", ChunkType::location}, {"CTY", ChunkType::country},
                                                  {"DEM", ChunkType::demonym}, {"GRP", ChunkType::group},
                                                  {"THG", ChunkType::thing}, {"ROLE", ChunkType::role},
                                                  {"NUM", ChunkType::number}, {"MON", ChunkType::money},
                                                  {"DAT", ChunkType::date}, {"QUO", ChunkType::quoted},
                                                  {"CAP", ChunkType::capital}, {"IDT", ChunkType::identifier}}};

struct SlotName {
    std::string_view name;
    Slot slot;
};
constexpr std::array<SlotName, 7> slot_names = {{{"subject", Slot::subject}, {"object", Slot::object}, {"role", Slot::role},
                                                 {"date", Slot::date}, {"authority", Slot::authority},
                                                 {"programme", Slot::programme}, {"count", Slot::count}}};

std::uint32_t slot_of(std::string_view name) {
    for (const SlotName& known : slot_names) {
        if (known.name == name) {
            return static_cast<std::uint32_t>(known.slot);
        }
    }
    throw base::InputError(fmt::format("unknown name \"{}\" of a capture", name));
}

/// Recursive descent over the words of a pattern. Patterns come from rule files, which are trusted to be small; the depth
/// of groups is limited all the same.
class Compiler {
public:
    Compiler(std::string_view pattern, const PatternContext& context) : m_context(context) { split(pattern); }

    Program compile() {
        alternatives(0);
        if (m_at < m_parts.size()) {
            throw base::InputError(fmt::format("unexpected \"{}\"", m_parts[m_at]));
        }
        emit({Op::accept, 0, 0, false, false});
        collect_first();
        return std::move(m_program);
    }

private:
    void split(std::string_view pattern) {
        std::size_t i = 0;
        while (i < pattern.size()) {
            if (pattern[i] == ' ') {
                ++i;
                continue;
            }
            std::size_t j = pattern.find(' ', i);
            j = j == std::string_view::npos ? pattern.size() : j;
            m_parts.emplace_back(pattern.substr(i, j - i));
            i = j;
        }
    }

    std::uint32_t emit(Instruction instruction) {
        m_program.code.push_back(instruction);
        return static_cast<std::uint32_t>(m_program.code.size() - 1);
    }
    [[nodiscard]] std::uint32_t here() const { return static_cast<std::uint32_t>(m_program.code.size()); }

    void alternatives(int depth) {
        if (depth > 12) {
            throw base::InputError("groups are nested too deeply");
        }
        std::vector<std::uint32_t> jumps;
        while (true) {
            const std::uint32_t fork = emit({Op::split, 0, 0, false, false});
            sequence(depth);
            m_program.code[fork].a = fork + 1;
            if (m_at < m_parts.size() && m_parts[m_at] == "|") {
                ++m_at;
                jumps.push_back(emit({Op::jump, 0, 0, false, false}));
                m_program.code[fork].b = here();
                continue;
            }
            m_program.code[fork].b = m_program.code[fork].a;  // the last alternative has no other
            break;
        }
        for (const std::uint32_t jump : jumps) {
            m_program.code[jump].a = here();
        }
    }

    void sequence(int depth) {
        while (m_at < m_parts.size() && m_parts[m_at] != "|" && m_parts[m_at][0] != ')') {
            element(depth);
        }
    }

    void element(int depth) {
        std::string part = m_parts[m_at++];
        const std::uint32_t start = here();
        if (part.back() == '(' && (part == "(" || part[0] == '@')) {
            const std::uint32_t slot = part == "(" ? 0 : slot_of(std::string_view(part).substr(1, part.size() - 2));
            if (slot != 0) {
                emit({Op::open, slot, 0, false, false});
            }
            alternatives(depth + 1);
            if (m_at >= m_parts.size() || m_parts[m_at][0] != ')') {
                throw base::InputError("a group is not closed");
            }
            part = m_parts[m_at++];
            if (slot != 0) {
                emit({Op::close, slot, 0, false, false});
            }
            quantify(start, part.size() > 1 ? part[1] : '\0');
            return;
        }
        char quantifier = '\0';
        if (part.size() > 1 && (part.back() == '?' || part.back() == '*')) {
            quantifier = part.back();
            part.pop_back();
        }
        atom(part);
        quantify(start, quantifier);
    }

    void quantify(std::uint32_t start, char quantifier) {
        if (quantifier == '\0') {
            return;
        }
        // Make room for a split before the element and move its targets by one.
        m_program.code.insert(m_program.code.begin() + start, Instruction{Op::split, 0, 0, false, false});
        for (std::uint32_t i = start + 1; i < here(); ++i) {
            Instruction& instruction = m_program.code[i];
            if (instruction.op == Op::split || instruction.op == Op::jump) {
                instruction.a += 1;
                instruction.b += instruction.op == Op::split ? 1 : 0;
            }
        }
        m_program.code[start].a = start + 1;
        if (quantifier == '*') {
            emit({Op::jump, start, 0, false, false});
        }
        m_program.code[start].b = here();
    }

    void atom(std::string_view part) {
        if (part == "^") {
            emit({Op::begin, 0, 0, false, false});
        } else if (part == "$") {
            emit({Op::end, 0, 0, false, false});
        } else if (part.substr(0, 2) == ".." && part.size() > 2) {
            std::uint32_t count = 0;
            std::from_chars(part.data() + 2, part.data() + part.size(), count);
            emit({Op::gap, count, 0, false, false});
        } else if (part[0] == '~' && part.size() > 1) {
            std::uint32_t count = 0;
            std::from_chars(part.data() + 1, part.data() + part.size(), count);
            emit({Op::gap, count, 0, true, false});
        } else if (part == "LP" || part == "RP") {
            emit({Op::words, word_set(part == "LP" ? "(" : ")"), 0, false, false});
        } else if (part[0] == '%' && part.size() > 1) {
            emit({Op::phrase, m_context.list(part.substr(1)), 0, false, false});
        } else if (part[0] == '!' && part.size() > 1) {
            if (part[1] == '%') {
                emit({Op::not_phrase, m_context.list(part.substr(2)), 0, false, false});
            } else {
                emit({Op::not_words, word_set(part.substr(1)), 0, false, false});
            }
        } else if (part[0] == '<' && part.size() > 1) {
            chunk(part);
        } else {
            emit({Op::words, word_set(part), 0, false, false});
        }
    }

    void chunk(std::string_view part) {
        if (part.back() != '>') {
            throw base::InputError(fmt::format("\"{}\" is not closed", part));
        }
        std::string_view inner = part.substr(1, part.size() - 2);
        std::uint32_t slot = 0;
        if (const std::size_t colon = inner.find(':'); colon != std::string_view::npos) {
            slot = slot_of(inner.substr(colon + 1));
            inner = inner.substr(0, colon);
        }
        if (inner == "BEFORE" || inner == "REST" || inner == "CLAUSE") {
            emit({inner == "BEFORE" ? Op::before : inner == "REST" ? Op::rest : Op::clause, slot, 0, false});
            return;
        }
        const bool list = !inner.empty() && inner.back() == '+';
        bool described = false;
        if (list) {
            inner.remove_suffix(1);
            described = !inner.empty() && inner.back() == '+';
            inner.remove_suffix(described ? 1 : 0);
        }
        std::uint32_t mask = 0;
        while (!inner.empty()) {
            const std::size_t bar = inner.find('|');
            const std::string_view name = inner.substr(0, bar);
            const auto known = std::find_if(type_names.begin(), type_names.end(), [&](const TypeName& t) { return t.name == name; });
            if (known == type_names.end()) {
                throw base::InputError(fmt::format("unknown chunk type \"{}\"", name));
            }
            mask |= bit(known->type);
            inner = bar == std::string_view::npos ? std::string_view{} : inner.substr(bar + 1);
        }
        emit({Op::chunk, mask, slot, list, described});
    }

    std::uint32_t word_set(std::string_view words) {
        std::vector<std::uint32_t> set;
        std::size_t at = 0;
        while (at <= words.size()) {
            std::size_t bar = words.find('|', at);
            bar = bar == std::string_view::npos ? words.size() : bar;
            if (bar > at) {
                set.push_back(m_context.word(words.substr(at, bar - at)));
            }
            at = bar + 1;
        }
        std::sort(set.begin(), set.end());
        m_program.word_sets.push_back(std::move(set));
        return static_cast<std::uint32_t>(m_program.word_sets.size() - 1);
    }

    void collect_first() {
        std::vector<bool> seen(m_program.code.size(), false);
        std::vector<std::uint32_t> stack = {0};
        while (!stack.empty()) {
            const std::uint32_t pc = stack.back();
            stack.pop_back();
            if (seen[pc]) {
                continue;
            }
            seen[pc] = true;
            const Instruction& instruction = m_program.code[pc];
            switch (instruction.op) {
                case Op::words:
                    for (const std::uint32_t word : m_program.word_sets[instruction.a]) {
                        m_program.first_words.push_back(word);
                    }
                    break;
                case Op::phrase: m_program.first_lists.push_back(instruction.a); break;
                case Op::chunk: m_program.first_chunks |= instruction.a; break;
                case Op::split:
                    stack.push_back(instruction.a);
                    stack.push_back(instruction.b);
                    break;
                case Op::jump: stack.push_back(instruction.a); break;
                case Op::open: case Op::close: case Op::before: case Op::not_words: case Op::not_phrase: case Op::begin:
                    stack.push_back(pc + 1);
                    break;
                case Op::gap: case Op::rest: case Op::clause: case Op::end: case Op::accept:
                    throw base::InputError("a pattern must begin with a word, a list or a chunk");
            }
        }
    }

    const PatternContext& m_context;
    std::vector<std::string> m_parts;
    std::size_t m_at = 0;
    Program m_program;
};

/// One attempt at one place. Captures are kept as linked entries, so that each way that waits on the stack has its own.
class Machine {
public:
    Machine(const Program& program, const MatchText& text, std::uint32_t first, std::uint32_t last)
        : m_program(program), m_text(text), m_first(first), m_last(last) {}

    bool run(std::uint32_t at, std::vector<Capture>& captures, std::uint32_t& end) {
        m_stack.push_back({0, at, none});
        int steps = 0;
        while (!m_stack.empty()) {
            State state = m_stack.back();
            m_stack.pop_back();
            do {
                if (++steps > step_limit) {
                    return false;
                }
                if (m_program.code[state.pc].op == Op::accept) {
                    captures.clear();
                    for (std::int32_t i = state.trail; i != none; i = m_trail[static_cast<std::size_t>(i)].before) {
                        if (m_trail[static_cast<std::size_t>(i)].capture.last != 0) {
                            captures.push_back(m_trail[static_cast<std::size_t>(i)].capture);
                        }
                    }
                    std::reverse(captures.begin(), captures.end());
                    end = state.at;
                    return true;
                }
            } while (step(m_program.code[state.pc], state));
        }
        return false;
    }

private:
    static constexpr std::int32_t none = -1;
    struct State {
        std::uint32_t pc;
        std::uint32_t at;
        std::int32_t trail;
    };
    struct Entry {
        Capture capture;
        std::int32_t before;
    };

    [[nodiscard]] std::int32_t keep(const Capture& capture, std::int32_t before) {
        m_trail.push_back({capture, before});
        return static_cast<std::int32_t>(m_trail.size() - 1);
    }

    [[nodiscard]] const Token& token(std::uint32_t at) const { return (*m_text.tokens)[at]; }

    [[nodiscard]] std::uint32_t over_quotes(std::uint32_t at) const {
        while (at < m_last && token(at).is_quote()) {
            ++at;
        }
        return at;
    }

    [[nodiscard]] char mark(std::uint32_t at) const {
        return token(at).kind == TokenKind::punctuation ? m_text.text[token(at).start] : '\0';
    }

    [[nodiscard]] bool in_set(std::uint32_t set, std::uint32_t at) const {
        const auto& words = m_program.word_sets[set];
        return token(at).word != 0 && std::binary_search(words.begin(), words.end(), token(at).word);
    }

    [[nodiscard]] std::uint32_t phrase_at(std::uint32_t list, std::uint32_t at) const {
        std::uint32_t longest = 0;
        if (at >= m_last) {
            return 0;
        }
        for (std::uint32_t i = (*m_text.phrase_at)[at]; i < (*m_text.phrase_at)[at + 1]; ++i) {
            const PhraseHit& hit = (*m_text.phrases)[i];
            if (hit.list == list && at + hit.length <= m_last) {
                longest = std::max(longest, hit.length);
            }
        }
        return longest;
    }

    /// Advances `state`, or returns false when this way does not match. Other ways are pushed.
    bool step(const Instruction& instruction, State& state) {
        const std::uint32_t at = over_quotes(state.at);
        switch (instruction.op) {
            case Op::words:
                if (at >= m_last || !in_set(instruction.a, at)) {
                    return false;
                }
                state.at = at + 1;
                break;
            case Op::not_words:
                if (at < m_last && in_set(instruction.a, at)) {
                    return false;
                }
                break;
            case Op::phrase: {
                const std::uint32_t length = phrase_at(instruction.a, at);
                if (length == 0) {
                    return false;
                }
                state.at = at + length;
                break;
            }
            case Op::not_phrase:
                if (phrase_at(instruction.a, at) != 0) {
                    return false;
                }
                break;
            case Op::chunk:
                return step_chunk(instruction, state, at);
            case Op::gap: {
                // As few as possible: the longer ways wait on the stack, the longest at the bottom.
                std::uint32_t reach = state.at;
                while (reach < m_last && reach - state.at < instruction.a && mark(reach) != ';' && mark(reach) != ':' &&
                       (!instruction.list || (mark(reach) != ',' && mark(reach) != '(' && mark(reach) != ')' &&
                                              !is_class(reach, word_class::clause)))) {
                    ++reach;
                }
                for (std::uint32_t to = reach; to > state.at; --to) {
                    m_stack.push_back({state.pc + 1, to, state.trail});
                }
                break;
            }
            case Op::split:
                if (instruction.b != instruction.a) {
                    m_stack.push_back({instruction.b, state.at, state.trail});
                }
                state.pc = instruction.a;
                return true;
            case Op::jump:
                state.pc = instruction.a;
                return true;
            case Op::open:
                state.trail = keep({instruction.a, at, 0, -1}, state.trail);
                break;
            case Op::close:
                for (std::int32_t i = state.trail; i != none; i = m_trail[static_cast<std::size_t>(i)].before) {
                    const Capture capture = m_trail[static_cast<std::size_t>(i)].capture;
                    if (capture.name == instruction.a && capture.last == 0) {
                        if (state.at > capture.first) {
                            state.trail = keep({instruction.a, capture.first, state.at, -1}, state.trail);
                        }
                        break;
                    }
                }
                break;
            case Op::before:
                if (state.at > m_first) {
                    state.trail = keep({instruction.a, m_first, state.at, -1}, state.trail);
                }
                break;
            case Op::rest:
            case Op::clause: {
                const std::uint32_t stop = instruction.op == Op::rest ? m_last : clause_end(m_text, at, m_last);
                if (stop <= at) {
                    return false;
                }
                state.trail = keep({instruction.a, at, stop, -1}, state.trail);
                state.at = stop;
                break;
            }
            case Op::begin:
                if (over_quotes(m_first) < state.at) {
                    return false;
                }
                break;
            case Op::end: {
                std::uint32_t rest = at;
                if (rest < m_last && mark(rest) == '.') {
                    rest = over_quotes(rest + 1);
                }
                if (rest < m_last) {
                    return false;
                }
                break;
            }
            case Op::accept:
                break;
        }
        ++state.pc;
        return true;
    }

    bool step_chunk(const Instruction& instruction, State& state, std::uint32_t at) {
        std::vector<State> ways;
        const auto collect = [&](std::uint32_t place) {
            if (place >= m_last) {
                return;
            }
            for (std::uint32_t c = (*m_text.chunk_at)[place]; c < (*m_text.chunk_at)[place + 1]; ++c) {
                const Chunk& chunk = (*m_text.chunks)[c];
                if ((instruction.a & bit(chunk.type)) == 0 || chunk.last > m_last) {
                    continue;
                }
                const Capture one{instruction.b, chunk.first, chunk.last, static_cast<std::int32_t>(c)};
                if (instruction.list) {
                    // "three associated individuals — A, B and C": the names stand for the group.
                    std::int32_t begin = static_cast<std::int32_t>(c);
                    if (instruction.described && chunk.type == ChunkType::group) {
                        if (const std::int32_t named = introduced(instruction.a, chunk.last); named >= 0) {
                            begin = named;
                        }
                    }
                    const Chunk& head = (*m_text.chunks)[static_cast<std::size_t>(begin)];
                    std::int32_t trail = keep({instruction.b, head.first, head.last, begin}, state.trail);
                    const std::int32_t alone = trail;
                    const std::uint32_t to = list_from(instruction, static_cast<std::uint32_t>(begin), trail);
                    ways.push_back({state.pc + 1, to, trail});
                    if (trail != alone) {
                        ways.push_back({state.pc + 1, std::min(head.skip, m_last), alone});
                    }
                } else {
                    const std::int32_t trail = instruction.b == 0 ? state.trail : keep(one, state.trail);
                    if (chunk.skip > chunk.last && chunk.skip <= m_last) {
                        ways.push_back({state.pc + 1, chunk.skip, trail});
                    }
                    ways.push_back({state.pc + 1, chunk.last, trail});
                }
            }
        };
        collect(state.at);  // a quoted chunk begins with its mark
        if (at != state.at) {
            collect(at);
        }
        if (ways.empty()) {
            return false;
        }
        for (std::size_t i = ways.size(); i-- > 1;) {
            m_stack.push_back(ways[i]);
        }
        state = ways.front();
        return true;
    }

    /// The name that follows a group as its apposition: behind a comma, dash, colon or bracket.
    [[nodiscard]] std::int32_t introduced(std::uint32_t mask, std::uint32_t at) const {
        const std::uint32_t names = mask & (bit(ChunkType::person) | bit(ChunkType::organisation));
        std::uint32_t i = over_quotes(at);
        bool parted = false;
        while (i < m_last && (mark(i) == ',' || mark(i) == ':' || mark(i) == '(' || is_dash(i) || is_class(i, word_class::determiner))) {
            parted = true;
            i = over_quotes(i + 1);
        }
        return parted || i == at ? item_at(names, i) : -1;
    }

    [[nodiscard]] bool is_dash(std::uint32_t i) const {
        return token(i).kind == TokenKind::punctuation && (mark(i) == '-' || m_text.text.substr(token(i).start, 2) == "\xE2\x80");
    }

    /// Behind "a.k.a. Jack Zhu" that follows a name of a list.
    [[nodiscard]] std::uint32_t over_alias(std::uint32_t at) const {
        std::uint32_t i = over_quotes(at);
        if (i < m_last && is_class(i, word_class::alias)) {
            const std::int32_t other = item_at(bit(ChunkType::capital) | bit(ChunkType::person) | bit(ChunkType::organisation) | bit(ChunkType::quoted), over_quotes(i + 1));
            if (other >= 0) {
                return (*m_text.chunks)[static_cast<std::size_t>(other)].last;
            }
        }
        return at;
    }

    /// The coordinated list that begins with chunk `c`: "A (x), B and two Russian bankers, C and D".
    std::uint32_t list_from(const Instruction& instruction, std::uint32_t c, std::int32_t& trail) {
        std::uint32_t end = over_alias(std::min((*m_text.chunks)[c].skip, m_last));
        for (int items = 1; items < 200; ++items) {
            std::uint32_t at = over_quotes(end);
            bool separated = false;
            while (at < m_last && (mark(at) == ',' || mark(at) == '/' || is_class(at, word_class::conjunction) ||
                                   (instruction.described && separated && mark(at) == ')') ||
                                   (instruction.described && mark(at) == ')' && items > 1))) {
                separated = true;
                at = over_quotes(at + 1);
            }
            if (!separated) {
                break;
            }
            std::int32_t next = -1;
            if (instruction.described) {
                // A short description before the next name: an article, a number, a nationality, a role, a group noun, a place.
                for (int words = 0; words < 14 && at < m_last; ++words) {
                    next = item_at(instruction.a, at);
                    if (next >= 0) {
                        const Chunk& item = (*m_text.chunks)[static_cast<std::size_t>(next)];
                        const std::int32_t named = item.type == ChunkType::group ? introduced(instruction.a, item.last) : -1;
                        next = named >= 0 ? named : next;
                        break;
                    }
                    const std::uint32_t over = description_end(at);
                    if (over == at) {
                        break;
                    }
                    at = over_quotes(over);
                }
            } else {
                while (at < m_last && is_class(at, word_class::determiner) && item_at(instruction.a, at) < 0) {
                    at = over_quotes(at + 1);
                }
                next = item_at(instruction.a, at);
            }
            if (next < 0) {
                break;
            }
            const Chunk& chunk = (*m_text.chunks)[static_cast<std::size_t>(next)];
            trail = keep({instruction.b, chunk.first, chunk.last, next}, trail);
            end = over_alias(std::min(chunk.skip, m_last));
        }
        return end;
    }

    [[nodiscard]] std::int32_t item_at(std::uint32_t mask, std::uint32_t place) const {
        if (place >= m_last) {
            return -1;
        }
        for (std::uint32_t c = (*m_text.chunk_at)[place]; c < (*m_text.chunk_at)[place + 1]; ++c) {
            const Chunk& chunk = (*m_text.chunks)[c];
            if ((mask & bit(chunk.type)) != 0 && chunk.last <= m_last) {
                return static_cast<std::int32_t>(c);
            }
        }
        return -1;
    }

    [[nodiscard]] bool is_class(std::uint32_t at, std::uint8_t wanted) const {
        const std::uint32_t word = token(at).word;
        return word < m_text.word_classes->size() && ((*m_text.word_classes)[word] & wanted) != 0;
    }

    [[nodiscard]] std::uint32_t description_end(std::uint32_t place) const {
        if (is_class(place, word_class::determiner) || token(place).kind == TokenKind::number || mark(place) == '(') {
            return place + 1;
        }
        constexpr std::uint32_t mask = bit(ChunkType::demonym) | bit(ChunkType::role) | bit(ChunkType::group) |
                                       bit(ChunkType::number) | bit(ChunkType::country) | bit(ChunkType::location);
        if (const std::int32_t c = item_at(mask, place); c >= 0) {
            const std::uint32_t end = (*m_text.chunks)[static_cast<std::size_t>(c)].last;
            return end < m_last && (mark(end) == ',' || is_class(end, word_class::conjunction)) ? end + 1 : end;
        }
        return is_class(place, word_class::descriptor) ? place + 1 : place;
    }

    const Program& m_program;
    const MatchText& m_text;
    std::uint32_t m_first;
    std::uint32_t m_last;
    std::vector<State> m_stack;
    std::vector<Entry> m_trail;
};

}  // namespace

Program compile_pattern(std::string_view pattern, const PatternContext& context) {
    return Compiler(pattern, context).compile();
}

bool match_at(const Program& program, const MatchText& text, std::uint32_t first, std::uint32_t last, std::uint32_t at,
              std::vector<Capture>& captures, std::uint32_t& end) {
    return Machine(program, text, first, last).run(at, captures, end);
}

std::uint32_t clause_end(const MatchText& text, std::uint32_t at, std::uint32_t last) {
    int depth = 0;
    for (std::uint32_t i = at; i < last; ++i) {
        const Token& token = (*text.tokens)[i];
        if (token.kind == TokenKind::quote_close && i > at) {
            return i;
        }
        if (token.kind != TokenKind::punctuation) {
            continue;
        }
        const char c = text.text[token.start];
        depth += c == '(' ? 1 : c == ')' ? -1 : 0;
        if (depth < 0 || c == ';' || (depth == 0 && c == ',') || ((c == '.' || c == '!' || c == '?') && i + 1 >= last)) {
            return i;
        }
    }
    return last;
}

}  // namespace liaison::article

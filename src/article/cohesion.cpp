// An unrelated block inside an article ("Budget 2026: ..." in a piece about hackers) must not lend its names and dates to
// the rest.
//
// Choice: lexical cohesion of sentences. A sentence is foreign when it shares no content stem with the title, with the
// sentences outside its neighbourhood or with the rest of the text's vocabulary that repeats; a run of two to six foreign
// sentences between cohesive ones, that hold together among themselves, is off-topic. Cost: linear. Known failure: short
// documents and texts that jump by nature (live tickers) give no verdict.

#include "article/builder.hpp"
#include "article/tokens.hpp"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

namespace liaison::article {
namespace {

struct Piece {
    std::uint32_t start;
    std::uint32_t end;
    std::size_t block;
    std::vector<std::string> stems;
};

/// The first letters of a content word: enough to bring together the forms of a word in both languages.
std::string stem(const std::string& word) { return word.substr(0, std::min<std::size_t>(word.size(), 6)); }

bool is_content(const std::string& word) {
    static const std::unordered_set<std::string> common = {
        "avec", "dans", "pour", "cette", "elle", "elles", "leur", "leurs", "mais", "plus", "sont", "etre", "avoir", "fait", "tout",
        "tous", "comme", "aussi", "apres", "avant", "entre", "deux", "trois", "dont", "ainsi", "encore", "doit", "devront",
        "toutefois", "that", "this", "with", "from", "have", "been", "were", "will", "their", "they", "which", "also", "more",
        "than", "other", "into", "such", "about", "after", "over", "some", "would", "could", "there", "these", "those", "when",
        "said", "according", "year", "years", "annee", "selon", "including", "through", "between", "before"};
    return word.size() >= 4 && !common.contains(word);
}

}  // namespace

void mark_off_topic(Document& document) {
    const Vocabulary empty;
    const TokenText tokens = tokenize(document, empty, {});
    std::vector<Piece> pieces;
    std::unordered_map<std::string, std::unordered_set<std::size_t>> where;
    for (const Sentence& sentence : tokens.sentences) {
        if (document.blocks[sentence.block].region != Region::main) {
            continue;
        }
        Piece piece{tokens.tokens[sentence.first].start, tokens.tokens[sentence.last - 1].end, sentence.block, {}};
        for (std::uint32_t i = sentence.first; i < sentence.last; ++i) {
            const Token& t = tokens.tokens[i];
            if (t.kind != TokenKind::word) {
                continue;
            }
            const std::string word = fold(std::string_view(document.text).substr(t.start, t.end - t.start));
            if (is_content(word)) {
                piece.stems.push_back(stem(word));
                where[piece.stems.back()].insert(pieces.size());
            }
        }
        pieces.push_back(std::move(piece));
    }
    if (pieces.size() < 8) {
        return;
    }
    // Sentences of one block that share nothing with the world outside their own neighbourhood.
    constexpr std::size_t reach = 3;
    std::vector<bool> foreign(pieces.size(), false);   // nearly nothing in common with the rest
    std::vector<bool> stranger(pieces.size(), false);  // nothing at all
    std::vector<std::size_t> in_block(document.blocks.size(), 0);
    for (const Piece& piece : pieces) {
        ++in_block[piece.block];
    }
    for (std::size_t p = 0; p < pieces.size(); ++p) {
        std::size_t outside = 0;
        for (const std::string& s : pieces[p].stems) {
            for (const std::size_t other : where[s]) {
                if (other + reach < p || other > p + reach || pieces[other].block != pieces[p].block) {
                    ++outside;
                    break;
                }
            }
        }
        foreign[p] = pieces[p].stems.size() >= 3 && outside * 10 < pieces[p].stems.size() * 3;
        stranger[p] = pieces[p].stems.size() >= 3 && outside == 0;
    }
    std::vector<std::pair<std::uint32_t, std::uint32_t>> cuts;
    for (std::size_t p = 0; p < pieces.size();) {
        if (!foreign[p]) {
            ++p;
            continue;
        }
        std::size_t q = p;
        while (q < pieces.size() && foreign[q] && pieces[q].block == pieces[p].block) {
            ++q;
        }
        const std::size_t next = q;
        // The ends of the run must share a word with the rest of it; else they only happen to stand there.
        const auto tied = [&](std::size_t i) {
            for (const std::string& s : pieces[i].stems) {
                for (const std::size_t other : where[s]) {
                    if (other != i && other >= p && other < q) {
                        return true;
                    }
                }
            }
            return false;
        };
        while (q > p && !tied(q - 1)) {
            --q;
        }
        while (q > p && !tied(p)) {
            ++p;
        }
        // Inside a paragraph a little chance overlap is allowed; a paragraph of its own must be a stranger throughout.
        const bool enclosed = q > p && p > 0 && q < pieces.size() && pieces[p - 1].block == pieces[p].block && pieces[q].block == pieces[p].block;
        const bool whole = q > p && in_block[pieces[p].block] == q - p && std::all_of(stranger.begin() + static_cast<std::ptrdiff_t>(p), stranger.begin() + static_cast<std::ptrdiff_t>(q), [](bool s) { return s; });
        if (q > p + 1 && q - p <= 8 && (enclosed || whole) && p > 0 && q < pieces.size()) {
            cuts.emplace_back(pieces[p].start, pieces[q - 1].end);
        }
        p = next;
    }
    if (cuts.empty()) {
        return;
    }
    std::vector<Block> blocks;
    for (const Block& block : document.blocks) {
        Block rest = block;
        for (const auto& [start, end] : cuts) {
            if (start < rest.start || end > rest.end) {
                continue;
            }
            if (start > rest.start) {
                Block head = rest;
                head.end = start;
                while (head.end > head.start && document.text[head.end - 1] == ' ') {
                    --head.end;
                }
                blocks.push_back(head);
            }
            Block middle = rest;
            middle.start = start;
            middle.end = end;
            middle.region = Region::off_topic;
            blocks.push_back(middle);
            rest.start = end;
            while (rest.start < rest.end && document.text[rest.start] == ' ') {
                ++rest.start;
            }
        }
        if (rest.end > rest.start) {
            blocks.push_back(rest);
        }
    }
    document.blocks = std::move(blocks);
}

}  // namespace liaison::article

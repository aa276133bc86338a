// Screening against an index of real lists: labelled queries, negatives, damaged names, speed, the full scan.
//   liaison refresh --db /tmp/s.db --mirror MIRROR          (MIRROR: make_mirror.sh new)
//   bench_screening_lists /tmp/s.db.index ../shared/data/labels queries negatives damage speed complete500 curve
//   bench_screening_lists --build /tmp/s.db /tmp/s.index    (the index of a store, published apart from it)

#include "liaison/index/index.hpp"
#include "liaison/match/screen.hpp"
#include "liaison/model/country.hpp"
#include "liaison/record/csv.hpp"
#include "support/name_damager.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <chrono>
#include <ctime>
#include <set>
#include <string>
#include <vector>

using namespace liaison;
using index::FactKind;

namespace {

// Time of this thread alone: the machine may be shared.
double thread_microseconds() {
    timespec now{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) * 1e6 + static_cast<double>(now.tv_nsec) / 1e3;
}

struct Labelled {
    match::Query query;
    std::string reference;
    std::string original;
};

std::vector<Labelled> read_queries(const std::string& path, bool un) {
    std::vector<Labelled> out;
    record::CsvReader reader(record::source_from_path(path), {});
    record::CsvRow row;
    bool header = true;
    while (reader.next(row)) {
        if (header) {
            header = false;
            continue;
        }
        Labelled labelled;
        labelled.query.schema = &model::schema("Person");
        labelled.query.names.emplace_back(row.field(0));
        const std::string_view date = row.field(un ? 1 : 5);
        if (const auto parsed = model::parse_date(date)) labelled.query.birth_dates.push_back(*parsed);
        const std::string_view nation = row.field(un ? 3 : 7);
        if (const auto code = model::country_code(nation)) labelled.query.nationalities.push_back(*code);
        if (un) labelled.reference = row.field(4), labelled.original = row.field(5);
        out.push_back(std::move(labelled));
    }
    return out;
}

match::Query name_only(const match::Query& query) {
    match::Query out;
    out.schema = query.schema;
    out.names = query.names;
    return out;
}

class Bench {
public:
    Bench(const index::Index& index, std::string labels) : m_index(index), m_view(index.names()), m_labels(std::move(labels)) {}

    void sizes() const {
        const std::uint64_t bytes = m_index.container().section("names").size();
        fmt::print("{} entities, {} names, {} tokens; names section {} bytes, {:.0f} a name\n", m_view.entities().size(), m_view.names().size(),
                   m_view.tokens().size(), bytes, static_cast<double>(bytes) / static_cast<double>(std::max<std::size_t>(1, m_view.names().size())));
        for (const auto& [part, size] : m_view.parts()) fmt::print("  {} {:.0f}", part, static_cast<double>(size) / static_cast<double>(std::max<std::size_t>(1, m_view.names().size())));
        fmt::print("\n");
    }

    // The right one: the UN record, its cluster, or a record of the same name and birth date on another list.
    [[nodiscard]] bool right(index::Ordinal ordinal, const std::string& reference) const {
        const auto wanted = m_index.entities().find("unsc-" + reference);
        if (!wanted) return false;
        if (*wanted == ordinal) return true;
        const auto one = m_view.entity_of(*wanted);
        const auto other = m_view.entity_of(ordinal);
        if (!one || !other) return false;
        // Same person on another list: a name equal word for word and no contradicting birth year.
        const auto& a = m_view.entities()[*one];
        const auto& b = m_view.entities()[*other];
        std::set<std::vector<std::string>> names;
        const auto sorted = [this](const index::NamesView::NameRecord& name) {
            std::vector<std::string> words;
            for (const index::TokenId token : m_view.tokens_of(name))
                if (m_view.tokens()[token].token_class == static_cast<std::uint8_t>(name::TokenClass::name)) words.emplace_back(m_view.text(m_view.tokens()[token].key));
            std::sort(words.begin(), words.end());
            return words;
        };
        for (std::uint32_t i = a.first_name; i < a.first_name + a.name_count; ++i) names.insert(sorted(m_view.names()[i]));
        bool same_name = false;
        for (std::uint32_t i = b.first_name; i < b.first_name + b.name_count; ++i) same_name = same_name || names.count(sorted(m_view.names()[i])) != 0;
        if (!same_name) return false;
        bool dated = false;
        for (const auto& x : m_view.facts(a))
            for (const auto& y : m_view.facts(b))
                if (x.kind == FactKind::birth_date && y.kind == FactKind::birth_date) {
                    dated = true;
                    if (x.first <= y.last() + 366 && y.first <= x.last() + 366) return true;
                }
        return !dated;
    }

    void queries(bool print) const {
        for (const bool evidence : {true, false}) {
            int first = 0, five = 0, alerted = 0, n = 0;
            for (const Labelled& labelled : read_queries(m_labels + "/un_queries_dev.csv", true)) {
                match::Options options;
                options.threshold = 0.3;
                const auto result = match::screen(m_view, evidence ? labelled.query : name_only(labelled.query), options);
                ++n;
                int rank = -1;
                for (std::size_t i = 0; i < result.matches.size(); ++i)
                    if (right(result.matches[i].entity, labelled.reference)) {
                        rank = static_cast<int>(i);
                        break;
                    }
                first += rank == 0;
                five += rank >= 0;
                const bool alert = rank >= 0 && result.matches[static_cast<std::size_t>(rank)].score >= 0.7;
                alerted += alert;
                if (print && evidence && (rank != 0 || !alert)) {
                    fmt::print("  rank {} {} [{}] {}\n", rank, labelled.query.names.front(), labelled.original, labelled.reference);
                    for (const auto& match : result.matches) fmt::print("     {:.3f} {} {}\n", match.score, m_index.entities().id(match.entity), match.explanation.listed_name);
                }
            }
            fmt::print("UN queries, {}: first {:.1f} %, first five {:.1f} %, alerted {:.1f} % of {}\n", evidence ? "with evidence" : "name only", 100.0 * first / n,
                       100.0 * five / n, 100.0 * alerted / n, n);
        }
    }

    void negatives(bool print) const {
        for (const char* file : {"negatives_us_dev.csv", "negatives_global_dev.csv"}) {
            const auto rows = read_queries(m_labels + "/" + file, false);
            for (const bool evidence : {true, false}) {
                int alarms = 0;
                for (const Labelled& labelled : rows) {
                    const auto result = match::screen(m_view, evidence ? labelled.query : name_only(labelled.query));
                    alarms += !result.matches.empty();
                    if (print && !evidence && !result.matches.empty())
                        fmt::print("   {:.3f} {} | {}\n", result.matches[0].score, labelled.query.names[0], result.matches[0].explanation.listed_name);
                }
                fmt::print("{}, {}: {:.2f} % of {} reach the threshold\n", file, evidence ? "with evidence" : "name only", 100.0 * alarms / static_cast<double>(rows.size()), rows.size());
            }
        }
    }

    struct Person {
        std::string name;
        std::uint32_t entity;
        std::optional<int> year;
    };
    [[nodiscard]] std::vector<Person> people(std::size_t count, std::uint64_t seed) const {
        std::vector<Person> all;
        for (std::uint32_t e = 0; e < m_view.entities().size(); ++e) {
            const auto& entity = m_view.entities()[e];
            if (!model::schema_at(entity.schema).is_a("Person")) continue;
            for (std::uint32_t i = entity.first_name; i < entity.first_name + entity.name_count; ++i) {
                const auto& name = m_view.names()[i];
                if (name.kind != static_cast<std::uint8_t>(index::NameKind::name) || name.shape.carriers() < 2) continue;
                Person person{std::string(m_view.text(name.text)), e, {}};
                for (const auto& fact : m_view.facts(entity))
                    if (fact.kind == FactKind::birth_date && !person.year) person.year = model::from_days(fact.first).year;
                all.push_back(std::move(person));
                break;
            }
        }
        test::NameDamager random(seed);
        std::vector<Person> some;
        for (std::size_t i = 0; i < count && !all.empty(); ++i) some.push_back(all[random.next(all.size())]);
        return some;
    }

    void damage(bool print) const {
        struct Case {
            const char* what;
            test::Damage kind;
        };
        constexpr Case cases[] = {{"one typo", test::Damage::one_typo}, {"two typos in two words", test::Damage::two_typos},
                                  {"reordered with a typo", test::Damage::reorder_and_typo}, {"one word dropped", test::Damage::drop_word},
                                  {"a name to its initial", test::Damage::initial}, {"joined or split", test::Damage::join_or_split},
                                  {"first letter wrong", test::Damage::first_letter}};
        for (const Case& entry : cases) {
            test::NameDamager damager(11);
            int n = 0, by_name = 0, with_year = 0, dated = 0;
            for (const Person& person : people(2000, 5)) {
                const std::string damaged = damager.damage(person.name, entry.kind);
                if (damaged.empty()) continue;
                match::Query query;
                query.schema = &model::schema("Person");
                query.names.push_back(damaged);
                match::Options options;
                options.limit = 50;
                const auto found = [&] {
                    const auto result = match::screen(m_view, query, options);
                    return std::any_of(result.matches.begin(), result.matches.end(),
                                       [&](const auto& match) { return match.entity == m_view.entities()[person.entity].ordinal; });
                };
                ++n;
                by_name += found();
                if (person.year) {
                    model::Date date;
                    date.from = date.to = *model::make_partial(*person.year);
                    query.birth_dates.push_back(date);
                    ++dated;
                    const bool hit = found();
                    with_year += hit;
                    if (print && !hit) fmt::print("   lost ({}): {} | {}\n", entry.what, damaged, person.name);
                }
            }
            fmt::print("{}: alerted {:.1f} % by name ({}), {:.1f} % with birth year ({})\n", entry.what, 100.0 * by_name / n, n, 100.0 * with_year / std::max(1, dated), dated);
        }
    }

    [[nodiscard]] std::vector<match::Query> mixed() const {
        std::vector<match::Query> queries;
        for (const char* file : {"negatives_us_dev.csv", "negatives_global_dev.csv"})
            for (Labelled& labelled : read_queries(m_labels + "/" + file, false)) queries.push_back(std::move(labelled.query));
        for (Labelled& labelled : read_queries(m_labels + "/un_queries_dev.csv", true)) queries.push_back(std::move(labelled.query));
        return queries;
    }

    void speed() const {
        const auto queries = mixed();
        for (const bool exhaustive : {false, true}) {
            std::vector<double> times;
            match::Options options;
            options.exhaustive = exhaustive;
            const std::size_t step = exhaustive ? queries.size() / 50 : 1;
            for (int round = 0; round < (exhaustive ? 1 : 2); ++round) {
                times.clear();
                for (std::size_t i = 0; i < queries.size(); i += step) {
                    const double begin = thread_microseconds();
                    const auto result = match::screen(m_view, queries[i], options);
                    times.push_back(thread_microseconds() - begin);
                }
            }
            double sum = 0;
            for (const double time : times) sum += time;
            std::sort(times.begin(), times.end());
            fmt::print("{}: {:.0f} records/s, median {:.1f} us, 99th percentile {:.1f} us ({} queries with evidence)\n", exhaustive ? "exhaustive scan" : "index",
                       1e6 * static_cast<double>(times.size()) / sum, times[times.size() / 2], times[times.size() * 99 / 100], times.size());
        }
    }

    void complete(std::size_t count) const {
        std::size_t differences = 0, compared = 0, hits = 0;
        test::NameDamager damager(23);
        const auto persons = people(count, 17);
        for (std::size_t i = 0; i < persons.size(); ++i) {
            const std::string damaged = damager.damage(persons[i].name, static_cast<test::Damage>(i % 9));
            if (damaged.empty()) continue;
            match::Query query;
            if (i % 5 != 0) query.schema = &model::schema("Person");
            query.names.push_back(damaged);
            if (i % 2 == 0 && persons[i].year) {
                model::Date date;
                date.from = date.to = *model::make_partial(*persons[i].year);
                query.birth_dates.push_back(date);
            }
            match::Options options;
            options.limit = 1000;
            options.weak_aliases = i % 3 == 0;
            const auto fast = match::screen(m_view, query, options);
            options.exhaustive = true;
            const auto full = match::screen(m_view, query, options);
            ++compared;
            hits += full.matches.size();
            bool same = fast.matches.size() == full.matches.size();
            for (std::size_t k = 0; same && k < fast.matches.size(); ++k)
                same = fast.matches[k].entity == full.matches[k].entity && fast.matches[k].score == full.matches[k].score;
            if (!same) {
                ++differences;
                fmt::print("DIFFERENT: {} ({} against {})\n", damaged, fast.matches.size(), full.matches.size());
                for (const auto& match : full.matches)
                    if (std::none_of(fast.matches.begin(), fast.matches.end(), [&](const auto& other) { return other.entity == match.entity; }))
                        fmt::print("    lost {:.3f} {}\n", match.score, match.explanation.listed_name);
            }
        }
        fmt::print("index against full scan: {} queries, {} hits, {} differences\n", compared, hits, differences);
    }

    void curve() const {
        struct Point {
            double threshold;
            int missed = 0, queries = 0, alarms = 0, negatives = 0, alarms_by_name = 0;
        };
        std::vector<Point> points;
        for (const double threshold : {0.40, 0.50, 0.60, 0.65, 0.70, 0.75, 0.80, 0.85, 0.90, 0.95}) points.push_back({threshold});
        match::Options low;
        low.threshold = 0.4;
        for (const Labelled& labelled : read_queries(m_labels + "/un_queries_dev.csv", true)) {
            const auto result = match::screen(m_view, labelled.query, low);
            double best = 0;
            for (const auto& match : result.matches)
                if (right(match.entity, labelled.reference)) best = std::max(best, match.score);
            for (Point& point : points) ++point.queries, point.missed += best < point.threshold;
        }
        for (const char* file : {"negatives_us_dev.csv", "negatives_global_dev.csv"})
            for (const Labelled& labelled : read_queries(m_labels + "/" + file, false))
                for (const bool evidence : {true, false}) {
                    const auto result = match::screen(m_view, evidence ? labelled.query : name_only(labelled.query), low);
                    const double best = result.matches.empty() ? 0 : result.matches.front().score;
                    for (Point& point : points) {
                        point.negatives += evidence;
                        (evidence ? point.alarms : point.alarms_by_name) += best >= point.threshold;
                    }
                }
        fmt::print("threshold  missed %  alarms % with evidence  alarms % name only\n");
        for (const Point& point : points)
            fmt::print("{:9.2f}  {:8.2f}  {:22.2f}  {:18.2f}\n", point.threshold, 100.0 * point.missed / point.queries, 100.0 * point.alarms / point.negatives,
                       100.0 * point.alarms_by_name / point.negatives);
    }

private:
    const index::Index& m_index;
    const index::NamesView& m_view;
    std::string m_labels;
};

}  // namespace

int main(int argc, char** argv) {
    if (argc == 4 && std::string_view(argv[1]) == "--build") {
        const store::Store store = store::Store::open(argv[2], store::Access::read);
        base::NoProgress silent;
        index::build(store, store.current_view(), {}, *base::make_system_files(), argv[3], silent);
        return 0;
    }
    if (argc < 4) {
        fmt::print("usage: bench_screening_lists INDEX LABELS queries|negatives|damage|speed|complete[=N]|curve...\n");
        return 2;
    }
    const auto opened = std::chrono::steady_clock::now();
    const index::Index index = index::Index::open(argv[1]);
    fmt::print("opened in {:.2f} ms\n", std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - opened).count());
    const Bench bench(index, argv[2]);
    bench.sizes();
    for (int i = 3; i < argc; ++i) {
        const std::string what = argv[i];
        if (what == "queries") bench.queries(true);
        else if (what == "negatives") bench.negatives(false);
        else if (what == "alarms") bench.negatives(true);
        else if (what == "damage") bench.damage(false);
        else if (what == "lost") bench.damage(true);
        else if (what == "speed") bench.speed();
        else if (what == "curve") bench.curve();
        else if (what.rfind("complete", 0) == 0) bench.complete(what.size() > 8 ? std::stoul(what.substr(8)) : 500);
    }
    return 0;
}

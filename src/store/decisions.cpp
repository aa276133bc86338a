#include "liaison/store/store.hpp"

#include "store/database.hpp"

namespace liaison::store {

void Store::add_decision(const Decision& decision) {
    const bool ordered = decision.one <= decision.other;
    Query insert = m_database->query(
        "INSERT INTO decision (one, other, judgement, who, decided_at, reason, evidence) VALUES (?, ?, ?, ?, ?, ?, ?)");
    insert.bind(1, ordered ? decision.one : decision.other).bind(2, ordered ? decision.other : decision.one);
    insert.bind(3, decision.judgement).bind(4, decision.who).bind(5, decision.decided_at).bind(6, decision.reason);
    insert.bind(7, decision.evidence).run();
}

std::vector<Store::Decision> Store::decisions(std::string_view until) const {
    Query query = m_database->query(
        "SELECT max(id), one, other, judgement, who, decided_at, reason, evidence FROM decision "
        "WHERE ?1 = '' OR substr(decided_at, 1, 10) <= ?1 GROUP BY one, other ORDER BY one, other");
    query.bind(1, until);
    std::vector<Decision> found;
    while (query.step()) {
        found.push_back({query.integer(0), std::string(query.text(1)), std::string(query.text(2)), std::string(query.text(3)),
                         std::string(query.text(4)), std::string(query.text(5)), std::string(query.text(6)),
                         std::string(query.text(7))});
    }
    return found;
}

void Store::replace_reviews(const std::vector<Review>& reviews) {
    Transaction transaction(*m_database);
    m_database->execute("DELETE FROM review");
    Query insert = m_database->query("INSERT INTO review (one, other, score, explanation) VALUES (?, ?, ?, ?)");
    for (const Review& review : reviews) {
        insert.bind(1, review.one).bind(2, review.other).bind(3, review.score).bind(4, review.explanation).run();
    }
    transaction.commit();
}

std::vector<Store::Review> Store::reviews() const {
    Query query = m_database->query("SELECT one, other, score, explanation FROM review ORDER BY score DESC, one, other");
    std::vector<Review> found;
    while (query.step()) {
        found.push_back({std::string(query.text(0)), std::string(query.text(1)), query.real(2), std::string(query.text(3))});
    }
    return found;
}

}  // namespace liaison::store

#pragma once
// Values whose property says what they are: dates to EDTF, countries to codes, the rest as published. For formats whose
// records name FollowTheMoney properties. Private to adapter.

#include "liaison/model/date.hpp"
#include "liaison/model/entity.hpp"

#include <string>
#include <string_view>

namespace liaison::adapter {

/// Adds a value to a property of the entity's schema; what cannot be read becomes a note (where the schema has one) and
/// an issue, never silence.
class TypedValues {
public:
    TypedValues(model::StatementSink& sink, model::DayOrder order) : m_sink(sink), m_order(order) {}
    void add(model::Entity& entity, model::Property property, std::string_view text);
    /// A property by its published name; unknown ones, and ones that the schema lacks, are noted and reported.
    void add(model::Entity& entity, std::string_view property, std::string_view text);

private:
    void keep_as_note(model::Entity& entity, std::string_view label, std::string_view text, std::string_view reason, std::string message);

    model::StatementSink& m_sink;
    model::DayOrder m_order;
};

}  // namespace liaison::adapter

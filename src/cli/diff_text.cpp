#include "cli/diff_text.hpp"

#include "cli/text.hpp"

#include <fmt/format.h>

namespace liaison::cli {
namespace {

using query::ChangeKind;

std::string summary_line(const query::FeedChange& feed) {
    if (feed.status == "first-load") {
        return fmt::format("{}: loaded for the first time, {} listed ({})", feed.dataset, feed.counts.added, feed.to.published);
    }
    if (feed.status == "not-in-target") {
        return fmt::format("{}: not part of the later state", feed.dataset);
    }
    if (feed.status == "unchanged") {
        return fmt::format("{}: unchanged ({})", feed.dataset, feed.to.published);
    }
    std::string natures;
    for (const auto& [nature, count] : feed.natures) {
        natures += fmt::format("{}{} {}", natures.empty() ? "" : ", ", nature, count);
    }
    return fmt::format("{}: {} added, {} removed, {} changed ({} to {}; {}){}", feed.dataset, feed.counts.added,
                       feed.counts.removed, feed.counts.changed, feed.from.published, feed.to.published, natures,
                       feed.format_changed ? "; the publisher's format changed, so many values differ in form only" : "");
}

std::string heading(const query::EntityChange& change) {
    std::string text = fmt::format("{}  {} ({})", change.id, change.caption, change.schema);
    if (!change.programmes.empty()) {
        text += fmt::format(" [{}]", join(change.programmes, ", "));
    }
    if (!change.previous_id.empty()) {
        text += fmt::format(", was {}", change.previous_id);
    }
    if (!change.note.empty()) {
        text += fmt::format(": {}", change.note);
    }
    return text;
}

const char* sign(ChangeKind kind) {
    switch (kind) {
        case ChangeKind::added: return "+";
        case ChangeKind::removed: return "-";
        case ChangeKind::changed: return "~";
    }
    return "";
}

/// Text that Markdown would take for markup, links or HTML, made plain.
std::string escaped(const std::string& text) {
    std::string safe;
    for (const char c : printable(text)) {
        if (std::string_view("\\`*_{}[]<>()#+-!|~&").find(c) != std::string_view::npos) {
            safe += '\\';
        }
        safe += c;
    }
    return safe;
}

std::string values(const std::vector<std::string>& texts) {
    std::vector<std::string> safe;
    for (const std::string& text : texts) {
        safe.push_back(escaped(text));
    }
    return safe.empty() ? "" : join(safe, "; ");
}

void add_section(const query::Difference& difference, const std::string& dataset, ChangeKind kind, const char* title, std::string& text) {
    std::string lines;
    for (const query::EntityChange& change : difference.entities) {
        if (change.dataset != dataset || change.kind != kind) {
            continue;
        }
        lines += fmt::format("- **{}** ({}, {}): {}", escaped(change.caption), escaped(change.schema), escaped(change.id),
                             query::name_of(change.nature));
        if (!change.programmes.empty()) {
            lines += fmt::format("; {}", values(change.programmes));
        }
        if (!change.previous_id.empty()) {
            lines += fmt::format("; was {}", escaped(change.previous_id));
        }
        if (!change.note.empty()) {
            lines += fmt::format("; {}", escaped(change.note));
        }
        lines += "\n";
        if (kind == ChangeKind::changed) {
            for (const query::PropertyChange& property : change.properties) {
                lines += fmt::format("  - {}: ", escaped(property.property));
                if (!property.removed.empty()) {
                    lines += fmt::format("was {}", values(property.removed));
                }
                if (!property.added.empty()) {
                    lines += fmt::format("{}now {}", property.removed.empty() ? "" : "; ", values(property.added));
                }
                lines += "\n";
            }
        }
    }
    if (!lines.empty()) {
        text += fmt::format("### {}\n\n{}\n", title, lines);
    }
}

}  // namespace

std::string diff_table(const query::Difference& difference) {
    std::string text = fmt::format("from {} to {}\n", difference.from, difference.to);
    for (const query::FeedChange& feed : difference.feeds) {
        text += summary_line(feed) + "\n";
        for (const std::string& refused : feed.refused) {
            text += printable(fmt::format("  not taken: {}", refused)) + "\n";
        }
        if (!feed.programmes.empty()) {
            Table programmes({"  programme", "added", "removed", "changed"});
            for (const auto& [programme, counts] : feed.programmes) {
                programmes.add({"  " + programme, fmt::format("{}", counts.added), fmt::format("{}", counts.removed),
                                fmt::format("{}", counts.changed)});
            }
            text += programmes.text();
        }
    }
    std::string dataset;
    for (const query::EntityChange& change : difference.entities) {
        if (change.dataset != dataset) {
            dataset = change.dataset;
            text += fmt::format("\n{}\n", dataset);
        }
        text += printable(fmt::format("{} {:<12} {}", sign(change.kind), query::name_of(change.nature), heading(change))) + "\n";
        if (change.kind != ChangeKind::changed) {
            continue;
        }
        for (const query::PropertyChange& property : change.properties) {
            for (const auto& [mark, texts] : {std::pair{"-", &property.removed}, std::pair{"+", &property.added}}) {
                for (const std::string& value : *texts) {
                    text += printable(fmt::format("      {} {}: {}", mark, property.property, value)) + "\n";
                }
            }
        }
    }
    return text;
}

std::string diff_csv(const query::Difference& difference) {
    std::string text = csv_line({"dataset", "kind", "nature", "id", "source_id", "previous_id", "schema", "caption",
                                 "programmes", "property", "part", "removed", "added"});
    for (const query::EntityChange& change : difference.entities) {
        const std::vector<std::string> head{change.dataset, std::string(query::name_of(change.kind)),
                                            std::string(query::name_of(change.nature)), change.id, change.source_id,
                                            change.previous_id, change.schema, change.caption, join(change.programmes, "; ")};
        const auto line = [&](const query::PropertyChange& property) {
            std::vector<std::string> cells = head;
            cells.insert(cells.end(), {property.property, property.part, join(property.removed, "; "), join(property.added, "; ")});
            text += csv_line(cells);
        };
        if (change.kind != ChangeKind::changed || change.properties.empty()) {
            line({});
            continue;
        }
        for (const query::PropertyChange& property : change.properties) {
            line(property);
        }
    }
    return text;
}

std::string diff_markdown(const query::Difference& difference) {
    std::string text = fmt::format("# Changes of the lists: {} to {}\n\n", escaped(difference.from), escaped(difference.to));
    for (const query::FeedChange& feed : difference.feeds) {
        text += fmt::format("- {}\n", escaped(summary_line(feed)));
        for (const std::string& refused : feed.refused) {
            text += fmt::format("  - not taken: {}\n", escaped(refused));
        }
    }
    text += "\n";
    for (const query::FeedChange& feed : difference.feeds) {
        if (feed.status != "changed") {
            continue;
        }
        text += fmt::format("## {}\n\n", escaped(feed.dataset));
        if (!feed.programmes.empty()) {
            text += "| programme | added | removed | changed |\n| --- | ---: | ---: | ---: |\n";
            for (const auto& [programme, counts] : feed.programmes) {
                text += fmt::format("| {} | {} | {} | {} |\n", escaped(programme), counts.added, counts.removed, counts.changed);
            }
            text += "\n";
        }
        add_section(difference, feed.dataset, ChangeKind::added, "Added", text);
        add_section(difference, feed.dataset, ChangeKind::removed, "Removed", text);
        add_section(difference, feed.dataset, ChangeKind::changed, "Changed", text);
    }
    return text;
}

std::string history_table(const query::History& history) {
    std::string text = printable(fmt::format("{}  {} ({})", history.id, history.caption, history.schema)) + "\n";
    Table table({"date", "list", "event", "before", "after", "snapshot"});
    for (const query::Event& event : history.events) {
        table.add({event.date, event.dataset, event.what, join(event.change.removed, "; "), join(event.change.added, "; "),
                   fmt::format("{} {}", event.snapshot, event.hash.substr(0, 12))});
    }
    return text + table.text();
}

}  // namespace liaison::cli

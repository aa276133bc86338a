#pragma once
// What each format's writer is: a function from a drawing to an output. write_<format>.cpp holds one; registry.cpp lists
// them all.

#include "liaison/export/drawing.hpp"
#include "liaison/export/output.hpp"

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

namespace liaison::exports {

struct Job {
    const query::Selection& selection;
    const Drawing& drawing;
    const Options& options;
    Output& output;
    Report& report;
};

void write_gexf(const Job& job);
void write_graphml(const Job& job);
void write_yed(const Job& job);
void write_cytoscape(const Job& job);
void write_neo4j(const Job& job);
void write_cypher(const Job& job);
void write_csv(const Job& job);
void write_dot(const Job& job);
void write_ftm(const Job& job);
void write_jsonld(const Job& job);
void write_stix(const Job& job);
void write_misp(const Job& job);
void write_i2(const Job& job);
void write_html(const Job& job);
void write_svg(const Job& job);
void write_png(const Job& job);

/// A buffer in front of a sink: memory stays bounded however large the export is. Append to text(), call step() once a row.
class Stream {
public:
    explicit Stream(std::unique_ptr<Sink> sink) : m_sink(std::move(sink)) { m_text.reserve(block + block / 4); }
    [[nodiscard]] std::string& text() { return m_text; }
    void step() {
        if (m_text.size() < block) return;
        m_sink->write(m_text);
        m_text.clear();
    }
    void finish() {
        m_sink->write(m_text);
        m_text.clear();
        m_sink->finish();
    }

private:
    static constexpr std::size_t block = std::size_t{1} << 18U;
    std::unique_ptr<Sink> m_sink;
    std::string m_text;
};

}  // namespace liaison::exports

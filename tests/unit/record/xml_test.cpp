#include "liaison/record/xml.hpp"

#include "liaison/base/error.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <random>
#include <string>
#include <vector>

using namespace liaison;
using namespace liaison::record;

namespace {

/// "name[a=1](text){child ...}" for a whole element: small enough to compare by eye.
std::string dump(const XmlElement& element) {
    std::string out(element.name_text());
    for (const XmlAttribute& attribute : element.attributes()) {
        out += "[" + std::to_string(attribute.name) + "=" + std::string(attribute.value) + "]";
    }
    if (!element.text().empty()) {
        out += "(" + std::string(element.text()) + ")";
    }
    if (!element.children().empty()) {
        out += "{";
        for (const XmlElement child : element.children()) {
            out += (out.back() == '{' ? "" : " ") + dump(child);
        }
        out += "}";
    }
    return out;
}

struct Read {
    std::vector<std::string> records;
    std::vector<std::string> containers;
    std::vector<std::string> stray;
    std::vector<std::uint64_t> lines;
};

Read read(std::string_view text, const XmlLimits& limits = {}) {
    XmlNames names{"list", "people", "id", "person"};
    const std::vector<XmlName> containers{0, 1};
    Read result;
    XmlHandlers handlers;
    handlers.record = [&](const XmlRecord& record) {
        result.records.push_back(dump(record.root()));
        result.lines.push_back(record.root().position().line);
    };
    handlers.container = [&](const XmlRecord& record) { result.containers.push_back(dump(record.root())); };
    handlers.stray_text = [&](std::string_view stray, const base::Position&) { result.stray.emplace_back(stray); };
    read_xml(source_from_memory("LIST.XML", text), names, containers, handlers, nullptr, limits);
    return result;
}

std::string failure(std::string_view text, const XmlLimits& limits = {}) {
    try {
        (void)read(text, limits);
    } catch (const base::InputError& error) {
        CHECK_FALSE(error.hint().empty());
        return error.what();
    }
    return "no failure";
}

}  // namespace

TEST_CASE("records come whole, one at a time, with text, attributes and lines") {
    const Read got = read("<?xml version=\"1.0\"?>\r\n<list id='7'>\r\n<people>\r\n<person id='1'>\r\n  <name>A &amp; B</name>\r\n"
                          "</person>\r\n<person id='2'/></people></list>");
    CHECK(got.containers == std::vector<std::string>{"list[2=7]", "people"});
    CHECK(got.records == std::vector<std::string>{"person[2=1]{name(A & B)}", "person[2=2]"});
    CHECK(got.lines == std::vector<std::uint64_t>{4, 7});
}

TEST_CASE("names are matched by their local part, whatever the namespace") {
    const Read got = read("<x:list xmlns:x='urn:a'><x:people><x:person x:id='1' xmlns='urn:b'/></x:people></x:list>");
    CHECK(got.records == std::vector<std::string>{"person[2=1]"});
}

TEST_CASE("an element that is neither container nor known record is delivered, not skipped") {
    const Read got = read("<list><surprise><deep>x</deep></surprise><people><person/></people></list>");
    CHECK(got.records == std::vector<std::string>{"surprise{deep(x)}", "person"});
    CHECK(read("<other><person/></other>").records == std::vector<std::string>{"other{person}"});
}

TEST_CASE("text between records is reported") {
    CHECK(read("<list> lost? <people/> </list>").stray == std::vector<std::string>{"lost?"});
}

TEST_CASE("text is trimmed, joined around children, and kept across entities and CDATA") {
    CHECK(read("<list><p>  a&lt; &gt;b <i>x</i> c <i/> <i/>d\n</p></list>").records ==
          std::vector<std::string>{"p(a< >b c d){i(x) i i}"});
    CHECK(read("<list><p><![CDATA[<raw> ]]]]>&#x41;</p></list>").records == std::vector<std::string>{"p(<raw> ]]A)"});
    CHECK(read("<list><p>\xD0\x98\xD0\xB2&#1085;</p></list>").records == std::vector<std::string>{"p(\xD0\x98\xD0\xB2\xD0\xBD)"});
}

TEST_CASE("other encodings come out as UTF-8") {
    CHECK(read("<?xml version='1.0' encoding='ISO-8859-1'?><list><p>\xE9</p></list>").records ==
          std::vector<std::string>{"p(\xC3\xA9)"});
    std::string utf16 = "\xFF\xFE";
    for (const char c : std::string_view("<list><p>x</p></list>")) {
        utf16 += c;
        utf16 += '\0';
    }
    CHECK(read(utf16).records == std::vector<std::string>{"p(x)"});
}

TEST_CASE("a null element answers with nothing") {
    const XmlElement none;
    CHECK_FALSE(static_cast<bool>(none));
    CHECK(none.text().empty());
    CHECK(none.children().empty());
    CHECK(none.child(3).child_text(1).empty());
    CHECK(none.attribute(2).empty());
    CHECK(none.name() == XmlRecord::no_name);
}

TEST_CASE("a broken file is refused with its line") {
    CHECK(failure("") == "LIST.XML is empty");
    CHECK(failure(" \r\n ") == "LIST.XML is empty");
    CHECK(failure("<!DOCTYPE html><html></html>") == "LIST.XML is an HTML page, not XML");
    CHECK(failure("\n<HTML><body>503</body></HTML>") == "LIST.XML is an HTML page, not XML");
    CHECK(failure("{\"error\": 1}") == "LIST.XML:1: not XML: it does not begin with '<'");
    CHECK(failure("\x1F\x8B\x08") == "LIST.XML is compressed, not XML");
    CHECK(failure("<list>\n<people><person>") == "LIST.XML:2: the file is truncated: it ends inside <person>");
    CHECK(failure("<list>\n<people><per") == "LIST.XML:2: the file is truncated: it ends inside <people>");
    CHECK(failure("<list>\n<a></b></list>") == "LIST.XML:2: not well-formed XML: mismatched tag (column 6)");
    CHECK(failure("<list>\n\n</list><list/>") == "LIST.XML:3: not well-formed XML: junk after document element (column 8)");
}

TEST_CASE("a DOCTYPE is refused, whatever it declares") {
    CHECK(failure("<!DOCTYPE list [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;&a;'>]><list>&b;</list>") ==
          "LIST.XML:1: a DOCTYPE declaration is refused");
    CHECK(failure("<!DOCTYPE list SYSTEM 'file:///etc/passwd'><list/>") == "LIST.XML:1: a DOCTYPE declaration is refused");
    CHECK(failure("<list>&undeclared;</list>") == "LIST.XML:1: not well-formed XML: undefined entity (column 7)");
}

TEST_CASE("NUL, control characters and invalid UTF-8 are not well-formed") {
    using namespace std::string_view_literals;
    for (const std::string_view bad : {"<list>\n<p>a\0b</p></list>"sv, "<list>\n<p>a\x01" "b</p></list>"sv,
                                       "<list>\n<p>a\xFF</p></list>"sv, "<list>\n<p>\xC0\xAF</p></list>"sv,
                                       "<list>\n<p>\xED\xA0\x80</p></list>"sv, "<list>\n<p a='\x1F'/></list>"sv}) {
        CHECK(failure(bad).starts_with("LIST.XML:2: not well-formed XML: not well-formed (invalid token)"));
    }
}

TEST_CASE("three million nested elements end at the depth limit") {
    std::string text = "<list>";
    for (int i = 0; i < 3'000'000; ++i) {
        text += "<a>";
    }
    CHECK(failure(text) == "LIST.XML:1: elements nested deeper than 64");
    std::string containers;
    for (int i = 0; i < 100; ++i) {
        containers += "<people>";
    }
    CHECK(failure("<list>" + containers) == "LIST.XML:1: elements nested deeper than 64");
}

TEST_CASE("an attribute of 100 MB, a comment of 100 MB and an endless record end at their limits") {
    const std::string big(100 << 20, 'x');
    CHECK(failure("<list><a b='" + big + "'/></list>") ==
          "LIST.XML:1: a single tag, attribute or comment of more bytes than 4194304");
    CHECK(failure("<list><!--" + big + "--></list>") ==
          "LIST.XML:1: a single tag, attribute or comment of more bytes than 4194304");
    CHECK(failure("<list><p>" + big + "</p></list>") == "LIST.XML:1: a record of more bytes than 67108864");
}

TEST_CASE("the other limits hold") {
    XmlLimits limits;
    limits.attributes = 2;
    CHECK(failure("<list><p a='' b='' c=''/></list>", limits) == "LIST.XML:1: an element of more attributes than 2");
    limits = {};
    limits.record_nodes = 3;
    CHECK(failure("<list><p><a/><a/><a/></p></list>", limits) == "LIST.XML:1: a record of more elements than 3");
    limits = {};
    limits.names = 6;
    CHECK(failure("<list><a/><b/><c/></list>", limits) ==
          "LIST.XML:1: different element and attribute names, more than 6");
}

TEST_CASE("an exception of the handler comes out unchanged") {
    XmlNames names{"list"};
    const std::vector<XmlName> containers{0};
    XmlHandlers handlers;
    handlers.record = [](const XmlRecord&) { throw std::out_of_range("mine"); };
    CHECK_THROWS_WITH_AS(read_xml(source_from_memory("x", "<list><a/><a/></list>"), names, containers, handlers), "mine",
                         std::out_of_range);
}

TEST_CASE("whatever the chunks, the records are the same") {
    // A source that gives a few bytes at a time must not change what is read, positions included.
    std::string text = "<list>";
    std::mt19937 random(7);
    for (int i = 0; i < 300; ++i) {
        text += "<person id='" + std::to_string(i) + "'>\n <n>t\xC3\xA9xt &amp; " + std::string(random() % 40, 'y') +
                "</n> tail<![CDATA[ & ]]></person>\n";
    }
    text += "</list>";
    class Dripping final : public ByteSource {
    public:
        Dripping(std::string_view bytes, std::uint32_t seed) : m_rest(bytes), m_random(seed) {}
        std::size_t read(std::span<char> buffer) override {
            const std::size_t count = std::min({buffer.size(), m_rest.size(), static_cast<std::size_t>(1 + m_random() % 7)});
            std::copy_n(m_rest.begin(), count, buffer.begin());
            m_rest.remove_prefix(count);
            return count;
        }

    private:
        std::string_view m_rest;
        std::mt19937 m_random;
    };
    const Read whole = read(text);
    REQUIRE(whole.records.size() == 300);
    for (std::uint32_t seed = 0; seed < 5; ++seed) {
        XmlNames names{"list", "people", "id", "person"};
        const std::vector<XmlName> containers{0, 1};
        Read got;
        XmlHandlers handlers;
        handlers.record = [&](const XmlRecord& record) {
            got.records.push_back(dump(record.root()));
            got.lines.push_back(record.root().position().line);
        };
        read_xml({"LIST.XML", [&] { return std::make_unique<Dripping>(text, seed); }}, names, containers, handlers);
        CHECK(got.records == whole.records);
        CHECK(got.lines == whole.lines);
    }
}

TEST_CASE("the head of a file tells its root, namespace and first elements") {
    const XmlHead head = xml_head("\xEF\xBB\xBF<?xml version='1.0'?><!-- <x> --><s:Sanctions xmlns:s=\"urn:a\" v='1'><s:DateOfIssue/><Locations>");
    CHECK(head.root == "Sanctions");
    CHECK(head.name_space == "urn:a");
    CHECK(head.children == std::vector<std::string>{"DateOfIssue", "Locations"});
    CHECK(xml_head("a,b,c\n").root.empty());
}

#include "liaison/index/container.hpp"

#include "liaison/base/error.hpp"
#include "liaison/base/hash.hpp"
#include "liaison/model/vocabulary.hpp"

#include <fmt/format.h>

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

namespace liaison::index {
namespace {

struct Header {
    char magic[8];
    std::uint32_t version;
    std::uint32_t sections;
    std::uint64_t vocabulary;
    std::uint64_t size;
    char fingerprint[16];
    std::uint64_t checksum;  ///< of the header with this field zero, and of the section table
};

struct SectionEntry {
    char tag[16];
    std::uint64_t offset;
    std::uint64_t size;
    std::uint64_t checksum;
};

constexpr char kMagic[8] = {'L', 'I', 'A', 'I', 'S', 'O', 'N', 'X'};
constexpr std::uint64_t kAlignment = 16;

/// Word-wise FNV: eight times the speed of the byte-wise one, and sections are padded to words anyway.
std::uint64_t checksum_of(std::string_view bytes) {
    std::uint64_t value = 14695981039346656037ULL ^ bytes.size();
    std::size_t i = 0;
    for (; i + 8 <= bytes.size(); i += 8) {
        std::uint64_t word;
        std::memcpy(&word, bytes.data() + i, 8);
        value = (value ^ word) * 1099511628211ULL;
        value ^= value >> 29;
    }
    return base::hash64(bytes.substr(i), value);
}

std::uint64_t vocabulary_hash() {
    std::string names;
    for (const model::Schema& schema : model::all_schemata()) {
        names += schema.name + ';';
    }
    for (std::size_t i = 0; i < model::property_count(); ++i) {
        names += model::to_string(static_cast<model::Property>(i)) + ',';
    }
    return base::hash64(names);
}

std::uint64_t header_checksum(Header header, std::string_view table) {
    header.checksum = 0;
    return base::hash64(table, base::hash64({reinterpret_cast<const char*>(&header), sizeof header}));
}

std::uint64_t aligned(std::uint64_t offset) { return (offset + kAlignment - 1) / kAlignment * kAlignment; }

}  // namespace

void Writer::add(std::string_view tag, std::string bytes) {
    if (tag.size() > sizeof(SectionEntry::tag)) {
        throw base::InternalError(fmt::format("index section tag \"{}\" is too long", tag));
    }
    m_sections.emplace_back(tag, std::move(bytes));
}

void Writer::publish(base::Files& files, const base::Path& path, std::string_view fingerprint) const {
    Header header{};
    std::memcpy(header.magic, kMagic, sizeof kMagic);
    header.version = kFormatVersion;
    header.sections = static_cast<std::uint32_t>(m_sections.size());
    header.vocabulary = vocabulary_hash();
    std::memcpy(header.fingerprint, fingerprint.data(), std::min(fingerprint.size(), sizeof header.fingerprint));
    std::vector<SectionEntry> table(m_sections.size());
    std::uint64_t offset = aligned(sizeof(Header) + table.size() * sizeof(SectionEntry));
    for (std::size_t i = 0; i < table.size(); ++i) {
        const auto& [tag, bytes] = m_sections[i];
        std::memcpy(table[i].tag, tag.data(), tag.size());
        table[i].offset = offset;
        table[i].size = bytes.size();
        table[i].checksum = checksum_of(bytes);
        offset = aligned(offset + bytes.size());
    }
    header.size = offset;
    const std::string_view table_bytes(reinterpret_cast<const char*>(table.data()), table.size() * sizeof(SectionEntry));
    header.checksum = header_checksum(header, table_bytes);

    base::Path part = path;
    part += ".part";
    {
        const auto file = files.create(part);
        file->write({reinterpret_cast<const char*>(&header), sizeof header});
        file->write(table_bytes);
        std::uint64_t written = sizeof(Header) + table_bytes.size();
        const auto pad_to = [&](std::uint64_t target) {
            static constexpr char kZeros[kAlignment] = {};
            file->write({kZeros, target - written});
            written = target;
        };
        for (std::size_t i = 0; i < table.size(); ++i) {
            pad_to(table[i].offset);
            file->write(m_sections[i].second);
            written += m_sections[i].second.size();
        }
        pad_to(offset);
        file->sync();
        file->close();
    }
    files.rename(part, path);
    files.sync_folder(path.parent_path());
}

struct Container::Mapping {
    std::string path;
    const char* data = nullptr;
    std::size_t size = 0;

    ~Mapping() {
        if (data != nullptr) {
            ::munmap(const_cast<char*>(data), size);
        }
    }
    [[nodiscard]] const Header& header() const { return *reinterpret_cast<const Header*>(data); }
    [[nodiscard]] const SectionEntry& entry(std::size_t i) const {
        return reinterpret_cast<const SectionEntry*>(data + sizeof(Header))[i];
    }
};

Container::Container(std::unique_ptr<Mapping> mapping) : m_mapping(std::move(mapping)) {}
Container::~Container() = default;
Container::Container(Container&&) noexcept = default;
Container& Container::operator=(Container&&) noexcept = default;

Container Container::open(const base::Path& path) {
    const auto fail = [&](std::string_view why) {
        throw base::StoreError(fmt::format("index {}: {}", path.string(), why),
                               "run 'liaison check --repair' to build it again from the store");
    };
    auto mapping = std::make_unique<Mapping>();
    mapping->path = path.string();
    const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (fd < 0) {
        fail(std::strerror(errno));
    }
    struct stat status {};
    const bool known = ::fstat(fd, &status) == 0;
    const auto size = known ? static_cast<std::size_t>(status.st_size) : 0;
    if (size >= sizeof(Header)) {
        void* data = ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE, fd, 0);
        if (data != MAP_FAILED) {
            mapping->data = static_cast<const char*>(data);
            mapping->size = size;
        }
    }
    ::close(fd);
    if (mapping->data == nullptr) {
        fail("it is too short or cannot be mapped");
    }
    const Header& header = mapping->header();
    if (std::memcmp(header.magic, kMagic, sizeof kMagic) != 0) {
        fail("it is no liaison index");
    }
    if (header.version != kFormatVersion || header.vocabulary != vocabulary_hash()) {
        fail("it was written by another version of liaison");
    }
    const std::uint64_t table_size = std::uint64_t{header.sections} * sizeof(SectionEntry);
    if (header.size != size || header.sections > 64 || sizeof(Header) + table_size > size) {
        fail("it is truncated");
    }
    if (header.checksum != header_checksum(header, {mapping->data + sizeof(Header), table_size})) {
        fail("its header is damaged");
    }
    for (std::uint32_t i = 0; i < header.sections; ++i) {
        const SectionEntry& entry = mapping->entry(i);
        if (entry.offset > size || entry.size > size - entry.offset) {
            fail("its header is damaged");
        }
    }
    return Container(std::move(mapping));
}

std::string_view Container::section(std::string_view tag) const {
    for (std::uint32_t i = 0; i < m_mapping->header().sections; ++i) {
        const SectionEntry& entry = m_mapping->entry(i);
        if (tag == std::string_view(entry.tag, ::strnlen(entry.tag, sizeof entry.tag))) {
            return {m_mapping->data + entry.offset, entry.size};
        }
    }
    return {};
}

std::string_view Container::fingerprint() const {
    const Header& header = m_mapping->header();
    return {header.fingerprint, ::strnlen(header.fingerprint, sizeof header.fingerprint)};
}

std::vector<std::pair<std::string, std::uint64_t>> Container::sections() const {
    std::vector<std::pair<std::string, std::uint64_t>> found;
    for (std::uint32_t i = 0; i < m_mapping->header().sections; ++i) {
        const SectionEntry& entry = m_mapping->entry(i);
        found.emplace_back(std::string(entry.tag, ::strnlen(entry.tag, sizeof entry.tag)), entry.size);
    }
    return found;
}

std::vector<std::string> Container::verify() const {
    std::vector<std::string> findings;
    for (std::uint32_t i = 0; i < m_mapping->header().sections; ++i) {
        const SectionEntry& entry = m_mapping->entry(i);
        if (checksum_of({m_mapping->data + entry.offset, entry.size}) != entry.checksum) {
            findings.push_back(fmt::format("index {}: section {} is damaged", m_mapping->path,
                                           std::string_view(entry.tag, ::strnlen(entry.tag, sizeof entry.tag))));
        }
    }
    return findings;
}

}  // namespace liaison::index

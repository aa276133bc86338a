#pragma once
// Where exported bytes go: one stream for most formats, several named parts for those that are a folder of files.

#include "liaison/base/files.hpp"

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace liaison::exports {

/// A stream being written. Writers call write() with pieces of any size; finish() is called once, at the end.
class Sink {
public:
    virtual ~Sink() = default;
    virtual void write(std::string_view bytes) = 0;  ///< throws base::StoreError when the medium fails
    virtual void finish() = 0;                       ///< flushes; throws base::StoreError
};

/// What a writer is given. `part` is "" for the only file of a one-file format, else a plain file name ("nodes.csv").
class Output {
public:
    virtual ~Output() = default;
    [[nodiscard]] virtual std::unique_ptr<Sink> open(std::string_view part) = 0;
};

/// Keeps everything in memory, by part: tests and the server.
class MemoryOutput final : public Output {
public:
    [[nodiscard]] std::unique_ptr<Sink> open(std::string_view part) override;
    [[nodiscard]] const std::map<std::string, std::string>& parts() const { return m_parts; }
    /// The only part, or the empty string.
    [[nodiscard]] const std::string& text() const;

private:
    std::map<std::string, std::string> m_parts;
};

/// Writes PATH (one-file formats) or files inside the folder PATH, each to a temporary name that commit() renames over the
/// old one: a failed export leaves the old file as it was. A path that ends in ".gz" is compressed (Gephi opens it as it is).
class FileOutput final : public Output {
public:
    FileOutput(base::Files& files, base::Path path);
    ~FileOutput() override;  ///< removes what was not committed
    [[nodiscard]] std::unique_ptr<Sink> open(std::string_view part) override;
    void commit();

private:
    struct Pending {
        base::Path temporary;
        base::Path final_path;
    };
    base::Files& m_files;
    base::Path m_path;
    std::vector<Pending> m_pending;
};

/// gzip around another sink, without a time stamp: same input, same bytes.
[[nodiscard]] std::unique_ptr<Sink> make_gzip_sink(std::unique_ptr<Sink> inner);

}  // namespace liaison::exports

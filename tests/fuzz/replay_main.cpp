// Runs a fuzz target over the files of a folder, then over cheap mutations of each (every prefix of the short ones,
// single-byte changes at fixed places): not a search, but it keeps the target honest in builds without libFuzzer.

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

void run(const std::string& bytes) {
    (void)LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size());
}

void run_mutations(const std::string& bytes) {
    constexpr std::size_t most = 512;
    const std::size_t step = std::max<std::size_t>(1, bytes.size() / most);
    for (std::size_t at = 0; at < bytes.size(); at += step) {
        run(bytes.substr(0, at));
        for (const char c : {'\0', '"', '<', '\n', '\xFF', '9'}) {
            std::string changed = bytes;
            changed[at] = c;
            run(changed);
        }
    }
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 2 || !std::filesystem::is_directory(argv[1])) {
        std::fprintf(stderr, "usage: %s CORPUS_FOLDER\n", argv[0]);
        return 2;
    }
    std::vector<std::filesystem::path> paths(std::filesystem::directory_iterator(argv[1]), {});
    std::sort(paths.begin(), paths.end());
    run({});
    for (const auto& path : paths) {
        std::ifstream stream(path, std::ios::binary);
        const std::string bytes((std::istreambuf_iterator<char>(stream)), {});
        run(bytes);
        run_mutations(bytes);
    }
    std::printf("%zu files replayed\n", paths.size());
    return paths.empty() ? 1 : 0;
}

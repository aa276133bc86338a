// Writes every sample selection in every format below the folder given: what the checks of this folder read.
// With NAMES.txt as second argument (a name a line) those names are exported too.

#include "liaison/base/error.hpp"
#include "liaison/export/export.hpp"
#include "support/selections.hpp"

#include <fmt/format.h>

#include <cstdio>
#include <fstream>
#include <iostream>
#include <string>

using namespace liaison;

namespace {

void save(const base::Path& folder, const std::string& name, const query::Selection& selection, const exports::Options& options,
          const exports::Format& format) {
    const auto files = base::make_system_files();
    files->create_folders(folder);
    const base::Path path = folder / (format.folder ? name + "." + std::string(format.name) : name + std::string(format.extension));
    exports::FileOutput output(*files, path);
    const exports::Report report = exports::write(selection, format, options, output);
    output.commit();
    std::ofstream(path.string() + ".counts") << report.nodes << ' ' << report.edges << '\n';
}

}  // namespace

int main(int argc, char** argv) {
    if (argc < 2) {
        std::cerr << "export_samples FOLDER [NAMES.txt]\n";
        return 2;
    }
    try {
        const base::Path folder = argv[1];
        exports::Options options;
        options.title = "Sample";
        options.jobs = 2;
        const auto* gexf = exports::find_format("gexf");
        if (argc > 2) {
            std::vector<std::string> names;
            std::ifstream in(argv[2]);
            for (std::string line; std::getline(in, line);) names.push_back(line);
            options.layout = exports::LayoutKind::spiral;
            options.metrics = false;
            for (const auto& format : exports::formats()) {
                if (format.name == "gexf" || format.name == "graphml" || format.name == "csv") {
                    save(folder, "names", tests::named(names), options, format);
                }
            }
            return 0;
        }
        for (const auto& format : exports::formats()) {
            try {
                save(folder, "bankers", tests::bankers(), options, format);
                save(folder, "hostile", tests::named(tests::hostile_names()), options, format);
            } catch (const base::UsageError& error) {
                std::cout << "SKIPPED: " << error.what() << '\n';
            }
        }
        save(folder, "expanded", tests::bankers_expanded(), options, *gexf);
        save(folder, "random", tests::random_selection(3000, 9000, 7, true), options, *gexf);
        options.timeline = true;
        save(folder, "timeline", tests::bankers(), options, *exports::find_format("svg"));
        save(folder, "timeline", tests::bankers(), options, *exports::find_format("png"));
        options.timeline = false;
        options.theme = exports::Theme::dark;
        save(folder, "random", tests::random_selection(400, 700, 5, true), options, *exports::find_format("png"));
        options.theme = exports::Theme::light;
        query::Selection undated = tests::bankers();
        for (auto& node : undated.nodes) node.listed_from = node.listed_to = "";
        for (auto& edge : undated.edges) edge.start = edge.end = "";
        save(folder, "static", undated, options, *gexf);
        save(folder, "empty", {}, options, *gexf);
        try {
            // What a browser must open within seconds.
            const auto large = tests::random_selection(20000, 60000, 11, true);
            exports::Options quick = options;
            quick.iterations = 60;
            save(folder / "large", "large", large, quick, *exports::find_format("html"));
        } catch (const base::UsageError& error) {
            std::cout << "SKIPPED: " << error.what() << '\n';
        }
        query::Selection single = tests::bankers();
        single.nodes.resize(1);
        single.edges.clear();
        save(folder, "single", single, options, *gexf);
        options.lists = true;
        save(folder, "lists", tests::named(tests::hostile_names()), options, *gexf);
        options.lists = false;
        options.gexf_version = exports::GexfVersion::v1_2;
        save(folder / "old", "bankers", tests::bankers(), options, *gexf);
    } catch (const base::Error& error) {
        std::cerr << "export_samples: " << error.what() << '\n';
        return 1;
    }
    return 0;
}

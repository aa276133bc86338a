// Reads JSON values, one a line, from standard input and prints for each whether liaison's own reader finds that it keeps
// the manifest schema: 1 or 0. compare.py sets it beside Python's jsonschema.
#include "feed/json_schema.hpp"

#include <nlohmann/json.hpp>

#include <fstream>
#include <iostream>
#include <string>

int main(int argc, char** argv) {
    if (argc != 2) {
        return 2;
    }
    std::ifstream stream(argv[1]);
    const auto schema = nlohmann::json::parse(stream);
    std::string line;
    while (std::getline(std::cin, line)) {
        std::cout << (liaison::feed::find_violation(schema, nlohmann::json::parse(line)) ? 0 : 1) << '\n';
    }
    return 0;
}

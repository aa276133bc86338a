#pragma once

#include <fstream>
#include <nlohmann/json.hpp>
#include <string>

namespace liaison::test {

inline nlohmann::json vectors(const std::string& name) {
    std::ifstream file(std::string(LIAISON_SOURCE_DIR) + "/tests/vectors/" + name + ".json");
    return nlohmann::json::parse(file);
}

}  // namespace liaison::test

#include "liaison/adapter/adapter.hpp"
#include "liaison/feed/manifest.hpp"

#include <doctest/doctest.h>

using namespace liaison;

TEST_CASE("every format that a list's manifest accepts has an adapter") {
    const feed::Registry registry = feed::builtin_registry();
    for (const feed::Manifest& manifest : registry.all()) {
        if (manifest.kind == feed::Kind::list) {
            for (const std::string& format : manifest.formats) {
                CHECK_MESSAGE(adapter::find_adapter(format) != nullptr, manifest.id, ": ", format);
            }
        }
    }
}

#include "export/stable_uuid.hpp"

#include <boost/uuid/name_generator_sha1.hpp>
#include <boost/uuid/string_generator.hpp>
#include <boost/uuid/uuid.hpp>
#include <boost/uuid/uuid_io.hpp>

namespace liaison::exports {

std::string stable_uuid(std::string_view kind, std::string_view id) {
    // Drawn once, at random, for this project.
    static const boost::uuids::uuid space = boost::uuids::string_generator{}("3f1c2c0e-7b4d-4c57-9c1e-5d0a6f2b9e41");
    const boost::uuids::name_generator_sha1 generator(space);
    std::string name(kind);
    name += '\n';  // occurs in no kind
    name += id;
    return boost::uuids::to_string(generator(name));
}

}  // namespace liaison::exports

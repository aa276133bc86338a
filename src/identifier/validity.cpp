#include "liaison/identifier/validity.hpp"

namespace liaison::identifier {

std::string_view to_string(Validity validity) {
    switch (validity) {
        case Validity::valid: return "valid";
        case Validity::invalid: return "invalid";
        case Validity::well_formed: return "well_formed";
        case Validity::malformed: return "malformed";
    }
    return "malformed";
}

}  // namespace liaison::identifier

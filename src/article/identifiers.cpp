#include "analysis.hpp"

namespace liaison::article {

void find_identifiers(Analysis& analysis) { (void)analysis; }

}  // namespace liaison::article

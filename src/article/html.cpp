#include "builder.hpp"

namespace liaison::article {

void read_html(Document& document, TextBuilder& builder) { read_plain_text(document, builder); }

}  // namespace liaison::article

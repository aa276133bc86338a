#pragma once
// The adapters of this module, one function a file. Private to adapter: registry.cpp is the only user.

#include "liaison/adapter/adapter.hpp"

namespace liaison::adapter {

[[nodiscard]] const Adapter& ofac_advanced_xml();
[[nodiscard]] const Adapter& ofac_enhanced_xml();
[[nodiscard]] const Adapter& ofac_sdnlist_xml();
[[nodiscard]] const Adapter& ofac_csv();
[[nodiscard]] const Adapter& ofac_actions();
[[nodiscard]] const Adapter& un_xml();
[[nodiscard]] const Adapter& eu_fsf_xml();
[[nodiscard]] const Adapter& ca_sema_xml();
[[nodiscard]] const Adapter& ftm_json();
[[nodiscard]] const Adapter& csv_mapped();

}  // namespace liaison::adapter

// Structured data for search engines, as the JSON of a script element. What Google asks of each
// type: docs/help-pages.md, "Structured data".
#pragma once

#include <string>
#include <vector>

#include "shared/pages/page.h"

namespace askus::pages {

// Each gives JSON that cannot end the element it stands in. Crumbs begin with the start page.
std::string start_json_ld(const Place& place, std::string_view description);
std::string category_json_ld(const Place& place, const Group& group,
                             const std::vector<Crumb>& crumbs);
std::string topic_json_ld(const Place& place, const Entry& entry, std::string_view answer_html,
                          const std::vector<Crumb>& crumbs);

}  // namespace askus::pages

// The pages that lead to topics.
#pragma once

#include <string>

#include "shared/pages/page.h"

namespace askus::pages {

// Where a language is chosen: the page at the base itself.
std::string choice_page(const Place& place);
std::string start_page(const Place& place);
std::string category_page(const Place& place, const Group& group);
// For an address where nothing is: search and the categories.
std::string missing_page(const Place& place);
// In the place of a page that has another address now: `target` from this page.
std::string moved_page(const Place& place, std::string_view path, std::string_view title);

}  // namespace askus::pages

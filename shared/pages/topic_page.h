// The page of one topic in one language.
#pragma once

#include <string>

#include "shared/pages/page.h"

namespace askus::pages {

std::string topic_page(const Place& place, const Entry& entry);

}  // namespace askus::pages

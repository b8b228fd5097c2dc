// Any file that a marketer has, as the draft's JSON Lines.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "shared/faq/html.h"
#include "shared/faq/source.h"

namespace askus::studio {

// CSV, JSON, JSON Lines or another help centre's export (not XLSX, whose zip is the platform's). A
// record's own mistakes stay in the lines; the source gets what is wrong with the file.
std::string lines_of_file(faq::Source& source, std::string_view bytes,
                          const faq::HtmlReader& reader);

// One entry for each version of each topic.
std::vector<faq::Entry> entries_of(const snapshot::Faq& faq);

}  // namespace askus::studio

// The parsers behind parse(): each appends entries and findings to the source.
#pragma once

#include <string_view>

#include "shared/faq/source.h"

namespace askus::faq {

void parse_csv(Source& source, std::string_view bytes);
void parse_json_file(Source& source, std::string_view bytes);
void parse_json_lines(Source& source, std::string_view bytes);

}  // namespace askus::faq

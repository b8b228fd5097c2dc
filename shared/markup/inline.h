// What stands inside a paragraph or an item (docs/markup.md, "Inside a paragraph or an item").
#pragma once

#include <string_view>
#include <vector>

#include "shared/markup/markup.h"

namespace askus::markup {

// Appends the pieces of one line of a block: no form reaches over a line's end.
void parse_inline(std::string_view text, std::vector<Piece>& pieces);

}  // namespace askus::markup

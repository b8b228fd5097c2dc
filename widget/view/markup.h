// The small markup of answers, exactly as docs/markup.md specifies it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "widget/view/view.h"

namespace askus::view {

// One piece of an answer, in document order. Blocks open with kParagraph or kItem and last until
// the next of these; kList opens before the first of its items.
struct Piece {
  enum class Kind : std::uint8_t { kParagraph, kList, kItem, kText, kStrong, kLink, kPicture };
  Kind kind = Kind::kText;
  bool numbered = false;    // kList
  std::int32_t start = 0;   // kList: the number of its first item
  std::string_view text;    // kText, kStrong; kLink's label, kPicture's alt
  std::string_view target;  // kLink, kPicture
};

// The answer's pieces, as views into it. Any text is valid. A line end within a block is a kText
// piece of its own, "\n".
std::vector<Piece> parse_markup(std::string_view answer);

// The plain text: what search and snippet use. At most `limit` bytes and one piece more.
std::string plain_text(std::string_view answer, std::size_t limit);

// The key of the link that opens a topic by id, or 0 when there is no such topic.
using TopicKey = std::uint32_t (*)(const void* context, std::string_view id);

// Draws the answer as texts and lists. A link to a topic that is not there is its label only.
void draw_markup(Builder& view, std::string_view answer, TopicKey topic_key, const void* context);

}  // namespace askus::view

// The small markup of answers, exactly as docs/markup.md specifies it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace askus::markup {

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
std::vector<Piece> parse(std::string_view answer);

// The plain text: what search and snippet use. At most `limit` bytes and one piece more.
std::string plain_text(std::string_view answer, std::size_t limit);

// Whether a piece begins a paragraph or an item.
inline bool is_block(const Piece& piece) {
  return piece.kind == Piece::Kind::kParagraph || piece.kind == Piece::Kind::kItem;
}

}  // namespace askus::markup

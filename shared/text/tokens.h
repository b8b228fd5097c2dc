// Words of a text, folded: letters and digits.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace askus::text {

inline constexpr std::size_t kMaxTokenBytes = 64;  // of the folded form; what is beyond is dropped

struct Token {
  // In the alphabet of letters.h, never empty, valid until the next call of next(). Apostrophes
  // stay in Latin words only ("п'ять" and "пять" are one word); letters of the other script that
  // look like the word's own have become its own.
  std::string_view text;
  std::uint32_t begin = 0, end = 0;  // its bytes in the source
  bool hyphenated = false;           // one hyphen, nothing else, parts it from the word before
};

// Walks any bytes, allocates nothing. Borrows the source. A number and the unit written to it
// ("300грн", "50gb") are two words; a currency sign is the word for it.
class Tokenizer {
 public:
  explicit Tokenizer(std::string_view source) : source_(source) {}
  // The next token, or false at the end.
  bool next(Token& token);

 private:
  void append(char32_t folded);
  bool splits_before(char c) const;
  void finish(Token& token);
  bool take_rare(Token& token, std::size_t start, bool& apostrophe);

  std::string_view source_;
  std::size_t pos_ = 0;
  std::size_t size_ = 0;            // of the folded form in buffer_
  std::size_t last_ = 0;            // where its last letter starts
  std::uint8_t kinds_ = 0;          // of its letters
  std::uint32_t end_ = 0xFFFFFFFE;  // of the token before
  std::array<char, kMaxTokenBytes + 4> buffer_{};
};

}  // namespace askus::text

// Words of a text, folded: letters and digits, with apostrophes inside.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace askus::text {

inline constexpr std::size_t kMaxTokenBytes = 64;  // of the folded form; what is beyond is dropped

struct Token {
  std::string_view text;  // folded UTF-8, never empty; valid until the next call of next()
  std::uint32_t begin = 0, end = 0;  // its bytes in the source
};

// Walks any bytes, allocates nothing. Borrows the source.
class Tokenizer {
 public:
  explicit Tokenizer(std::string_view source) : source_(source) {}
  // The next token, or false at the end.
  bool next(Token& token);

 private:
  void append(char32_t code);

  std::string_view source_;
  std::size_t pos_ = 0;
  std::size_t size_ = 0;  // of the folded form in buffer_
  std::size_t last_ = 0;  // where its last code point starts
  std::array<char, kMaxTokenBytes + 4> buffer_{};
};

}  // namespace askus::text

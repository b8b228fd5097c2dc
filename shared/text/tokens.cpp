#include "shared/text/tokens.h"

#include "shared/text/fold.h"
#include "shared/text/utf8.h"

namespace askus::text {

void Tokenizer::append(char32_t code) {
  if (size_ + 4 > kMaxTokenBytes) return;
  last_ = size_;
  size_ += put(code, buffer_.data() + size_);
}

bool Tokenizer::next(Token& token) {
  size_ = 0;
  bool apostrophe = false;  // seen, and kept only if a letter follows
  while (pos_ < source_.size()) {
    const std::size_t start = pos_;
    const char32_t code = text::next(source_, pos_);
    if (is_mark(code)) {
      if (size_ == 0) continue;
      std::size_t at = last_;
      const char32_t base = text::next({buffer_.data(), size_}, at);
      if (compose(base, code) != base) {
        size_ = last_;
        append(compose(base, code));
      }
      token.end = static_cast<std::uint32_t>(pos_);
      continue;
    }
    const char32_t folded = fold(code);
    if (is_letter(code)) {
      if (size_ == 0) token.begin = static_cast<std::uint32_t>(start);
      if (apostrophe) append(kApostrophe);
      apostrophe = false;
      append(folded);
      token.end = static_cast<std::uint32_t>(pos_);
    } else if (folded == kApostrophe && size_ != 0 && !apostrophe) {
      apostrophe = true;
    } else if (size_ != 0) {
      break;
    }
  }
  token.text = {buffer_.data(), size_};
  return size_ != 0;
}

}  // namespace askus::text

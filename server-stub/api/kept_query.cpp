#include "server-stub/api/kept_query.h"

#include <algorithm>
#include <array>

#include "shared/text/fold.h"
#include "shared/text/letters.h"
#include "shared/text/utf8.h"

namespace askus::api {
namespace {

constexpr char32_t kLastKnownLetter = 0x5FF;  // Latin, Greek, Cyrillic, Armenian, Hebrew

// Letters of a text one after the other, and what between them looks like a contact.
class Folding {
 public:
  // False: nothing of this text may be kept.
  bool take(char32_t code) {
    if (text::is_mark(code)) {
      if (last_ != 0) replace_last(text::compose(last_, code));
      return true;
    }
    const char32_t folded = text::fold(code);
    if (folded == U'@') return false;
    if (!text::is_letter(folded) && folded != text::kApostrophe) {
      dot_ = folded == U'.' && last_ != 0;
      last_ = 0;
      return true;
    }
    if (dot_ || folded > kLastKnownLetter) return false;
    digits_ += folded >= U'0' && folded <= U'9' ? 1 : 0;
    append(folded);
    return digits_ <= kKeptQueryDigits;
  }
  const std::string& text() const { return text_; }

 private:
  void append(char32_t letter) {
    if (last_ == 0 && !text_.empty()) text_ += ' ';
    std::array<char, 4> bytes{};
    last_size_ = text::put(letter, bytes.data());
    text_.append(bytes.data(), last_size_);
    last_ = letter;
  }
  void replace_last(char32_t letter) {
    text_.resize(text_.size() - last_size_);
    std::array<char, 4> bytes{};
    last_size_ = text::put(letter, bytes.data());
    text_.append(bytes.data(), last_size_);
    last_ = letter;
  }

  std::string text_;
  char32_t last_ = 0;  // the letter before, 0: none directly before
  std::size_t last_size_ = 0, digits_ = 0;
  bool dot_ = false;  // a letter and a dot stand directly before
};

}  // namespace

std::string kept_query(std::string_view query, std::size_t bytes) {
  if (!text::is_utf8(query)) return {};
  Folding folding;
  for (std::size_t pos = 0; pos < query.size();)
    if (!folding.take(text::next(query, pos))) return {};
  const std::string& whole = folding.text();
  if (whole.size() <= bytes) return whole;
  const std::size_t space = whole.rfind(' ', bytes);
  return std::string(space == std::string::npos ? text::clip(whole, bytes)
                                                : std::string_view(whole).substr(0, space));
}

std::size_t digits_of(std::string_view word) {
  return static_cast<std::size_t>(std::count_if(word.begin(), word.end(), text::is_digit));
}

bool is_of_number(std::string_view word) {
  return std::all_of(word.begin(), word.end(), [](char c) {
    return text::is_digit(c) || std::string_view("+-()./#*,;:").find(c) != std::string_view::npos;
  });
}

}  // namespace askus::api

#include "shared/text/tokens.h"

#include <algorithm>

#include "shared/text/fold.h"
#include "shared/text/letters.h"
#include "shared/text/utf8.h"

namespace askus::text {
namespace {

// What most texts are made of is looked up, not computed: ASCII, and the letters U+0400 to U+045F.
// The folded letter's byte, or 0 for what is none of them.
struct Common {
  std::array<char, 0x80> ascii{};
  std::array<char, 0x80> cyrillic{};  // from U+0400
  constexpr Common() {
    for (char c = 'a'; c <= 'z'; ++c) {
      ascii[byte_of(c)] = c;
      ascii[byte_of(static_cast<char>(c - 'a' + 'A'))] = c;
    }
    for (char c = '0'; c <= '9'; ++c) ascii[byte_of(c)] = c;
    for (char32_t code = 0x400; code <= 0x45F; ++code) {
      char32_t lower = code < 0x410 ? code + 0x50 : code < 0x430 ? code + 0x20 : code;
      if (lower == U'ё') lower = U'е';
      cyrillic[code - 0x400] = letter(lower);
    }
  }
};
constexpr Common kCommon;

// The folded letter at the start of `bytes` when it is one of the common ones, and how many bytes
// it takes; else 0.
struct CommonLetter {
  char folded = 0;
  std::uint8_t size = 0;
};
CommonLetter common_letter(const char* at, const char* end) {
  const unsigned lead = byte_of(*at);
  if (lead < 0x80) return {kCommon.ascii[lead], 1};
  if ((lead & 0xFEu) != 0xD0 || at + 1 == end) return {};
  const unsigned tail = byte_of(at[1]);
  if ((tail & 0xC0u) != 0x80) return {};
  return {kCommon.cyrillic[(lead & 1u) << 6 | (tail & 0x3Fu)], 2};
}

// Letters of the two scripts that look alike, Latin and Cyrillic in turn.
constexpr Letters kAlike("aаbвcсeеhнiіkкmмoоpрtтxхyу");

// The counterpart in the other script, or 0.
char alike(char c) {
  const std::size_t at = kAlike.view().find(c);
  return at == std::string_view::npos ? '\0' : kAlike.bytes[at ^ 1u];
}

// A word in which both scripts occur becomes one of the script that has more of it, if the rest
// only looks like it.
void unmix(char* begin, char* end) {
  const auto cyrillic = std::count_if(begin, end, is_cyrillic);
  const auto latin = std::count_if(begin, end, is_latin);
  if (cyrillic == 0 || latin == 0) return;
  const auto foreign = [most = cyrillic >= latin](char c) {
    return most ? is_latin(c) : is_cyrillic(c);
  };
  for (const char* c = begin; c != end; ++c) {
    if (foreign(*c) && alike(*c) == 0) return;
  }
  for (char* c = begin; c != end; ++c) {
    if (foreign(*c)) *c = alike(*c);
  }
}

// Which kinds of letters a word has.
enum : std::uint8_t { kDigits = 1, kLatins = 2, kCyrillics = 4, kOthers = 8 };
std::uint8_t kind_of(char c) {
  return is_cyrillic(c) ? kCyrillics : is_latin(c) ? kLatins : is_digit(c) ? kDigits : kOthers;
}

// The word that a currency sign stands for.
std::string_view currency(char32_t code) {
  static constexpr Letters kHryvnia("грн");
  static constexpr Letters kEuro("евро");
  switch (code) {
    case U'₴':
      return kHryvnia.view();
    case U'€':
      return kEuro.view();
    case U'$':
      return "usd";
    default:
      return {};
  }
}

}  // namespace

void Tokenizer::append(char32_t folded) {
  if (size_ + 4 > kMaxTokenBytes) return;
  last_ = size_;
  if (folded >= kCyrillicFirst && folded <= kCyrillicLast)
    buffer_[size_++] = letter(folded);
  else
    size_ += put(folded, buffer_.data() + size_);
  kinds_ |= kind_of(buffer_[last_]);
}

// Whether a letter after these digits is a unit written to them. "4g", "2fa" stay whole.
bool Tokenizer::splits_before(char c) const {
  return kinds_ == kDigits && !is_digit(c) && (size_ >= 2 || is_cyrillic(c));
}

void Tokenizer::finish(Token& token) {
  token.hyphenated = token.begin == end_ + 1 && source_[end_] == '-';
  end_ = token.end;
  if ((kinds_ & (kLatins | kCyrillics)) == (kLatins | kCyrillics))
    unmix(buffer_.data(), buffer_.data() + size_);
  token.text = {buffer_.data(), size_};
}

// A letter outside the common ones, a mark or an apostrophe: true while the word goes on.
bool Tokenizer::take_rare(Token& token, std::size_t start, bool& apostrophe) {
  const char32_t code = text::next(source_, pos_);
  if (is_letter(code) && !is_mark(code)) {
    if (size_ == 0) token.begin = static_cast<std::uint32_t>(start);
    if (apostrophe) append(kApostrophe);
    apostrophe = false;
    append(fold(code));
    token.end = static_cast<std::uint32_t>(pos_);
    return true;
  }
  if (is_mark(code)) {
    if (size_ == 0) return true;
    // и, і and у are the only letters that a mark makes into others.
    if (const char base = buffer_[last_]; is_cyrillic(base)) {
      const char32_t before = byte_of(base) - kLetterFirst + kCyrillicFirst;
      buffer_[last_] = letter(compose(before, code));
    }
    token.end = static_cast<std::uint32_t>(pos_);
    return true;
  }
  if (size_ != 0) {
    if (!currency(code).empty()) pos_ = start;  // a word of its own
    if (apostrophe || fold(code) != kApostrophe) return false;
    apostrophe = true;
    return true;
  }
  const std::string_view word = currency(code);
  if (word.empty()) return true;
  std::copy(word.begin(), word.end(), buffer_.begin());
  size_ = word.size();
  token.begin = static_cast<std::uint32_t>(start);
  token.end = static_cast<std::uint32_t>(pos_);
  return false;
}

bool Tokenizer::next(Token& token) {
  size_ = 0;
  kinds_ = 0;
  bool apostrophe = false;  // seen, and kept only if a letter follows
  const char* const begin = source_.data();
  const char* const end = begin + source_.size();
  while (pos_ < source_.size()) {
    const std::size_t start = pos_;
    const CommonLetter common = common_letter(begin + pos_, end);
    if (common.folded == 0) {
      if (!take_rare(token, start, apostrophe)) break;
      continue;
    }
    if (size_ == 0)
      token.begin = static_cast<std::uint32_t>(start);
    else if (splits_before(common.folded))
      break;
    if (apostrophe && !is_cyrillic(common.folded)) append(kApostrophe);
    apostrophe = false;
    pos_ += common.size;
    token.end = static_cast<std::uint32_t>(pos_);
    if (size_ < kMaxTokenBytes) {
      last_ = size_;
      buffer_[size_++] = common.folded;
      kinds_ |= kind_of(common.folded);
    }
  }
  if (size_ != 0) finish(token);
  return size_ != 0;
}

}  // namespace askus::text
